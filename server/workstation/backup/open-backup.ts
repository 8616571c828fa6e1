/** Opening a backup somewhere else, and looking whether everything in it is there and opens: what makes it good. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { openFounding } from '../../../shared/ledger/founding.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { StoreSecrets } from '../../../shared/vault/recovery.ts';
import { openDataFolder } from '../../storage/data-folder.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { KeyStore } from '../../vault/key-store.ts';
import { randomBytes, type SealingKey, sealingKey, verifySignature } from '../../vault/primitives.ts';
import { type OnBytes, openFile } from '../../vault/sealed-files.ts';
import { Installation } from '../folder/installation.ts';
import { verifyReplica } from '../verify/verify-replica.ts';
import { countAll } from './backup.store.ts';
import { type BackupContents, type BackupCounts, type BackupHeader, readContents } from './backup-files.ts';

/** What opens a backup: its own key, and what its key store is under. */
export interface BackupKeys {
  readonly key: Uint8Array;
  readonly store: StoreSecrets;
}

/** What was found when a backup was opened: all of it, or the check throws. */
export interface BackupReport extends BackupCounts {
  readonly id: string;
  readonly made: number;
  readonly signatures: number;
  /** Newest versions of records that were opened in full. */
  readonly records: number;
  /** Documents that wait for a key from another clinic, here as on the machine that made the backup. */
  readonly withoutKey: number;
}

/**
 * Opens a backup in a fresh temporary folder, checks all of it, and leaves nothing behind.
 * @param chain the clinic that it has to be of @param onBytes of the unpacking
 * @throws {Failure} what is wrong with it, by name.
 */
export async function checkBackup(folder: string, chain: Uint8Array, keys: BackupKeys, onBytes: OnBytes): Promise<BackupReport> {
  const place = await mkdtemp(join(tmpdir(), 'careledger-check-'));
  try {
    const opened = await unpackBackup(folder, keys.key, join(place, 'data'), onBytes);
    checkClinic(opened.header, chain);
    return await checkUnpacked(join(place, 'data'), opened, keys.store);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

interface Unpacked {
  readonly header: BackupHeader;
  readonly contents: BackupContents;
}

/** The databases of the backup in a new data folder. @throws {Failure} as `readContents` and `openFile`. */
export async function unpackBackup(folder: string, key: Uint8Array, into: string, onBytes: OnBytes): Promise<Unpacked> {
  const under: SealingKey = sealingKey(key);
  const { header, contents } = await readContents(folder, under);
  await mkdir(into, { recursive: true, mode: 0o700 });
  await (await openDataFolder(into)).close();
  for (const file of contents.files)
    await openFile(folder, { id: header.id, ...file, path: join(into, file.name) }, under, onBytes);
  return { header, contents };
}

/** @throws {Failure} `backup.another-clinic`. */
export function checkClinic(header: BackupHeader, chain: Uint8Array): void {
  if (equalBytes(foundingOf(header).chain, chain)) return;
  throw new Failure('backup.another-clinic', 'This backup is of another clinic. Nothing of it was used.');
}

/** The clinic of a backup, from its own signed founding. @throws {Failure} as `openFounding`. */
export const foundingOf = (header: BackupHeader) =>
  openFounding(hashParts, verifySignature, Buffer.from(header.founding, 'base64'));

/** Blocks, signatures, state, documents, rows and keys of an unpacked backup. @throws {Failure} `backup.not-whole` and others, by name. */
export async function checkUnpacked(into: string, { header, contents }: Unpacked, store: StoreSecrets): Promise<BackupReport> {
  const counts = await countAll(join(into, 'clinic.db'), join(into, 'keys.db'));
  for (const [what, count] of Object.entries(contents.counts))
    if (counts[what as keyof BackupCounts] !== count)
      throw notWhole(`${what}: ${counts[what as keyof BackupCounts]} of ${count} are there`);
  const installation = await Installation.open(into);
  try {
    const keyStore = await KeyStore.open(join(into, 'keys.db'));
    try {
      const unlocked = await keyStore.recover(store, randomBytes(32));
      const { faults, signatures, sealed } = await verifyReplica(installation, { keyStore: unlocked });
      unlocked.lock();
      if (faults[0]) throw notWhole(faults[0]);
      const { records = 0, withoutKey = 0 } = sealed ?? {};
      return { ...counts, id: header.id, made: header.made, signatures, records, withoutKey };
    } finally {
      await keyStore.close();
    }
  } finally {
    await installation.close();
  }
}

function notWhole(why: string, cause?: unknown): Failure {
  return new Failure('backup.not-whole', `This backup opened, and is not whole: ${why}. Do not rely on it; make another one.`, {
    cause,
  });
}
