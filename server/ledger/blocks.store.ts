/** Sealed blocks as they are read: in order, for the wire, by device, and by what they name. */
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { StoredBlock } from './ledger.store.ts';

/** Blocks from `from` on, at most `limit`, in order. */
export async function readBlocks(
  connection: Queryable,
  from: number,
  limit: number,
): Promise<Array<{ position: number; hash: Buffer; bytes: Buffer }>> {
  return connection.all('SELECT position, hash, bytes FROM block WHERE position >= ? ORDER BY position LIMIT ?', [from, limit]);
}

/** How many blocks there are up to the last one, were all here. */
export async function countBlocks(connection: Queryable): Promise<number> {
  const row = await connection.get<{ size: number | null }>('SELECT max(position) + 1 AS size FROM block');
  return row?.size ?? 0;
}

/** Has a block stored under the hash of its bytes again. */
export async function renameBlock(
  transaction: WriteTransaction,
  { position, hash }: Pick<StoredBlock, 'position' | 'hash'>,
): Promise<void> {
  await transaction.run('UPDATE block SET hash = ? WHERE position = ?', [hash, position]);
}

/** Sealed blocks of a device below a position that have these bytes in them, the newest first: a device's id stands at byte 33. */
export function blocksOfDevice(
  connection: Queryable,
  device: Uint8Array,
  containing: string,
  below: number,
  limit: number,
): Promise<Array<{ position: number; bytes: Buffer }>> {
  return connection.all(
    `SELECT position, bytes FROM block WHERE position < ? AND substr(bytes, 34, 32) = ? AND instr(bytes, CAST(? AS BLOB)) > 0
     ORDER BY position DESC LIMIT ?`,
    [below, device, containing, limit],
  );
}

/** Sealed blocks below a position that have these bytes in them, the newest first. Reads through all of them. */
export function blocksNaming(
  connection: Queryable,
  naming: Uint8Array,
  below: number,
  limit: number,
): Promise<Array<{ position: number; bytes: Buffer }>> {
  return connection.all(
    'SELECT position, bytes FROM block WHERE position < ? AND instr(bytes, ?) > 0 ORDER BY position DESC LIMIT ?',
    [below, naming, limit],
  );
}

/** Bytes of sealed blocks in one answer: few enough that a replica folds one page while the next is on its way. */
const PACKED_BYTES = 2 * 1024 * 1024;

/** Sealed blocks as base64 text, for the wire: `limit` of them, or fewer when they are large, and at least one. */
export async function readPackedBlocks(connection: Queryable, from: number, limit: number): Promise<string[]> {
  const rows = await connection.all<{ bytes: Buffer }>(
    `SELECT bytes FROM (
       SELECT position, bytes, sum(length(bytes)) OVER (ORDER BY position) AS total
       FROM block WHERE position >= ?1 AND position < ?1 + ?2
     ) AS page WHERE total <= ?3 OR position = ?1 ORDER BY position`,
    [from, limit, PACKED_BYTES],
  );
  return rows.map((row) => row.bytes.toString('base64'));
}

/** The same as one text: for each block three bytes of length, big-endian, and its bytes. */
export async function readBlockRun(connection: Queryable, from: number, limit: number): Promise<string> {
  const { threeBytes, joined } = connection.dialect;
  const row = await connection.get<{ run: Buffer | null }>(
    `SELECT ${joined(`${threeBytes('length(bytes)')} || bytes`, 'position')} AS run FROM (
       SELECT position, bytes, sum(length(bytes)) OVER (ORDER BY position) AS total
       FROM block WHERE position >= ?1 AND position < ?1 + ?2
     ) AS page WHERE total <= ?3 OR position = ?1`,
    [from, limit, PACKED_BYTES],
  );
  return row?.run?.toString('base64') ?? '';
}

/** The newest block from position `from` on of each device and epoch. */
export function newestBlocks(connection: Queryable, from: number): Promise<Array<{ hash: Buffer; bytes: Buffer }>> {
  // In a block, suite[1] and chain[32] come before device[32] and epoch[8].
  return connection.all(
    `SELECT hash, bytes FROM block WHERE position IN (
       SELECT max(position) FROM block WHERE position >= ? GROUP BY substr(bytes, 34, 40)
     )`,
    [from],
  );
}
