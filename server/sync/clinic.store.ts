/**
 * The clinic's database beside the ledger's own tables: this device's blocks, pending state, sealed documents, the vault's
 * sealed rows, messages, and what syncing remembers. The device service alone writes; the vault process reads.
 */
import { openRow } from '../ledger/row-seal.ts';
import type { Queryable, ReadConnection } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const clinicMigration: Migration = {
  id: 20,
  name: 'clinic',
  sql: `
    CREATE TABLE own_block (
      sequence INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, epoch BLOB NOT NULL, height INTEGER NOT NULL,
      bytes BLOB, position INTEGER, receipt BLOB, reasons TEXT NOT NULL DEFAULT '[]'
    ) STRICT;
    CREATE INDEX own_block_pending ON own_block (sequence) WHERE position IS NULL;
    CREATE TABLE pending_row (key TEXT PRIMARY KEY, value BLOB) STRICT, WITHOUT ROWID;
    CREATE TABLE document (
      name BLOB PRIMARY KEY, handle BLOB NOT NULL, sealed BLOB NOT NULL, wrap BLOB NOT NULL,
      block BLOB, event INTEGER, uploaded INTEGER NOT NULL DEFAULT 0, sequence INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX document_handle ON document (handle);
    CREATE INDEX document_waiting ON document (uploaded) WHERE uploaded = 0;
    CREATE TABLE vault_row (kind TEXT NOT NULL, key BLOB NOT NULL, tag BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
    CREATE INDEX vault_row_tag ON vault_row (kind, tag);
    CREATE TABLE outgoing_message (
      id BLOB PRIMARY KEY, recipient_chain BLOB NOT NULL, recipient_device BLOB NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL, sent INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE withdrawn_message (id BLOB PRIMARY KEY, told INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE incoming_message (
      sequence INTEGER PRIMARY KEY, id BLOB NOT NULL, kind TEXT NOT NULL, sender_chain BLOB NOT NULL, sender_device BLOB NOT NULL, body BLOB NOT NULL,
      handled INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE followed_handle (handle BLOB PRIMARY KEY, after INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE unapplied_block (position INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE unapplied_head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, nodes BLOB NOT NULL) STRICT;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    -- What one act writes, as one statement: see act.store.ts. Each list is JSON; its numbers are starts and lengths in "bytes".
    CREATE VIEW act AS SELECT x'' AS bytes, '[]' AS blocks, '[]' AS pending, '[]' AS documents, '[]' AS vault_rows;
    CREATE TRIGGER act_insert INSTEAD OF INSERT ON act BEGIN
      INSERT INTO own_block (hash, epoch, height, bytes, reasons)
        SELECT substr(new.bytes, value ->> 0, value ->> 1), substr(new.bytes, value ->> 2, value ->> 3), value ->> 4,
          substr(new.bytes, value ->> 5, value ->> 6), value ->> 7
        FROM json_each(new.blocks);
      INSERT INTO pending_row (key, value) SELECT value ->> 0, substr(new.bytes, value ->> 1, value ->> 2)
        FROM json_each(new.pending) WHERE true ON CONFLICT (key) DO UPDATE SET value = excluded.value;
      INSERT INTO document (name, handle, sealed, wrap, block, event)
        SELECT substr(new.bytes, value ->> 0, value ->> 1), substr(new.bytes, value ->> 2, value ->> 3),
          substr(new.bytes, value ->> 4, value ->> 5), substr(new.bytes, value ->> 6, value ->> 7),
          substr(new.bytes, value ->> 8, value ->> 9), value ->> 10
        FROM json_each(new.documents);
      INSERT INTO vault_row (kind, key, tag, sealed)
        SELECT value ->> 0, substr(new.bytes, value ->> 1, value ->> 2), substr(new.bytes, value ->> 3, value ->> 4),
          substr(new.bytes, value ->> 5, value ->> 6)
        FROM json_each(new.vault_rows) WHERE true
        ON CONFLICT (kind, key) DO UPDATE SET tag = excluded.tag, sealed = excluded.sealed;
    END;
  `,
};

interface DocumentRow {
  readonly name: Buffer;
  readonly handle: Buffer;
  readonly sealed: Buffer;
  readonly wrap: Buffer;
}

/** The sealed documents of one compartment, in the order in which they came. */
export async function documentsOf(connection: Queryable, handle: Uint8Array): Promise<DocumentRow[]> {
  return connection.all('SELECT name, handle, sealed, wrap FROM document WHERE handle = ? ORDER BY rowid', [handle]);
}

/** In which compartments (hexadecimal, small letters) documents of these hexadecimal names lie. */
export async function handlesOf(connection: Queryable, names: readonly string[]): Promise<Set<string>> {
  const rows = await connection.all<{ handle: Buffer }>(
    'SELECT DISTINCT document.handle FROM json_each(?) AS wanted CROSS JOIN document ON document.name = unhex(wanted.value)',
    [JSON.stringify(names)],
  );
  return new Set(rows.map(({ handle }) => handle.toString('hex')));
}

/** By handle, hexadecimal, in small letters: a number that grows with each document that comes; read from the index alone. Handles without one are left out. */
export async function newestDocuments(connection: Queryable, handles: readonly string[]): Promise<Map<string, number>> {
  const rows = await connection.all<{ handle: Buffer; newest: number }>(
    'SELECT handle, MAX(rowid) AS newest FROM document WHERE handle IN (SELECT unhex(value) FROM json_each(?)) GROUP BY handle',
    [JSON.stringify(handles)],
  );
  return new Map(rows.map(({ handle, newest }) => [handle.toString('hex'), newest]));
}

export async function readDocument(connection: Queryable, name: Uint8Array): Promise<DocumentRow | undefined> {
  return connection.get('SELECT name, handle, sealed, wrap FROM document WHERE name = ?', [name]);
}

/** A larger document travels by itself, so that a page of them fits into memory. */
const LARGE_DOCUMENT = 256 * 1024;

type StoredDocument = Omit<DocumentRow, 'name'>;

/**
 * Sealed documents by their hexadecimal names, some hundred at once; those that are not here are left out. SQLite packs them into
 * one value, since a row costs as a call does.
 */
export async function readDocuments(connection: Queryable, names: readonly string[]): Promise<Map<string, StoredDocument>> {
  const page = await connection.get<{ lengths: string; bytes: Buffer | null }>(
    `SELECT json_group_array(json_array(wanted.key, octet_length(handle), octet_length(wrap), octet_length(sealed))) AS lengths,
       CAST(group_concat(handle || wrap || sealed, '') AS BLOB) AS bytes
     FROM json_each(?) AS wanted CROSS JOIN document ON document.name = unhex(wanted.value) AND octet_length(sealed) <= ?`,
    [JSON.stringify(names), LARGE_DOCUMENT],
  );
  const found = new Map<string, StoredDocument>();
  const bytes = page?.bytes ?? Buffer.alloc(0);
  let at = 0;
  const take = (length: number): Buffer => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  for (const [place, handle, wrap, sealed] of JSON.parse(page?.lengths ?? '[]') as [number, number, number, number][])
    found.set(names[place] as string, { handle: take(handle), wrap: take(wrap), sealed: take(sealed) });
  for (const name of names) {
    const large = found.has(name) ? undefined : await readDocument(connection, Buffer.from(name, 'hex'));
    if (large) found.set(name, large);
  }
  return found;
}

/** How far the event that put a document has got. */
export interface DocumentProgress {
  /** Position of its block in the ledger, null while pending or when another clinic wrote it. */
  readonly position: number | null;
  /** The hub has acknowledged it, or it came from the hub; not what came from another desk by the clinic host alone. */
  readonly accepted: boolean;
  /** Why the ledger disputes the event, if it does. */
  readonly reason: string | null;
}

/** Progress by hexadecimal document name; documents that are not here are left out. */
export async function progressOf(connection: Queryable, names: readonly Uint8Array[]): Promise<Map<string, DocumentProgress>> {
  const rows = await connection.all<{
    name: string;
    own: number;
    waits: number;
    position: number | null;
    receipt: number;
    reason: string | null;
  }>(
    `SELECT lower(hex(document.name)) AS name, document.block IS NOT NULL AS own, clinic_block_document.block IS NOT NULL AS waits,
       own_block.position AS position, own_block.receipt IS NOT NULL AS receipt, own_block.reasons ->> ('$[' || document.event || ']') AS reason
     FROM json_each(?) AS wanted JOIN document ON document.name = unhex(wanted.value) LEFT JOIN own_block ON own_block.hash = document.block
     LEFT JOIN clinic_block_document ON clinic_block_document.name = document.name`,
    [JSON.stringify(names.map((name) => Buffer.from(name).toString('hex')))],
  );
  return new Map(
    rows.map((row) => [
      row.name,
      {
        position: row.position,
        accepted: (row.own === 0 && row.waits === 0) || row.position !== null || row.receipt === 1,
        reason: row.reason || null,
      },
    ]),
  );
}

interface StoredVaultRow {
  readonly key: Buffer;
  readonly tag: Buffer;
  readonly sealed: Buffer;
}

export async function vaultRow(connection: Queryable, kind: string, key: Uint8Array): Promise<StoredVaultRow | undefined> {
  return connection.get('SELECT key, tag, sealed FROM vault_row WHERE kind = ? AND key = ?', [kind, key]);
}

export interface IncomingMessage {
  readonly sequence: number;
  readonly id: Buffer;
  readonly kind: string;
  readonly senderChain: Buffer;
  readonly senderDevice: Buffer;
  readonly body: Buffer;
}

/** Messages that the vault has not opened yet. */
export async function waitingMessages(connection: Queryable): Promise<IncomingMessage[]> {
  return connection.all(
    `SELECT sequence, id, kind, sender_chain AS senderChain, sender_device AS senderDevice, body
     FROM incoming_message WHERE handled = 0 ORDER BY sequence`,
  );
}

/** Name of the setting that holds how many blocks the audit has been through. */
export const AUDITED = 'audited';
/** Name of the setting that holds the newest checkpoint accepted here. */
export const CHECKPOINT = 'checkpoint';

export async function readSetting(connection: Queryable, name: string): Promise<Buffer | undefined> {
  const row = await connection.get<{ value: Buffer }>('SELECT value FROM setting WHERE name = ?', [name]);
  return row?.value;
}

/** Where the event about a document of ours stands: position null while pending. */
export async function placeOfDocument(
  connection: Queryable,
  document: Uint8Array,
): Promise<{ position: number | null; event: number } | undefined> {
  return connection.get(
    'SELECT own_block.position, document.event FROM document JOIN own_block ON own_block.hash = document.block WHERE document.name = ?',
    [document],
  );
}

/**
 * State rows by key as they stand with what is pending on top, in the order of `keys`; undefined where there is none.
 * @throws {Failure} `storage.row-altered`.
 */
export async function overlaidRows(connection: Queryable, keys: readonly string[]): Promise<Array<Buffer | undefined>> {
  const rows = await connection.all<{ key: string; kept: Buffer | null; pending: Buffer | null; waits: number }>(
    `SELECT wanted.value AS key, kept.value AS kept, pending.value AS pending, pending.key IS NOT NULL AS waits
     FROM json_each(?) AS wanted
     LEFT JOIN pending_row AS pending ON pending.key = wanted.value LEFT JOIN state_row AS kept ON kept.key = wanted.value
     ORDER BY wanted.key`,
    [JSON.stringify(keys)],
  );
  return rows.map(({ key, kept, pending, waits }) => (waits ? pending : kept && openRow(key, kept)) ?? undefined);
}

/** Pending state rows whose key begins with `prefix`; a null value hides the replica's row. */
export async function listPending(connection: Queryable, prefix: string): Promise<Array<{ key: string; value: Buffer | null }>> {
  return connection.all('SELECT key, value FROM pending_row WHERE key >= ? AND key < ? ORDER BY key', [
    prefix,
    `${prefix}\u{10ffff}`,
  ]);
}

/** The newest blocks of this device that the ledger does not have yet, newest first, without those that were altered on the disk. */
export async function pendingView(
  connection: Queryable,
  limit: number,
): Promise<Array<{ hash: Buffer; bytes: Buffer; accepted: number }>> {
  return connection.all(
    `SELECT hash, bytes, receipt IS NOT NULL AS accepted FROM own_block
     WHERE position IS NULL AND hash NOT IN (SELECT hash FROM altered_act) ORDER BY sequence DESC LIMIT ?`,
    [limit],
  );
}

/** Every sealed document with its name, a page at a time. */
export function documentPages(
  connection: ReadConnection,
): AsyncGenerator<Array<{ name: Buffer; sealed: Buffer }>, void, undefined> {
  return connection.scanPages(
    'SELECT rowid AS place, name, sealed FROM document WHERE rowid > ?1 ORDER BY rowid LIMIT ?2',
    [0],
    200,
  );
}

/** Ids of messages from here to one device alone, sent or not. */
export async function messagesTo(connection: Queryable, device: Uint8Array): Promise<Buffer[]> {
  const rows = await connection.all<{ id: Buffer }>('SELECT id FROM outgoing_message WHERE recipient_device = ?', [device]);
  return rows.map(({ id }) => id);
}

/** Those of these documents that are not here. */
export async function missingDocuments(connection: Queryable, names: readonly Uint8Array[]): Promise<Buffer[]> {
  const rows = await connection.all<{ name: Buffer }>(
    `SELECT unhex(value) AS name FROM json_each(?) AS wanted
     WHERE NOT EXISTS (SELECT 1 FROM document WHERE document.name = unhex(wanted.value))`,
    [JSON.stringify(names.map((name) => Buffer.from(name).toString('hex')))],
  );
  return rows.map(({ name }) => name);
}

/** Sequence of the newest block that this device wrote; 0 before the first. */
export async function newestBlock(connection: Queryable): Promise<number> {
  const row = await connection.get<{ sequence: number | null }>('SELECT max(sequence) AS sequence FROM own_block');
  return row?.sequence ?? 0;
}

/** Whether a block that this device wrote itself after that one lies below `size` in the ledger. */
export async function hasBlockUnder(connection: Queryable, after: number, size: number): Promise<boolean> {
  const sql = 'SELECT 1 FROM own_block WHERE sequence > ? AND learned = 0 AND position < ? LIMIT 1';
  return (await connection.get(sql, [after, size])) !== undefined;
}
