/** What a database says, as one hash: every value of every row of every table, or, quickly, counts and newest rows. */
import { createHash } from 'node:crypto';
import type { Queryable } from '../../../server/storage/database.ts';

async function tablesOf(read: Queryable): Promise<string[]> {
  const rows = await read.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  return rows.map(({ name }) => name).filter((name) => !name.startsWith('sqlite_'));
}

/** Every value, as one hash for each table. */
export async function contentByTable(read: Queryable): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  for (const table of await tablesOf(read)) {
    const hash = createHash('sha256');
    for (const row of await read.all<Record<string, unknown>>(`SELECT * FROM "${table}"`)) {
      for (const value of Object.values(row)) {
        hash.update(typeof value === 'object' && value !== null ? (value as Buffer) : String(value));
        hash.update(`|${typeof value}|`);
      }
    }
    content.set(table, hash.digest('hex'));
  }
  return content;
}

/** Every value. */
export async function contentOf(read: Queryable): Promise<string> {
  return JSON.stringify([...(await contentByTable(read))]);
}

/** One statement for `quickly`: per table the number of rows and what their values come to. */
export async function quickQuery(read: Queryable): Promise<string> {
  const parts: string[] = [];
  for (const table of await tablesOf(read)) {
    const columns = await read.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', [table]);
    const sums = columns.map(
      ({ name }) => `total(length("${name}")), total(unicode(substr(hex("${name}"), -9))), max("${name}")`,
    );
    parts.push(
      `(SELECT count(*) || '/' || concat_ws('/', ${sums.map((sum) => `concat_ws('/', ${sum})`).join(', ')}) FROM "${table}")`,
    );
  }
  return parts.length === 0 ? "SELECT '' AS said" : `SELECT concat_ws(';', ${parts.join(', ')}) AS said`;
}
