/** A database on a PostgreSQL server, which several processes may use at once: one of them writes at a time. */
import { randomUUID } from 'node:crypto';
import { Failure } from '../../shared/outcome/failure.ts';
import { type Database, PooledDatabase } from './database.ts';
import { type Migration, migrate, refuseForeign } from './migrations.ts';
import { PostgresqlConnection } from './postgresql-connection.ts';
import { PostgresqlShare } from './postgresql-share.ts';

const READERS = 4;

/** What a URL of a PostgreSQL database begins with. */
export const isPostgresqlUrl = (text: string): boolean => /^postgres(ql)?:\/\//.test(text);

/**
 * Opens the database at `url` and brings it to the newest of `migrations`. What the URL leaves out comes from PGPASSWORD, PGPASSFILE and
 * the other variables of PostgreSQL's own clients.
 * @throws {Failure} `storage.unreachable`, `storage.refused`, `storage.pragma-refused`, `storage.database-newer`, `storage.foreign-file`.
 */
export async function openPostgresql(url: string, migrations: readonly Migration[]): Promise<Database> {
  const origin = randomUUID();
  const writer = new PostgresqlConnection(url, { origin });
  try {
    await checkServer(writer);
    await writer.withLock(async () => {
      await refuseForeign(writer);
      await migrate(writer, migrations);
    });
  } catch (error) {
    await writer.close();
    throw error;
  }
  const readers = Array.from({ length: READERS }, () => new PostgresqlConnection(url));
  return new PooledDatabase(withoutSecrets(url), writer, readers, new PostgresqlShare(url, origin));
}

/** @throws {Failure} when what the server calls committed would not be, or its texts are not ours. */
async function checkServer(connection: PostgresqlConnection): Promise<void> {
  const [server] = await connection.all<{ version: number; encoding: string; fsync: string; commit: string }>(
    `SELECT current_setting('server_version_num')::integer AS version, current_setting('server_encoding') AS encoding,
       current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
    [],
  );
  const wrong =
    server === undefined || server.version < 150_000
      ? 'version 15 or later is needed'
      : server.encoding !== 'UTF8'
        ? `its encoding is ${server.encoding}, and has to be UTF8`
        : server.fsync !== 'on' || server.commit !== 'on'
          ? 'fsync or synchronous_commit is off, so that what it calls saved may be lost'
          : undefined;
  if (wrong)
    throw new Failure(
      'storage.pragma-refused',
      `The PostgreSQL database was not opened: ${wrong}. Change it there, and start the hub again.`,
    );
}

/** The URL as it may be shown. */
function withoutSecrets(url: string): string {
  const at = new URL(url);
  at.password = '';
  at.search = '';
  return at.href;
}
