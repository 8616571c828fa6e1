/** A clinic that was visited tells the home clinic of a consent. What the ledger does not say word for word is not kept. */
import { beforeEach, describe, expect, test } from 'vitest';
import { openMessageFrom, sealMessage } from '../../server/vault/messages.ts';
import { CARRIED_CONTEXT, CARRIED_MESSAGE, carriedConsent } from '../../shared/consent/carried-message.ts';
import { type ConsentRecord, readFhirConsent, writeFhirConsent } from '../../shared/consent/fhir-consent.ts';
import { fromHex, fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import { type Decoded, decode, encode } from '../../shared/encoding/codec.ts';
import { agreementKeyFor, bytesFor, MORNING } from '../support/ledger-builder.ts';
import { type BenchClinic, PASSPHRASE } from './bench-clinic.ts';
import { RegionBench } from './region-bench.ts';

const DAY = 86_400_000;
type Said = Decoded<typeof carriedConsent>;

let bench: RegionBench;
let home: BenchClinic;
let visited: BenchClinic;
let third: BenchClinic;
let patient: string;
let stranger: string;
let said: Said;

/** A patient of Home shares who they are and clinical records at Visited; what Visited tells Home of it has not arrived. */
beforeEach(async () => {
  const found = await RegionBench.found(['Home', 'Visited', 'Third']);
  bench = found.bench;
  [home, visited, third] = found.clinics as [BenchClinic, BenchClinic, BenchClinic];
  [patient, stranger] = [await home.register('Birch'), await home.register('Alder')];
  await home.write(patient, 'clinical', 'clinicalword');
  const card = await home.issueCard(patient);
  await bench.sync();
  const { visits } = visited.vault.consents;
  if (!(await visits.show(card))) await bench.sync();
  const visitor = await visits.show(card);
  const share = { card: visitor!.card, categories: ['clinical'], starts: MORNING, ends: MORNING + DAY, language: 'en' };
  const { hash } = await visits.text(share);
  await visits.share(share, hash, card, PASSPHRASE);
  const sent = await visited.database.read.get<{ body: Buffer }>(
    'SELECT body FROM outgoing_message WHERE kind = ? AND sent = 0',
    [CARRIED_MESSAGE],
  );
  await visited.database.write((transaction) =>
    transaction.run('UPDATE outgoing_message SET sent = 1 WHERE kind = ?', [CARRIED_MESSAGE]),
  );
  const opened = openMessageFrom(sent!.body, partiesOf(visited), [keyOf(visited).publicKey], () => keyOf(home));
  said = decode(carriedConsent, opened);
});

const keyOf = ({ clinic }: BenchClinic) => agreementKeyFor(`${clinic.label} encryption`);
const partiesOf = (from: BenchClinic) => ({
  kind: CARRIED_MESSAGE,
  senderChain: from.clinic.chain,
  recipientChain: home.clinic.chain,
  context: CARRIED_CONTEXT,
});
const about = (change: (record: ConsentRecord) => Partial<ConsentRecord>): Said => {
  const record = readFhirConsent(JSON.parse(fromUtf8(said.resource)));
  return { ...said, resource: utf8(JSON.stringify(writeFhirConsent({ ...record, ...change(record) }))) };
};

/** Home receives it; gives the number under which it lies there. */
async function arrives(inside: Said, from = visited): Promise<number> {
  const body = sealMessage(partiesOf(from), keyOf(from), keyOf(home).publicKey, encode(carriedConsent, inside));
  const letter = { kind: CARRIED_MESSAGE, senderChain: from.clinic.chain, senderDevice: from.ledger.device, body };
  return bench.inject(home, letter);
}
const isHandled = async (sequence: number): Promise<boolean> => {
  const READ = 'SELECT handled FROM incoming_message WHERE sequence = ?';
  return (await home.database.read.get<{ handled: number }>(READ, [sequence]))?.handled === 1;
};
const kept = async () => [...(await home.vault.consents.list(patient)), ...(await home.vault.consents.list(stranger))];

test('what the ledger bears out is kept, once, however often it is told', async () => {
  await bench.sync();
  await arrives(said);
  await bench.sync();
  const [consent] = await kept();
  expect(consent).toMatchObject({ state: 'ACTIVE', recordedBy: 'Clinic Visited' });
  await arrives(said);
  await bench.sync();
  expect((await kept()).map(({ document }) => document)).toEqual([consent!.document]);
});

test('what comes before its acts waits for them', async () => {
  const sequence = await arrives(said);
  await home.vault.consents.refresh();
  expect([await isHandled(sequence), await kept()]).toEqual([false, []]);
  await bench.sync();
  expect([await isHandled(sequence), (await kept()).length]).toEqual([true, 1]);
});

describe('dropped, and nothing is kept:', () => {
  test.each<[string, () => Said]>([
    ['a form that is not known', () => ({ ...said, suite: 2 })],
    ['a patient whom nobody knows', () => ({ ...said, patient: bytesFor('nobody', 16) })],
    ['another patient in the envelope', () => ({ ...said, patient: fromHex(stranger) })],
    ['another patient in the consent', () => about(({ choices }) => ({ choices: { ...choices, patient: stranger } }))],
    ['other words than were signed', () => about(({ text }) => ({ text: `${text} And everything else.` }))],
    ['fewer parts than the consent names', () => ({ ...said, parts: said.parts.slice(1) })],
    ['fewer parts than were given', () => about(({ grants }) => ({ grants: grants.slice(1) }))],
    [
      'parts under each other’s names',
      () =>
        about(({ grants: [one, two] }) => ({
          grants: [
            { ...one!, category: two!.category },
            { ...two!, category: one!.category },
          ],
        })),
    ],
    [
      'compartments that were not given',
      () =>
        about(({ grants: [one, two] }) => ({
          grants: [
            { ...one!, grant: two!.grant },
            { ...two!, grant: one!.grant },
          ],
        })),
    ],
    ['no consent at all', () => ({ ...said, resource: utf8('{}') })],
  ])('%s', async (_, altered) => {
    await bench.sync();
    const sequence = await arrives(altered());
    await bench.sync();
    expect([await isHandled(sequence), await kept()]).toEqual([true, []]);
  });

  test('a consent that was given to somebody else than who tells it', async () => {
    await bench.sync();
    const sequence = await arrives(said, third);
    await bench.sync();
    expect([await isHandled(sequence), await kept()]).toEqual([true, []]);
  });
});
