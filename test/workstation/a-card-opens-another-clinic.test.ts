/**
 * A care card at another clinic while the one that keeps the records is closed: two desks there, one at home, a hub, each with real
 * processes. What the patient carried there opens at both desks, home learns of it when it opens, and ends it at both.
 */
import '../support/quick-passphrases.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import { issueCard } from '../kiosk/kiosk-at-a-desk.ts';
import { ClinicBench, type Desk, PASSPHRASE } from './further-device-bench.ts';

const PIN = '493827';
/** What a machine that does six things at once may take. */
const IN_TIME = 90_000;

let bench: ClinicBench;
let home: Desk;
let visited: Desk;
let second: Desk;
let patient: string;
let record: string;
let card: { code: string; pin: string };
/** The patient's id at the clinic that they visit. */
let visitor: string;

beforeAll(async () => {
  bench = await ClinicBench.open();
  home = bench.first;
  visited = await bench.otherClinic('Hill');
  second = await bench.machine('visited-second');
  await second.service.entrance.joinClinic(await visited.invite(), 'Bo Lindqvist', PASSPHRASE);
  await visited.admit('Bo Lindqvist', 'clinician');
  await until('the device is let in', async () => second.service.signedIn);
  patient = await home.register('Quillfeather', 'Marisol');
  await home.open(patient);
  record = await home.observe(patient, '37.25');
  card = { code: await issueCard(home, patient, PIN), pin: PIN };
  await until('the hub has it all', async () => {
    const { connection, pendingEvents, pendingDocuments } = home.service.sync ?? {};
    return connection === 'UP_TO_DATE' && pendingEvents === 0 && pendingDocuments === 0;
  });
  await home.service.close();
}, 240_000);
afterAll(() => bench.close(), 60_000);

const reads = async (desk: Desk): Promise<boolean> => {
  await desk.open(visitor);
  return (await desk.read(visitor, record)).includes('"value":37.25');
};

test('the patient opens their records to the clinic in which they stand, at each of its desks', async () => {
  const asked = 'mutation ($card: ShownCard!) { showCareCard(card: $card) { card name categories } }';
  interface Shown {
    readonly showCareCard: { readonly card: string; readonly name: string } | null;
  }
  const shown = await until(
    'the card’s box arrives',
    async () => (await visited.ask<Shown>(asked, { card }).catch(() => undefined))?.showCareCard ?? undefined,
    IN_TIME,
  );
  expect(shown.name).toContain('Quillfeather');
  const period = { starts: Date.now() - 60_000, ends: Date.now() + 86_400_000 };
  const share = { card: shown.card, categories: ['CLINICAL'], ...period, language: 'en' };
  const { cardShareText } = await visited.ask<{ cardShareText: { hash: string } }>(
    'query ($share: CardShareInput!) { cardShareText(share: $share) { hash } }',
    { share },
  );
  const answer = await visited.ask<{ shareByCard: string }>(
    'mutation ($share: CardShareInput!, $hash: String!, $card: ShownCard!, $passphrase: String!) { shareByCard(share: $share, textHash: $hash, card: $card, passphrase: $passphrase) }',
    { share, hash: cardShareText.hash, card, passphrase: PASSPHRASE },
  );
  visitor = answer.shareByCard;
  for (const desk of [visited, second]) await until('it opens', () => reads(desk).catch(() => undefined), IN_TIME);
}, 240_000);

test('home learns of it when it opens, ends it, and both desks read nothing any more', async () => {
  await home.start();
  const consents = async () => {
    const answer = await home.ask<{ consents: Array<{ id: string; state: string; confirmedAt: number | null }> }>(
      'query ($patient: ID!) { consents(patient: $patient) { id state confirmedAt } }',
      { patient },
    );
    return answer.consents;
  };
  const known = await until('home knows of it', async () => (await consents())[0], IN_TIME);
  expect(known).toMatchObject({ state: 'ACTIVE', confirmedAt: expect.any(Number) });
  await home.ask('mutation ($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }', {
    id: known.id,
    passphrase: PASSPHRASE,
  });
  for (const desk of [visited, second])
    await until('it is closed', async () => (await reads(desk).catch(() => false)) === false || undefined, IN_TIME);
}, 240_000);
