/** Rehearsed restores, backups by schedule, and a first run that takes the place of a lost machine. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import type { RecoverySheet } from '../../server/workstation/backup/backup-vault.ts';
import type { DeviceService } from '../../server/workstation/device/device-service.ts';
import { checkDrill, type DrillCertificate } from '../../shared/workstation/drill.ts';
import { byKeyOf } from '../support/second-factor.ts';
import { BackupBench, countPatients, MemoryKeychain, PASSPHRASE, unlock } from './backup-bench.ts';

const HOUR = 3_600_000;
const NEW_PASSPHRASE = 'violet anchor humming otter';
let bench: BackupBench;
let harbour: DeviceService;
let sheets: readonly RecoverySheet[];

beforeAll(async () => {
  bench = await BackupBench.open();
  harbour = await bench.clinic('harbour', new MemoryKeychain());
}, 180_000);
afterAll(() => bench?.close(), 60_000);

const check = (certificate: DrillCertificate) => checkDrill(hashParts, verifySignature, certificate);

describe('a drill', () => {
  test('needs a good backup and the passphrase', async () => {
    await expect(harbour.backups.drill(PASSPHRASE)).rejects.toMatchObject({ code: 'drill.no-backup' });
    await harbour.backups.make(bench.path('drive'));
    await expect(harbour.backups.drill('not the right one at all')).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
  }, 120_000);

  test('ends in a certificate that says what was restored, and holds for nobody who changes it', async () => {
    const certificate = await harbour.backups.drill(PASSPHRASE);
    const { report } = check(certificate);
    const [backup] = await harbour.backups.live();
    expect(report).toMatchObject({
      clinic: 'harbour',
      backup: backup?.id,
      openedBy: 'staff',
      ranBy: 'Ana Ferreira',
      role: 'administrator',
    });
    expect(report).toMatchObject({ documents: backup?.counts?.documents, keys: backup?.counts?.keys, withinHours: 72 });
    expect(report.seconds).toBeGreaterThan(0);
    const faster = certificate.report.replace(/"seconds": [\d.]+/, '"seconds": 0.0001');
    for (const altered of [
      { ...certificate, report: faster },
      { ...certificate, staff: certificate.clinicKey },
      { ...certificate, founding: certificate.founding.slice(4) },
    ])
      expect(() => check(altered)).toThrow();
  }, 120_000);

  test('goes by recovery shares alone as well, without a region by what lies beside the backup', async () => {
    const request = { holders: ['Ana', 'Bo', 'Cem'], threshold: 2, passphrase: PASSPHRASE };
    sheets = await byKeyOf(harbour, PASSPHRASE, () => harbour.backups.makeRecovery(request));
    const texts = sheets.slice(1).map(({ text }) => text);
    expect(check(await harbour.backups.drill(PASSPHRASE, texts)).report.openedBy).toBe('shares');
    await expect(harbour.backups.drill(PASSPHRASE, texts.slice(1))).rejects.toMatchObject({ code: 'recovery.shares-missing' });
  }, 120_000);
});

describe('the schedule', () => {
  test('never beside the data, never more than once an hour', async () => {
    const inside = { folder: bench.path('harbour', 'backups'), everyHours: 24 };
    await expect(harbour.backups.schedule(inside)).rejects.toMatchObject({ code: 'backup.not-here' });
    await expect(harbour.backups.schedule({ folder: bench.path('usb'), everyHours: 0 })).rejects.toMatchObject({
      code: 'backup.interval',
    });
  });

  test('makes one when it is due, and says so when its drive is away', async () => {
    await harbour.backups.schedule({ folder: bench.path('usb'), everyHours: 6 });
    bench.now += 7 * HOUR;
    await harbour.backups.tend();
    expect(await harbour.backups.list.read()).toMatchObject({ scheduleProblem: { code: 'backup.folder-missing' } });
    await mkdir(bench.path('usb'));
    await harbour.backups.tend();
    expect(await readdir(bench.path('usb'))).toEqual([]);
    bench.now += HOUR + 1;
    await harbour.backups.tend();
    expect(await readdir(bench.path('usb'))).toHaveLength(1);
    expect((await harbour.backups.list.read()).scheduleProblem).toBeUndefined();
    await harbour.backups.tend();
    expect(await readdir(bench.path('usb'))).toHaveLength(1);
  }, 120_000);

  test('a backup on a drive that was taken away before anybody looked is not called bad', async () => {
    await harbour.entrance.lock();
    const made = await harbour.backups.make(bench.path('usb'));
    await rename(made.folder, `${made.folder}-away`);
    await unlock(harbour);
    await harbour.backups.proveWritten();
    const state = async () => (await harbour.backups.live()).find(({ id }) => id === made.id)?.state;
    expect(await state()).toBe('written');
    await rename(`${made.folder}-away`, made.folder);
    await harbour.backups.proveWritten();
    expect(await state()).toBe('good');
  }, 120_000);
});

test('a first run takes the place of the lost machine, in the folder that is open', async () => {
  const [backup] = await harbour.backups.live();
  const fresh = await bench.service('fresh', new MemoryKeychain());
  const texts = sheets.map(({ text }) => text);
  await expect(fresh.entrance.restore(backup?.folder ?? '', texts.slice(2), 'Bo', NEW_PASSPHRASE)).rejects.toMatchObject({
    code: 'recovery.shares-missing',
  });
  expect(fresh.installation.chain).toBeUndefined();
  await fresh.entrance.restore(backup?.folder ?? '', texts.slice(1), 'Bo', NEW_PASSPHRASE);
  const bo = (await fresh.entrance.slots()).find(({ name }) => name === 'Bo');
  await fresh.entrance.unlock(bo?.id ?? '', NEW_PASSPHRASE);
  expect(await countPatients(fresh)).toBe(3);
  expect(fresh.signedIn?.role).toBe('administrator');
  await expect(fresh.entrance.restore(backup?.folder ?? '', texts, 'Bo', NEW_PASSPHRASE)).rejects.toMatchObject({
    code: 'workstation.clinic-exists',
  });
  await rm(bench.path('drive'), { recursive: true, force: true });
}, 120_000);
