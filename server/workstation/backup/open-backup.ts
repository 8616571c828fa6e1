/** Opening a backup somewhere else, and looking whether everything in it is there and opens: what makes it good. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { openFounding } from '../../../shared/ledger/founding.ts';
import { compartmentKey, compartmentRow } from '../../../shared/ledger/rows.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { recordRow } from '../../../shared/records/record-rules.ts';
import type { StoreSecrets } from '../../../shared/vault/recovery.ts';
import { openDataFolder } from '../../storage/data-folder.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { readDocument } from '../../sync/clinic.store.ts';
import { listOverlaid, loadOverlaid } from '../../sync/pending.ts';
import { SealedRows } from '../../sync/sealed-rows.ts';
import { everyRow, kindsOfRows } from '../../sync/vault-rows.store.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { KeyStore } from '../../vault/key-store.ts';
import { randomBytes, type SealingKey, sealingKey, verifySignature } from '../../vault/primitives.ts';
import { openDocument, openWrap } from '../../vault/sealing.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import { Installation } from '../installation.ts';
import { verifyReplica } from '../verify-replica.ts';
import { countAll, everyDocument, integrityFaults } from './backup.store.ts';
import {
  type BackupContents,
  type BackupCounts,
  type BackupHeader,
  type OnBytes,
  openFile,
  readContents,
} from './backup-files.ts';

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

const RECORD = 'record/';
const PAGE = 500;

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

export interface Unpacked {
  readonly header: BackupHeader;
  readonly contents: BackupContents;
}

/** The databases of the backup in a new data folder. @throws {Failure} as `readContents` and `openFile`. */
export async function unpackBackup(folder: string, key: Uint8Array, into: string, onBytes: OnBytes): Promise<Unpacked> {
  const under: SealingKey = sealingKey(key);
  const { header, contents } = await readContents(folder, under);
  await mkdir(into, { recursive: true, mode: 0o700 });
  await (await openDataFolder(into)).close();
  for (const file of contents.files) await openFile(folder, header.id, file, under, join(into, file.name), onBytes);
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
    const reader = installation.database.read;
    const [damage] = await integrityFaults(reader);
    if (damage) throw notWhole(damage);
    const { faults, signatures } = await verifyReplica(installation);
    if (faults[0]) throw notWhole(faults[0]);
    const keyStore = await KeyStore.open(join(into, 'keys.db'));
    try {
      const unlocked = await keyStore.recover(store, randomBytes(32));
      const opened = await openEverything(reader, unlocked, foundingOf(header).chain);
      unlocked.lock();
      return { ...counts, id: header.id, made: header.made, signatures, ...opened };
    } finally {
      await keyStore.close();
    }
  } finally {
    await installation.close();
  }
}

async function openEverything(
  reader: ReadConnection,
  keyStore: UnlockedKeyStore,
  chain: Uint8Array,
): Promise<Pick<BackupReport, 'records' | 'withoutKey'>> {
  for await (const page of keyStore.everyKey())
    await keyStore.loadCompartmentKeys(page.filter(({ kind }) => kind === 'compartment').map(({ id }) => id));
  await openRows(reader, keyStore);
  return { withoutKey: await openWraps(reader, keyStore, chain), records: await openRecords(reader, keyStore) };
}

/** Directory, chart entries, access lines, drafts: each under one of the clinic's two lasting keys. */
async function openRows(reader: ReadConnection, keyStore: UnlockedKeyStore): Promise<void> {
  const keys = [await keyStore.getKey('directory'), await keyStore.getKey('access-log')];
  const under = keys.flatMap((key) => (key ? [new SealedRows(key)] : []));
  for (const kind of await kindsOfRows(reader)) {
    let rows: SealedRows | undefined;
    for await (const page of everyRow(reader, kind)) {
      for (const row of page) {
        rows ??= under.find((candidate) => opens(() => candidate.openExact(kind, row)));
        if (!rows) throw notWhole(`an entry of the kind "${kind}" does not open with its keys`);
        rows.openExact(kind, row);
      }
    }
  }
}

/** Every document's own key comes out of its wrap, for exactly these bytes. Answers how many still wait for another clinic's key. */
async function openWraps(reader: ReadConnection, keyStore: UnlockedKeyStore, chain: Uint8Array): Promise<number> {
  let withoutKey = 0;
  for await (const page of everyDocument(reader)) {
    const custodians = await loadOverlaid(reader, [...new Set(page.map(({ handle }) => compartmentKey(toHex(handle))))]);
    for (const { name, handle, wrap } of page) {
      try {
        openWrap(wrap, handle, name, keyStore.compartmentKeys);
      } catch (error) {
        const row = custodians.get(compartmentKey(toHex(handle)));
        const isOurs = row !== undefined && equalBytes(decode(compartmentRow, row).custodian, chain);
        if (asFailure(error).code !== 'vault.key-missing' || isOurs)
          throw notWhole(`the document ${toHex(name).slice(0, 16)} does not open: ${asFailure(error).message}`, error);
        withoutKey += 1;
      }
    }
  }
  return withoutKey;
}

/** The newest version of every record whose key is here, in full. Answers how many there are. */
async function openRecords(reader: ReadConnection, keyStore: UnlockedKeyStore): Promise<number> {
  let count = 0;
  const rows = await listOverlaid(reader, RECORD);
  for (let from = 0; from < rows.length; from += PAGE) {
    for (const { key, value } of rows.slice(from, from + PAGE)) {
      const [handle, recordId] = key.slice(RECORD.length).split('/').map(fromHex) as [Uint8Array, Uint8Array];
      const { version, document: name } = decode(recordRow, value);
      const document = await readDocument(reader, name);
      if (!document || keyStore.currentCompartmentKey(handle) === undefined) continue;
      try {
        openDocument({ ...document, handle, recordId, version }, keyStore.compartmentKeys);
      } catch (error) {
        throw notWhole(`the record ${key.slice(-32, -16)} does not open: ${asFailure(error).message}`, error);
      }
      count += 1;
    }
  }
  return count;
}

function opens(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function notWhole(why: string, cause?: unknown): Failure {
  return new Failure('backup.not-whole', `This backup opened, and is not whole: ${why}. Do not rely on it; make another one.`, {
    cause,
  });
}
