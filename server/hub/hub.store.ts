/** What the hub keeps beside the ledger itself: its region, who enrolled with which secret, where blocks stand, cosignatures. */
import { bulkInsert } from '../storage/bulk-insert.ts';
import type { Queryable, WriteTransaction } from '../storage/database.ts';
import type { Migration } from '../storage/migrations.ts';

export const hubMigration: Migration = {
  id: 30,
  name: 'hub',
  sql: `
    CREATE TABLE region (id INTEGER PRIMARY KEY CHECK (id = 1), genesis BLOB NOT NULL) STRICT;
    CREATE TABLE invitation (
      secret_hash BLOB PRIMARY KEY, kind TEXT NOT NULL, chain BLOB, expires INTEGER NOT NULL,
      request_hash BLOB, device BLOB, certificate TEXT, certificate_expires INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE enrolled_device (device BLOB PRIMARY KEY, chain BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE placed_run (
      device BLOB NOT NULL, epoch BLOB NOT NULL, height INTEGER NOT NULL, position INTEGER NOT NULL, count INTEGER NOT NULL,
      time INTEGER NOT NULL, PRIMARY KEY (device, epoch, height)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE equivocation (
      device BLOB NOT NULL, epoch BLOB NOT NULL, height INTEGER NOT NULL, bytes BLOB NOT NULL, time INTEGER NOT NULL,
      PRIMARY KEY (device, epoch)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cosignature (
      size INTEGER NOT NULL, chain BLOB NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, chain)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE admission_request (chain BLOB PRIMARY KEY, request BLOB NOT NULL, received_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
};

export async function readGenesis(connection: Queryable): Promise<Uint8Array | undefined> {
  const row = await connection.get<{ genesis: Buffer }>('SELECT genesis FROM region WHERE id = 1');
  return row?.genesis;
}

export async function writeGenesis(transaction: WriteTransaction, genesis: Uint8Array): Promise<void> {
  await transaction.run('INSERT INTO region (id, genesis) VALUES (1, ?)', [genesis]);
}

/** `clinic` lets one more clinic's first device in, `device` one more device of `chain`, `found` the region's founder. */
type InvitationKind = 'found' | 'clinic' | 'device';

export interface InvitationRow {
  readonly kind: InvitationKind;
  readonly chain: Buffer | null;
  readonly expires: number;
  /** SHA-256 of the newest certificate request that used the secret, and the device that it was for; null while it is unused. */
  readonly request_hash: Buffer | null;
  readonly device: Buffer | null;
  readonly certificate: string | null;
  readonly certificate_expires: number | null;
}

export async function addInvitation(
  transaction: WriteTransaction,
  secretHash: Uint8Array,
  kind: InvitationKind,
  chain: Uint8Array | null,
  expires: number,
): Promise<void> {
  await transaction.run('INSERT INTO invitation (secret_hash, kind, chain, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [
    secretHash,
    kind,
    chain,
    expires,
  ]);
}

export function readInvitationRow(connection: Queryable, secretHash: Uint8Array): Promise<InvitationRow | undefined> {
  return connection.get<InvitationRow>(
    'SELECT kind, chain, expires, request_hash, device, certificate, certificate_expires FROM invitation WHERE secret_hash = ?',
    [secretHash],
  );
}

/** False when there is no such invitation, or it has let a device in. */
export async function removeInvitation(transaction: WriteTransaction, secretHash: Uint8Array): Promise<boolean> {
  return (await transaction.run('DELETE FROM invitation WHERE secret_hash = ? AND device IS NULL', [secretHash])) === 1;
}

export async function openInvitations(connection: Queryable, chain: Uint8Array, now: number): Promise<number> {
  const row = await connection.get<{ count: number }>(
    'SELECT count(*) AS count FROM invitation WHERE chain = ? AND request_hash IS NULL AND expires > ?',
    [chain, now],
  );
  return row?.count ?? 0;
}

/** Marks the secret as used, with what it was used for. False when another device used it first. */
export async function useInvitation(
  transaction: WriteTransaction,
  secretHash: Uint8Array,
  use: { requestHash: Uint8Array; device: Uint8Array; chain: Uint8Array; certificate: string; expires: number },
): Promise<boolean> {
  const used = await transaction.run(
    `UPDATE invitation SET request_hash = ?, device = ?, certificate = ?, certificate_expires = ?
     WHERE secret_hash = ? AND (device IS NULL OR device = ?)`,
    [use.requestHash, use.device, use.certificate, use.expires, secretHash, use.device],
  );
  if (used !== 1) return false;
  await transaction.run('INSERT INTO enrolled_device (device, chain) VALUES (?, ?) ON CONFLICT DO NOTHING', [
    use.device,
    use.chain,
  ]);
  return true;
}

/** The chain for which a device asked its certificate; undefined when this hub certified none such. */
export async function enrolledChain(connection: Queryable, device: Uint8Array): Promise<Buffer | undefined> {
  const row = await connection.get<{ chain: Buffer }>('SELECT chain FROM enrolled_device WHERE device = ?', [device]);
  return row?.chain;
}

const PLACED_COLUMNS = [
  { name: 'device', kind: 'blob' },
  { name: 'epoch', kind: 'blob' },
  { name: 'height', kind: 'integer' },
  { name: 'position', kind: 'integer' },
  { name: 'count', kind: 'integer' },
  { name: 'time', kind: 'integer' },
] as const;

/** Blocks of one epoch that follow each other in their chain and in the ledger: where they begin, and when they were taken. */
export interface PlacedRun {
  readonly device: Uint8Array;
  readonly epoch: Uint8Array;
  readonly height: number;
  readonly position: number;
  count: number;
  readonly time: number;
}

export async function writePlaced(transaction: WriteTransaction, runs: readonly PlacedRun[]): Promise<void> {
  const rows = runs.map(({ device, epoch, height, position, count, time }) => [device, epoch, height, position, count, time]);
  await bulkInsert(transaction, 'placed_run', PLACED_COLUMNS, rows);
}

/** What stands at the heights `from` to `to` of a device's epoch, in their order. */
export function findPlacedRun(
  connection: Queryable,
  { device, epoch, from, to }: { device: Uint8Array; epoch: Uint8Array; from: number; to: number },
): Promise<Array<{ height: number; position: number; time: number; hash: Buffer }>> {
  return connection.all(
    `SELECT run.height + block.position - run.position AS height, block.position, run.time, block.hash
     FROM placed_run AS run JOIN block
       ON block.position >= CASE WHEN run.height < ?3 THEN run.position + ?3 - run.height ELSE run.position END
       AND block.position < CASE WHEN run.height + run.count <= ?4 THEN run.position + run.count ELSE run.position + ?4 + 1 - run.height END
     WHERE run.device = ?1 AND run.epoch = ?2 AND run.height <= ?4
       AND run.height >= COALESCE((SELECT max(height) FROM placed_run WHERE device = ?1 AND epoch = ?2 AND height <= ?3), ?3)
     ORDER BY height`,
    [device, epoch, from, to],
  );
}

/** Keeps the first second block of an epoch as evidence. */
export async function writeEquivocation(
  transaction: WriteTransaction,
  evidence: { device: Uint8Array; epoch: Uint8Array; height: number; bytes: Uint8Array; time: number },
): Promise<void> {
  await transaction.run(
    'INSERT INTO equivocation (device, epoch, height, bytes, time) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    [evidence.device, evidence.epoch, evidence.height, evidence.bytes, evidence.time],
  );
}

export function listEquivocations(connection: Queryable): Promise<Array<{ device: Buffer; epoch: Buffer }>> {
  return connection.all('SELECT device, epoch FROM equivocation');
}

export async function writeCosignature(
  transaction: WriteTransaction,
  size: number,
  chain: Uint8Array,
  line: string,
): Promise<void> {
  await transaction.run(
    'INSERT INTO cosignature (size, chain, line) VALUES (?, ?, ?) ON CONFLICT (size, chain) DO UPDATE SET line = excluded.line',
    [size, chain, line],
  );
}

/** Cosignature lines on the checkpoint of `size`, by chain. */
export function readCosignatures(connection: Queryable, size: number): Promise<Array<{ line: string }>> {
  return connection.all('SELECT line FROM cosignature WHERE size = ? ORDER BY chain', [size]);
}

/** Forgets cosignatures on checkpoints of `size` blocks and more. */
export async function dropCosignatures(transaction: WriteTransaction, size: number): Promise<void> {
  await transaction.run('DELETE FROM cosignature WHERE size >= ?', [size]);
}

export async function writeAdmissionRequest(
  transaction: WriteTransaction,
  chain: Uint8Array,
  request: Uint8Array,
  now: number,
): Promise<void> {
  await transaction.run(
    `INSERT INTO admission_request (chain, request, received_at) VALUES (?, ?, ?)
     ON CONFLICT (chain) DO UPDATE SET request = excluded.request, received_at = excluded.received_at`,
    [chain, request, now],
  );
}

export function listAdmissionRequests(
  connection: Queryable,
): Promise<Array<{ chain: Buffer; request: Buffer; received_at: number }>> {
  return connection.all('SELECT chain, request, received_at FROM admission_request ORDER BY received_at, chain LIMIT 1000');
}

export async function removeAdmissionRequests(transaction: WriteTransaction, chains: readonly Uint8Array[]): Promise<void> {
  for (const chain of chains) await transaction.run('DELETE FROM admission_request WHERE chain = ?', [chain]);
}
