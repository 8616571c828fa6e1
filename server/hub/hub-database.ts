/** Where a hub keeps what it has: `hub.db` in its data folder or, where its administrator named one, a PostgreSQL database. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type Database, openDatabase } from '../storage/database.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { isPostgresqlUrl, openPostgresql } from '../storage/postgresql-database.ts';
import { hubMigrations } from './hub.ts';

export const HUB_DATABASE_FILE = 'hub.db';
/** In the hub's folder, for its account alone: the URL may hold a password. */
const URL_FILE = 'database-url';

/** The hub's database, beside whoever else has it open. */
export async function openHubDatabase(folder: string): Promise<Database> {
  const url = await databaseUrl(folder);
  if (url) return openPostgresql(url, hubMigrations);
  return openDatabase({ path: join(folder, HUB_DATABASE_FILE), migrations: hubMigrations, mode: 'bulk' });
}

/** The URL of its PostgreSQL database; undefined where the hub keeps a file. */
export async function databaseUrl(folder: string): Promise<string | undefined> {
  const path = join(folder, URL_FILE);
  return existsSync(path) ? (await readFile(path, 'utf8')).trim() : undefined;
}

/** Whether anything was ever kept for this folder. */
export const hasHubDatabase = (folder: string): boolean =>
  [HUB_DATABASE_FILE, URL_FILE].some((name) => existsSync(join(folder, name)));

/**
 * From now on the hub of this folder keeps what it has at `url`: for a new hub, or when the same database is reached in another way.
 * @throws {Failure} `hub.database-malformed`, `hub.database-in-file`.
 */
export async function keepDatabaseUrl(folder: string, url: string): Promise<void> {
  if (!isPostgresqlUrl(url) || !URL.canParse(url))
    throw new Failure(
      'hub.database-malformed',
      'The database is named by a URL such as postgres://careledger@db.example.org/careledger. Leave it out for a file in the data folder.',
    );
  if (existsSync(join(folder, HUB_DATABASE_FILE)))
    throw new Failure(
      'hub.database-in-file',
      'This hub keeps its ledger in a file of its data folder. It does not move by naming another database; start it without one.',
    );
  if ((await databaseUrl(folder)) !== url) await writeFileDurably(join(folder, URL_FILE), utf8(`${url}\n`));
}
