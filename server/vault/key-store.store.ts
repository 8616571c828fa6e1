/** The tables of `keys.db`. All that is secret comes here sealed; what shows is how many keys of which handles there are. */
import { toHex } from '../../shared/encoding/bytes.ts';
import { bulkInsert } from '../storage/bulk-insert.ts';
import { type Database, openDatabase, type Queryable, type WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';
import type { Column } from '../storage/packed-rows.ts';
import { PASSKEY_MIGRATION, removePasskeys } from './passkey.store.ts';
import { removeSecondFactor, SECOND_FACTOR_MIGRATION } from './second-factor.store.ts';

export const KEY_STORE_MIGRATIONS: readonly Migration[] = [
  {
    id: 10,
    name: 'key store, slots, keys',
    sql: `
      CREATE TABLE key_store (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        id BLOB NOT NULL,
        secret_id BLOB,
        uses INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE slot (
        staff BLOB PRIMARY KEY,
        label BLOB NOT NULL,
        slot BLOB NOT NULL,
        failures INTEGER NOT NULL DEFAULT 0,
        not_before INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE key_entry (
        kind TEXT NOT NULL,
        id BLOB NOT NULL,
        epoch INTEGER NOT NULL,
        box BLOB NOT NULL,
        PRIMARY KEY (kind, id, epoch)
      ) STRICT, WITHOUT ROWID;`,
  },
  SECOND_FACTOR_MIGRATION,
  PASSKEY_MIGRATION,
  {
    id: 4820,
    name: 'keys that the clinic’s other desks have not been told',
    sql: `
      ALTER TABLE key_entry ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX key_untold ON key_entry (kind, id, epoch) WHERE untold = 1;`,
  },
];
/** How many steps the key file has been through. */
export const KEY_STORE_STEPS = KEY_STORE_MIGRATIONS.length;

export interface StoreRow {
  readonly id: Uint8Array;
  /** Of the keychain secret that it is under; null on a machine without a keychain. */
  readonly secretId: Uint8Array | null;
  /** How many boxes the key-store key has sealed. */
  readonly uses: number;
}

interface SlotRow {
  readonly staff: Uint8Array;
  readonly label: Uint8Array;
  readonly slot: Uint8Array;
  readonly failures: number;
  readonly notBefore: number;
}

export interface EntryRow {
  readonly kind: string;
  readonly id: Uint8Array;
  readonly epoch: number;
  readonly box: Uint8Array;
}

export function openKeyDatabase(path: string): Promise<Database> {
  return openDatabase({ path, migrations: KEY_STORE_MIGRATIONS, mode: 'desk' });
}

export function readStore(from: Queryable): Promise<StoreRow | undefined> {
  return from.get<StoreRow>('SELECT id, secret_id AS secretId, uses FROM key_store');
}

export async function writeStore(transaction: WriteTransaction, row: StoreRow): Promise<void> {
  await transaction.run('INSERT OR REPLACE INTO key_store (only, id, secret_id, uses) VALUES (1, ?, ?, ?)', [
    row.id,
    row.secretId,
    row.uses,
  ]);
}

/** Adds to the count of boxes and gives the new one. */
export async function countUses(transaction: WriteTransaction, uses: number): Promise<number> {
  const row = await transaction.get<{ uses: number }>('UPDATE key_store SET uses = uses + ? RETURNING uses', [uses]);
  return row?.uses ?? 0;
}

const SLOT_COLUMNS = 'staff, label, slot, failures, not_before AS notBefore';

export function readSlots(from: Queryable): Promise<SlotRow[]> {
  return from.all<SlotRow>(`SELECT ${SLOT_COLUMNS} FROM slot ORDER BY staff`);
}

export function readSlot(from: Queryable, staff: Uint8Array): Promise<SlotRow | undefined> {
  return from.get<SlotRow>(`SELECT ${SLOT_COLUMNS} FROM slot WHERE staff = ?`, [staff]);
}

/** The count of failures stays with the person when the slot is written anew. */
export async function writeSlot(transaction: WriteTransaction, row: Pick<SlotRow, 'staff' | 'label' | 'slot'>): Promise<void> {
  await transaction.run(
    'INSERT INTO slot (staff, label, slot) VALUES (?, ?, ?) ON CONFLICT (staff) DO UPDATE SET label = excluded.label, slot = excluded.slot',
    [row.staff, row.label, row.slot],
  );
}

/** The second factor goes with the slot. */
export async function removeSlot(transaction: WriteTransaction, staff: Uint8Array): Promise<number> {
  await removeSecondFactor(transaction, staff);
  await removePasskeys(transaction, staff);
  return transaction.run('DELETE FROM slot WHERE staff = ?', [staff]);
}

export async function noteTries(
  transaction: WriteTransaction,
  staff: Uint8Array,
  failures: number,
  notBefore: number,
): Promise<void> {
  await transaction.run('UPDATE slot SET failures = ?, not_before = ? WHERE staff = ?', [failures, notBefore, staff]);
}

const ENTRY_COLUMNS: readonly Column[] = [
  { name: 'kind', kind: 'text' },
  { name: 'id', kind: 'blob' },
  { name: 'epoch', kind: 'integer' },
  { name: 'box', kind: 'blob' },
];

/** Entries of the same name are replaced. */
export async function writeEntries(transaction: WriteTransaction, rows: readonly EntryRow[]): Promise<void> {
  const packed = rows.map(({ kind, id, epoch, box }) => [kind, id, epoch, box]);
  await bulkInsert(transaction, 'key_entry', ENTRY_COLUMNS, packed, { key: ['kind', 'id', 'epoch'], action: 'update' });
}

/** Notes of keys that the clinic's other desks have to be told of them, or that they have been. */
export async function markUntold(
  transaction: WriteTransaction,
  names: readonly Pick<EntryRow, 'kind' | 'id' | 'epoch'>[],
  isUntold: boolean,
): Promise<void> {
  await transaction.run(
    `UPDATE key_entry SET untold = ?1 FROM json_each(?2) AS named
     WHERE kind = named.value ->> '$[0]' AND key_entry.id = unhex(named.value ->> '$[1]') AND epoch = named.value ->> '$[2]'`,
    [isUntold, JSON.stringify(names.map(({ kind, id, epoch }) => [kind, toHex(id), epoch]))],
  );
}

export function readUntold(from: Queryable): Promise<EntryRow[]> {
  return from.all<EntryRow>('SELECT kind, id, epoch, box FROM key_entry WHERE untold = 1 ORDER BY kind, id, epoch');
}

/** Every epoch of these ids. */
export function readEntries(from: Queryable, kind: string, ids: readonly string[]): Promise<EntryRow[]> {
  return from.all<EntryRow>(
    `SELECT kind, key_entry.id AS id, epoch, box FROM json_each(?2) CROSS JOIN key_entry
     WHERE key_entry.kind = ?1 AND key_entry.id = unhex(json_each.value)`,
    [kind, JSON.stringify(ids)],
  );
}

/**
 * Epochs of these ids of 16 bytes, by id, both in hexadecimal: names without boxes, in one text, since `sqlite3` pays for each row that it
 * hands over.
 */
export async function readEpochs(from: Queryable, kind: string, ids: readonly string[]): Promise<Map<string, number[]>> {
  const row = await from.get<{ packed: string | null }>(
    `SELECT group_concat(lower(hex(key_entry.id)) || printf('%08x', epoch), '') AS packed FROM json_each(?2) CROSS JOIN key_entry
     WHERE key_entry.kind = ?1 AND key_entry.id = unhex(json_each.value)`,
    [kind, JSON.stringify([...new Set(ids)])],
  );
  const packed = row?.packed ?? '';
  const epochs = new Map<string, number[]>();
  for (let at = 0; at < packed.length; at += NAME_DIGITS) {
    const id = packed.slice(at, at + NAME_DIGITS - PACKED_EPOCH_DIGITS);
    const epoch = Number.parseInt(packed.slice(at + id.length, at + NAME_DIGITS), 16);
    epochs.set(id, [...(epochs.get(id) ?? []), epoch]);
  }
  return epochs;
}

/** A name and a box in `readPacked`: id[16] ‖ epoch as 8 hexadecimal digits ‖ box. */
export const PACKED_ID_BYTES = 16;
export const PACKED_EPOCH_DIGITS = 8;
/** A name in hexadecimal. */
const NAME_DIGITS = 2 * PACKED_ID_BYTES + PACKED_EPOCH_DIGITS;

/**
 * Every epoch of these ids of 16 bytes, all in one blob, one after the other: `sqlite3` pays for each row that it hands over, and
 * an unlock asks for a hundred thousand. All boxes of a kind are equally long.
 */
export async function readPacked(from: Queryable, kind: string, ids: readonly string[]): Promise<Uint8Array> {
  const row = await from.get<{ packed: Uint8Array | null }>(
    `SELECT CAST(group_concat(key_entry.id || printf('%08x', epoch) || box, '') AS BLOB) AS packed FROM json_each(?2) CROSS JOIN key_entry
     WHERE key_entry.kind = ?1 AND key_entry.id = unhex(json_each.value)`,
    [kind, JSON.stringify(ids)],
  );
  return row?.packed ?? new Uint8Array(0);
}

/** The next `limit` entries of all kinds after one of them. */
export function readEntriesAfter(
  from: Queryable,
  after: Pick<EntryRow, 'kind' | 'id' | 'epoch'>,
  limit: number,
): Promise<EntryRow[]> {
  return from.all<EntryRow>(
    'SELECT kind, id, epoch, box FROM key_entry WHERE (kind, id, epoch) > (?, ?, ?) ORDER BY kind, id, epoch LIMIT ?',
    [after.kind, after.id, after.epoch, limit],
  );
}

/** Every entry of a kind, oldest epoch first. */
export function readEntriesOfKind(from: Queryable, kind: string): Promise<EntryRow[]> {
  return from.all<EntryRow>('SELECT kind, id, epoch, box FROM key_entry WHERE kind = ? ORDER BY epoch, id', [kind]);
}

/** Gives how many there were. */
export function removeEntries(transaction: WriteTransaction, kind: string, ids: readonly string[]): Promise<number> {
  return transaction.run('DELETE FROM key_entry WHERE kind = ? AND id IN (SELECT unhex(value) FROM json_each(?))', [
    kind,
    JSON.stringify(ids),
  ]);
}
