/** Brings a database to the shape that this program knows, one recorded step at a time, and refuses one from the future. */
import { hash } from 'node:crypto';
import manifest from '../../package.json' with { type: 'json' };
import { Failure } from '../../shared/outcome/failure.ts';
import type { Statements } from './connection.ts';

/** One step. Once released its text never changes: a later wish is a later step. It imports nothing from the program. */
export interface Migration {
  /** Rising and spaced (10, 20, …), so that a step can be put between two others before they are released. */
  readonly id: number;
  readonly name: string;
  /** Any number of statements; none of BEGIN, COMMIT or ROLLBACK. Written for SQLite: another dialect changes its words. */
  readonly sql: string;
  /** The same for PostgreSQL, where more than words would have to change. */
  readonly postgresql?: string;
  /**
   * For tables too large for one transaction: one statement that does a part of the work, run again and again before `sql`, each
   * time durable by itself, until it changes no row. Killed in between, it goes on with what is left.
   */
  readonly repeat?: string;
}

interface AppliedRow {
  id: number;
  name: string;
  checksum: string;
  program: string;
}

const CREATE_RECORD = `CREATE TABLE IF NOT EXISTS schema_migration (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  program TEXT NOT NULL
) STRICT`;

/**
 * Applies to the database behind `connection` those of `migrations` that it does not have, each in a transaction of its own with
 * its record, so that a crash leaves whole steps only, of a step in parts the parts that were done.
 * @param beforeUpgrade runs, if anything is to be changed in a database that has steps already, before it is
 * @returns whether a database that had steps already was changed
 * @throws {Failure} `storage.database-newer` when it has a step unknown to this program; `storage.migration-changed` when a step
 *   applied earlier reads otherwise now.
 */
export async function migrate(
  connection: Statements,
  migrations: readonly Migration[],
  beforeUpgrade: () => Promise<void> = async () => undefined,
): Promise<boolean> {
  checkOrder(migrations);
  await connection.script(connection.dialect.schema({ sql: CREATE_RECORD }));
  const applied = await connection.all<AppliedRow>('SELECT id, name, checksum, program FROM schema_migration ORDER BY id', []);
  checkApplied(applied, migrations);
  const newest = applied.at(-1)?.id ?? 0;
  const missing = migrations.filter(({ id }) => id > newest);
  const isUpgrade = applied.length > 0 && missing.length > 0;
  if (isUpgrade) await beforeUpgrade();
  for (const migration of missing) await apply(connection, migration);
  return isUpgrade;
}

/**
 * Before anything is set or written: is this file ours, or still empty?
 * @throws {Failure} `storage.foreign-file` when it is no database, or one with tables but no record of ours.
 */
export async function refuseForeign(connection: Statements): Promise<void> {
  const tables = await connection.all<{ name: string }>(connection.dialect.tables, []);
  if (tables.length === 0 || tables.some(({ name }) => name === 'schema_migration')) return;
  throw new Failure(
    'storage.foreign-file',
    'This database was not written by Careledger. Nothing in it was changed; choose another data folder.',
  );
}

async function apply(connection: Statements, { id, name, sql, repeat, postgresql }: Migration): Promise<void> {
  if (repeat !== undefined) while ((await connection.run(repeat, [])) > 0);
  await connection.begin('write');
  try {
    await connection.script(connection.dialect.schema({ sql, postgresql }));
    await connection.run('INSERT INTO schema_migration (id, name, checksum, program) VALUES (?, ?, ?, ?)', [
      id,
      name,
      checksumOf({ sql, repeat }),
      manifest.version,
    ]);
    await connection.commit();
  } catch (error) {
    // The first failure is the one to tell; SQLite may have rolled back by itself, and then this has nothing to do.
    await connection.rollback().catch(() => undefined);
    throw error;
  }
}

function checkOrder(migrations: readonly Migration[]): void {
  let before = 0;
  for (const { id, name } of migrations) {
    if (!Number.isSafeInteger(id) || id <= before)
      throw new RangeError(`migration ${id} (${name}) does not come after ${before}`);
    before = id;
  }
}

function checkApplied(applied: readonly AppliedRow[], migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.id, migration]));
  const unknown = applied.findLast(({ id }) => !known.has(id));
  if (unknown !== undefined) {
    throw new Failure(
      'storage.database-newer',
      `This data folder was written by a newer Careledger. Nothing was changed; use version ${unknown.program} or later to open it.`,
      { details: { migration: unknown.id, program: unknown.program } },
    );
  }
  for (const { id, name, checksum, program } of applied) {
    const migration = known.get(id) as Migration;
    if (checksumOf(migration) !== checksum || migration.name !== name) {
      throw new Failure(
        'storage.migration-changed',
        'This data folder was set up by a different build of Careledger whose tables do not match. Nothing was changed; use the build that wrote it.',
        { details: { migration: id, program } },
      );
    }
  }
  const newest = applied.at(-1)?.id ?? 0;
  const missed = migrations.find(({ id }) => id < newest && !applied.some((row) => row.id === id));
  if (missed !== undefined)
    throw new RangeError(`migration ${missed.id} (${missed.name}) was put before ${newest}, which is already applied`);
}

function checksumOf({ sql, repeat }: Pick<Migration, 'sql' | 'repeat'>): string {
  return hash('sha256', repeat === undefined ? sql : `${sql}\n${repeat}`, 'hex');
}
