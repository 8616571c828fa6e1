import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { idleExports } from './idle-exports.ts';
import { refusals } from './import-rules.ts';
import { readSource } from './read-source.ts';

// Part of `npm run lint`: judges every source file of the project by the table in layers.ts, and what it exports by who takes it.
const paths = globSync(['*.ts', '{shared,server,electron,renderer,test}/**/*.{ts,tsx,js,mjs,cjs}'], {
  exclude: ['**/node_modules', 'test/bench/peers'],
}).map((path) => path.split(sep).join('/'));
const sources = new Map(paths.sort().map((path) => [path, readSource(path, readFileSync(path, 'utf8'))]));
const found = [...[...sources].flatMap(([path, source]) => refusals(path, source)), ...idleExports(sources)];
for (const line of found) console.error(line);
console.log(found.length === 0 ? `Import walls: ${paths.length} files, all in order.` : `Import walls: ${found.length} refused.`);
process.exitCode = found.length === 0 ? 0 : 1;
