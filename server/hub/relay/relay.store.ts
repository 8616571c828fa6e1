/** Sealed documents with their wraps, the grants by which others may fetch them, and the mailbox between clinics. */
import { bulkGet, bulkInsert } from '../../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const relayMigration: Migration = {
  id: 40,
  name: 'relay',
  sql: `
    CREATE TABLE document (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, name BLOB NOT NULL UNIQUE, handle BLOB NOT NULL, chain BLOB NOT NULL, device BLOB NOT NULL,
      wrap BLOB NOT NULL, sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX document_by_handle ON document (handle, sequence);
    CREATE INDEX document_by_chain ON document (chain, sequence);
    CREATE TABLE handle_owner (handle BLOB PRIMARY KEY, chain BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE held_grant (
      id BLOB PRIMARY KEY, handle BLOB NOT NULL, recipient BLOB NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL,
      wrap BLOB NOT NULL, withdrawn INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX held_grant_by_handle ON held_grant (handle, recipient);
    CREATE TABLE message (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL, recipient_chain BLOB NOT NULL, recipient_device BLOB NOT NULL,
      kind TEXT NOT NULL, sender_chain BLOB NOT NULL, sender_device BLOB NOT NULL, body BLOB NOT NULL,
      UNIQUE (id, recipient_chain, recipient_device, sender_device)
    ) STRICT;
    CREATE INDEX message_by_recipient ON message (recipient_chain, recipient_device, sequence);
    CREATE INDEX message_by_sender ON message (sender_chain, id);
  `,
};

const DOCUMENT_COLUMNS = [
  { name: 'name', kind: 'blob' },
  { name: 'handle', kind: 'blob' },
  { name: 'chain', kind: 'blob' },
  { name: 'device', kind: 'blob' },
  { name: 'wrap', kind: 'blob' },
  { name: 'sealed', kind: 'blob' },
  { name: 'place', kind: 'text' },
  { name: 'bytes', kind: 'integer' },
] as const;
const NAME_COLUMN = { name: 'name', kind: 'blob' } as const;
const HANDLE_COLUMN = { name: 'handle', kind: 'blob' } as const;

export interface StoredDocument {
  readonly name: Uint8Array;
  readonly handle: Uint8Array;
  /** Who put it. */
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly wrap: Uint8Array;
  /** Empty where they lie outside. */
  readonly sealed: Uint8Array;
  /** Where they lie outside of the database, and how many bytes; left out, in it. */
  readonly outside?: { readonly place: string; readonly bytes: number };
}

/** Stores what is not there yet; what is there stays as it is. */
export async function writeDocuments(transaction: WriteTransaction, documents: readonly StoredDocument[]): Promise<void> {
  const rows = documents.map(({ name, handle, chain, device, wrap, sealed, outside }) => {
    return [name, handle, chain, device, wrap, sealed, outside?.place ?? '', outside?.bytes ?? 0];
  });
  await bulkInsert(transaction, 'document', DOCUMENT_COLUMNS, rows, { key: ['name'], action: 'ignore' });
}

/** For each name the handle under which it is stored, or undefined. */
export function handlesOfDocuments(connection: Queryable, names: readonly Uint8Array[]): Promise<(Buffer | undefined)[]> {
  return bulkGet<Buffer>(connection, 'document', NAME_COLUMN, HANDLE_COLUMN, names);
}

export interface DocumentRow {
  readonly sequence: number;
  readonly name: Buffer;
  readonly handle: Buffer;
  /** Empty where `place` says that they lie outside. */
  readonly sealed: Buffer;
  readonly wrap: Buffer;
  readonly place: string;
}

/** Which documents a page is of: those of a compartment, or those of a clinic that this device of it has not put itself. */
type DocumentsOf = { readonly handle: Uint8Array } | { readonly chain: Uint8Array; readonly notDevice: Uint8Array };

/** Documents after a sequence number, at most `limit` and about `bytes` (one at least). */
export async function readDocuments(
  connection: Queryable,
  of: DocumentsOf,
  after: number,
  limit: number,
  bytes: number,
): Promise<{ rows: DocumentRow[]; more: boolean }> {
  const [where, ...whose] = 'handle' in of ? ['handle = ?', of.handle] : ['chain = ? AND device <> ?', of.chain, of.notDevice];
  // length() of a BLOB is known without reading it, so the page is chosen before any document leaves the disk.
  const sizes = await connection.all<{ sequence: number; size: number }>(
    `SELECT sequence, length(sealed) + bytes AS size FROM document WHERE ${where} AND sequence > ? ORDER BY sequence LIMIT ?`,
    [...whose, after, limit + 1],
  );
  let taken = 0;
  for (let total = 0; taken < Math.min(sizes.length, limit); taken++) {
    total += sizes[taken]?.size ?? 0;
    if (taken > 0 && total > bytes) break;
  }
  const last = sizes[taken - 1];
  if (!last) return { rows: [], more: false };
  const rows = await connection.all<DocumentRow>(
    `SELECT sequence, name, handle, sealed, wrap, place FROM document WHERE ${where} AND sequence > ? AND sequence <= ? ORDER BY sequence`,
    [...whose, after, last.sequence],
  );
  return { rows, more: sizes.length > taken };
}

/** The chain that first put a document under each handle, before the ledger knows the compartment. */
export function ownersOfHandles(connection: Queryable, handles: readonly Uint8Array[]): Promise<(Buffer | undefined)[]> {
  return bulkGet<Buffer>(connection, 'handle_owner', HANDLE_COLUMN, { name: 'chain', kind: 'blob' }, handles);
}

export async function bindHandles(
  transaction: WriteTransaction,
  handles: readonly Uint8Array[],
  chain: Uint8Array,
): Promise<void> {
  const rows = handles.map((handle) => [handle, chain]);
  const columns = [HANDLE_COLUMN, { name: 'chain', kind: 'blob' }] as const;
  await bulkInsert(transaction, 'handle_owner', columns, rows, { key: ['handle'], action: 'ignore' });
}

/** Where grants are found by compartment, recipient and message; what they say is in the ledger's rows. */
export const grantIndexMigration: Migration = {
  id: 3600,
  name: 'grant-index',
  sql: `
    ALTER TABLE held_grant DROP COLUMN starts;
    ALTER TABLE held_grant DROP COLUMN ends;
    ALTER TABLE held_grant DROP COLUMN withdrawn;
    CREATE INDEX held_grant_by_wrap ON held_grant (wrap);
  `,
};

interface GrantProjection {
  readonly id: Uint8Array;
  readonly handle: Uint8Array;
  readonly recipient: Uint8Array;
  /** Id of the message with its key. */
  readonly wrap: Uint8Array;
}

export async function writeGrants(transaction: WriteTransaction, grants: readonly GrantProjection[]): Promise<void> {
  for (const grant of grants)
    await transaction.run(
      'INSERT INTO held_grant (id, handle, recipient, wrap) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
      [grant.id, grant.handle, grant.recipient, grant.wrap],
    );
}

/** Ids of the grants on `handle` to `recipient`, whether they hold or not. */
export async function grantsTo(connection: Queryable, handle: Uint8Array, recipient: Uint8Array): Promise<Uint8Array[]> {
  const rows = await connection.all<{ id: Buffer }>('SELECT id FROM held_grant WHERE handle = ? AND recipient = ?', [
    handle,
    recipient,
  ]);
  return rows.map(({ id }) => id);
}

/** The grants whose keys are in these messages. */
export function grantsByWrap(
  connection: Queryable,
  wraps: readonly Uint8Array[],
): Promise<Array<{ id: Buffer; handle: Buffer; wrap: Buffer }>> {
  const places = wraps.map(() => '?').join(', ');
  return connection.all(`SELECT id, handle, wrap FROM held_grant WHERE wrap IN (${places})`, [...wraps]);
}

export interface StoredMessage {
  readonly id: Uint8Array;
  readonly recipientChain: Uint8Array;
  readonly recipientDevice: Uint8Array;
  readonly kind: string;
  readonly senderChain: Uint8Array;
  readonly senderDevice: Uint8Array;
  readonly body: Uint8Array;
}

const MESSAGE_COLUMNS = [
  { name: 'id', kind: 'blob' },
  { name: 'recipient_chain', kind: 'blob' },
  { name: 'recipient_device', kind: 'blob' },
  { name: 'kind', kind: 'text' },
  { name: 'sender_chain', kind: 'blob' },
  { name: 'sender_device', kind: 'blob' },
  { name: 'body', kind: 'blob' },
] as const;

/** Stores messages; one that the same device sent to the same recipient before stays as it is. */
export async function writeMessages(transaction: WriteTransaction, messages: readonly StoredMessage[]): Promise<void> {
  const rows = messages.map((each) => [
    each.id,
    each.recipientChain,
    each.recipientDevice,
    each.kind,
    each.senderChain,
    each.senderDevice,
    each.body,
  ]);
  const key = ['id', 'recipient_chain', 'recipient_device', 'sender_device'];
  await bulkInsert(transaction, 'message', MESSAGE_COLUMNS, rows, { key, action: 'ignore' });
}

export async function storedBytesOfSender(connection: Queryable, device: Uint8Array): Promise<{ count: number; bytes: number }> {
  const row = await connection.get<{ count: number; bytes: number | null }>(
    'SELECT count(*) AS count, sum(length(body)) AS bytes FROM message WHERE sender_device = ?',
    [device],
  );
  return { count: row?.count ?? 0, bytes: row?.bytes ?? 0 };
}

export interface MessageRow {
  readonly sequence: number;
  readonly id: Buffer;
  readonly kind: string;
  readonly sender_chain: Buffer;
  readonly sender_device: Buffer;
  readonly body: Buffer;
}

/** Whose mail: that of a device, and that of its whole clinic once the ledger has enrolled it there. */
export interface Mailbox {
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  readonly wholeClinic: boolean;
}

/** What is for the whole clinic names no device. */
const IN_MAILBOX = 'recipient_chain = ?1 AND recipient_device IN (?2, ?3)';
const placeOf = ({ chain, device, wholeClinic }: Mailbox) => [chain, device, wholeClinic ? NOBODY : device] as const;
const NOBODY = new Uint8Array(0);

/** Messages after a sequence number, at most `limit` and about `bytes` (one at least). */
export function readMessages(
  connection: Queryable,
  mailbox: Mailbox,
  after: number,
  limit: number,
  bytes: number,
): Promise<MessageRow[]> {
  return connection.all<MessageRow>(
    `SELECT sequence, id, kind, sender_chain, sender_device, body FROM (
       SELECT *, sum(length(body)) OVER (ORDER BY sequence) - length(body) AS ahead FROM (
         SELECT * FROM message WHERE ${IN_MAILBOX} AND sequence > ?4 ORDER BY sequence LIMIT ?5) AS next) AS page
     WHERE ahead <= ?6 ORDER BY sequence`,
    [...placeOf(mailbox), after, limit, bytes],
  );
}

export async function newestMessage(connection: Queryable, mailbox: Mailbox): Promise<number> {
  const sql = `SELECT max(sequence) AS newest FROM message WHERE ${IN_MAILBOX}`;
  const row = await connection.get<{ newest: number | null }>(sql, placeOf(mailbox));
  return row?.newest ?? 0;
}

/** Destroys the messages with these ids that the clinic sent; answers how many there were. */
export async function deleteMessages(
  transaction: WriteTransaction,
  chain: Uint8Array,
  ids: readonly Uint8Array[],
): Promise<number> {
  let gone = 0;
  for (const id of ids) gone += await transaction.run('DELETE FROM message WHERE sender_chain = ? AND id = ?', [chain, id]);
  return gone;
}
