/**
 * Writes one row after another in every way there is, and prints each number once its write was acknowledged.
 * `writing-process.ts PATH [COUNT]`: for ever and many at once, or so many and one at a time.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../server/storage/database.ts';
import { NUMBERS } from './numbers-table.ts';

const [path, count] = process.argv.slice(2) as [string, string?];
const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
const INSERT = 'INSERT INTO number (value, note) VALUES (?, ?)';
const acknowledge = (value: number): void => {
  writeSync(1, `${value}\n`);
};

const WAYS: readonly ((value: number) => Promise<unknown>)[] = [
  (value) => database.write((transaction) => transaction.run(INSERT, [value, 'alone'])),
  (value) => database.writeOnce(INSERT, [value, 'once']),
  (value) => database.write((transaction) => transaction.run(INSERT, [value, 'shared']), { group: true }),
  (value) => database.write((transaction) => transaction.run(INSERT, [value, 'shared']), { group: true }),
];

if (count === undefined)
  for (let value = 0; ; value += WAYS.length)
    await Promise.all(WAYS.map((write, at) => write(value + at).then(() => acknowledge(value + at))));
for (let value = 0; value < Number(count); value++) {
  await WAYS[value % WAYS.length]?.(value);
  acknowledge(value);
}
await database.close();
