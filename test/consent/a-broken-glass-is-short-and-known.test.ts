import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { GlassUse } from '../../server/consent/glass-uses.ts';
import { encryptionKeysOf, ownSealingPair } from '../../server/sync/clinic-mail/clinic-key-book.ts';
import { NOBODY } from '../../server/sync/vault-context/vault-context.ts';
import { sealMessage } from '../../server/vault/messages.ts';
import { sign } from '../../server/vault/primitives.ts';
import { CATEGORIES } from '../../shared/consent/category.ts';
import { attestationMessage, grantRow } from '../../shared/consent/consent-rules.ts';
import { decide, type Policies } from '../../shared/consent/decision.ts';
import { GLASS_MESSAGE, GLASS_TAG, glassDetails } from '../../shared/consent/glass-details.ts';
import { type GlassBroken, glassRow, LONGEST_GLASS } from '../../shared/consent/glass-rules.ts';
import { VERBS } from '../../shared/consent/provision.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { ROLES } from '../../shared/ledger/rows.ts';
import { ClinicDesk } from '../support/clinic-desk.ts';
import { everyFile } from '../support/every-file.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  MemoryLedger,
  MORNING,
  signingKeyFor,
  type TestClinic,
} from '../support/ledger-builder.ts';
import { byKey } from '../support/second-factor.ts';
import type { BenchClinic } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

const HOUR = 3_600_000;

describe('on the ledger', () => {
  const [use, grant, handle, details] = [bytesFor('use', 16), bytesFor('grant', 16), bytesFor('handle', 16), bytesFor('details')];
  const people = Object.fromEntries(ROLES.map((role) => [role, signingKeyFor(`B's ${role}`)]));
  let a: TestClinic;
  let b: TestClinic;
  let c: TestClinic;
  let ledger: MemoryLedger;

  beforeEach(() => {
    [a, b, c] = [foundClinic('A'), foundClinic('B'), foundClinic('C')];
    ledger = new MemoryLedger(foundRegion('north', [a, b, c]).region);
    const body = { record: bytesFor('record', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('document') };
    ledger.judge(a.desk, act(a, 'record.put', body, { handle }));
    for (const [role, { publicKey }] of Object.entries(people))
      ledger.judge(b.desk, act(b, 'staff.enrolled', { staff: publicKey, role }, { signer: b.administrator }));
  });

  const breaks = (change: Partial<GlassBroken> = {}, signer = people.nurse): string => {
    const body = { use, custodian: a.chain, ends: MORNING + HOUR, details, ...change };
    return ledger.judge(b.desk, act(b, 'glass.broken', body, { ...(signer && { signer }) }));
  };
  const answers = (by: TestClinic, change: object = {}, options: { time?: number; on?: Uint8Array } = {}): string => {
    const on = options.on ?? handle;
    const attestation = sign(by.clinicKey, attestationMessage(by.chain, on, { grant, recipient: b.chain, agreement: details }));
    const body = { use, grant, wrap: bytesFor('wrap'), attestation, ...change };
    return ledger.judge(by.desk, act(by, 'glass.answered', body, { handle: on, time: options.time ?? MORNING }));
  };
  const reviews = (by: TestClinic, signer = by.administrator): string =>
    ledger.judge(by.desk, act(by, 'glass.reviewed', { use, verdict: 'not-justified', words: bytesFor('words') }, { signer }));

  test('whoever treats people breaks it, for a short time; nobody else does', () => {
    const allowed = ROLES.filter((role, at) => breaks({ use: bytesFor(`use ${at}`, 16) }, people[role]) === 'accepted');
    expect(allowed).toEqual(['administrator', 'clinician', 'nurse']);
    expect(breaks({}, people.reception)).toBe('disputed: role-breaks-no-glass');
    expect(breaks()).toBe('accepted');
    expect(decode(glassRow, ledger.rows.get(`glass/${toHex(use)}`)!)).toMatchObject({ clinic: b.chain, began: MORNING, details });
    expect(breaks()).toBe('disputed: glass-id-used-before');
    for (const ends of [MORNING, MORNING + LONGEST_GLASS + 1])
      expect(breaks({ use: bytesFor('long', 16), ends })).toBe('disputed: period-not-short');
    expect(breaks({ use: bytesFor('nowhere', 16), custodian: bytesFor('no clinic') })).toBe('disputed: custodian-unknown');
  });

  test('the custodian alone answers, what stands on the ledger, until it is over; the grant ends with it', () => {
    expect(answers(a)).toBe('refused: glass-not-broken');
    breaks();
    expect(answers(c)).toBe('refused: not-the-custodian');
    expect(answers(b)).toBe('refused: not-the-custodian');
    expect(answers(a, {}, { on: bytesFor('no compartment', 16) })).toBe('refused: not-the-custodian');
    expect(answers(a, {}, { time: MORNING + HOUR })).toBe('refused: glass-over');
    expect(answers(a)).toBe('accepted');
    expect(decode(grantRow, ledger.rows.get(`grant/${toHex(grant)}`)!)).toMatchObject({
      recipient: b.chain,
      purpose: 'ETREAT',
      ends: MORNING + HOUR,
      agreement: details,
    });
    expect(answers(a)).toBe('refused: grant-id-used-before');
    expect(() => answers(a, { attestation: new Uint8Array(64) })).toThrow();
  });

  test('the privacy officers of both clinics judge it, once each, and nobody judges their own', () => {
    expect(reviews(a)).toBe('disputed: glass-not-broken');
    breaks({}, people.administrator);
    expect(reviews(b, people.administrator)).toBe('disputed: own-use');
    expect(reviews(b, people.clinician)).toBe('disputed: not-a-privacy-officer');
    expect(reviews(c)).toBe('disputed: glass-of-others');
    expect(reviews(b, people['privacy-officer'])).toBe('accepted');
    expect(reviews(b)).toBe('disputed: reviewed-already');
    expect(reviews(a)).toBe('accepted');
  });
});

test('what an emergency overrides: reading for ETREAT by who treats people, where keys can be; writing and other roles never', () => {
  const chain = bytesFor('reader');
  const handle = bytesFor('handle', 16);
  const row = {
    custodian: bytesFor('keeper'),
    handle,
    recipient: chain,
    purpose: 'ETREAT' as const,
    starts: 0,
    ends: 0,
    wrap: bytesFor('wrap'),
    agreement: bytesFor('agreement'),
    withdrawn: false,
  };
  const asked = fc.record({
    role: fc.constantFrom(...ROLES),
    purpose: fc.constantFrom(...PURPOSES),
    verb: fc.constantFrom(...VERBS),
    category: fc.constantFrom(...CATEGORIES),
    isEmergency: fc.boolean(),
    isOwn: fc.boolean(),
    hasGrant: fc.boolean(),
    isOver: fc.boolean(),
  });
  fc.assert(
    fc.property(asked, ({ role, isOwn, hasGrant, isOver, ...question }) => {
      const keeper = isOwn ? toHex(chain) : toHex(row.custodian);
      const caller = { clinic: toHex(chain), person: 'p', role };
      const policies: Policies = {
        grants: new Map(hasGrant ? [['g', { ...row, ends: isOver ? 5 : 0 }]] : []),
        emergencyGrants: new Set(['g']),
      };
      const { permit, reasons } = decide({ ...question, caller, keeper, handle: toHex(handle), time: 9 }, policies);
      const treats = role === 'administrator' || role === 'clinician' || role === 'nurse';
      const overrides = question.isEmergency && question.purpose === 'ETREAT' && question.verb === 'access' && treats;
      if (overrides) expect(permit).toBe(isOwn || hasGrant);
      else expect(permit && (!isOwn || reasons[0].code === 'emergency')).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

const BREAK = `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { ends askedOf isAnswered } }`;
const CHART = `query ($patient: ID!) { chart(patient: $patient) { purpose categories } }`;

test('on a desk: no reason, no proof, no glass; with both the nurse reads what the role hides, for an hour', async () => {
  let time = MORNING;
  const desk = await ClinicDesk.open({ staff: { role: 'nurse' }, clock: () => time });
  const { request } = await desk.unlock();
  const owner = request.patients.begin({ ...NOBODY, family: 'Glassbird', fullName: 'Glassbird' }, 'glassbird');
  const resource = { resourceType: 'Observation', status: 'final', code: { text: 'BRCA1' } } as FhirResource;
  const content = utf8(JSON.stringify(resource));
  const summary = summarize(resource);
  await request.records.put({ patient: owner.id, category: 'genomic', kind: 'fhir', content, summary, fhirId: '' }, {}, owner);
  const input = { patient: owner.id, reason: 'LIFE_THREAT', words: 'no pulse', categories: [] };
  const broken = () => byKey(desk.keyStore, () => desk.ask<{ breakGlass: unknown }>(BREAK, { input }));
  const titles = async (): Promise<string[]> => (await request.charts.entries(owner.id)).map(({ title }) => title);

  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: owner.id });
  expect(await titles()).toEqual([]);
  await expect(desk.ask(BREAK, { input: { ...input, words: ' ' } })).rejects.toMatchObject({ code: 'glass.no-reason' });
  await expect(desk.ask(BREAK, { input })).rejects.toMatchObject({
    code: 'vault.second-factor-needed',
    details: { act: 'break-glass' },
  });
  expect(await titles()).toEqual([]);
  const { breakGlass } = await broken();
  expect(breakGlass).toEqual({ ends: MORNING + HOUR, askedOf: null, isAnswered: false });
  expect(await titles()).toEqual(['BRCA1']);
  expect(await desk.ask(CHART, { patient: owner.id })).toMatchObject({ chart: { purpose: 'ETREAT' } });
  // Opening it again stays an emergency, and the log says so both times.
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: owner.id });
  const lines = (await request.access.linesOf(owner.id)).map(({ action, purpose }) => [action, purpose]);
  expect(lines).toEqual([
    ['break-glass', 'ETREAT'],
    ['break-glass', 'ETREAT'],
    ['open', 'TREAT'],
  ]);

  time += HOUR;
  await expect(titles()).rejects.toMatchObject({ code: 'access.glass-over' });
  await desk.ask(`mutation ($patient: ID!) { openChart(patient: $patient) { openedAt } }`, { patient: owner.id });
  expect(await titles()).toEqual([]);

  // The key that is there is asked each time.
  await expect(desk.ask(BREAK, { input })).rejects.toMatchObject({ code: 'vault.code-needed' });
  await broken();
  expect(await titles()).toEqual(['BRCA1']);
  await desk.ask(`mutation ($patient: ID!) { endGlass(patient: $patient) }`, { patient: owner.id });
  await expect(titles()).rejects.toMatchObject({ code: 'access.chart-not-open' });
  await broken();
  // A clock that stands still, or is put back, makes the hour no longer: the computer counts it as well.
  const later = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + HOUR);
  await expect(titles()).rejects.toMatchObject({ code: 'access.glass-over' });
  later.mockRestore();
  await broken();
  await desk.lock();
  const again = await desk.unlock();
  expect(await again.request.consents.glass.of(owner.id)).toBeUndefined();
}, 60_000);

describe('between two clinics', () => {
  let bench: RegionBench;
  let a: BenchClinic;
  let b: BenchClinic;
  let patient: string;
  const wish = () => ({
    patient,
    reason: 'unconscious',
    words: 'found Canaryword without consciousness',
    categories: ['identity', 'clinical', 'medication'],
  });
  const breaks = (at: BenchClinic) => byKey(at.context.keyStore, () => at.vault.consents.glass.break(wish()));
  const breakAt = async (at: BenchClinic): Promise<void> => {
    await breaks(at);
    await at.vault.charts.open(patient, 'ETREAT');
  };

  beforeEach(async () => {
    const founded = await RegionBench.found(['A', 'B']);
    bench = founded.bench;
    [a, b] = founded.clinics as [BenchClinic, BenchClinic];
    patient = await a.register('Canarybird');
    await a.write(patient, 'clinical', 'clinicalword');
    await a.write(patient, 'medication', 'medicationword');
    await a.write(patient, 'sensitive', 'sensitiveword');
    await a.share({ patient, recipient: b.id, categories: ['clinical'], purpose: 'HRESCH' });
    await bench.sync();
  });

  test('without a network the keys that are here open, and nothing of the words shows on the ledger', async () => {
    await expect(b.read(patient)).rejects.toMatchObject({ code: 'consent.nothing-open' });
    await breakAt(b);
    expect((await b.vault.charts.entries(patient)).map(({ title }) => title).sort()).toEqual(['Test Canarybird', 'clinicalword']);
    expect(everyFile(await b.copy())).not.toContain('Canaryword');
  });

  test('the custodian’s unlocked desk answers by itself what was asked, it ends with the hour, and both clinics review it', async () => {
    await breakAt(b);
    expect((await b.vault.consents.glass.of(patient))?.isAnswered).toBe(false);
    await bench.sync();
    await bench.sync();
    expect((await b.vault.consents.glass.of(patient))?.isAnswered).toBe(true);
    const read = ['Test Canarybird', 'clinicalword', 'medicationword'];
    expect((await b.vault.charts.entries(patient)).map(({ title }) => title).sort()).toEqual(read);
    // The answer opens nothing to a colleague who has not broken the glass, not even for an emergency.
    b.vault.consents.glass.end(patient);
    await expect(b.vault.charts.entries(patient)).rejects.toMatchObject({ code: 'access.glass-over' });
    await expect(b.read(patient, 'ETREAT')).rejects.toMatchObject({ code: 'consent.nothing-open' });

    const [seen] = await a.vault.consents.glassUses();
    expect(seen).toMatchObject({ isOwn: false, patient, isOverdue: false, details: { who: 'Dr. B', proof: 'passkey' } });
    expect(seen?.details.words).toContain('Canaryword');
    expect((await a.vault.access.linesOf(patient)).map(({ action, who }) => [action, who])).toContainEqual([
      'break-glass',
      'Dr. B',
    ]);
    const use = seen?.use ?? '';
    // The patient's own clinic writes it down as well: whoever reads there and tells nobody is in the log.
    const given = (await a.vault.access.linesOf(patient)).filter(({ process }) => process === 'sharing');
    expect(given).toMatchObject([
      { action: 'break-glass', who: 'Dr. B', chain: a.id, recipient: b.id, categories: ['clinical', 'identity', 'medication'] },
    ]);
    await expect(b.vault.consents.reviewGlass(use, 'justified', 'I was there.')).rejects.toMatchObject({ code: 'glass.own-use' });
    await expect(a.vault.consents.reviewGlass(use, 'justified', ' ')).rejects.toMatchObject({ code: 'glass.no-words' });
    expect((await a.vault.consents.reviewGlass(use, 'justified', 'She was unconscious.')).review).toMatchObject({
      words: 'She was unconscious.',
    });
    await expect(a.vault.consents.reviewGlass(use, 'justified', 'again')).rejects.toMatchObject({
      code: 'glass.reviewed-already',
    });
    expect((await a.vault.consents.noteGlassTold(use)).toldAt).toBe(bench.time);

    bench.time += 8 * 86_400_000;
    await bench.sync();
    await bench.sync();
    expect(Object.keys(b.vault.patients.known(patient).handles).sort()).toEqual(['clinical', 'identity']);
    expect((await b.vault.consents.glassUses())[0]).toMatchObject({ isOwn: true, isOverdue: true });
    await breaks(b);
    await b.vault.charts.open(patient, 'ETREAT');
    expect((await b.vault.charts.entries(patient)).map(({ title }) => title)).not.toContain('medicationword');
  });

  test('the custodian answers what was signed on the ledger, not what a message makes of it', async () => {
    await breaks(b);
    const [{ details }] = (await b.vault.consents.glassUses()) as [GlassUse];
    const [pair, to] = await Promise.all([ownSealingPair(b.context), encryptionKeysOf(b.context.reader, a.id)]);
    const parties = { kind: GLASS_MESSAGE, senderChain: b.clinic.chain, recipientChain: a.clinic.chain, context: GLASS_TAG };
    const more = encode(glassDetails, { ...details, categories: [...details.categories, 'sensitive'] });
    const body = sealMessage(parties, pair, to?.inForce ?? new Uint8Array(32), more);
    await bench.inject(a, { senderChain: b.clinic.chain, senderDevice: b.context.device, kind: GLASS_MESSAGE, body });
    await bench.sync();
    await bench.sync();
    expect(Object.keys(b.vault.patients.known(patient).handles).sort()).toEqual(['clinical', 'identity', 'medication']);
    expect(await a.vault.consents.glassUses()).toHaveLength(1);
  });

  test('an erasure takes what was said, not that it happened', async () => {
    await breaks(a);
    await a.context.gateway.commit({ rows: await a.vault.consents.pointersOf(a.vault.patients.known(patient)) });
    const [use] = await a.vault.consents.glassUses();
    expect(use?.details).toMatchObject({ words: '', who: 'Dr. A' });
    expect(use?.patient).not.toBe(patient);
  });

  test('one that a clock ahead made begin in a time to come is answered with nothing', async () => {
    bench.time += 5 * HOUR;
    await breaks(b);
    bench.time -= 5 * HOUR;
    await bench.sync();
    await bench.sync();
    expect(await a.vault.consents.glassUses()).toHaveLength(1);
    expect(await b.context.gateway.stateList('glass-grant/')).toEqual([]);
  });

  test('a request that the ledger does not bear out, or that comes when it is over, is answered with nothing', async () => {
    await breaks(b);
    bench.time += HOUR;
    await bench.sync();
    await bench.sync();
    expect(await a.vault.consents.glassUses()).toHaveLength(1);
    expect(await b.context.gateway.stateList('glass-grant/')).toEqual([]);
  });
});
