/** Real data folders caught at work: a hub and a desk, their processes alive, their logs not yet written back. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { KeyStore } from '../../../server/vault/key-store.ts';
import type { UnlockedKeyStore } from '../../../server/vault/unlocked-key-store.ts';
import type { BackupKeys } from '../../../server/workstation/backup/open-backup.ts';
import { ClinicBench, type Desk, PASSPHRASE } from '../../workstation/further-device-bench.ts';

export interface Captured {
  /** Of everything below. On Linux in memory: thousands of copies are made of it. */
  readonly root: string;
  /** A desk in a region: acts that the ledger has, acts that wait. */
  readonly desk: string;
  readonly hub: string;
  /** A good backup that the desk made. */
  readonly backup: string;
  /** What opens the backup. */
  readonly backupKeys: BackupKeys;
  /** The clinic's. */
  readonly chain: Uint8Array;
  remove(): void;
}

/** Files that belong to the process that holds a folder, not to what it holds. */
const HELD = new Set(['lock', 'lock-owner', 'shell']);

export function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !HELD.has(basename(path)) });
}

const FAMILIES = ['Oyelaran', 'Lindqvist', 'Aydın', "O'Hara"];

/** Makes a region, works in it, and copies the folders while it runs. */
export async function capture(): Promise<Captured> {
  const root = mkdtempSync(join(process.platform === 'linux' ? '/dev/shm' : tmpdir(), 'careledger-disk-'));
  // Marks of these folders: never where the person who runs this keeps theirs.
  process.env.CARELEDGER_STATE ??= join(root, 'state');
  const bench = await ClinicBench.open();
  try {
    const { first } = bench;
    await work(first, FAMILIES.slice(0, 2));
    await first.service.syncOnce();
    const made = await first.service.backups.make(join(root, 'drive'));
    const backupKeys = await first.service.backups.keysOf(made.id, PASSPHRASE);
    copyFolder(bench.hubFolder, join(root, 'hub'));
    // What is done now waits for the hub.
    await bench.apart(async () => {
      await work(first, FAMILIES.slice(2));
      copyFolder(first.folder, join(root, 'desk'));
    });
    const chain = first.service.installation.chain as Uint8Array;
    const remove = (): void => rmSync(root, { recursive: true, force: true });
    return { root, desk: join(root, 'desk'), hub: join(root, 'hub'), backup: made.folder, backupKeys, chain, remove };
  } finally {
    await bench.close();
  }
}

async function work(desk: Desk, families: readonly string[]): Promise<void> {
  for (const family of families) {
    const patient = await desk.register(family, 'Ada');
    await desk.open(patient);
    for (const value of ['37.5', '38.25']) await desk.observe(patient, value);
  }
}

/** The keys of a captured desk, from a copy of their own, so that they stay good whatever happens to the rest. */
export async function openKeys(captured: Captured): Promise<{ keyStore: UnlockedKeyStore; close(): Promise<void> }> {
  const folder = join(captured.root, 'keys');
  mkdirSync(folder, { recursive: true });
  for (const file of ['keys.db', 'keys.db-wal'].filter((name) => existsSync(join(captured.desk, name))))
    cpSync(join(captured.desk, file), join(folder, file));
  const keys = await KeyStore.open(join(folder, 'keys.db'));
  const [slot] = await keys.slots([]);
  const keyStore = await keys.unlock(slot?.staff as Uint8Array, PASSPHRASE, []);
  return { keyStore, close: () => keys.close() };
}
