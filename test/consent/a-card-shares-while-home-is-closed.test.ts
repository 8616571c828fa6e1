import { beforeEach, describe, expect, test } from 'vitest';
import { withCard } from '../../server/care-card/card-at-desk.ts';
import { consentDraft } from '../../server/consent/consent-records.ts';
import { beginKeyEpochs } from '../../server/sync/vault-context/compartment-epochs.ts';
import { personalAct } from '../../server/sync/vault-context/personal-act.ts';
import { sign } from '../../server/vault/primitives.ts';
import {
  BOX_OPEN,
  carriedMessage,
  consentCarriedBody,
  LONGEST_VISIT,
  shownMessage,
} from '../../shared/consent/card-visit-rules.ts';
import { confirmedKey, grantKey, grantRow } from '../../shared/consent/consent-rules.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { boxFor, cardIssuedBy, cardKeyFor, compartmentBegun, identityFor, patientKeyFor } from '../support/issued-card.ts';
import { act, bytesFor, foundClinic, foundRegion, MemoryLedger, MORNING, type TestClinic } from '../support/ledger-builder.ts';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

const DAY = 86_400_000;

test('a patient opens their records elsewhere with card and PIN; home learns of it, keeps it going and can end it', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Visited']);
  const [home, visited] = clinics as [BenchClinic, BenchClinic];
  const patient = await home.register('Birch');
  const stranger = await home.register('Alder');
  await home.write(patient, 'clinical', 'beforeword');
  await home.write(patient, 'genomic', 'geneword');
  const card = await home.issueCard(patient);
  const another = await home.issueCard(stranger);
  await bench.sync();
  bench.closed.add(home);

  const { visits } = visited.vault.consents;
  await expect(visits.show({ ...card, pin: '481517' })).rejects.toMatchObject({ code: 'card.pin-wrong' });
  bench.isHubHere = false;
  await expect(visits.show(card)).rejects.toMatchObject({ code: 'card.no-keeper' });
  bench.isHubHere = true;
  expect(await visits.show(card)).toBeUndefined();
  await bench.sync();
  const visitor = await visits.show(card);
  expect(visitor).toMatchObject({
    name: 'Test Birch',
    clinicName: 'Clinic Home',
    categories: ['identity', 'clinical', 'genomic'],
  });

  const share = { card: visitor!.card, categories: ['clinical'], starts: MORNING, ends: MORNING + 2 * DAY, language: 'en' };
  const { hash, text } = await visits.text(share);
  expect(text).toContain('Test Birch');
  const tooLong = visits.text({ ...share, ends: MORNING + LONGEST_VISIT + DAY });
  await expect(tooLong).rejects.toMatchObject({ code: 'consent.period-not-short' });
  const changed = visits.share({ ...share, categories: ['genomic'] }, hash, card, PASSPHRASE);
  await expect(changed).rejects.toMatchObject({ code: 'consent.text-changed' });
  await expect(visits.share(share, hash, another, PASSPHRASE)).rejects.toMatchObject({ code: 'consent.card-of-another' });
  expect(await visits.share(share, hash, card, PASSPHRASE)).toBe(patient);
  await bench.sync();
  expect(await visited.read(patient)).toEqual(['Test Birch', 'beforeword']);
  expect(await home.vault.consents.list(patient)).toEqual([]);

  bench.closed.delete(home);
  await bench.sync();
  const [known] = await home.vault.consents.list(patient);
  expect(known).toMatchObject({
    state: 'ACTIVE',
    recordedBy: 'Clinic Visited',
    confirmedAt: MORNING,
    record: { choices: { recipient: visited.id }, text },
  });
  // A second desk of the home clinic took it in before it heard of this one: it is one consent, and ends as one.
  await home.vault.records.put(consentDraft(known!.record));
  expect(await home.vault.consents.list(patient)).toHaveLength(1);
  const lines = await home.vault.access.linesOf(patient);
  expect(lines.map(({ who }) => who)).toContain('Dr. Visited');
  // A key that begins later reaches the visited clinic as it reaches every other.
  await beginKeyEpochs(home.vault.vault, [fromHex(home.vault.patients.known(patient).handles.clinical!)]);
  await home.write(patient, 'clinical', 'laterword');
  await bench.sync();
  await bench.sync();
  expect(await visited.read(patient)).toEqual(['Test Birch', 'beforeword', 'laterword']);
  // Whom the patient shares with is told when home gives out another card.
  await home.issueCard(patient);
  await bench.sync();
  expect(await visited.vault.consents.cardNews()).toMatchObject([{ patient, change: 'BOUND' }]);
  await home.withdraw(known!.record.id);
  expect(await home.vault.consents.list(patient)).toMatchObject([{ state: 'WITHDRAWN' }]);
  await bench.sync();
  await expect(visited.read(patient)).rejects.toMatchObject({ code: expect.any(String) });
});

test('what a patient shares anew while the old is purged keeps its patient, and a held grant whose patient’s row is gone takes it in anew', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Visited']);
  const [home, visited] = clinics as [BenchClinic, BenchClinic];
  const patient = await home.register('Birch');
  await home.write(patient, 'clinical', 'oldword');
  await home.write(patient, 'medication', 'newword');
  const card = await home.issueCard(patient);
  await bench.sync();
  const { context, vault } = visited;
  const { visits } = vault.consents;
  /** What is signed for these categories, until `ends`. */
  const sharing = async (categories: string[], ends: number) => {
    if (!(await visits.show(card))) await bench.carry();
    const visitor = await visits.show(card);
    const share = { card: visitor!.card, categories, starts: bench.time, ends, language: 'en' };
    const { hash } = await visits.text(share);
    return () => visits.share(share, hash, card, PASSPHRASE);
  };
  await (await sharing(['clinical'], MORNING + DAY))();
  await bench.sync();
  expect(await visited.read(patient)).toEqual(['Test Birch', 'oldword']);
  bench.time = MORNING + DAY;
  await bench.carry();
  const anew = await sharing(['medication'], MORNING + 2 * DAY);

  // The purge waits for its turn with what it knew before; the new grant comes meanwhile.
  let turns = 0;
  const { inTurn } = context;
  const gate = Promise.withResolvers<void>();
  const both = Promise.withResolvers<void>();
  const free = inTurn(() => gate.promise);
  context.inTurn = (act) => {
    if (++turns === 2) both.resolve();
    return inTurn(act);
  };
  const purged = vault.consents.refresh();
  await expect.poll(() => turns, { timeout: 60_000 }).toBe(1);
  const shared = anew();
  await Promise.race([both.promise, shared]);
  gate.resolve();
  await Promise.all([free, purged, shared]);
  context.inTurn = inTurn;
  expect(vault.patients.get(patient)?.shared).toHaveLength(2);
  await bench.sync();
  expect(await visited.read(patient)).toEqual(['Test Birch', 'newword']);

  // However a row came to be lost: what is held is never without its patient.
  await context.gateway.commit({ rows: [vault.patients.removal(patient)] });
  await vault.patients.forgotten([patient]);
  vault.records.forget(patient);
  expect(vault.patients.get(patient)).toBeUndefined();
  await vault.consents.refresh();
  expect(vault.patients.get(patient)?.summary.fullName).toBe('Test Birch');
  expect(await visited.read(patient)).toEqual(['Test Birch', 'newword']);
});

test('a grant over somebody else’s compartment, signed with a card of one’s own, ends at home', async () => {
  const { bench, clinics } = await RegionBench.found(['Home', 'Visited']);
  const [home, visited] = clinics as [BenchClinic, BenchClinic];
  const [thief, victim] = [await home.register('Birch'), await home.register('Alder')];
  const card = await home.issueCard(thief);
  await bench.sync();
  const { context } = visited;
  const handle = fromHex(home.vault.patients.known(victim).handles.identity!);
  const grant = bytesFor('a grant', 16);
  await withCard(context, card, async ({ signing }, row) => {
    const body = { grant, starts: 0, ends: MORNING + DAY, agreement: bytesFor('text'), card: row.card };
    const proof = sign(signing, carriedMessage(context.chain, handle, body));
    const event = personalAct(context, { type: 'consent.carried', handle, codec: consentCarriedBody, body: { ...body, proof } });
    await context.gateway.commit({ events: [event] });
  });
  await bench.sync();
  await bench.sync();
  const [row] = await context.gateway.state([grantKey(toHex(grant))]);
  expect(decode(grantRow, row as Uint8Array)).toMatchObject({ withdrawn: true });
});

describe('the ledger', () => {
  let home: TestClinic;
  let visited: TestClinic;
  let ledger: MemoryLedger;

  beforeEach(() => {
    [home, visited] = [foundClinic('home'), foundClinic('visited')];
    ledger = new MemoryLedger(foundRegion('north', [home, visited]).region);
    for (const handle of [identityFor('ada'), boxFor('ada')]) ledger.judge(home.desk, compartmentBegun(home, handle));
    ledger.judge(visited.desk, compartmentBegun(visited, bytesFor('of the visited clinic', 16)));
    expect(ledger.judge(home.desk, cardIssuedBy(home, 'ada'))).toBe('accepted');
  });

  const rowOf = (name: string) => decode(grantRow, ledger.rows.get(grantKey(toHex(bytesFor(name, 16)))) as Uint8Array);
  const { publicKey: card } = cardKeyFor('ada');

  function shown(name: string, { by = visited, to = visited, handle = boxFor('ada'), signer = cardKeyFor('ada') } = {}): string {
    const said = { grant: bytesFor(name, 16), card };
    const body = { ...said, proof: sign(signer, shownMessage(to.chain, said)) };
    return ledger.judge(by.desk, act(by, 'card.shown', body, { handle, signer: by.administrator }));
  }

  function carried(
    name: string,
    { by = visited, handle = identityFor('ada'), ends = MORNING + DAY, signer = patientKeyFor('ada') } = {},
  ): string {
    const said = { grant: bytesFor(name, 16), starts: MORNING, ends, agreement: bytesFor('text'), card };
    const body = { ...said, proof: sign(signer, carriedMessage(by.chain, handle, said)) };
    return ledger.judge(by.desk, act(by, 'consent.carried', body, { handle, signer: by.administrator }));
  }

  test('lets a clinic that was shown the card fetch its box for an hour, and nothing else', () => {
    expect(shown('box')).toBe('accepted');
    const { ends, handle, purpose, recipient } = rowOf('box');
    expect({ handle, purpose, recipient }).toEqual({ handle: boxFor('ada'), purpose: 'PATRQT', recipient: visited.chain });
    expect(ends).toBeLessThanOrEqual(MORNING + DAY + BOX_OPEN);
    expect(shown('box')).toBe('refused: grant-id-used-before');
    expect(shown('identity', { handle: identityFor('ada') })).toBe('refused: not-the-box');
    expect(shown('at home', { by: home, to: home })).toBe('refused: recipient-is-custodian');
    const end = act(home, 'card.ended', { card }, { handle: identityFor('ada'), signer: home.administrator });
    expect(ledger.judge(home.desk, end)).toBe('accepted');
    expect([shown('dead'), carried('dead')]).toEqual(['refused: card-not-living', 'refused: card-not-living']);
  });

  test('opens nothing to who only holds the card', () => {
    expect(() => carried('by the card', { signer: cardKeyFor('ada') })).toThrow();
  });

  test('takes no word of a card that was said to another clinic', () => {
    expect(() => shown('box', { to: home })).toThrow();
  });

  test('opens compartments of the card’s clinic to the clinic that writes, by the patient’s key, for a visit', () => {
    expect(carried('identity')).toBe('accepted');
    expect(rowOf('identity')).toMatchObject({
      purpose: 'TREAT',
      custodian: home.chain,
      recipient: visited.chain,
      withdrawn: false,
    });
    expect(ledger.rows.get(confirmedKey(toHex(bytesFor('identity', 16))))).toBeDefined();
    expect(carried('identity')).toBe('refused: grant-id-used-before');
    expect(carried('own', { handle: bytesFor('of the visited clinic', 16) })).toBe('refused: not-the-custodian');
    expect(carried('none', { handle: bytesFor('no compartment', 16) })).toBe('refused: compartment-erased');
    expect(carried('at home', { by: home })).toBe('refused: recipient-is-custodian');
    expect(carried('empty', { ends: MORNING })).toBe('refused: period-empty');
    expect(carried('long', { ends: MORNING + LONGEST_VISIT + 2 * DAY })).toBe('refused: period-not-short');
  });
});
