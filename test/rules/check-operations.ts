import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { faultsOf, readSchemas } from './judge-operations.ts';
import { operationsIn } from './read-operations.ts';

// Part of `npm run lint`: what programs and tests ask as plain text fits a schema. The screens' documents are checked as they are generated.
const paths = globSync('{shared,server,electron,test}/**/*.ts', {
  exclude: ['**/node_modules', '**/generated', 'test/bench/peers'],
});
const sources = new Map(paths.map((path) => [path.split(sep).join('/'), readFileSync(path, 'utf8')]));
const operations = operationsIn(sources);
const services = readSchemas();
const faults = operations.flatMap((operation) => faultsOf(operation, services));
for (const line of faults) console.error(line);
console.log(
  `Operations: ${operations.length} texts, ${faults.length === 0 ? 'each fits a schema of whom its place asks' : `${faults.length} faults`}.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
