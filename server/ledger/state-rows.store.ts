/** The rows of the ledger's state by key, sealed with a sum so that one that was altered is seen, and the root over all of them. */
import type { Hash } from '../../shared/ledger/merkle.ts';
import { StateTree } from '../../shared/ledger/state-tree.ts';
import { bulkDelete, bulkGet, bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import { isSealed, openRow, sealRow } from './row-seal.ts';

const KEY_COLUMN = { name: 'key', kind: 'text' } as const;
const VALUE_COLUMN = { name: 'value', kind: 'blob' } as const;
const STATE_COLUMNS = [KEY_COLUMN, VALUE_COLUMN] as const;

/** Rows of the state by their keys, each under a sum of its own (`row-seal.ts`); `undefined` takes a row away. */
export async function writeState(
  transaction: WriteTransaction,
  changes: ReadonlyMap<string, Uint8Array | undefined>,
): Promise<void> {
  const puts: [string, Uint8Array][] = [];
  const removes: [string][] = [];
  changes.forEach((value, key) => {
    if (value === undefined) removes.push([key]);
    else puts.push([key, sealRow(key, value)]);
  });
  // Keys end in random ids.
  const onConflict = { key: ['key'], action: 'update', sorted: true } as const;
  if (puts.length > 0) await bulkInsert(transaction, 'state_row', STATE_COLUMNS, puts, onConflict);
  if (removes.length > 0) await bulkDelete(transaction, 'state_row', [KEY_COLUMN], removes);
}

/** The rows with these keys, those that do not exist as undefined. @throws {Failure} `storage.row-altered`. */
export async function loadState(connection: Queryable, keys: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
  const stored = await bulkGet<Buffer>(connection, 'state_row', KEY_COLUMN, VALUE_COLUMN, keys);
  return new Map(
    keys.map((key, at) => {
      const row = stored[at];
      return [key, row && openRow(key, row)];
    }),
  );
}

/** State rows whose key begins with `prefix`, in byte order. @throws {Failure} `storage.row-altered`. */
export async function listState(connection: Queryable, prefix: string): Promise<StateRow[]> {
  const rows = await connection.all<StateRow>('SELECT key, value FROM state_row WHERE key >= ? AND key < ? ORDER BY key', [
    prefix,
    `${prefix}\u{10ffff}`,
  ]);
  return rows.map(openStored);
}

interface StateRow {
  readonly key: string;
  readonly value: Buffer;
}

const openStored = ({ key, value }: StateRow): StateRow => ({ key, value: openRow(key, value) });

/** Rows behind `after` that were altered where they lie, and how far this has looked: undefined when there are no more. */
export async function alteredRows(
  connection: Queryable,
  after: string,
  limit: number,
): Promise<{ altered: string[]; last: string | undefined }> {
  const rows = await readStatePage(connection, after, limit);
  const altered = rows.filter(({ key, value }) => !isSealed(key, value)).map(({ key }) => key);
  return { altered, last: rows.length < limit ? undefined : rows.at(-1)?.key };
}

const readStatePage = (connection: Queryable, after: string, limit: number): Promise<StateRow[]> =>
  connection.all('SELECT key, value FROM state_row WHERE key > ? ORDER BY key LIMIT ?', [after, limit]);

/** Every key of a state of at most `most` rows; undefined when there are more. */
export async function keysOfFew(connection: Queryable, most: number): Promise<string[] | undefined> {
  const rows = await connection.all<{ key: string }>('SELECT key FROM state_row LIMIT ?', [most + 1]);
  return rows.length > most ? undefined : rows.map(({ key }) => key);
}

const STATE_PAGE = 10_000;

export async function countState(connection: Queryable): Promise<number> {
  const row = await connection.get<{ rows: number }>('SELECT count(*) AS rows FROM state_row');
  return row?.rows ?? 0;
}

/** The same root over rows in memory. */
export function stateRootOf(hash: Hash, rows: ReadonlyMap<string, Uint8Array | undefined>): Uint8Array {
  const tree = new StateTree(hash);
  for (const key of [...rows.keys()].sort()) {
    const value = rows.get(key);
    if (value) tree.add({ key, value });
  }
  return tree.root();
}

/** All state rows in byte order of their keys, some thousands at a time. @throws {Failure} `storage.row-altered`. */
export async function* statePages(connection: Queryable): AsyncGenerator<StateRow[], void, undefined> {
  for (let after = ''; ; ) {
    const rows = await readStatePage(connection, after, STATE_PAGE);
    if (rows.length > 0) yield rows.map(openStored);
    const last = rows.at(-1);
    if (!last || rows.length < STATE_PAGE) return;
    after = last.key;
  }
}

/** The RFC 9162 root over all state rows in byte order of their keys (docs/protocol.md, state root). */
export async function stateRoot(connection: Queryable, hash: Hash): Promise<Uint8Array> {
  const tree = new StateTree(hash);
  for await (const rows of statePages(connection)) for (const row of rows) tree.add(row);
  return tree.root();
}
