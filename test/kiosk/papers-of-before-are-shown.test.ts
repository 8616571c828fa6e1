/** A kiosk that has not got the newest papers of a patient, and one that reaches nobody: real processes. */
import '../support/quick-passphrases.ts';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/database.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import type { KioskService } from '../../server/workstation/kiosk/kiosk-service.ts';
import { ClinicBench } from '../workstation/further-device-bench.ts';
import { issueCard, letKioskIn, openKiosk } from './kiosk-at-a-desk.ts';

const PIN = '493827';
const LONGEST = { idle: { seconds: 300, grace: 60 } };
let bench: ClinicBench;
let folder: string;
let kiosk: KioskService;
let patient: string;
let card: string;
let homeCard: string;

interface Papers {
  readonly me: { readonly asOf: number; readonly newerOnItsWay: boolean };
  readonly papers: { readonly export: string; readonly internationalSummary: string };
}

async function papers(): Promise<Papers | undefined> {
  const query = '{ me { asOf newerOnItsWay } papers { export internationalSummary } }';
  const { data, errors } = await kiosk.execute({ query });
  if (errors && errors[0]?.extensions?.code !== 'patient.no-file') throw new Error(errors[0]?.message);
  return errors ? undefined : (data as unknown as Papers);
}

const papersWith = (value: string): Promise<Papers> =>
  until(`papers with ${value} are shown`, async () => {
    const shown = await papers();
    return shown?.papers.export.includes(`"value":${value}`) && shown.papers.internationalSummary.includes(value)
      ? shown
      : undefined;
  });

/** As if a document had not been fetched yet: the ledger knows it, the kiosk has not got it. Gives how to let it come. */
async function keepBack(count: number): Promise<() => Promise<void>> {
  const path = join(folder, 'clinic.db');
  const database = await openDatabase({ path, migrations: CLINIC_MIGRATIONS, mode: 'bulk' });
  const newest = await database.read.all<{ name: Buffer; handle: Buffer; sealed: Buffer; wrap: Buffer }>(
    'SELECT name, handle, sealed, wrap FROM document WHERE handle = (SELECT handle FROM document ORDER BY length(sealed) DESC LIMIT 1) AND length(sealed) > 2000 ORDER BY rowid DESC LIMIT ?',
    [count],
  );
  await database.write(async (transaction) => {
    for (const { name } of newest) await transaction.run('DELETE FROM document WHERE name = ?', [name]);
  });
  await database.close();
  return async () => {
    const again = await openDatabase({ path, migrations: CLINIC_MIGRATIONS, mode: 'bulk' });
    await again.write(async (transaction) => {
      for (const { name, handle, sealed, wrap } of newest)
        await transaction.run('INSERT INTO document (name, handle, sealed, wrap, uploaded) VALUES (?, ?, ?, ?, 1)', [
          name,
          handle,
          sealed,
          wrap,
        ]);
    });
    await again.close();
  };
}

beforeAll(async () => {
  bench = await ClinicBench.open();
  patient = await bench.first.register('Canarywood', 'Ada');
  await bench.first.open(patient);
  await bench.first.observe(patient, '37.50');
  card = await issueCard(bench.first, patient, PIN);
  folder = join(bench.folder, 'kiosk');
  kiosk = await letKioskIn(bench, folder);
  await kiosk.close();
  kiosk = await openKiosk(folder, LONGEST);
  await kiosk.checkIn(card, PIN);
}, 180_000);
afterAll(async () => {
  await kiosk.close();
  await bench.close();
});

test('while later papers are on their way a fresh session shows those of before, says of when they are, and then the later ones', async () => {
  const before = await papersWith('37.50');
  expect(before.me.newerOnItsWay).toBe(false);
  await bench.first.observe(patient, '38.25');
  const after = await papersWith('38.25');
  expect(after.me).toEqual({ asOf: expect.any(Number), newerOnItsWay: false });
  expect(after.me.asOf).toBeGreaterThan(before.me.asOf);
  await kiosk.close();
  const letCome = await keepBack(1);
  kiosk = await openKiosk(folder, LONGEST);
  await kiosk.checkIn(card, PIN);
  const shown = await papers();
  expect(shown?.me.newerOnItsWay).toBe(true);
  expect(shown?.me.asOf).toBeLessThan(after.me.asOf);
  expect(shown?.papers.export).toContain('"value":37.50');
  await letCome();
  expect((await papersWith('38.25')).me).toEqual(after.me);
}, 120_000);

test('with the hub away what a desk writes is among the papers of a fresh session, by the clinic’s host alone', async () => {
  await bench.first.service.administrator.serveClinic('127.0.0.1:0');
  await until('the kiosk follows the host', async () => kiosk.clinicHost?.route?.connected === true);
  await bench.stopHub();
  await bench.first.observe(patient, '39.75');
  await kiosk.checkIn(card, PIN);
  expect((await papersWith('39.75')).me.newerOnItsWay).toBe(false);
  // The host holds a pepper: who comes can still check in. Of a card that is issued now the hub has no copy.
  const other = await bench.first.register('Sparrowhill', 'Bo');
  homeCard = await issueCard(bench.first, other, PIN);
  await until('the kiosk knows the new card', () =>
    kiosk.checkIn(homeCard, PIN).then(
      () => true,
      () => undefined,
    ),
  );
  expect((await kiosk.state()).canCheckIn).toBe(true);
}, 120_000);

test('with clinic host and hub away nobody checks in, and the kiosk says so before anybody tries', async () => {
  await kiosk.endSession();
  await bench.first.service.administrator.serveClinic(undefined);
  await until('the kiosk knows that nobody is in reach', async () => (await kiosk.state()).canCheckIn === false);
  // Nobody is sent elsewhere with a card that opens here alone.
  for (const each of [card, homeCard]) await expect(kiosk.checkIn(each, PIN)).rejects.toMatchObject({ code: 'card.no-keeper' });
  expect((await kiosk.state()).state).toBe('READY');
  await bench.startHub();
  await until('the hub is back', async () => (await kiosk.state()).canCheckIn);
  await until('they check in', () =>
    kiosk.checkIn(card, PIN).then(
      () => true,
      () => undefined,
    ),
  );
}, 120_000);
