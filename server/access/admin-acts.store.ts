/** Blocks of the ledger, and of this device's queue, in which administrative acts may stand. */
import type { Queryable } from '../storage/database.ts';

/** A block has its chain at byte 1; which events it really holds, its bytes say. */
const NAMES = `WITH name (text) AS (SELECT CAST(value AS BLOB) FROM json_each(?1))`;

/** In ledger order. @param own types that count in blocks of `chain` alone @param anybodys types that count in all blocks */
export function blocksNaming(
  connection: Queryable,
  chain: Uint8Array,
  own: readonly string[],
  anybodys: readonly string[],
): Promise<Array<{ position: number; bytes: Buffer }>> {
  return connection.all(
    `${NAMES}, everybody (text) AS (SELECT CAST(value AS BLOB) FROM json_each(?2))
     SELECT position, bytes FROM block WHERE (substr(bytes, 2, 32) = ?3 AND EXISTS (SELECT 1 FROM name WHERE instr(bytes, text) > 0))
       OR EXISTS (SELECT 1 FROM everybody WHERE instr(bytes, text) > 0)
     ORDER BY position`,
    [JSON.stringify(own), JSON.stringify(anybodys), chain],
  );
}

/** Blocks of this device that the ledger does not have yet, in their order. */
export function waitingBlocksNaming(
  connection: Queryable,
  names: readonly string[],
): Promise<Array<{ bytes: Buffer; reasons: string }>> {
  return connection.all(
    `${NAMES} SELECT bytes, reasons FROM own_block
     WHERE position IS NULL AND bytes IS NOT NULL AND hash NOT IN (SELECT hash FROM altered_act) AND EXISTS (SELECT 1 FROM name WHERE instr(bytes, text) > 0) ORDER BY sequence`,
    [JSON.stringify(names)],
  );
}
