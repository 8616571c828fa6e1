/**
 * What only opens with the clinic's keys, opened: every key, every row of the vault at its place, the data key of every document,
 * every newest version of a record, and the access lines in their chain. Nothing of it is kept or shown.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { compartmentKey, compartmentRow } from '../../../shared/ledger/rows.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { recordRow } from '../../../shared/records/record-rules.ts';
import { verifyAccessLines } from '../../access/access.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { readDocument } from '../../sync/clinic.store.ts';
import { listOverlaid, loadOverlaid } from '../../sync/own-acts/pending.ts';
import { SealedRows } from '../../sync/vault-context/sealed-rows.ts';
import { everyRow, kindsOfRows } from '../../sync/vault-context/vault-rows.store.ts';
import { openDocument, openWrap } from '../../vault/sealing.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import { everyDocument } from '../backup/backup.store.ts';

export interface SealedReport {
  /** Rows that opened: patients, chart entries, access lines, drafts. */
  readonly rows: number;
  /** Newest versions of records that were opened in full. */
  readonly records: number;
  /** Lines of this device's access log, in their chain. */
  readonly accessLines: number;
  /** Documents that wait for a key from another clinic. */
  readonly withoutKey: number;
}

interface SealedFolder {
  readonly read: ReadConnection;
  readonly keyStore: UnlockedKeyStore;
  /** The clinic's. */
  readonly chain: Uint8Array;
  /** Whether nobody could still bring a document that is missing: the clinic has no region. */
  readonly isAlone: boolean;
}

const RECORD = 'record/';
const PAGE = 500;

/** @param faults gets a sentence for each thing that does not hold. */
export async function verifySealed(folder: SealedFolder, faults: string[]): Promise<SealedReport> {
  const { read, keyStore } = folder;
  await openKeys(keyStore, faults);
  const rows = await openRows(folder, faults);
  const withoutKey = await openWraps(folder, faults);
  const records = await openRecords(folder, faults);
  const accessLog = await keyStore.getKey('access-log').catch(() => undefined);
  const accessLines = accessLog ? await verifyAccessLines(read, accessLog, faults) : 0;
  return { rows, records, accessLines, withoutKey };
}

async function openKeys(keyStore: UnlockedKeyStore, faults: string[]): Promise<void> {
  try {
    for await (const page of keyStore.everyKey())
      await keyStore.loadCompartmentKeys(page.filter(({ kind }) => kind === 'compartment').map(({ id }) => id));
  } catch (error) {
    faults.push(`The key file keys.db is damaged: ${asFailure(error).message}`);
  }
}

/** Directory, chart entries, access lines, drafts: each under one of the clinic's two lasting keys, each bound to its place. */
async function openRows({ read, keyStore }: SealedFolder, faults: string[]): Promise<number> {
  const keys = await Promise.all(
    (['directory', 'access-log'] as const).map((kind) => keyStore.getKey(kind).catch(() => undefined)),
  );
  const under = keys.flatMap((key) => (key ? [new SealedRows(key)] : []));
  let opened = 0;
  for (const kind of await kindsOfRows(read)) {
    let altered = 0;
    let rows: SealedRows | undefined;
    for await (const page of everyRow(read, kind)) {
      for (const row of page) {
        const opens = (candidate: SealedRows): boolean => isDone(() => candidate.openExact(kind, row));
        const opener = rows ?? under.find(opens);
        if (opener && (opener !== rows || opens(opener))) opened += 1;
        else altered += 1;
        rows = opener;
      }
    }
    if (altered > 0)
      faults.push(
        `The clinic's keys do not open ${counted(altered, 'entry', 'entries')} of the kind "${kind}" (table vault_row).`,
      );
  }
  return opened;
}

/** Every document's own key comes out of its wrap, for exactly these bytes. Gives how many still wait for another clinic's key. */
async function openWraps({ read, keyStore, chain }: SealedFolder, faults: string[]): Promise<number> {
  let withoutKey = 0;
  for await (const page of everyDocument(read)) {
    const custodians = await loadOverlaid(read, [...new Set(page.map(({ handle }) => compartmentKey(toHex(handle))))]);
    for (const { name, handle, wrap } of page) {
      try {
        openWrap(wrap, handle, name, keyStore.compartmentKeys);
      } catch (error) {
        const row = custodians.get(compartmentKey(toHex(handle)));
        const isAnothers = row !== undefined && !equalBytes(decode(compartmentRow, row).custodian, chain);
        if (asFailure(error).code === 'vault.key-missing' && isAnothers) withoutKey += 1;
        else faults.push(`The document ${preview(name)} does not open: ${asFailure(error).message}`);
      }
    }
  }
  return withoutKey;
}

/** The newest version of every record whose key is here, in full. Gives how many there are. */
async function openRecords({ read, keyStore, chain, isAlone }: SealedFolder, faults: string[]): Promise<number> {
  let count = 0;
  const rows = await listOverlaid(read, RECORD);
  for (let from = 0; from < rows.length; from += PAGE) {
    for (const { key, value } of rows.slice(from, from + PAGE)) {
      const [handle, recordId] = key.slice(RECORD.length).split('/').map(fromHex) as [Uint8Array, Uint8Array];
      try {
        const { version, document: name } = decode(recordRow, value);
        const document = await readDocument(read, name);
        if (!document && isAlone && (await isOurs(read, handle, chain)))
          faults.push(`The document of the record ${preview(recordId)} is missing.`);
        if (!document || keyStore.currentCompartmentKey(handle) === undefined) continue;
        openDocument({ ...document, handle, recordId, version }, keyStore.compartmentKeys);
        count += 1;
      } catch (error) {
        faults.push(`The record ${preview(recordId)} does not open: ${asFailure(error).message}`);
      }
    }
  }
  return count;
}

/** Not another clinic's, and not erased. */
async function isOurs(read: ReadConnection, handle: Uint8Array, chain: Uint8Array): Promise<boolean> {
  const key = compartmentKey(toHex(handle));
  const row = (await loadOverlaid(read, [key])).get(key);
  return row !== undefined && equalBytes(decode(compartmentRow, row).custodian, chain);
}

const preview = (bytes: Uint8Array): string => toHex(bytes).slice(0, 16);

function isDone(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
