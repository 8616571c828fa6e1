/** What the check of the disk reads beside the ledger itself. */
import { fromHex } from '../../../shared/encoding/bytes.ts';
import type { Queryable } from '../../storage/database.ts';

/** A kept node of the tree. */
export interface StoredNode {
  readonly level: number;
  readonly place: number;
  readonly hash: Buffer;
}

/** The first of SQLite's tables behind `name`, and the one after it. */
export async function tableNames(from: Queryable, name: string): Promise<string[]> {
  const rows = await from.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name > ? ORDER BY name LIMIT 2",
    [name],
  );
  return rows.map((row) => row.name);
}

/** What SQLite complains of in a table and its indexes, at most five things. */
export async function tableFaults(from: Queryable, table: string): Promise<number> {
  // A pragma takes no parameter, as a function it does.
  const rows = await from.all<{ said: string }>('SELECT integrity_check AS said FROM pragma_integrity_check(?)', [table]);
  return rows.filter(({ said }) => said !== 'ok').length;
}

/** Position of the first block that is here. */
export async function firstBlock(from: Queryable): Promise<number | undefined> {
  const row = await from.get<{ first: number | null }>('SELECT min(position) AS first FROM block');
  return row?.first ?? undefined;
}

/** The first kept node above the lowest kept level behind `place` (level/place), in their order. */
export function higherNodes(from: Queryable, place: string, lowest: number): Promise<StoredNode[]> {
  const [level = 0, at = -1] = place ? place.split('/').map(Number) : [];
  return from.all(
    'SELECT level, place, hash FROM tree_node WHERE (level, place) > (?, ?) AND level > ? AND level % ? = 0 ORDER BY level, place LIMIT 1',
    [level, at, lowest, lowest],
  );
}

/** Sealed documents behind a name (hexadecimal), in their order; those whose bytes a hub keeps in a store outside are looked at there. */
export function documentsBehind(
  from: Queryable,
  name: string,
  limit: number,
): Promise<Array<{ readonly name: Buffer; readonly sealed: Buffer }>> {
  return from.all('SELECT name, sealed FROM document WHERE name > ? AND length(sealed) > 0 ORDER BY name LIMIT ?', [
    fromHex(name),
    limit,
  ]);
}
