/** The tables behind transfer.ts: what waits to be sent, and where fetching goes on. */
import { utf8 } from '../../shared/encoding/bytes.ts';
import { bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';
import { readSetting } from './clinic.store.ts';
import { confirmDocuments } from './clinic-host/clinic-route.store.ts';
import { writeSetting } from './clinic-writes.store.ts';

interface WaitingDocument {
  readonly name: Buffer;
  readonly handle: Buffer;
  readonly sealed: Buffer;
  readonly wrap: Buffer;
}

/** Own documents that the hub does not have yet: at most `limit` and about `bytes`. */
export async function documentsToSend(connection: Queryable, limit: number, bytes: number): Promise<WaitingDocument[]> {
  const sizes = await connection.all<{ name: Buffer; length: number }>(
    'SELECT name, length(sealed) AS length FROM document WHERE uploaded = 0 LIMIT ?',
    [limit],
  );
  const names: string[] = [];
  let total = 0;
  for (const { name, length } of sizes) {
    if (names.length > 0 && total + length > bytes) break;
    names.push(name.toString('hex'));
    total += length;
  }
  return connection.all(
    'SELECT document.name, handle, sealed, wrap FROM json_each(?) AS wanted JOIN document ON document.name = unhex(wanted.value)',
    [JSON.stringify(names)],
  );
}

const hexList = (ids: readonly Uint8Array[]): string => JSON.stringify(ids.map((id) => Buffer.from(id).toString('hex')));

export async function markUploaded(transaction: WriteTransaction, names: readonly Uint8Array[]): Promise<void> {
  await transaction.run('UPDATE document SET uploaded = 1 WHERE name IN (SELECT unhex(value) FROM json_each(?))', [
    hexList(names),
  ]);
}

interface WaitingMessage {
  readonly id: Buffer;
  readonly recipientChain: Buffer;
  readonly recipientDevice: Buffer;
  readonly kind: string;
  readonly body: Buffer;
}

export async function messagesToSend(connection: Queryable, limit: number): Promise<WaitingMessage[]> {
  return connection.all(
    `SELECT id, recipient_chain AS recipientChain, recipient_device AS recipientDevice, kind, body
     FROM outgoing_message WHERE sent = 0 ORDER BY rowid LIMIT ?`,
    [limit],
  );
}

export async function markMessagesSent(transaction: WriteTransaction, ids: readonly Uint8Array[]): Promise<void> {
  // The id stays, for who wants to take it back; the body is the hub's from here on, unless the clinic host is still to have it.
  await transaction.run(
    `UPDATE outgoing_message SET sent = 1, body = CASE WHEN id IN (SELECT name FROM host_queue) THEN body ELSE x'' END
     WHERE id IN (SELECT unhex(value) FROM json_each(?))`,
    [hexList(ids)],
  );
}

export async function withdrawalsToTell(connection: Queryable): Promise<Buffer[]> {
  const rows = await connection.all<{ id: Buffer }>('SELECT id FROM withdrawn_message WHERE told = 0 LIMIT 500');
  return rows.map((row) => row.id);
}

export async function markWithdrawalsTold(transaction: WriteTransaction, ids: readonly Uint8Array[]): Promise<void> {
  await transaction.run('UPDATE withdrawn_message SET told = 1 WHERE id IN (SELECT unhex(value) FROM json_each(?))', [
    hexList(ids),
  ]);
}

/** Blocks without a receipt, in the order of the device's chain. @param passed epochs that are left out */
export async function pendingBlocks(
  connection: Queryable,
  limit: number,
  bytes: number,
  passed: readonly Uint8Array[] = [],
): Promise<Array<{ hash: Buffer; bytes: Buffer; epoch: Buffer }>> {
  const rows = await connection.all<{ hash: Buffer; bytes: Buffer; epoch: Buffer }>(
    `SELECT hash, bytes, epoch FROM own_block
     WHERE position IS NULL AND receipt IS NULL AND epoch NOT IN (SELECT unhex(value) FROM json_each(?)) ORDER BY sequence LIMIT ?`,
    [hexList(passed), limit],
  );
  let total = 0;
  const fitting = rows.findIndex((row) => {
    total += row.bytes.length;
    return total > bytes;
  });
  return fitting > 0 ? rows.slice(0, fitting) : rows;
}

/** Receipts were of one block each before: what waits under one is sent again, and gets one of today. */
export const receiptMigration: Migration = {
  id: 3900,
  name: 'receipts of runs',
  sql: 'UPDATE own_block SET receipt = NULL WHERE position IS NULL;',
};

export async function markReceipts(
  transaction: WriteTransaction,
  receipts: ReadonlyArray<{ hash: Uint8Array; receipt: Uint8Array }>,
): Promise<void> {
  for (const { hash, receipt } of receipts)
    await transaction.run('UPDATE own_block SET receipt = ? WHERE hash = ?', [receipt, hash]);
}

export async function lastMessage(connection: Queryable): Promise<number> {
  // A welcome comes while the device does not get its clinic's mail yet: until it was taken in, what is older is still to come.
  const row = await connection.get<{ last: number | null }>(
    "SELECT max(hub_sequence) AS last FROM incoming_message WHERE handled = 1 OR kind <> 'device-welcome'",
  );
  return row?.last ?? 0;
}

export interface FetchedMessage {
  readonly sequence: number;
  readonly id: Uint8Array;
  readonly kind: string;
  readonly senderChain: Uint8Array;
  readonly senderDevice: Uint8Array;
  readonly body: Uint8Array;
}

/** What came from the clinic host before is the same message. */
export async function addIncomingMessages(transaction: WriteTransaction, messages: readonly FetchedMessage[]): Promise<void> {
  for (const { sequence, id, kind, senderChain, senderDevice, body } of messages)
    await transaction.run(
      `INSERT INTO incoming_message (id, kind, sender_chain, sender_device, body, hub_sequence) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id, kind, sender_chain, sender_device) DO UPDATE SET hub_sequence = excluded.hub_sequence`,
      [id, kind, senderChain, senderDevice, body, sequence],
    );
}

export async function followedHandles(connection: Queryable): Promise<Array<{ handle: Buffer; after: number }>> {
  return connection.all('SELECT handle, after FROM followed_handle');
}

/** Columns of a document that somebody else brings. */
export const BROUGHT_DOCUMENT = [
  { name: 'name', kind: 'blob' },
  { name: 'handle', kind: 'blob' },
  { name: 'sealed', kind: 'blob' },
  { name: 'wrap', kind: 'blob' },
  { name: 'uploaded', kind: 'integer' },
] as const;

export interface FetchedDocument {
  readonly name: Uint8Array;
  readonly handle: Uint8Array;
  readonly sealed: Uint8Array;
  readonly wrap: Uint8Array;
}

/** Stores documents of another clinic and how far this handle has been fetched, unless it is no longer followed. */
export async function addFetchedDocuments(
  transaction: WriteTransaction,
  documents: readonly FetchedDocument[],
  handle: Uint8Array,
  last: number,
): Promise<void> {
  const followed = await transaction.run('UPDATE followed_handle SET after = ? WHERE handle = ?', [last, handle]);
  if (followed > 0) await addDocuments(transaction, documents);
}

/** How far the documents of this clinic's other devices have been fetched: name of the setting. */
const CLINIC_DOCUMENTS = 'clinic-documents';

export async function lastClinicDocument(connection: Queryable): Promise<number> {
  return Number((await readSetting(connection, CLINIC_DOCUMENTS))?.toString('utf8') ?? 0);
}

export async function addClinicDocuments(
  transaction: WriteTransaction,
  documents: readonly FetchedDocument[],
  last: number,
): Promise<void> {
  await addDocuments(transaction, documents);
  await writeSetting(transaction, CLINIC_DOCUMENTS, utf8(String(last)));
}

async function addDocuments(transaction: WriteTransaction, documents: readonly FetchedDocument[]): Promise<void> {
  await confirmDocuments(transaction, documents);
  const rows = documents.map((document) => [document.name, document.handle, document.sealed, document.wrap, 1] as const);
  await bulkInsert(transaction, 'document', BROUGHT_DOCUMENT, rows, { key: ['name'], action: 'ignore' });
}

/** How much waits to go out. */
export async function waitingCounts(connection: Queryable): Promise<{ events: number; documents: number }> {
  const row = await connection.get<{ events: number; documents: number }>(
    `SELECT (SELECT coalesce(sum(json_array_length(reasons)), 0) FROM own_block WHERE position IS NULL AND receipt IS NULL) AS events,
       (SELECT count(*) FROM document WHERE uploaded = 0) AS documents`,
  );
  return row ?? { events: 0, documents: 0 };
}

/** Own blocks that the hub has acknowledged and the ledger does not have, the oldest first. */
export async function acknowledgedBlocks(
  connection: Queryable,
  limit: number,
): Promise<Array<{ hash: Buffer; receipt: Buffer }>> {
  return connection.all(
    'SELECT hash, receipt FROM own_block WHERE position IS NULL AND receipt IS NOT NULL ORDER BY sequence LIMIT ?',
    [limit],
  );
}

/** An acknowledgement that was not kept counts for nothing: the block waits to be sent again, with those that stand on it. */
export async function forgetReceipts(transaction: WriteTransaction, hash: Uint8Array): Promise<void> {
  await transaction.run(
    `UPDATE own_block SET receipt = NULL FROM (SELECT epoch, height FROM own_block WHERE hash = ?) AS lost
     WHERE position IS NULL AND own_block.epoch = lost.epoch AND own_block.height >= lost.height`,
    [hash],
  );
}
