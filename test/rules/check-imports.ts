import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { refusals } from './import-rules.ts';

// Part of `npm run lint`: judges every source file of the project by the table in layers.ts.
const paths = globSync(['*.ts', '{shared,server,electron,renderer,test}/**/*.{ts,tsx,js,mjs,cjs}'], {
  exclude: ['**/node_modules', 'test/bench/peers'],
}).map((path) => path.split(sep).join('/'));
const found = paths.sort().flatMap((path) => refusals(path, readFileSync(path, 'utf8')));
for (const line of found) console.error(line);
console.log(found.length === 0 ? `Import walls: ${paths.length} files, all in order.` : `Import walls: ${found.length} refused.`);
process.exitCode = found.length === 0 ? 0 : 1;
