/** Writes to the clinic's tables: one function for each thing that a transaction of clinic-ledger.ts does. */
import { toHex } from '../../shared/encoding/bytes.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { LocalWrite } from './gateway.ts';

const VAULT_COLUMNS = [
  { name: 'kind', kind: 'text' },
  { name: 'key', kind: 'blob' },
  { name: 'tag', kind: 'blob' },
  { name: 'sealed', kind: 'blob' },
] as const;
const DOCUMENT_COLUMNS = [
  { name: 'name', kind: 'blob' },
  { name: 'handle', kind: 'blob' },
  { name: 'sealed', kind: 'blob' },
  { name: 'wrap', kind: 'blob' },
  { name: 'block', kind: 'blob', nullable: true },
  { name: 'event', kind: 'integer', nullable: true },
] as const;
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

/** Which block and event of it a document belongs to. */
export interface DocumentPlace {
  readonly block: Uint8Array;
  readonly event: number;
}

export interface OwnBlock {
  readonly hash: Uint8Array;
  readonly epoch: Uint8Array;
  readonly height: number;
  readonly bytes: Uint8Array;
  /** JSON list: for each event why it is disputed, or ''. */
  readonly reasons: string;
}

export async function addOwnBlocks(transaction: WriteTransaction, blocks: readonly OwnBlock[]): Promise<void> {
  for (const { hash, epoch, height, bytes, reasons } of blocks) {
    await transaction.run('INSERT INTO own_block (hash, epoch, height, bytes, reasons) VALUES (?, ?, ?, ?, ?)', [
      hash,
      epoch,
      height,
      bytes,
      reasons,
    ]);
  }
}

export async function lastOwnBlock(connection: Queryable): Promise<{ epoch: Buffer; height: number; hash: Buffer } | undefined> {
  return connection.get('SELECT epoch, height, hash FROM own_block ORDER BY sequence DESC LIMIT 1');
}

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
  await writePendingRows(transaction, rows);
}

export async function writePendingRows(
  transaction: WriteTransaction,
  changes: ReadonlyMap<string, Uint8Array | undefined>,
): Promise<void> {
  if (changes.size === 0) return;
  const rows = [...changes].map(([key, value]) => [key, value ?? null] as const);
  await bulkInsert(transaction, 'pending_row', PENDING_COLUMNS, rows, { key: ['key'], action: 'update' });
}

export async function writeCargo(
  transaction: WriteTransaction,
  write: LocalWrite,
  places: ReadonlyMap<string, DocumentPlace>,
  hash: Hash,
): Promise<void> {
  if (write.documents?.length) {
    const rows = write.documents.map((document) => {
      const place = places.get(toHex(document.name));
      return [
        document.name,
        document.handle,
        document.sealed,
        document.wrap,
        place?.block ?? null,
        place?.event ?? null,
      ] as const;
    });
    await bulkInsert(transaction, 'document', DOCUMENT_COLUMNS, rows);
  }
  if (write.rows?.length) await writeVaultRows(transaction, write.rows);
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
  for (const handle of write.forgetHandles ?? []) {
    await transaction.run('DELETE FROM document WHERE handle = ? AND block IS NULL', [handle]);
    await transaction.run('DELETE FROM followed_handle WHERE handle = ?', [handle]);
  }
  for (const handle of write.followHandles ?? [])
    await transaction.run('INSERT OR IGNORE INTO followed_handle (handle) VALUES (?)', [handle]);
}

async function writeVaultRows(transaction: WriteTransaction, rows: NonNullable<LocalWrite['rows']>): Promise<void> {
  const puts = rows.flatMap((row) => (row.sealed ? [[row.kind, row.key, row.tag, row.sealed] as const] : []));
  if (puts.length > 0)
    await bulkInsert(transaction, 'vault_row', VAULT_COLUMNS, puts, { key: ['kind', 'key'], action: 'update' });
  for (const row of rows) {
    if (!row.sealed) await transaction.run('DELETE FROM vault_row WHERE kind = ? AND key = ?', [row.kind, row.key]);
  }
}

export async function writeSetting(transaction: WriteTransaction, name: string, value: Uint8Array): Promise<void> {
  await transaction.run(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, value],
  );
}
