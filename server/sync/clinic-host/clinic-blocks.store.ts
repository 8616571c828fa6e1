/**
 * Blocks of the clinic's devices that wait for the hub, as the clinic host has them in order: those of other devices with their bytes,
 * this device's own by name. All of them lie over the replica's state (lay-pending.ts) until the ledger has them.
 */
import type { OpenedBlock } from '../../../shared/ledger/rules.ts';
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const clinicBlocksMigration: Migration = {
  id: 1700,
  name: 'blocks of the clinic that wait',
  sql: `
    CREATE TABLE clinic_block (
      -- The clinic host's; below zero what an earlier host had.
      sequence INTEGER PRIMARY KEY,
      hash BLOB NOT NULL UNIQUE,
      -- Null: this device's own, in own_block.
      bytes BLOB,
      at INTEGER NOT NULL,
      -- 1: the hub has it, or never will.
      forwarded INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    -- Documents that these blocks name: the hub has not acknowledged them.
    CREATE TABLE clinic_block_document (name BLOB PRIMARY KEY, block BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TRIGGER clinic_block_gone AFTER DELETE ON clinic_block
      BEGIN DELETE FROM clinic_block_document WHERE block = old.hash; END;
  `,
};

export interface ClinicBlock {
  /** The clinic host's. */
  readonly sequence: number;
  readonly opened: OpenedBlock;
  readonly bytes: Uint8Array;
  /** Names of the documents that its events are about. */
  readonly documents: readonly Uint8Array[];
}

/** A block that waits, in the order in which it counts here. */
export interface WaitingInOrder {
  readonly hash: Buffer;
  readonly bytes: Buffer;
  readonly isOwn: boolean;
  /** Where an own block stands that was altered on the disk: nothing else is known of it. */
  readonly altered?: { readonly epoch: Buffer; readonly height: number } | undefined;
  /** Whether the hub has said what became of it. */
  readonly isAnswered: boolean;
  /** When it came here, milliseconds; this device's own came by no way. */
  readonly at: number;
}

/** The clinic's waiting blocks in the host's order, and those of this device that the host does not have behind them. */
export async function waitingInOrder(connection: Queryable): Promise<WaitingInOrder[]> {
  const [others, own] = await Promise.all([
    connection.all<{ hash: Buffer; bytes: Buffer; sequence: number; forwarded: number; at: number }>(
      'SELECT hash, bytes, sequence, forwarded, at FROM clinic_block WHERE bytes IS NOT NULL ORDER BY sequence',
    ),
    connection.all<{
      hash: Buffer;
      bytes: Buffer;
      place: number | null;
      answered: number;
      epoch: Buffer;
      height: number;
      altered: number;
    }>(
      `SELECT own_block.hash, own_block.bytes, clinic_block.sequence AS place, own_block.receipt IS NOT NULL AS answered,
         own_block.epoch, own_block.height, altered_act.hash IS NOT NULL AS altered
       FROM own_block LEFT JOIN altered_act ON altered_act.hash = own_block.hash
       LEFT JOIN clinic_block ON clinic_block.hash = own_block.hash WHERE own_block.position IS NULL ORDER BY own_block.sequence`,
    ),
  ]);
  const ordered: WaitingInOrder[] = [];
  let next = 0;
  const ownBlock = ({ hash, bytes, answered, altered, epoch, height }: (typeof own)[number]): WaitingInOrder => {
    return {
      hash,
      bytes,
      isOwn: true,
      isAnswered: answered === 1,
      at: 0,
      altered: altered === 1 ? { epoch, height } : undefined,
    };
  };
  // This device's own stay in their own order, whatever a host makes of it.
  const takeOwn = (before: number): void => {
    for (let block = own[next]; block && (block.place ?? Number.POSITIVE_INFINITY) < before; block = own[next]) {
      ordered.push(ownBlock(block));
      next += 1;
    }
  };
  for (const { hash, bytes, sequence, forwarded, at } of others) {
    takeOwn(sequence);
    ordered.push({ hash, bytes, isOwn: false, isAnswered: forwarded === 1, at });
  }
  return [...ordered, ...own.slice(next).map(ownBlock)];
}

/** Names of own blocks that wait, were brought to the clinic host, and are not in its order. */
export async function broughtAndNotShown(connection: Queryable): Promise<Buffer[]> {
  const rows = await connection.all<{ hash: Buffer }>(
    `SELECT hash FROM own_block WHERE position IS NULL AND hash NOT IN (SELECT hash FROM clinic_block)
       AND hash NOT IN (SELECT name FROM host_queue WHERE kind = 'block')`,
  );
  return rows.map(({ hash }) => hash);
}

/** Whether blocks of this device wait here that the clinic host has not put into its order. */
export async function hasUnplacedBlocks(connection: Queryable): Promise<boolean> {
  const row = await connection.get(
    'SELECT 1 FROM own_block WHERE position IS NULL AND hash NOT IN (SELECT hash FROM clinic_block) LIMIT 1',
  );
  return row !== undefined;
}

/** How many of these blocks are here already. */
export async function knownClinicBlocks(connection: Queryable, hashes: readonly Uint8Array[]): Promise<number> {
  const row = await connection.get<{ count: number }>(
    'SELECT count(*) AS count FROM clinic_block WHERE hash IN (SELECT unhex(value) FROM json_each(?))',
    [hexList(hashes)],
  );
  return row?.count ?? 0;
}

/** Puts blocks at their places in the host's order; one that is here only moves. This device's own are left out of the bytes. */
export async function putClinicBlocks(
  transaction: WriteTransaction,
  blocks: readonly ClinicBlock[],
  isOwn: (block: ClinicBlock) => boolean,
  at: number,
): Promise<void> {
  for (const block of blocks) {
    const { sequence, opened, bytes, documents } = block;
    const { hash } = opened;
    await transaction.run(
      `INSERT INTO clinic_block (sequence, hash, bytes, at) VALUES (?, ?, ?, ?)
       ON CONFLICT (hash) DO UPDATE SET sequence = excluded.sequence`,
      [sequence, hash, isOwn(block) ? null : bytes, at],
    );
    if (isOwn(block)) continue;
    for (const name of documents)
      await transaction.run(
        'INSERT INTO clinic_block_document (name, block) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET block = excluded.block',
        [name, hash],
      );
  }
}

export async function removeClinicBlocks(transaction: WriteTransaction, hashes: readonly Uint8Array[]): Promise<number> {
  return transaction.run('DELETE FROM clinic_block WHERE hash IN (SELECT unhex(value) FROM json_each(?))', [hexList(hashes)]);
}

/** Another host counts anew: what is here keeps its order, before everything that it will tell. */
export async function setBehind(transaction: WriteTransaction): Promise<void> {
  await transaction.run('UPDATE clinic_block SET sequence = sequence - 1099511627776');
}

/** Forgets the places of this device's own blocks that wait no more. */
export async function forgetSettledPlaces(transaction: WriteTransaction): Promise<void> {
  await transaction.run(
    `DELETE FROM clinic_block WHERE bytes IS NULL
       AND NOT EXISTS (SELECT 1 FROM own_block WHERE own_block.hash = clinic_block.hash AND position IS NULL)`,
  );
}

/**
 * What the hub is to have of the clinic's other devices that came here before `before`, and between it this device's own, in the order in
 * which they were written: an act that stands on one of another desk must not come there first. Empty when only own blocks wait.
 * @param most bytes together, but one block at least
 */
export async function blocksToForward(
  connection: Queryable,
  before: number,
  limit: number,
  most: number,
): Promise<WaitingInOrder[]> {
  const waits = await connection.get('SELECT 1 FROM clinic_block WHERE bytes IS NOT NULL AND forwarded = 0 AND at <= ? LIMIT 1', [
    before,
  ]);
  if (!waits) return [];
  const due = (await waitingInOrder(connection)).filter(({ isOwn, isAnswered, at }) => !isAnswered && (isOwn || at <= before));
  let room = most;
  return due.slice(0, limit).filter(({ bytes }, at) => {
    room -= bytes.length;
    return at === 0 || room >= 0;
  });
}

export async function markForwarded(transaction: WriteTransaction, hashes: readonly Uint8Array[]): Promise<void> {
  await transaction.run('UPDATE clinic_block SET forwarded = 1 WHERE hash IN (SELECT unhex(value) FROM json_each(?))', [
    hexList(hashes),
  ]);
}

/** Documents that a waiting block of another device names, as far as they are here. */
export async function documentsOfBlock(
  connection: Queryable,
  block: Uint8Array,
): Promise<Array<{ handle: Buffer; sealed: Buffer; wrap: Buffer }>> {
  return connection.all(
    `SELECT handle, sealed, wrap FROM clinic_block_document JOIN document ON document.name = clinic_block_document.name
     WHERE clinic_block_document.block = ?`,
    [block],
  );
}

const hexList = (names: readonly Uint8Array[]): string => JSON.stringify(names.map((name) => Buffer.from(name).toString('hex')));
