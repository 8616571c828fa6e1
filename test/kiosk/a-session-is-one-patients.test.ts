/** Two patients, one after the other, at a kiosk with real processes: each sees and signs their own, and nothing of the first is left for the second. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { verify } from '../../server/workstation/commands/verify.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { verifyAccessReceipt } from '../../shared/access/access-receipt.ts';
import type { ConsentProof } from '../../shared/consent/consent-proof.ts';
import { verifyConsentProof } from '../../shared/kiosk/verify-consent-proof.ts';
import { verifyReceipt } from '../../shared/ledger/receipt.ts';
import { bytesOf, ClinicBench, PASSPHRASE } from '../workstation/further-device-bench.ts';
import { neighbour, reward, sessions, share } from './around-a-kiosk.ts';
import { issueCard, letKioskIn, openKiosk } from './kiosk-at-a-desk.ts';

const PINS = { ada: '493827', bo: '918264' };
let bench: ClinicBench;
let folder: string;
let kiosk: KioskService;
let ada: string;
let bo: string;
let patients: string[];

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await kiosk.execute({ query, variables });
  if (errors?.[0]) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  return data as Data;
}

interface OwnLogAnswer {
  readonly readings: { readonly provedUntil: number | null; readonly readings: ReadonlyArray<Record<string, unknown>> };
  readonly readingsProof: {
    readonly verdict: string;
    readonly provedUntil: number | null;
    readonly proved: number;
    readonly logs: ReadonlyArray<{ readonly entries: number; readonly counted: number }>;
  };
}

beforeAll(async () => {
  bench = await ClinicBench.open();
  patients = [await bench.first.register('Canarywood', 'Ada'), await bench.first.register('Sparrowhill', 'Bo')];
  for (const patient of patients) {
    await bench.first.open(patient);
    await bench.first.observe(patient, '37.50');
  }
  await share(bench, patients[0] as string);
  ada = await issueCard(bench.first, patients[0] as string, PINS.ada);
  bo = await issueCard(bench.first, patients[1] as string, PINS.bo);
  folder = join(bench.folder, 'kiosk');
  kiosk = await letKioskIn(bench, folder);
}, 180_000);
afterAll(async () => {
  await kiosk.close();
  await bench.close();
});

test('a wrong PIN opens nothing, says how many tries are left, and leaves no process', async () => {
  await expect(kiosk.checkIn(ada, '111223')).rejects.toMatchObject({
    code: 'card.pin-wrong',
    details: { left: expect.any(Number) },
  });
  expect((await kiosk.state()).state).toBe('READY');
  expect(sessions()).toEqual([]);
}, 60_000);

test('who checks in sees their own, and nobody else’s', async () => {
  await kiosk.checkIn(ada, PINS.ada);
  expect((await kiosk.state()).state).toBe('OPEN');
  expect(sessions()).toHaveLength(1);
  const { me } = await until('the papers arrive', () =>
    ask<{ me: { name: string; clinic: string } }>('{ me { name clinic } }').catch(() => undefined),
  );
  expect(me).toEqual({ name: expect.stringContaining('Canarywood'), clinic: 'Harbour Clinic' });
  const { readings } = await ask<{ readings: { total: number; readings: Array<{ who: string }> } }>(
    '{ readings { total readings { who } } }',
  );
  expect(readings.readings[0]).toEqual({ who: 'Ana Ferreira' });
  const { whoCouldOpen } = await ask<{ whoCouldOpen: Array<{ home: boolean; names: string[]; opens: object[] }> }>(
    '{ whoCouldOpen { home clinic names count opens { reason } } }',
  );
  expect(whoCouldOpen[0]).toMatchObject({ home: true, clinic: 'Harbour Clinic', names: ['Ana Ferreira'], count: 1 });
  expect(whoCouldOpen[0]?.opens).toContainEqual({ reason: 'custody' });
  const { papers } = await ask<{ papers: { export: string; internationalSummary: string } }>(
    '{ papers { export internationalSummary } }',
  );
  expect(papers.export).toContain('"value":37.50');
  expect(papers.export).not.toContain('Sparrowhill');
  expect(papers.internationalSummary).toContain('"value":37.50');
  expect(papers.internationalSummary).not.toContain('Sparrowhill');
}, 60_000);

test('what staff recorded, they confirm with their own key, and the desk sees it', async () => {
  const mine = () =>
    ask<{ consents: Array<{ id: string; text: string; hash: string; signedByMe: boolean }> }>(
      '{ consents { id text hash signedByMe } }',
    ).then(({ consents }) => consents[0]);
  const { id, text, hash, signedByMe } = await until('the consent arrives', mine);
  expect(signedByMe).toBe(false);
  expect(text).toContain('Mountain Clinic');
  const confirm = (read: string) =>
    ask<unknown>('mutation ($id: ID!, $hash: ID!) { confirmConsent(id: $id, hash: $hash) { signedByMe state } }', {
      id,
      hash: read,
    });
  await expect(confirm('00'.repeat(32))).rejects.toMatchObject({ code: 'consent.text-changed' });
  expect((await mine())?.signedByMe).toBe(false);
  expect(await confirm(hash)).toEqual({ confirmConsent: { signedByMe: true, state: 'IN_FORCE' } });
  await expect(confirm(hash)).rejects.toMatchObject({ code: 'consent.confirmed-already' });
  const atTheDesk = async () => {
    const { consents } = await bench.first.ask<{ consents: Array<{ confirmedAt: number | null; resource: string }> }>(
      'query ($patient: ID!) { consents(patient: $patient) { confirmedAt resource } }',
      { patient: patients[0] },
    );
    return consents[0]?.confirmedAt ? consents[0] : undefined;
  };
  const { resource } = await until('the desk hears of it', atTheDesk);
  // The proof of it, to take home: from the kiosk, checked with nothing but the file.
  const proofAt = () =>
    ask<{ consentProof: string }>('query ($id: ID!) { consentProof(id: $id) }', { id }).catch(() => undefined);
  const signed = await until('the region has it', async () => {
    const json = (await proofAt())?.consentProof;
    const proof = json && verifyConsentProof(hashParts, verifySignature, JSON.parse(json));
    return proof && proof.signedByCard !== undefined ? { json, proof } : undefined;
  });
  expect(signed.proof).toMatchObject({ text, endedAt: undefined });
  expect(signed.proof.acts.map(({ type }) => type).sort()).toEqual(['card.issued', 'consent.confirmed', 'consent.granted']);
  expect(signed.json.length).toBeLessThan(12_000);
  const told: string[] = [];
  writeFileSync(join(bench.folder, 'proof.json'), signed.json);
  await verify([join(bench.folder, 'proof.json')], { out: (line) => told.push(line), err: () => undefined });
  expect(told.join('')).toMatch(/^[\s\S]*Mountain Clinic[\s\S]*They were signed with the care card [0-9a-f]{16}\.\n/);
  const other = { ...(JSON.parse(signed.json) as ConsentProof), text: text.replace('Mountain', 'Valley') };
  expect(() => verifyConsentProof(hashParts, verifySignature, other)).toThrow('These are not the words that were signed');
  const { verification } = JSON.parse(resource) as { verification: Array<{ extension: Array<{ valueString: string }> }> };
  expect(verification.map(({ extension }) => extension[0]?.valueString)).toEqual(['in-person', 'patient-confirmed']);
}, 60_000);

test('a new consent they give by their own key: nobody reads by it before a desk has added the keys, and ending it is one step', async () => {
  const fields = 'id state reach signedByMe categories text';
  interface Mine {
    readonly id: string;
    readonly state: string;
    readonly reach: string;
    readonly signedByMe: boolean;
    readonly categories: string[];
    readonly text: string;
  }
  const { recipients } = await ask<{ recipients: Array<{ chain: string; name: string }> }>('{ recipients { chain name } }');
  const chain = recipients.find(({ name }) => name === 'Mountain Clinic')?.chain;
  const wish = { recipient: chain, categories: ['medication'], purpose: 'TREAT', ends: null, language: 'en' };
  const { consentText } = await ask<{ consentText: { text: string; hash: string } }>(
    'query ($wish: OwnConsentWish!) { consentText(wish: $wish) { text hash } }',
    { wish },
  );
  expect(consentText.text).toContain('signed by the patient with care card and PIN');
  const give = (hash: string) =>
    ask<{ giveConsent: Mine }>(
      `mutation ($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { ${fields} } }`,
      { wish, hash },
    );
  await expect(give('00'.repeat(32))).rejects.toMatchObject({ code: 'consent.text-changed' });
  await expect(
    ask('query ($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }', { wish: { ...wish, purpose: 'HRESCH' } }),
  ).rejects.toMatchObject({ code: 'consent.purpose-not-theirs' });
  const given = (await give(consentText.hash)).giveConsent;
  expect(given).toMatchObject({ state: 'IN_FORCE', signedByMe: true, categories: ['identity', 'medication'] });
  const mine = async (id: string) =>
    (await ask<{ consents: Mine[] }>(`{ consents { ${fields} } }`)).consents.find((one) => one.id === id);
  await until('a desk has added the keys', async () => ((await mine(given.id))?.reach === 'REGION' ? true : undefined), 60_000);
  expect((await mine(given.id))?.text).toBe(consentText.text);
  interface AtTheDesk {
    readonly consents: Array<{ readonly id: string; readonly confirmedAt: number | null; readonly state: string }>;
  }
  const atTheDesk = async () =>
    (
      await bench.first.ask<AtTheDesk>('query ($patient: ID!) { consents(patient: $patient) { id confirmedAt state } }', {
        patient: patients[0],
      })
    ).consents.find(({ id }) => id === given.id);
  expect(await atTheDesk()).toMatchObject({ confirmedAt: expect.any(Number), state: 'ACTIVE' });
  await ask('mutation ($id: ID!) { withdrawConsent(id: $id) { state } }', { id: given.id });
  expect((await mine(given.id))?.state).toBe('WITHDRAWN');
  await until('the desk hears of it', async () => ((await atTheDesk())?.state === 'WITHDRAWN' ? true : undefined));

  // What is taken back before a desk has seen it is never given.
  const other = { ...wish, categories: ['clinical'] };
  const read = await ask<{ consentText: { hash: string } }>(
    'query ($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }',
    {
      wish: other,
    },
  );
  await bench.first.service.close();
  const early = await ask<{ giveConsent: Mine }>(
    `mutation ($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { ${fields} } }`,
    { wish: other, hash: read.consentText.hash },
  );
  expect(early.giveConsent.reach).toBe('SIGNED');
  await ask('mutation ($id: ID!) { withdrawConsent(id: $id) { state } }', { id: early.giveConsent.id });
  expect((await mine(early.giveConsent.id))?.state).toBe('WITHDRAWN');
  await bench.first.start();
}, 120_000);

test('the patient’s own copy of the log arrives, and what this kiosk replicated proves it', async () => {
  const asked = `{
    readings { provedUntil readings { who onWordOf givenTo purpose machine emergency proved } }
    readingsProof { verdict provedUntil proved unproved logs { clinic standing entries counted missing { from to } altered { number } } }
  }`;
  // A desk that is left has its lines counted.
  await bench.first.restart();
  const { readings, readingsProof } = await until(
    'the ledger proves it',
    async () => {
      const answer = await ask<OwnLogAnswer>(asked);
      return answer.readingsProof.verdict === 'HOLDS' ? answer : undefined;
    },
    60_000,
  );
  expect(readings.readings).toContainEqual({
    who: 'Ana Ferreira',
    onWordOf: '',
    givenTo: '',
    purpose: 'TREAT',
    machine: false,
    emergency: false,
    proved: true,
  });
  expect(readings.provedUntil).toBe(readingsProof.provedUntil);
  const [log] = readingsProof.logs;
  expect(log).toMatchObject({ clinic: 'Harbour Clinic', missing: [], altered: [] });
  expect(log?.entries).toBe(readingsProof.proved);
  // The desk counts lines about others too.
  expect(log?.counted).toBeGreaterThan(log?.entries as number);
  // Taken home it shows the same, to who has nothing else.
  const { readingsReceipt } = await ask<{ readingsReceipt: string }>('{ readingsReceipt }');
  const shown = verifyAccessReceipt(hashParts, verifySignature, JSON.parse(readingsReceipt));
  expect(shown.logs.flatMap(({ lines }) => lines)).toHaveLength(readingsProof.proved);
  expect(shown.logs.flatMap(({ missing }) => missing)).toEqual([]);
  expect(shown.logs[0]?.count).toBeLessThanOrEqual(log?.counted as number);
}, 120_000);

test('“this was not right” goes to the privacy officer with the entry, and the answer stands at the next session', async () => {
  interface Request {
    readonly words: string;
    readonly entry: string | null;
    readonly received: boolean;
    readonly answer: { readonly words: string } | null;
  }
  const mine = async () =>
    (await ask<{ requests: Request[] }>('{ requests { words entry received answer { words } } }')).requests;
  const { readings } = await ask<{ readings: { readings: Array<{ id: string; copied: boolean }> } }>(
    '{ readings { readings { id copied } } }',
  );
  const entry = readings.readings.find(({ copied }) => copied)?.id;
  const send = (about: string, words: string, of: string | null = null) =>
    ask(
      'mutation ($about: RequestSubject!, $words: String!, $entry: ID) { sendRequest(about: $about, words: $words, entry: $entry) { received } }',
      { about, words, entry: of },
    );
  await expect(send('ACCESS', 'Not right.', 'nowhere-1')).rejects.toMatchObject({ code: 'access.line-unknown' });
  await expect(send('ACCESS', ' ', entry)).rejects.toMatchObject({ code: 'access.no-words' });
  expect(await send('ACCESS', 'I was not there: Canarycomplaint.', entry)).toEqual({ sendRequest: { received: false } });
  await send('CORRECTION', 'My address is wrong.');
  expect((await mine()).map(({ words }) => words).toSorted()).toEqual([
    'I was not there: Canarycomplaint.',
    'My address is wrong.',
  ]);
  interface Queue {
    readonly accessComplaints: ReadonlyArray<{
      readonly id: string;
      readonly about: string;
      readonly by: string;
      readonly words: string;
      readonly line: { readonly who: string } | null;
      readonly isAsAnchored: boolean;
    }>;
  }
  const queue = await until('the privacy officer has them', async () => {
    const { accessComplaints } = await bench.first.ask<Queue>(
      '{ accessComplaints { id about by words line { who } isAsAnchored } }',
    );
    return accessComplaints.length === 2 ? accessComplaints : undefined;
  });
  const complaint = queue.find(({ about }) => about === 'ACCESS');
  expect(complaint).toMatchObject({
    by: '',
    words: 'I was not there: Canarycomplaint.',
    line: { who: 'Ana Ferreira' },
    isAsAnchored: true,
  });
  expect(queue.find(({ about }) => about === 'CORRECTION')).toMatchObject({ by: '', line: null, isAsAnchored: true });
  await bench.first.ask('mutation ($id: ID!) { answerComplaint(id: $id, words: "A result came that day.") { id } }', {
    id: complaint?.id,
  });
  await kiosk.checkIn(ada, PINS.ada);
  const answered = async () => (await mine()).find(({ answer }) => answer !== null);
  expect(await until('the answer arrives', answered, 60_000)).toMatchObject({
    entry,
    received: true,
    answer: { words: 'A result came that day.' },
  });
}, 120_000);

test('a research offer they join under a consent of their own, and leave, by their own key', async () => {
  const { other, chain } = await neighbour(bench, 'Institute', 'research');
  const input = {
    title: 'Asthma in the city',
    description: 'How often asthma is treated too late',
    purposes: ['DUO:0000042'],
    categories: ['IDENTITY'],
    criteria: '',
    reward: '20 euros',
    minimumGroup: 5,
    promised: { currency: 'EUR', amount: 2_000 },
    opens: Date.now() - 1000,
    expires: Date.now() + 86_400_000,
  };
  await other.ask(
    'mutation ($input: OfferInput!, $passphrase: String!) { publishOffer(input: $input, passphrase: $passphrase) { id } }',
    { input, passphrase: PASSPHRASE },
  );
  interface Offer {
    readonly id: string;
    readonly buyer: string;
    readonly joined: boolean;
    readonly reach: string;
    readonly needsConsent: boolean;
  }
  const offer = async () =>
    (await ask<{ offers: Offer[] }>('{ offers { id buyer joined reach needsConsent } }')).offers.find(
      ({ buyer }) => buyer === 'Institute',
    );
  const { id, needsConsent } = await until('the offer arrives', offer, 60_000);
  expect(needsConsent).toBe(true);
  const say = (word: 'joinOffer' | 'leaveOffer') =>
    ask<Record<string, Offer>>(`mutation ($offer: ID!) { ${word}(offer: $offer) { joined } }`, { offer: id });
  await expect(say('joinOffer')).rejects.toMatchObject({ code: 'marketplace.no-matching-consent' });
  const wish = { recipient: chain, categories: ['clinical'], purpose: 'HRESCH', ends: null, language: 'en' };
  const { consentText } = await ask<{ consentText: { hash: string } }>(
    'query ($wish: OwnConsentWish!) { consentText(wish: $wish) { hash } }',
    { wish },
  );
  await ask('mutation ($wish: OwnConsentWish!, $hash: ID!) { giveConsent(wish: $wish, hash: $hash) { id } }', {
    wish,
    hash: consentText.hash,
  });
  await until('a desk has added the keys', async () => ((await offer())?.needsConsent === false ? true : undefined), 60_000);
  expect(await say('joinOffer')).toEqual({ joinOffer: { joined: true } });
  await until('the region knows', async () => ((await offer())?.reach === 'REGION' ? true : undefined), 60_000);
  expect(await say('leaveOffer')).toEqual({ leaveOffer: { joined: false } });

  // What they earned meanwhile stays theirs: recorded by who promised it, with words for this clinic, and a receipt.
  interface Benefit {
    readonly id: string;
    readonly amount: number;
    readonly paidAt: number | null;
    readonly earnedFor: string;
    readonly paidBy: string;
  }
  const participant = await until('the institute sees who takes part', async () => {
    const { participants } = await other.ask<{ participants: Array<{ id: string }> }>(
      'query ($offer: ID!) { participants(offer: $offer) { id } }',
      { offer: id },
    );
    return participants[0]?.id;
  });
  const earned = await reward(other, id, participant, { earned: 'First visit', paid: 'Voucher Canaryvoucher' });
  const mine = await until(
    'the reward arrives with its words',
    async () => {
      const { offers } = await ask<{ offers: Array<{ benefits: Benefit[] }> }>(
        '{ offers { benefits { id amount paidAt earnedFor paidBy } } }',
      );
      return offers.flatMap(({ benefits }) => benefits).find(({ paidBy }) => paidBy !== '');
    },
    60_000,
  );
  expect(mine).toMatchObject({ id: earned, amount: 500, earnedFor: 'First visit', paidBy: 'Voucher Canaryvoucher' });
  const receipt = async () =>
    (await ask<{ benefitReceipt: string }>('query ($id: ID!) { benefitReceipt(id: $id) }', { id: mine.id })).benefitReceipt;
  const shown = verifyReceipt(
    hashParts,
    verifySignature,
    JSON.parse(await until('it is there', () => receipt().catch(() => undefined))),
  );
  expect(shown).toMatchObject({ personallySigned: true, event: { type: 'benefit.paid' } });
  expect(Buffer.from(shown.block.chain).toString('hex')).toBe(chain);
}, 180_000);

test('their statement of disagreement stands at the record in the chart, and in what they take along', async () => {
  interface Line {
    readonly record: string;
    readonly text: string;
    readonly disagreements: ReadonlyArray<{ readonly words: string }>;
  }
  interface Papers {
    readonly papers: { readonly summary: ReadonlyArray<{ readonly lines: readonly Line[] }>; readonly export: string };
  }
  const papers = () => ask<Papers>('{ papers { export summary { lines { record text disagreements { words } } } } }');
  const lines = async () => (await papers()).papers.summary.flatMap((section) => section.lines);
  const [line] = await lines();
  const send = (record: string) =>
    ask('mutation ($record: ID) { sendRequest(about: DISAGREEMENT, words: "Canarydissent", record: $record) { received } }', {
      record,
    });
  await expect(send('ab'.repeat(16))).rejects.toMatchObject({ code: 'records.unknown' });
  await send(line?.record as string);
  const said = await until(
    'it is laid beside the record',
    async () => (await lines()).find(({ disagreements }) => disagreements.length > 0),
    60_000,
  );
  expect(said).toMatchObject({ record: line?.record, disagreements: [{ words: 'Canarydissent' }] });
  expect((await papers()).papers.export).toContain('Canarydissent');
  await bench.first.open(patients[0] as string);
  const { record } = await bench.first.ask<{ record: { item: { disagreements: Array<{ words: string }> } } }>(
    'query ($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { item { disagreements { words } } } }',
    { patient: patients[0], id: line?.record },
  );
  expect(record.item.disagreements).toEqual([{ words: 'Canarydissent' }]);
}, 120_000);

test('the next card ends it: another process, another person', async () => {
  const [before] = sessions();
  // While somebody is in, nobody's process starts ahead.
  await kiosk.prepare();
  expect(sessions()).toEqual([before]);
  await kiosk.checkIn(bo, PINS.bo);
  expect(sessions()).toHaveLength(1);
  expect(sessions()).not.toContain(before);
  const { me } = await ask<{ me: { name: string } }>('{ me { name } }');
  expect(me.name).toContain('Sparrowhill');
  await kiosk.endSession();
  expect(sessions()).toEqual([]);
  expect(() => kiosk.execute({ query: '{ me { name } }' })).toThrow('Nobody is checked in');
}, 60_000);

test('nothing of either lies in the kiosk’s folder', async () => {
  const bytes = await bytesOf(folder);
  for (const word of ['Canarywood', 'Canaryvoucher', 'Canarycomplaint', 'Canarydissent', 'Sparrowhill', PINS.ada, PINS.bo])
    expect(bytes.includes(word), word).toBe(false);
});

test('a process that started ahead is the one of who comes; a session whose page is gone ends by itself', async () => {
  await kiosk.close();
  kiosk = await openKiosk(folder, { seconds: 0, grace: 0 });
  await kiosk.prepare();
  const [ahead] = sessions();
  expect(kiosk.touch()).toBe(false);
  await kiosk.checkIn(ada, PINS.ada);
  expect(sessions()).toEqual([ahead]);
  await until('it ends', async () => (await kiosk.state()).state === 'READY', 40_000);
  expect(sessions()).toEqual([]);
}, 60_000);
