/** A clinic in a region loses its only machine: three of five officers and a backup bring it back. */
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { initHub } from '../../server/hub/commands/administration.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import type { KnownBackup } from '../../server/workstation/backup/backup-list.ts';
import type { RecoverySheet } from '../../server/workstation/backup/backup-vault.ts';
import { BACKUP_LIFE } from '../../server/workstation/backup/make-backup.ts';
import { recoverKeys } from '../../server/workstation/backup/recover.ts';
import { restoreBackup } from '../../server/workstation/backup/restore.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import type { DeviceService } from '../../server/workstation/device/device-service.ts';
import { byKeyOf } from '../support/second-factor.ts';
import { ask, BackupBench, countPatients, MemoryKeychain, PASSPHRASE, register } from './backup-bench.ts';

const HOLDERS = ['Ana Ferreira', 'Bo Lindqvist', 'Cem Aydın', 'Dee O’Hara', 'Emil Novák'];
const NEW_PASSPHRASE = 'violet anchor humming otter';
let bench: BackupBench;
let hub: Awaited<ReturnType<typeof openHub>>;
let harbour: DeviceService;
let earlier: KnownBackup;
let made: KnownBackup;
let sheets: readonly RecoverySheet[];
const quiet = (): void => undefined;

beforeAll(async () => {
  bench = await BackupBench.open();
  const port = await freePort();
  const { invitation } = await initHub(bench.path('hub'), 'Test region', `https://localhost:${port}`);
  hub = await openHub(bench.path('hub'), { clock: () => bench.now });
  await hub.start(port, '127.0.0.1');
  harbour = await bench.clinic('harbour');
  await harbour.entrance.joinRegion(invitation);
  await harbour.syncOnce();
  earlier = await harbour.backups.make(bench.path('drive'));
  const request = { holders: HOLDERS, threshold: 3, passphrase: PASSPHRASE };
  sheets = await byKeyOf(harbour, PASSPHRASE, () => harbour.backups.makeRecovery(request));
  await register(harbour, 'Late', 'Eve');
  await harbour.syncOnce();
  made = await harbour.backups.make(bench.path('drive'));
}, 300_000);
afterAll(async () => {
  await bench?.close();
  await hub?.close();
}, 60_000);

const texts = (...indexes: number[]): string[] => indexes.map((index) => (sheets[index - 1] as RecoverySheet).text);
const lines = (...indexes: number[]): string[] => indexes.map((index) => (sheets[index - 1] as RecoverySheet).lines.join('\n'));

async function restoreWith(name: string, brought: readonly string[], folder = made.folder): Promise<MemoryKeychain> {
  const { keys, officers } = await recoverKeys(folder, brought);
  const keychain = new MemoryKeychain();
  await restoreBackup({
    from: folder,
    to: bench.path(name),
    keys,
    keychain,
    clock: () => bench.now,
    officers: { name: 'Bo Lindqvist', passphrase: NEW_PASSPHRASE, keys: officers },
    onProgress: quiet,
  });
  return keychain;
}

test('only with the passphrase, and only by an administrator, are shares made', async () => {
  const request = { holders: HOLDERS, threshold: 3, passphrase: 'not the right one at all' };
  await expect(harbour.backups.makeRecovery(request)).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
});

test('neither a share nor a code is written anywhere', async () => {
  const words = sheets.flatMap(({ text, lines: typed }) => [text.slice(9, 60), text.slice(-40), typed[3] as string]);
  for (const folder of ['harbour', 'drive', 'hub']) {
    for (const file of await readdir(bench.path(folder), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const bytes = await readFile(join(file.parentPath, file.name));
      for (const word of words) expect(bytes.includes(word)).toBe(false);
    }
  }
});

describe('the machine is gone', () => {
  test('two officers open nothing', async () => {
    await expect(recoverKeys(made.folder, texts(1, 2))).rejects.toMatchObject({ code: 'recovery.shares-missing' });
  });

  test('three do: everybody’s patients are there, an officer is administrator, others keep their passphrases, and it syncs', async () => {
    await bench.lose('harbour');
    const keychain = await restoreWith('rebuilt', [...texts(5), ...lines(2, 3)]);
    const service = await bench.service('rebuilt', keychain);
    const bo = (await service.entrance.slots()).find(({ name }) => name === 'Bo Lindqvist');
    const ana = (await service.entrance.slots()).find(({ name }) => name === 'Ana Ferreira');
    await service.entrance.unlock(ana?.id ?? '', PASSPHRASE);
    await service.entrance.unlock(bo?.id ?? '', NEW_PASSPHRASE);
    expect(await countPatients(service)).toBe(4);
    expect(service.signedIn?.role).toBe('administrator');
    await service.syncOnce();
    await ask(
      service,
      'mutation { enrolStaff(input: { name: "Finn", role: "nurse", passphrase: "quiet meadow lantern seventeen" }) { id } }',
    );
    await service.syncOnce();
    expect(service.sync?.problem).toBeUndefined();
    expect(service.sync?.pendingEvents).toBe(0);
    const again = await service.backups.make(bench.path('drive-2'));
    expect(again.state).toBe('good');
    harbour = service;
  }, 180_000);

  test('a backup from before the shares were made opens with them as well', async () => {
    expect((await recoverKeys(earlier.folder, texts(1, 3, 4))).keys.key).toHaveLength(32);
  });
});

describe('nothing is given any more', () => {
  test('to a set that was replaced', async () => {
    const bo = (await harbour.entrance.slots()).find(({ name }) => name === 'Bo Lindqvist');
    await harbour.entrance.unlock(bo?.id ?? '', NEW_PASSPHRASE);
    const [backup] = await harbour.backups.live();
    expect((await recoverKeys(backup?.folder ?? '', texts(1, 2, 3))).keys.key).toHaveLength(32);
    const request = { holders: ['A', 'B', 'C'], threshold: 2, passphrase: NEW_PASSPHRASE };
    await expect(harbour.backups.makeRecovery(request)).rejects.toMatchObject({ code: 'recovery.own-key-first' });
    const input = { name: 'Gia', role: 'administrator', passphrase: NEW_PASSPHRASE };
    const { enrolStaff } = await ask<{ enrolStaff: { id: string } }>(
      harbour,
      'mutation Enrol($input: EnrolStaffInput!) { enrolStaff(input: $input) { id } }',
      { input },
    );
    await harbour.entrance.unlock(enrolStaff.id, NEW_PASSPHRASE);
    const next = await byKeyOf(harbour, NEW_PASSPHRASE, () => harbour.backups.makeRecovery(request));
    await expect(recoverKeys(backup?.folder ?? '', texts(1, 2, 3))).rejects.toMatchObject({ code: 'recovery.nothing-in-escrow' });
    expect(
      (
        await recoverKeys(
          backup?.folder ?? '',
          next.slice(1).map(({ text }) => text),
        )
      ).keys.key,
    ).toHaveLength(32);
    const { staffMembers } = await ask<{ staffMembers: Array<{ name: string; revoked: boolean }> }>(
      harbour,
      '{ staffMembers { name revoked } }',
    );
    const officers = staffMembers.filter(({ name }) => name.includes('recovery officers'));
    expect(officers.map(({ revoked }) => revoked).sort()).toEqual([false, true]);
  }, 120_000);

  test('of a backup that has expired, however many officers come', async () => {
    const copy = bench.path('copy');
    await cp(made.folder, copy, { recursive: true });
    expect((await recoverKeys(copy, texts(1, 2, 3))).keys.key).toHaveLength(32);
    bench.now += BACKUP_LIFE + 1000;
    await expect(recoverKeys(copy, texts(1, 2, 3, 4, 5))).rejects.toMatchObject({ code: 'recovery.nothing-in-escrow' });
  });
});
