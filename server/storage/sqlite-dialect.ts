/** The words of SQLite. Many values travel as one BLOB in each direction, because the `sqlite3` package is slow with rows and bound values. */
import type { Dialect, Lookup } from './dialect.ts';
import { packRows } from './packed-rows.ts';
import { quoted } from './quoted.ts';

interface PackedAnswer {
  places: string;
  lengths: string;
  bytes: Buffer | null;
}

export const sqliteDialect: Dialect = {
  tables: 'SELECT name FROM sqlite_schema',
  integrity: 'PRAGMA integrity_check(5)',
  size: 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  schema: ({ sql }) => sql,
  pack: packRows,
  lookup({ table, key, value: { name, kind } }, keys, from, to): Lookup {
    const { expressions, parameters, from: rowsFrom } = packRows([key], keys, from, to);
    const value = `kept.${quoted(name)}`;
    // octet_length and group_concat take a value of any kind as its bytes, and skip or say NULL. CROSS JOIN: keys outside, index inside.
    const sql = `SELECT json_group_array(packed.key) AS places, json_group_array(octet_length(${value})) AS lengths,
        CAST(group_concat(${value}, '') AS BLOB) AS bytes
      FROM ${rowsFrom} CROSS JOIN ${quoted(table)} AS kept WHERE kept.${quoted(key.name)} = ${expressions[0]}`;
    return {
      sql,
      parameters,
      read([answer], found) {
        const { places, lengths, bytes } = answer as PackedAnswer;
        const lengthOf = JSON.parse(lengths) as (number | null)[];
        const whole = bytes ?? Buffer.alloc(0);
        let at = 0;
        for (const [index, place] of (JSON.parse(places) as number[]).entries()) {
          const length = lengthOf[index] ?? null;
          if (length === null) {
            found(place, null);
            continue;
          }
          const part = whole.subarray(at, at + length);
          at += length;
          found(place, kind === 'blob' ? part : kind === 'text' ? part.toString() : Number(part.toString('latin1')));
        }
      },
    };
  },
  joined: (bytes, order) => `CAST(group_concat(${bytes}, '' ORDER BY ${order}) AS BLOB)`,
  threeBytes: (number) => `unhex(printf('%06x', ${number}))`,
  leap: (table, _column, by) => [
    [
      'INSERT INTO sqlite_sequence (name, seq) SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)',
      [table],
    ],
    ['UPDATE sqlite_sequence SET seq = seq + ? WHERE name = ?', [by, table]],
  ],
};
