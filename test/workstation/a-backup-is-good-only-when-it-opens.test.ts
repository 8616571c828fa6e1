/** Backups of a real workstation: opened in a clean place before they are called good, refused by name when anything is wrong. */
import '../support/quick-passphrases.ts';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connection } from '../../server/storage/connection.ts';
import { readCopy } from '../../server/storage/database-copy.ts';
import type { KnownBackup } from '../../server/workstation/backup/backup-list.ts';
import { BACKUP_LIFE } from '../../server/workstation/backup/make-backup.ts';
import { type BackupKeys, checkBackup } from '../../server/workstation/backup/open-backup.ts';
import { restoreBackup } from '../../server/workstation/backup/restore.ts';
import type { DeviceService } from '../../server/workstation/device/device-service.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { BackupBench, CANARY, countPatients, MemoryKeychain, PASSPHRASE, register, unlock } from './backup-bench.ts';

let bench: BackupBench;
let harbour: DeviceService;
let keychain: MemoryKeychain;
let made: KnownBackup;
let keys: BackupKeys;
const quiet = (): void => undefined;

beforeAll(async () => {
  bench = await BackupBench.open();
  keychain = new MemoryKeychain();
  harbour = await bench.clinic('harbour', keychain);
  made = await harbour.backups.make(bench.path('drive'));
  keys = await harbour.backups.keysOf(made.id, PASSPHRASE);
}, 180_000);
afterAll(() => bench?.close(), 60_000);

const chainOf = (service: DeviceService): Uint8Array => service.installation.chain as Uint8Array;
const check = (folder: string, with_ = keys, of = chainOf(harbour)) => checkBackup(folder, of, with_, quiet);
const restore = (to: string, more: Partial<Parameters<typeof restoreBackup>[0]> = {}) =>
  restoreBackup({ from: made.folder, to, keys, keychain: new MemoryKeychain(), clock: Date.now, onProgress: quiet, ...more });

/** A copy that may be spoilt. */
async function copyOf(name: string): Promise<string> {
  const folder = bench.path(name);
  await cp(made.folder, folder, { recursive: true });
  return folder;
}

test('a good backup has been opened: counts of all that is in it are known', async () => {
  expect(made.state).toBe('good');
  expect(made.counts).toMatchObject({ people: 1 });
  expect(made.counts?.documents).toBeGreaterThanOrEqual(3);
  expect(await check(made.folder)).toMatchObject({ id: made.id, documents: made.counts?.documents, withoutKey: 0 });
});

test('nothing in it is readable, and no file name says whose it is', async () => {
  for (const file of await readdir(made.folder)) {
    const bytes = await readFile(join(made.folder, file));
    for (const word of [CANARY, 'Ana Ferreira', 'SQLite format']) expect(bytes.includes(word)).toBe(false);
    expect(file).toMatch(/^(backup\.json|contents\.sealed|(clinic|keys)-\d{5}\.sealed)$/);
  }
});

describe('is refused at once, by name', () => {
  test('one bit, anywhere in any file', async () => {
    const files = await readdir(made.folder);
    const folder = await copyOf('flipped');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.nat(), fc.nat(7), async (file, at, bit) => {
        const whole = await readFile(join(made.folder, file));
        const spoilt = Buffer.from(whole);
        const place = at % spoilt.length;
        spoilt[place] = (spoilt[place] as number) ^ (1 << bit);
        await writeFile(join(folder, file), spoilt);
        const failure = await check(folder).then(
          () => undefined,
          (error: unknown) => error,
        );
        await writeFile(join(folder, file), whole);
        expect(failure).toBeInstanceOf(Failure);
        expect((failure as Failure).code).toMatch(/^backup\./);
        expect((failure as Failure).message).toContain(file);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('a file that is cut short or missing', async () => {
    for (const file of await readdir(made.folder)) {
      const folder = await copyOf(`cut-${file}`);
      await truncate(join(folder, file), (await readFile(join(folder, file))).length - 1);
      await expect(check(folder)).rejects.toMatchObject({ code: 'backup.file-altered' });
      await rm(join(folder, file));
      await expect(check(folder)).rejects.toMatchObject({
        code: file === 'backup.json' ? 'backup.none' : 'backup.file-missing',
      });
    }
  }, 60_000);

  test('segments that changed places, and those of another backup', async () => {
    const folder = await copyOf('swapped');
    await cp(join(made.folder, 'keys-00000.sealed'), join(folder, 'clinic-00000.sealed'));
    await expect(check(folder)).rejects.toMatchObject({ code: 'backup.file-altered', details: { file: 'clinic-00000.sealed' } });
  });

  test('another clinic’s', async () => {
    await expect(check(made.folder, keys, randomBytes(32))).rejects.toMatchObject({ code: 'backup.another-clinic' });
  });

  test('one whose key store lacks a key', async () => {
    const lame = await bench.clinic('lame', new MemoryKeychain());
    await lame.entrance.lock();
    await removeOneKey(bench.path('lame', 'keys.db'));
    await unlock(lame).catch(() => undefined);
    await expect(lame.backups.make(bench.path('drive-lame'))).rejects.toMatchObject({ code: 'backup.not-whole' });
    expect((await lame.backups.list.read()).backups[0]).toMatchObject({
      state: 'refused',
      problem: { code: 'backup.not-whole' },
    });
  }, 120_000);
});

async function removeOneKey(path: string): Promise<void> {
  const connection = await Connection.open(path, 'write');
  await connection.run(
    `DELETE FROM key_entry WHERE (kind, id, epoch) IN (SELECT kind, id, epoch FROM key_entry WHERE kind = 'compartment' LIMIT 1)`,
    [],
  );
  await connection.close();
}

describe('restored', () => {
  test('on a machine with another keychain: the passphrase opens it, all patients are there', async () => {
    await restore(bench.path('restored'));
    const other = new MemoryKeychain();
    await restore(bench.path('restored-2'), { keychain: other });
    const service = await bench.service('restored-2', other);
    expect(await service.installation.text('restored')).toContain(made.id);
    await unlock(service);
    expect(await countPatients(service)).toBe(3);
    await register(service, 'Newcomer', 'Dee');
    expect(await countPatients(service)).toBe(4);
  }, 120_000);

  test('on a machine without a keychain', async () => {
    const none = { available: false, get: async () => undefined, set: async () => undefined };
    await restore(bench.path('bare'), { keychain: none });
    const service = await bench.service('bare', none);
    await unlock(service);
    expect(await countPatients(service)).toBe(3);
  }, 120_000);

  test('never into a folder that holds something', async () => {
    await mkdir(bench.path('full'));
    await writeFile(bench.path('full', 'letter.txt'), 'mine');
    await expect(restore(bench.path('full'))).rejects.toMatchObject({ code: 'restore.not-empty' });
    expect(await readdir(bench.path('full'))).toEqual(['letter.txt']);
  });

  test('a spoilt backup leaves no folder behind', async () => {
    const folder = await copyOf('spoilt');
    await rm(join(folder, 'keys-00000.sealed'));
    await expect(restore(bench.path('never'), { from: folder })).rejects.toMatchObject({ code: 'backup.file-missing' });
    expect(await readdir(bench.root)).not.toContain('never');
    expect(await readdir(bench.root)).not.toContain('never.restoring');
  });

  test('what was erased since does not come back', async () => {
    const handle = await someHandle(bench.path('restored', 'keys.db'));
    await restore(bench.path('erased'), { erased: [handle] });
    expect(await handlesIn(bench.path('erased', 'keys.db'))).not.toContain(handle);
    expect(await handlesIn(bench.path('restored', 'keys.db'))).toContain(handle);
  }, 60_000);
});

async function handlesIn(path: string): Promise<string[]> {
  const rows = await readCopy(path, (from) =>
    from.all<{ id: string }>(`SELECT DISTINCT lower(hex(id)) AS id FROM key_entry WHERE kind = 'compartment'`),
  );
  return rows.map(({ id }) => id);
}

const someHandle = async (path: string): Promise<string> => (await handlesIn(path))[0] as string;

describe('while locked', () => {
  test('a backup is made, and called good only after an unlock has looked', async () => {
    await harbour.entrance.lock();
    const sealed = await harbour.backups.make(bench.path('night'));
    expect(sealed.state).toBe('written');
    await unlock(harbour);
    await expect
      .poll(async () => (await harbour.backups.live()).find(({ id }) => id === sealed.id)?.state, { timeout: 60_000 })
      .toBe('good');
  }, 120_000);

  test('an interrupted one goes on with the same key, and with a new one when its copy has changed', async () => {
    await harbour.entrance.lock();
    const destination = bench.path('interrupted');
    await expect(stopped(harbour, destination)).rejects.toThrow('cut');
    const [begun] = (await harbour.backups.list.read()).backups.filter(({ state }) => state === 'writing');
    expect(await readdir(destination)).toEqual([`${begun?.folder.split('/').at(-1)}.partial`]);
    expect((await harbour.backups.make(destination)).id).toBe(begun?.id);

    await expect(stopped(harbour, destination)).rejects.toThrow('cut');
    const [again] = (await harbour.backups.list.read()).backups.filter(({ state }) => state === 'writing');
    await truncate(bench.path('harbour', 'backup-work', 'clinic.db'), 100);
    const fresh = await harbour.backups.make(destination);
    expect(fresh.id).not.toBe(again?.id);
    await unlock(harbour);
    await harbour.backups.proveWritten();
    const states = (await harbour.backups.live())
      .filter(({ folder }) => folder.startsWith(destination))
      .map(({ state }) => state);
    expect(states).toEqual(['good', 'good']);
  }, 180_000);
});

/** Stops as a power cut does after the first segment. */
function stopped(service: DeviceService, destination: string): Promise<KnownBackup> {
  const changed = service.backupsChanged;
  const publish = changed.publish.bind(changed);
  changed.publish = (value) => {
    if (service.backups.progress?.step === 'sealing') {
      changed.publish = publish;
      throw new Error('cut');
    }
    publish(value);
  };
  return service.backups.make(destination);
}

test('after 35 days its key is destroyed: nobody opens a copy of it any more', async () => {
  const copy = await copyOf('kept');
  const shortLived = (await harbour.backups.list.read()).backups.length;
  bench.now += BACKUP_LIFE + 1;
  expect(await harbour.backups.expire()).toBeGreaterThan(0);
  const list = await harbour.backups.list.read();
  expect(list.backups).toHaveLength(shortLived);
  for (const known of list.backups) expect(known).toMatchObject({ state: 'expired' });
  for (const known of list.backups) expect(known.keys ?? known.work).toBeUndefined();
  await expect(harbour.backups.keysOf(made.id, PASSPHRASE)).rejects.toMatchObject({ code: 'backup.expired' });
  expect(await readdir(bench.path('drive'))).toEqual([]);
  expect(await readdir(copy)).toHaveLength(4);
});
