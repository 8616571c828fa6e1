/**
 * `npm run bench -- [--only id,…] [--long] [--events N] [--json FILE]`: what Careledger does a second beside what this machine can do at
 * best, in one run. Figures and how to read them: docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import { countIn, namesIn, optionsOf } from '../support/command-options.ts';
import { checkingIn } from './check-in.ts';
import { consentChange } from './consent-change.ts';
import { holds, type Result } from './contest.ts';
import { deciding } from './decision.ts';
import { durableWrite } from './durable-write.ts';
import { exportStaysFlat, fhirFacade } from './fhir.ts';
import { firstContent } from './first-content.ts';
import { firstSync, manyEvents, memory } from './first-sync.ts';
import { hubAccepts, hubStaysFlat } from './hub.ts';
import { hubLoad } from './hub-load.ts';
import { hubRejects } from './hub-rejects.ts';
import { hubServes } from './hub-serves.ts';
import { pagePace } from './page-pace.ts';
import { snapshotReady, verifying } from './replica.ts';
import { filteringAccess, importing, searching } from './vault.ts';

type Bench = (note: (text: string) => void, events?: number) => Promise<Result[]>;

const BENCHES: Readonly<Record<string, Bench>> = {
  'first-sync': firstSync,
  events: manyEvents,
  'durable-write': durableWrite,
  hub: hubAccepts,
  'hub.reject': hubRejects,
  'hub.serves': hubServes,
  'hub.flat': hubStaysFlat,
  import: importing,
  'first-content': firstContent,
  page: pagePace,
  search: searching,
  access: filteringAccess,
  verify: verifying,
  decision: deciding,
  fhir: fhirFacade,
  'kiosk.check-in': checkingIn,
  'consent.change': consentChange,
};
/** Minutes each: run with `--long`, or by name. `--events` says how many a snapshot has, or the patients of an export. */
const LONG: Readonly<Record<string, Bench>> = {
  memory,
  'snapshot.ready': snapshotReady,
  'hub.load': hubLoad,
  'fhir.memory': exportStaysFlat,
};

const all = { ...BENCHES, ...LONG };
const USAGE = `npm run bench -- [--only ID,…] [--long] [--events N] [--json FILE]

  --only    some of them: ${Object.keys(all).join(', ')}
  --long    also those that take minutes each: ${Object.keys(LONG).join(', ')}
  --events  how many the ledger of such a one has, or how many patients an export
  --json    writes the figures to that file

What each counts, and how to read its ratio: docs/benchmarks.md.`;
const options = optionsOf(USAGE, {
  only: { type: 'string' },
  long: { type: 'boolean' },
  events: { type: 'string' },
  json: { type: 'string' },
});
const known = Object.keys(all);
const chosen = options.only === undefined ? Object.keys(options.long ? all : BENCHES) : namesIn(options.only, known, 'bench');

const number = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3));
const line = (cells: readonly string[]): string =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(36) : cell.padStart(at === 2 ? 14 : 12))).join(' ');

const events = options.events === undefined ? undefined : countIn(options.events, 'events');
const results: Result[] = [];
process.stdout.write(`${line(['id', 'value', 'unit', 'limit', 'ratio', 'bar', ''])}  against\n`);
for (const id of chosen) {
  for (const result of await (all[id] as Bench)((text) => process.stdout.write(`(${text})\n`), events)) {
    results.push(result);
    const bar = 'atLeast' in result.bar ? `>= ${result.bar.atLeast}` : `<= ${result.bar.atMost}`;
    const cells = [
      result.id,
      number(result.value),
      result.unit,
      number(result.limit),
      result.ratio.toFixed(2),
      bar,
      holds(result) ? 'held' : 'MISSED',
    ];
    process.stdout.write(`${line(cells)}  ${result.against}\n`);
  }
}
if (options.json) {
  const rows = results.map(({ id, value, unit, limit, ratio }) => ({ id, value, unit, limit, ratio }));
  writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
}
process.exit(0);
