/** Blocks of this device beside those that this folder wrote: what a copy of it wrote, and what of ours has no place beside that. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const continuityMigration: Migration = {
  id: 400,
  name: 'continuity',
  sql: `
    -- 1: written by a copy of this folder; its bytes are in the ledger alone.
    ALTER TABLE own_block ADD COLUMN learned INTEGER NOT NULL DEFAULT 0;
  `,
};

interface OwnBlockRow {
  readonly epoch: Buffer;
  readonly height: number;
  readonly hash: Buffer;
}

/** The newest block that this folder has signed. */
export async function lastWritten(connection: Queryable): Promise<OwnBlockRow | undefined> {
  return connection.get('SELECT epoch, height, hash FROM own_block WHERE learned = 0 ORDER BY sequence DESC LIMIT 1');
}

/** The newest block of this device that the folder knows, whoever signed it, without those that are about to be dropped. */
export async function newestKnown(connection: Queryable, dropped: readonly WaitingBlock[] = []): Promise<Buffer | undefined> {
  const row = await connection.get<{ hash: Buffer }>(
    'SELECT hash FROM own_block WHERE sequence NOT IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC LIMIT 1',
    [JSON.stringify(dropped.map(({ sequence }) => sequence))],
  );
  return row?.hash;
}

/** Whether a copy of this folder has written in this epoch. */
export async function isShared(connection: Queryable, epoch: Uint8Array): Promise<boolean> {
  const row = await connection.get('SELECT 1 FROM own_block WHERE learned = 1 AND epoch = ? LIMIT 1', [epoch]);
  return row !== undefined;
}

export async function addLearnedBlock(
  transaction: WriteTransaction,
  block: { hash: Uint8Array; epoch: Uint8Array; height: number; position: number; reasons: string },
): Promise<void> {
  const { hash, epoch, height, position, reasons } = block;
  await transaction.run('INSERT INTO own_block (hash, epoch, height, position, reasons, learned) VALUES (?, ?, ?, ?, ?, 1)', [
    hash,
    epoch,
    height,
    position,
    reasons,
  ]);
}

export interface WaitingBlock {
  readonly sequence: number;
  readonly hash: Buffer;
  readonly bytes: Buffer;
}

/**
 * Blocks that wait here at heights where the ledger has others, so that they can never enter, with all that the hub has not taken behind
 * them: it may stand on them.
 */
export async function displacedBlocks(connection: Queryable): Promise<WaitingBlock[]> {
  return connection.all(
    `WITH displaced AS (
       SELECT waiting.sequence FROM own_block AS waiting
       WHERE waiting.position IS NULL AND EXISTS (
         SELECT 1 FROM own_block AS learned
         WHERE learned.learned = 1 AND learned.epoch = waiting.epoch AND learned.height <= waiting.height))
     SELECT sequence, hash, bytes FROM own_block
     WHERE position IS NULL AND (sequence IN displaced OR (receipt IS NULL AND sequence > (SELECT min(sequence) FROM displaced)))
     ORDER BY sequence`,
  );
}

/** The bytes of blocks that a copy of this folder wrote, as the ledger has them. */
export async function learnedBytes(connection: Queryable): Promise<Array<{ hash: Buffer; bytes: Buffer }>> {
  return connection.all(
    'SELECT block.hash, block.bytes FROM own_block JOIN block ON block.position = own_block.position WHERE own_block.learned = 1',
  );
}

export async function addOwnBlock(
  transaction: WriteTransaction,
  block: { hash: Uint8Array; epoch: Uint8Array; height: number; bytes: Uint8Array },
): Promise<void> {
  const { hash, epoch, height, bytes } = block;
  await transaction.run('INSERT INTO own_block (hash, epoch, height, bytes) VALUES (?, ?, ?, ?)', [hash, epoch, height, bytes]);
}

export async function removeOwnBlock(transaction: WriteTransaction, sequence: number): Promise<void> {
  await transaction.run('DELETE FROM own_block WHERE sequence = ?', [sequence]);
}

/** Lets the document of one event belong to another block and event. */
export async function moveDocuments(
  transaction: WriteTransaction,
  from: { block: Uint8Array; event: number },
  to: { block: Uint8Array; event: number },
): Promise<void> {
  await transaction.run('UPDATE document SET block = ?, event = ? WHERE block = ? AND event = ?', [
    to.block,
    to.event,
    from.block,
    from.event,
  ]);
}
