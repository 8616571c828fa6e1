/** What a clinic host keeps for its clinic's devices: one feed, in the order in which things came. Documents lie in `document`. */
import type { Queryable, WriteTransaction } from '../../storage/database.ts';
import type { Migration } from '../../storage/migrations.ts';

export const relayMigration: Migration = {
  id: 1720,
  name: 'feed of the clinic host',
  sql: `
    CREATE TABLE relay_entry (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('BLOCK', 'TAKEN_BACK', 'DOCUMENT', 'MESSAGE')),
      name BLOB NOT NULL,
      -- Who wrote a block; who brought what else there is.
      device BLOB NOT NULL,
      -- Of a message: one device, or empty for each.
      recipient BLOB NOT NULL,
      -- A message's kind.
      detail TEXT NOT NULL,
      bytes BLOB NOT NULL,
      at INTEGER NOT NULL,
      UNIQUE (kind, name)
    ) STRICT;
    CREATE INDEX relay_entry_device ON relay_entry (device);
  `,
};

type EntryKind = 'BLOCK' | 'TAKEN_BACK' | 'DOCUMENT' | 'MESSAGE';

export interface RelayEntry {
  readonly kind: EntryKind;
  readonly name: Uint8Array;
  readonly device: Uint8Array;
  readonly recipient?: Uint8Array;
  readonly detail?: string;
  readonly bytes?: Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** Adds what is not there yet. Gives how much that was. */
export async function addEntries(transaction: WriteTransaction, entries: readonly RelayEntry[], at: number): Promise<number> {
  let added = 0;
  for (const { kind, name, device, recipient = NOTHING, detail = '', bytes = NOTHING } of entries)
    added += await transaction.run(
      'INSERT OR IGNORE INTO relay_entry (kind, name, device, recipient, detail, bytes, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [kind, name, device, recipient, detail, bytes, at],
    );
  return added;
}

/** How much a device has here. */
export async function storedOf(connection: Queryable, device: Uint8Array): Promise<{ count: number; bytes: number }> {
  const row = await connection.get<{ count: number; bytes: number }>(
    'SELECT count(*) AS count, coalesce(sum(length(bytes)), 0) AS bytes FROM relay_entry WHERE device = ?',
    [device],
  );
  return row ?? { count: 0, bytes: 0 };
}

/** Takes back blocks that `device` wrote: whoever has fetched them is told. */
export async function takeBackBlocks(
  transaction: WriteTransaction,
  device: Uint8Array,
  names: readonly Uint8Array[],
  at: number,
): Promise<number> {
  let gone = 0;
  for (const name of names) {
    const here = await transaction.run("DELETE FROM relay_entry WHERE kind = 'BLOCK' AND name = ? AND device = ?", [
      name,
      device,
    ]);
    if (here > 0) await addEntries(transaction, [{ kind: 'TAKEN_BACK', name, device }], at);
    gone += here;
  }
  return gone;
}

export async function removeMessages(transaction: WriteTransaction, names: readonly Uint8Array[]): Promise<number> {
  return transaction.run("DELETE FROM relay_entry WHERE kind = 'MESSAGE' AND name IN (SELECT unhex(value) FROM json_each(?))", [
    JSON.stringify(names.map((name) => Buffer.from(name).toString('hex'))),
  ]);
}

export async function newestEntry(connection: Queryable): Promise<number> {
  const row = await connection.get<{ newest: number | null }>(
    "SELECT max(seq) AS newest FROM sqlite_sequence WHERE name = 'relay_entry'",
  );
  return row?.newest ?? 0;
}

interface StoredEntry {
  readonly sequence: number;
  readonly kind: EntryKind;
  readonly name: Buffer;
  readonly device: Buffer;
  readonly detail: string;
  readonly handle: Buffer | null;
  readonly bytes: Buffer | null;
  readonly wrap: Buffer | null;
}

/** What `device` is to have after a place: at most `limit` entries and about `bytes`. What was erased since is left out. */
export async function entriesFor(
  connection: Queryable,
  device: Uint8Array,
  after: number,
  limit: number,
  bytes: number,
): Promise<{ entries: StoredEntry[]; last: number; more: boolean }> {
  const newest = await newestEntry(connection);
  const places = await connection.all<{ sequence: number; length: number }>(
    `SELECT relay_entry.sequence, length(relay_entry.bytes) + coalesce(length(document.sealed), 0) AS length FROM relay_entry
     LEFT JOIN document ON relay_entry.kind = 'DOCUMENT' AND document.name = relay_entry.name
     WHERE relay_entry.sequence > ?1 AND relay_entry.sequence <= ?2
       AND (relay_entry.kind = 'BLOCK' OR relay_entry.device <> ?3)
       AND (relay_entry.kind <> 'MESSAGE' OR relay_entry.recipient IN (x'', ?3))
       AND (relay_entry.kind <> 'DOCUMENT' OR document.name IS NOT NULL)
     ORDER BY relay_entry.sequence LIMIT ?4`,
    [after, newest, device, limit + 1],
  );
  let total = 0;
  const over = places.findIndex(({ length }, at) => {
    total += length;
    return at === limit || (at > 0 && total > bytes);
  });
  const taken = over < 0 ? places : places.slice(0, over);
  const entries = await connection.all<StoredEntry>(
    `SELECT relay_entry.sequence, relay_entry.kind, relay_entry.name, device, detail, document.handle,
       coalesce(document.sealed, relay_entry.bytes) AS bytes, document.wrap
     FROM json_each(?) AS wanted JOIN relay_entry ON relay_entry.sequence = wanted.value
     LEFT JOIN document ON relay_entry.kind = 'DOCUMENT' AND document.name = relay_entry.name ORDER BY relay_entry.sequence`,
    [JSON.stringify(taken.map(({ sequence }) => sequence))],
  );
  return { entries, last: over < 0 ? Math.max(newest, after) : (taken.at(-1)?.sequence ?? after), more: over >= 0 };
}

/** Blocks that are kept for the clinic, to look which of them the ledger has. */
export async function keptBlocks(connection: Queryable): Promise<Array<{ name: Buffer; bytes: Buffer }>> {
  return connection.all("SELECT name, bytes FROM relay_entry WHERE kind = 'BLOCK' ORDER BY sequence");
}

export async function removeBlocks(transaction: WriteTransaction, names: readonly Uint8Array[]): Promise<void> {
  await transaction.run("DELETE FROM relay_entry WHERE kind = 'BLOCK' AND name IN (SELECT unhex(value) FROM json_each(?))", [
    JSON.stringify(names.map((name) => Buffer.from(name).toString('hex'))),
  ]);
}

/** Forgets what came before that time and is no block: whoever was away for longer has it from the hub. */
export async function forgetOld(transaction: WriteTransaction, before: number): Promise<void> {
  await transaction.run("DELETE FROM relay_entry WHERE kind <> 'BLOCK' AND at < ?", [before]);
}

export async function emptyRelay(transaction: WriteTransaction): Promise<void> {
  await transaction.run('DELETE FROM relay_entry');
}
