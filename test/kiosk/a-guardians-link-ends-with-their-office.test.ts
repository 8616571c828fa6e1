/** A desk ends who acts for a patient; the hub then serves nothing of what they had shown elsewhere: real processes. */
import '../support/quick-passphrases.ts';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../server/workstation/demo/desk.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { ClinicBench, PASSPHRASE } from '../workstation/further-device-bench.ts';
import { issueCard, letKioskIn } from './kiosk-at-a-desk.ts';

const PIN = '493827';
let bench: ClinicBench;
let kiosk: KioskService;

beforeAll(async () => {
  bench = await ClinicBench.open();
  kiosk = await letKioskIn(bench, join(bench.folder, 'kiosk'));
}, 180_000);
afterAll(async () => {
  await kiosk.close();
  await bench.close();
});

async function own<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const { data, errors } = await kiosk.execute({ query, variables });
  if (errors) throw Object.assign(new Error(errors[0]?.message), { code: errors[0]?.extensions?.code });
  return data as T;
}

test('the link opens while the guardian acts, and nothing once the desk has ended it', async () => {
  const port = await bench.serveLinks();
  const { first } = bench;
  const [patient, guardian] = [await first.register('Canarywood', 'Ada'), await first.register('Helper', 'Hal')];
  const card = await issueCard(first, guardian, PIN);
  const may = { relationship: 'GUARD', mayConsent: true, mayComplain: true, ends: null, evidence: 'court order', language: 'en' };
  const input = { patient, guardian, ...may };
  const { guardianText } = await first.ask<{ guardianText: { hash: string } }>(
    'query ($input: GuardianInput!) { guardianText(input: $input) { hash } }',
    { input },
  );
  await first.ask(
    'mutation ($input: GuardianInput!, $hash: ID!, $passphrase: String!) { nameGuardian(input: $input, textHash: $hash, passphrase: $passphrase) { state } }',
    { input, hash: guardianText.hash, passphrase: PASSPHRASE },
  );
  await until('the kiosk hears of the card', () =>
    kiosk.checkIn(card, PIN).then(
      () => true,
      (error: { code?: string }) => {
        if (error.code !== 'card.unknown') throw error;
        return undefined;
      },
    ),
  );
  const ward = await until('their box arrives', async () => {
    const { wards } = await own<{ wards: Array<{ id: string }> }>('{ wards { id } }');
    return wards[0]?.id;
  });
  await until('their papers arrive', () =>
    own('mutation ($ward: ID) { actFor(ward: $ward) { name } }', { ward }).catch((error: { code?: string }) => {
      if (error.code !== 'patient.no-file') throw error;
      return undefined;
    }),
  );
  const { makeHealthLink } = await own<{ makeHealthLink: { link: { code: string } } }>(
    'mutation { makeHealthLink(parts: ["allergies"], hours: 720, passcode: false) { link { code } } }',
  );
  const payload = Buffer.from(makeHealthLink.link.code.slice('shlink:/'.length), 'base64url').toString();
  const path = new URL((JSON.parse(payload) as { url: string }).url).pathname;
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"recipient":"Dr. Elsewhere"}' };
  const status = async () => (await fetch(`http://127.0.0.1:${port}${path}`, asked)).status;
  expect(await status()).toBe(200);
  await first.ask(
    'mutation ($patient: ID!, $guardian: ID!, $passphrase: String!) { endGuardian(patient: $patient, guardian: $guardian, passphrase: $passphrase) { state } }',
    { patient, guardian, passphrase: PASSPHRASE },
  );
  await first.service.syncOnce();
  await until('the hub has the end, and nothing to show', async () => (await status()) === 404);
}, 120_000);
