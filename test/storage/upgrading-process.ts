/** Opens a database with a step in many parts, to be killed in the middle of it. */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../server/storage/database.ts';
import { COUNTED } from './numbers-table.ts';

const [path] = process.argv.slice(2) as [string];
const tell = (line: string): void => {
  writeSync(1, `${line}\n`);
};
await openDatabase({ path, migrations: COUNTED, mode: 'desk', tell });
tell('upgraded');
