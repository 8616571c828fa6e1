/** Writes to the clinic's tables: one function for each thing that a transaction of clinic-ledger.ts does. */
import type { Hash } from '../../shared/ledger/merkle.ts';
import { bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import { rememberMailDocuments } from './clinic-mail/mail-documents.store.ts';
import type { LocalWrite } from './gateway.ts';
import { removeAside } from './own-acts/aside.store.ts';

const PENDING_COLUMNS = [
  { name: 'key', kind: 'text' },
  { name: 'value', kind: 'blob', nullable: true },
] as const;
const MESSAGE_COLUMNS = [
  { name: 'id', kind: 'blob' },
  { name: 'recipient_chain', kind: 'blob' },
  { name: 'recipient_device', kind: 'blob' },
  { name: 'kind', kind: 'text' },
  { name: 'body', kind: 'blob' },
] as const;

/** This device's blocks that the ledger does not have yet, in order. */
export async function unsettledBlocks(connection: Queryable): Promise<Array<{ hash: Buffer; bytes: Buffer }>> {
  return connection.all('SELECT hash, bytes FROM own_block WHERE position IS NULL ORDER BY sequence');
}

/** Notes where a block of ours stands in the ledger (its bytes are there now), or null and how it is judged while pending. */
export async function settleOwnBlock(
  transaction: WriteTransaction,
  hash: Uint8Array,
  position: number | null,
  reasons: string,
): Promise<number> {
  return transaction.run(
    'UPDATE own_block SET position = ?1, reasons = ?2, bytes = CASE WHEN ?1 IS NULL THEN bytes END WHERE hash = ?3',
    [position, reasons, hash],
  );
}

export async function replacePendingRows(
  transaction: WriteTransaction,
  rows: ReadonlyMap<string, Uint8Array | undefined>,
): Promise<void> {
  await transaction.run('DELETE FROM pending_row');
  await putPendingRows(transaction, rows);
}

/** Rows that come on top of those that are pending already. */
export async function putPendingRows(
  transaction: WriteTransaction,
  rows: ReadonlyMap<string, Uint8Array | undefined>,
): Promise<void> {
  if (rows.size === 0) return;
  const values = [...rows].map(([key, value]) => [key, value ?? null] as const);
  await bulkInsert(transaction, 'pending_row', PENDING_COLUMNS, values, { key: ['key'], action: 'update' });
}

/** Whether a write has more to it than what `writeAct` takes. */
export const hasErrands = (write: LocalWrite): boolean =>
  [
    write.messages,
    write.withdrawMessages,
    write.releaseDocuments,
    write.dropDocuments,
    write.handledMessages,
    write.forgetHandles,
    write.followHandles,
    write.asideDone,
  ].some((errands) => errands && errands.length > 0) ||
  (write.mailDocuments?.names.length ?? 0) > 0 ||
  (write.documents ?? []).some(({ isHeld }) => isHeld) ||
  (write.rows ?? []).some(({ sealed }) => sealed === null);

/** Value of `uploaded`: neither the hub nor a clinic host is to have it yet. */
const HELD = 3;
const NAMED = '(SELECT unhex(value) FROM json_each(?))';
const hexList = (names: readonly Uint8Array[]): string => JSON.stringify(names.map((name) => Buffer.from(name).toString('hex')));

/** Documents that are held, go out, or are not wanted any more. What has gone out once is never taken away here. */
async function writeHeld(transaction: WriteTransaction, { documents = [], ...write }: LocalWrite): Promise<void> {
  const held = documents.filter(({ isHeld }) => isHeld).map(({ name }) => name);
  if (held.length > 0) await transaction.run(`UPDATE document SET uploaded = ${HELD} WHERE name IN ${NAMED}`, [hexList(held)]);
  if (write.releaseDocuments?.length) {
    const released = [hexList(write.releaseDocuments)];
    await transaction.run(
      `INSERT INTO host_queue (kind, name) SELECT 'document', name FROM document
         WHERE uploaded = ${HELD} AND name IN ${NAMED} AND EXISTS (SELECT 1 FROM setting WHERE name = 'clinic-host')`,
      released,
    );
    // One by one: for as long as a statement runs, SQLite keeps in memory every page that it changes, here those of a whole file.
    for (const name of write.releaseDocuments) await transaction.run('UPDATE document SET uploaded = 0 WHERE name = ?', [name]);
  }
  for (const name of write.dropDocuments ?? [])
    await transaction.run(`DELETE FROM document WHERE uploaded = ${HELD} AND name = ?`, [name]);
}

/** What a write does beside its act: messages, rows to delete, handles to follow or to forget. */
export async function writeErrands(transaction: WriteTransaction, write: LocalWrite, hash: Hash): Promise<void> {
  for (const { kind, key, sealed } of write.rows ?? []) {
    if (!sealed) await transaction.run('DELETE FROM vault_row WHERE kind = ? AND key = ?', [kind, key]);
  }
  await writeHeld(transaction, write);
  if (write.messages?.length) {
    const rows = write.messages.map(
      (message) => [hash(message.body), message.recipientChain, message.recipientDevice, message.kind, message.body] as const,
    );
    await bulkInsert(transaction, 'outgoing_message', MESSAGE_COLUMNS, rows, { key: ['id'], action: 'ignore' });
  }
  for (const id of write.withdrawMessages ?? []) {
    await transaction.run('DELETE FROM outgoing_message WHERE id = ?', [id]);
    await transaction.run('INSERT OR IGNORE INTO withdrawn_message (id) VALUES (?)', [id]);
  }
  for (const sequence of write.handledMessages ?? []) {
    await transaction.run("UPDATE incoming_message SET handled = 1, body = x'' WHERE sequence = ?", [sequence]);
  }
  if (write.mailDocuments) await rememberMailDocuments(transaction, write.mailDocuments);
  if (write.asideDone?.length) await removeAside(transaction, write.asideDone);
  for (const handle of write.forgetHandles ?? []) {
    await transaction.run('DELETE FROM document WHERE handle = ? AND block IS NULL', [handle]);
    await transaction.run('DELETE FROM followed_handle WHERE handle = ?', [handle]);
  }
  for (const handle of write.followHandles ?? [])
    await transaction.run('INSERT OR IGNORE INTO followed_handle (handle) VALUES (?)', [handle]);
}

export async function removeSetting(transaction: WriteTransaction, name: string): Promise<void> {
  await transaction.run('DELETE FROM setting WHERE name = ?', [name]);
}

export async function writeSetting(transaction: WriteTransaction, name: string, value: Uint8Array): Promise<void> {
  await transaction.run(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, value],
  );
}
