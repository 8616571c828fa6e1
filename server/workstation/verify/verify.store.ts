/** What `careledger verify` reads of a data folder beside the ledger itself: whatever a screen is told from columns alone. */
import type { StoredNode } from '../../ledger/disk-check/disk-check.store.ts';
import type { Queryable, ReadConnection } from '../../storage/database.ts';

/** Every kept node of the tree, a page at a time. */
export async function* nodePages(from: Queryable): AsyncGenerator<StoredNode[], void, undefined> {
  let last: { level: number; place: number } = { level: -1, place: -1 };
  for (;;) {
    const rows = await from.all<StoredNode>(
      'SELECT level, place, hash FROM tree_node WHERE (level, place) > (?, ?) ORDER BY level, place LIMIT 5000',
      [last.level, last.place],
    );
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1) as StoredNode;
  }
}

/** Verdicts of blocks in which not every event was accepted, as they are stored. */
export function storedVerdicts(from: Queryable): Promise<Array<{ position: number; verdicts: string }>> {
  return from.all('SELECT position, verdicts FROM block_verdict ORDER BY position');
}

export interface StoredOwnBlock {
  readonly sequence: number;
  readonly hash: Buffer;
  readonly epoch: Buffer;
  readonly height: number;
  /** Null once it stands in the ledger. */
  readonly bytes: Buffer | null;
  readonly position: number | null;
  /** JSON: for each event why it is disputed, or an empty text. */
  readonly reasons: string;
  /** Of the block that stands at its position here. */
  readonly ledgerBytes: Buffer | null;
  /** JSON, when not every event of it was accepted. */
  readonly verdicts: string | null;
}

/** This device's blocks, each beside the one that stands in the ledger at its position, a page at a time. */
export function ownBlockPages(from: ReadConnection): AsyncGenerator<StoredOwnBlock[], void, undefined> {
  return from.scanPages(
    `SELECT own.sequence, own.hash, own.epoch, own.height, own.bytes, own.position, own.reasons,
       block.bytes AS ledgerBytes, block_verdict.verdicts
     FROM own_block AS own LEFT JOIN block ON block.position = own.position
       LEFT JOIN block_verdict ON block_verdict.position = own.position
     WHERE own.sequence > ?1 ORDER BY own.sequence LIMIT ?2`,
    [0],
    500,
  );
}

/** Documents that name an act of this device which is not there, nor put aside because the disk had altered it. */
export function documentsWithoutAct(from: Queryable): Promise<Array<{ name: Buffer }>> {
  return from.all(
    `SELECT document.name FROM document LEFT JOIN own_block ON own_block.hash = document.block
     WHERE document.block IS NOT NULL AND document.block NOT IN (SELECT hash FROM altered_act) AND own_block.reasons ->> ('$[' || document.event || ']') IS NULL`,
  );
}

/** Rows that lie over the state. */
export function storedPending(from: Queryable): Promise<Array<{ key: string; value: Buffer | null }>> {
  return from.all('SELECT key, value FROM pending_row');
}

export interface WaitingMessage {
  /** The hash of the body. */
  readonly id: Buffer;
  readonly body: Buffer;
  readonly chain: Buffer;
  readonly device: Buffer;
}

/** Messages that were not sent yet. */
export function outgoingMessages(from: ReadConnection): AsyncGenerator<WaitingMessage[], void, undefined> {
  return from.scanPages(
    'SELECT rowid AS place, id, body, recipient_chain AS chain, recipient_device AS device FROM outgoing_message WHERE sent = 0 AND rowid > ?1 ORDER BY rowid LIMIT ?2',
    [0],
    500,
  );
}

export async function countDocuments(from: Queryable): Promise<number> {
  const row = await from.get<{ count: number }>('SELECT count(*) AS count FROM document');
  return row?.count ?? 0;
}
