/** Somebody asks something of their clinic at a kiosk while no desk is unlocked: whoever unlocks next has it. Real processes. */
import '../support/quick-passphrases.ts';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { ClinicBench } from '../workstation/further-device-bench.ts';
import { issueCard, letKioskIn } from './kiosk-at-a-desk.ts';

const PIN = '493827';
const WORDS = 'My birthday is a day later.';
let bench: ClinicBench;
let kiosk: KioskService;
let patient: string;

beforeAll(async () => {
  bench = await ClinicBench.open();
  patient = await bench.first.register('Canarywood', 'Ada');
  const card = await issueCard(bench.first, patient, PIN);
  kiosk = await letKioskIn(bench, join(bench.folder, 'kiosk'));
  await kiosk.checkIn(card, PIN);
  await until('the papers arrive', async () => (await kiosk.execute({ query: '{ me { name } }' })).errors === undefined);
}, 180_000);
afterAll(async () => {
  await kiosk.close();
  await bench.close();
});

test('a request that is sent over night is with the privacy officer in the morning', async () => {
  await bench.first.service.close();
  const { errors } = await kiosk.execute({
    query: 'mutation ($words: String!) { sendRequest(about: CORRECTION, words: $words) { received } }',
    variables: { words: WORDS },
  });
  expect(errors).toBeUndefined();
  await bench.first.start();
  await until('the desk has it', async () => {
    const { complaintsOf } = await bench.first.ask<{ complaintsOf: Array<{ words: string }> }>(
      'query ($patient: ID!) { complaintsOf(patient: $patient) { words } }',
      { patient },
    );
    return complaintsOf.some(({ words }) => words === WORDS);
  });
}, 120_000);
