/** Somebody stands at a kiosk with a card that its holder reports as lost at the desk: real processes. */
import '../support/quick-passphrases.ts';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { ClinicBench } from '../workstation/further-device-bench.ts';
import { sessions } from './around-a-kiosk.ts';
import { issueCard, letKioskIn, openKiosk } from './kiosk-at-a-desk.ts';

const PIN = '493827';
let bench: ClinicBench;
let kiosk: KioskService;
let patient: string;
let card: string;

beforeAll(async () => {
  bench = await ClinicBench.open();
  patient = await bench.first.register('Canarywood', 'Ada');
  card = await issueCard(bench.first, patient, PIN);
  const folder = join(bench.folder, 'kiosk');
  await (await letKioskIn(bench, folder)).close();
  // Whoever holds the card touches the page all the time.
  kiosk = await openKiosk(folder, { idle: { seconds: 3_000, grace: 60 } });
}, 180_000);
afterAll(async () => {
  await kiosk.close();
  await bench.close();
});

const codes = async (): Promise<unknown[]> => {
  const { errors } = await kiosk.execute({ query: '{ me { name } }' });
  return (errors ?? []).map(({ extensions }) => extensions?.code);
};

test('a card that is replaced while somebody is in with it shows nothing more, and the keys go', async () => {
  await kiosk.checkIn(card, PIN);
  await until('the papers arrive', async () => (await codes()).length === 0);
  const newer = await issueCard(bench.first, patient, '712843');
  await until('the kiosk hears of it', async () => (await codes()).includes('card.ended'));
  await until('nobody is in', async () => (await kiosk.state()).state === 'READY');
  expect(sessions()).toEqual([]);
  await expect(kiosk.checkIn(card, PIN)).rejects.toMatchObject({ code: 'card.ended' });
  await until('the newer one opens', () =>
    kiosk.checkIn(newer, '712843').then(
      () => true,
      () => undefined,
    ),
  );
}, 120_000);
