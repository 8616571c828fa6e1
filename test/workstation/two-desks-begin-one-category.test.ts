/**
 * Two desks of a clinic that cannot hear each other each begin the same part of a patient's chart: it stays one part, nothing waits that nobody
 * disputes, and another clinic with which one of them shared it meanwhile reads all of it, until it ends.
 */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { ClinicBench, type Desk, PASSPHRASE } from './further-device-bench.ts';

let bench: ClinicBench;
/** Of another clinic. */
let elsewhere: Desk;
/** The consent that the first desk recorded. */
let consent: string;
let first: Desk;
let second: Desk;
let patient: string;
/** A record that each desk wrote while they were apart. */
let ofFirst: string;
let ofSecond: string;

async function bothSync(): Promise<void> {
  for (const desk of [first, second, first, second]) await desk.service.syncOnce();
}

/** The first desk shares the part with the other clinic, as far as it knows of it; gives the consent's id. */
async function share(): Promise<string> {
  const recipient = toHex(elsewhere.service.installation.founding?.chain ?? new Uint8Array());
  const categories = ['IDENTITY', 'CLINICAL'];
  const said = { purpose: 'TREAT', starts: Date.now() - 1000, verification: 'in-person', language: 'en' };
  const input = { patient, recipient, categories, ...said };
  const { consentText } = await first.ask<{ consentText: { hash: string } }>(
    'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
    { input },
  );
  const { giveConsent } = await first.ask<{ giveConsent: { id: string } }>(
    'mutation Give($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
  return giveConsent.id;
}

beforeAll(async () => {
  bench = await ClinicBench.open();
  first = bench.first;
  second = await bench.desk('second', 'Ben Okafor');
  elsewhere = await bench.otherClinic('Hill');
  patient = await first.register('Adeyemi', 'Tolu');
  await bothSync();
  await until('the second desk knows the patient', async () => (await second.find('Adeyemi')).length > 0);
  for (const desk of [first, second]) await desk.open(patient);
  await bench.apart(async () => {
    ofFirst = await first.observe(patient, '36.6');
    consent = await share();
    ofSecond = await second.observe(patient, '38.9');
  });
  await until('both desks list both records', async () => {
    await bothSync();
    const counts = await Promise.all([first, second].map(async (desk) => (await desk.open(patient)).RESULT));
    return counts.every((count) => count === 2);
  });
}, 180_000);

afterAll(() => bench?.close());

const readElsewhere = async (): Promise<readonly string[]> => {
  await elsewhere.service.syncOnce();
  const [found] = await elsewhere.find('Adeyemi');
  if (found === undefined) return [];
  // Listed before its terms are here, or no more open and not gone yet.
  const isOpen = await elsewhere.open(found).then(
    () => true,
    (error: unknown) => asFailure(error).code !== 'consent.nothing-open' && Promise.reject(error),
  );
  if (!isOpen) return [];
  const read = [ofFirst, ofSecond].map((record) => elsewhere.read(found, record).catch(() => ''));
  return (await Promise.all(read)).filter((resource) => resource !== '');
};

interface Shown {
  readonly item: { readonly version: number; readonly progress: string; readonly dispute: string | null };
  readonly resource: string;
}
const shown = async (desk: Desk, id: string): Promise<Shown> =>
  (
    await desk.ask<{ record: Shown }>(
      'query Read($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { item { version progress dispute } resource } }',
      { patient, id },
    )
  ).record;

const amend = async (desk: Desk, record: string, basedOn: number, value: string): Promise<void> => {
  const resource = (await shown(desk, record)).resource.replace(/"value":[0-9.]+/, `"value":${value}`);
  await desk.ask('mutation Put($input: PutRecordInput!) { putRecord(input: $input) { version } }', {
    input: { patient, record, basedOn, resource, reason: 'measured again' },
  });
};
const inbox = async (desk: Desk) =>
  (await desk.ask<{ conflicts: Array<{ id: string; record: string }> }>('{ conflicts { id record } }')).conflicts;
const accepted = (version: number) => ({
  item: { version, dispute: null, progress: expect.stringMatching(/ACCEPTED|WITNESSED/) },
});

test('what was shared before either heard of the other is read whole at the other clinic, and no more once the other desk ends it', async () => {
  await until('both records are read elsewhere', async () => {
    await bothSync();
    return (await readElsewhere()).length === 2;
  });
  await until('the other desk has the consent', async () => {
    await bothSync();
    const asked = 'query Consents($patient: ID!) { consents(patient: $patient) { id state } }';
    const { consents } = await second.ask<{ consents: Array<{ id: string; state: string }> }>(asked, { patient });
    return consents.some(({ id, state }) => id === consent && state === 'ACTIVE');
  });
  await second.ask('mutation End($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { id } }', {
    id: consent,
    passphrase: PASSPHRASE,
  });
  await until('nothing of it is left there', async () => {
    await bothSync();
    return (await readElsewhere()).length === 0 && (await elsewhere.find('Adeyemi')).length === 0;
  });
}, 120_000);

test('each amends what the other wrote: the ledger takes both amendments, and no inbox has anything', async () => {
  await amend(first, ofSecond, 1, '39.1');
  await amend(second, ofFirst, 1, '36.8');
  for (const desk of [first, second])
    for (const record of [ofFirst, ofSecond])
      await until('the amendment stands on both desks', async () => {
        await bothSync();
        const { item } = await shown(desk, record);
        return item.version === 2 && item.progress !== 'SAVED';
      });
  for (const desk of [first, second]) {
    expect(await shown(desk, ofFirst)).toMatchObject(accepted(2));
    expect(await shown(desk, ofSecond)).toMatchObject(accepted(2));
    expect(await inbox(desk)).toEqual([]);
  }
}, 120_000);

test('what both amend at once waits in the inbox of both, whichever of them began its part, and is settled there', async () => {
  await bench.apart(async () => {
    for (const record of [ofFirst, ofSecond]) {
      await amend(first, record, 2, '37.1');
      await amend(second, record, 2, '37.2');
    }
  });
  const waiting = await until('both inboxes show both', async () => {
    await bothSync();
    const [one, other] = [await inbox(first), await inbox(second)];
    return one.length === 2 && other.length === 2 ? one : undefined;
  });
  expect(waiting.map(({ record }) => record).sort()).toEqual([ofFirst, ofSecond].sort());
  for (const { id } of waiting)
    await first.ask('mutation Settle($input: SettleConflictInput!) { settleConflict(input: $input) { version } }', {
      input: { patient, conflict: id, basedOn: 3, fromLate: [], reason: 'the same reading' },
    });
  await until('nothing waits', async () => {
    await bothSync();
    return (await inbox(first)).length === 0 && (await inbox(second)).length === 0;
  });
  for (const record of [ofFirst, ofSecond]) {
    await first.ask('mutation Undo($input: UndoMergeInput!) { undoMerge(input: $input) { version } }', {
      input: { patient, record, reason: 'ask again' },
    });
    expect((await inbox(first)).map((each) => each.record)).toContain(record);
  }
}, 120_000);

test('erasing the part takes what both desks wrote', async () => {
  const passphrase = PASSPHRASE;
  await first.ask(
    'mutation Rule($passphrase: String!) { setRetention(jurisdiction: "NONE", years: 0, passphrase: $passphrase) { years } }',
    { passphrase },
  );
  const { erase } = await first.ask<{ erase: { compartments: Array<{ category: string }> } }>(
    'mutation Erase($input: ErasureInput!, $passphrase: String!) { erase(input: $input, passphrase: $passphrase) { compartments { category } } }',
    { input: { patient, ground: 'OBJECTION', categories: ['CLINICAL'] }, passphrase },
  );
  expect(erase).toMatchObject({ compartments: [{ category: 'clinical' }, { category: 'clinical' }] });
  await until('neither desk has any of it', async () => {
    await bothSync();
    const counts = await Promise.all([first, second].map(async (desk) => (await desk.open(patient)).RESULT ?? 0));
    return counts.every((count) => count === 0);
  });
}, 120_000);
