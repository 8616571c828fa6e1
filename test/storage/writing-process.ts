/** Writes one row after another in every way there is, and prints each number once its write was acknowledged. */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../server/storage/database.ts';
import { NUMBERS } from './numbers-table.ts';

const [path] = process.argv.slice(2) as [string];
const database = await openDatabase({ path, migrations: NUMBERS, mode: 'desk' });
const INSERT = 'INSERT INTO number (value, note) VALUES (?, ?)';
const acknowledge = (value: number): void => {
  writeSync(1, `${value}\n`);
};

for (let value = 0; ; value += 4) {
  const alone = database.write((transaction) => transaction.run(INSERT, [value, 'alone'])).then(() => acknowledge(value));
  const once = database.writeOnce(INSERT, [value + 1, 'once']).then(() => acknowledge(value + 1));
  const shared = [value + 2, value + 3].map((one) =>
    database.write((transaction) => transaction.run(INSERT, [one, 'shared']), { group: true }).then(() => acknowledge(one)),
  );
  await Promise.all([alone, once, ...shared]);
}
