/** A whole copy of a database of one moment, while its owner goes on writing. */
import { Connection, type SqlParameters } from './connection.ts';
import type { Queryable } from './database.ts';

/**
 * Writes what is committed in the database at `from` to a new file at `to`, without the space that erased rows left. Readers and the
 * writer go on; their WAL cannot shrink meanwhile. Not yet durable when it resolves.
 * @throws {Failure} `storage.disk-full` and what else `storageFailure` sorts.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const connection = await Connection.open(from, 'read');
  try {
    await connection.script('PRAGMA busy_timeout=2000');
    await connection.run('VACUUM INTO ?', [to]);
  } finally {
    await connection.close();
  }
}

/** Reads a copy as it lies there, without a setting that would write to it. */
export async function readCopy<T>(path: string, body: (from: Queryable) => Promise<T>): Promise<T> {
  const connection = await Connection.open(path, 'read');
  try {
    return await body({
      dialect: connection.dialect,
      all: (sql, parameters = []) => connection.all(sql, parameters),
      get: async <Row>(sql: string, parameters: SqlParameters = []) => (await connection.all<Row>(sql, parameters))[0],
    });
  } finally {
    await connection.close();
  }
}

/** The database's own check of itself: what it complains of, in its words; empty when it has nothing to say. */
export async function integrityFaults(from: Queryable): Promise<string[]> {
  const { integrity } = from.dialect;
  const rows = integrity ? await from.all<{ integrity_check: string }>(integrity) : [];
  return rows.map((row) => row.integrity_check).filter((word) => word !== 'ok');
}
