/**
 * Threat K2: somebody holds a found card and guesses its PIN, at three kiosks and a desk, with hub, desk and kiosks started anew between
 * the guesses, while hub and desk cannot tell each other. Real processes and files; only scrypt is quick.
 */
import '../support/quick-passphrases.ts';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReader } from '../../server/storage/database.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { ClinicBench } from '../workstation/further-device-bench.ts';
import { issueCard, letKioskIn, openKiosk } from './kiosk-at-a-desk.ts';

const PIN = '493827';
const FOLDERS = ['kiosk-1', 'kiosk-2', 'kiosk-3'];
const NONE_LEFT = 'card.no-tries-left';

let bench: ClinicBench;
let kiosks: KioskService[];
let patient: string;
let card: string;
let guesses = 0;

const nextGuess = (): string => String(710_000 + 137 * ++guesses);

/** What a kiosk answers to a card and this PIN: its refusal, and how many tries that leaves. */
async function answered(kiosk: KioskService, pin: string): Promise<string | number> {
  const refused = await kiosk.checkIn(card, pin).then(
    () => undefined,
    (error: unknown) => asFailure(error),
  );
  if (!refused) return 'opened';
  return refused.code === 'card.pin-wrong' ? Number(refused.details?.left) : refused.code;
}

/** The same at the desk of the clinic that issued it. */
async function answeredAtDesk(pin: string): Promise<string | number> {
  const shown = { card: { code: card, pin } };
  const answer = await bench.first.service.execute({
    query: 'mutation ($card: ShownCard!) { showCareCard(card: $card) { name } }',
    variables: shown,
  });
  const [refused] = answer.errors ?? [];
  if (!refused) return 'opened';
  const { code, details } = refused.extensions as { code: string; details?: { left?: number } };
  return code === 'card.pin-wrong' ? Number(details?.left) : code;
}

const atThreeKiosks = (pin: () => string): Promise<Array<string | number>> =>
  Promise.all(kiosks.map((kiosk) => answered(kiosk, pin())));

/** Whatever keeps a count in memory has none after this. */
async function startEverythingAnew(): Promise<void> {
  await Promise.all(kiosks.map((kiosk) => kiosk.close()));
  await bench.stopHub();
  await bench.startHub();
  kiosks = await Promise.all(FOLDERS.map((name) => openKiosk(join(bench.folder, name))));
}

const leftAtDesk = async (): Promise<number> =>
  (
    await bench.first.ask<{ careCard: { triesLeft: number } }>(
      'query ($patient: ID!) { careCard(patient: $patient) { triesLeft } }',
      {
        patient,
      },
    )
  ).careCard.triesLeft;

/** Failed tries that the hub knows of, whoever counted them. */
async function failedAtHub(): Promise<number> {
  const { read, close } = await openReader(join(bench.hubFolder, 'hub.db'));
  const row = await read.get<{ failed: number }>('SELECT sum(tried - cleared) AS failed FROM card_count');
  await close();
  return Number(row?.failed);
}

beforeAll(async () => {
  bench = await ClinicBench.open();
  patient = await bench.first.register('Canarywood', 'Ada');
  card = await issueCard(bench.first, patient, PIN);
  kiosks = [];
  for (const name of FOLDERS) kiosks.push(await letKioskIn(bench, join(bench.folder, name)));
}, 300_000);
afterAll(async () => {
  for (const kiosk of kiosks) await kiosk.close();
  await bench.close();
});

test('ten guesses are answered in all, whoever is asked and whatever is started anew, and then the right PIN opens nothing', async () => {
  const known = async () => (await answered(kiosks[0] as KioskService, PIN)) === 'opened';
  await until('the card is known at a kiosk', known);

  const first = await atThreeKiosks(nextGuess);
  expect(first.toSorted()).toEqual([7, 8, 9]);
  await startEverythingAnew();
  expect((await atThreeKiosks(nextGuess)).toSorted()).toEqual([4, 5, 6]);
  await bench.first.restart();
  await until('the desk hears of it at the next sync', async () => (await leftAtDesk()) === 4);

  // The hub is away: the desk counts on, from what it has heard.
  await bench.apart(async () => {
    expect([await answeredAtDesk(nextGuess()), await answeredAtDesk(nextGuess())]).toEqual([3, 2]);
    await bench.first.restart();
    const last = [await answeredAtDesk(nextGuess()), await answeredAtDesk(nextGuess()), await answeredAtDesk(nextGuess())];
    expect(last).toEqual([1, 0, NONE_LEFT]);
    expect(await answeredAtDesk(PIN)).toBe(NONE_LEFT);
  });

  await bench.first.restart();
  await until('the hub hears of it at the next sync', async () => (await failedAtHub()) === 10);
  await startEverythingAnew();
  expect(await atThreeKiosks(nextGuess)).toEqual([NONE_LEFT, NONE_LEFT, NONE_LEFT]);
  expect(await atThreeKiosks(() => PIN)).toEqual([NONE_LEFT, NONE_LEFT, NONE_LEFT]);
  expect(await answeredAtDesk(PIN)).toBe(NONE_LEFT);
}, 300_000);
