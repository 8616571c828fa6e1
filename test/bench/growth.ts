/**
 * `npm run bench:growth -- [--events N,…]`: how first sync, memory, disk and proofs grow with the ledger. One run each, four
 * events a block, 10,000 and 100,000 unless told otherwise (1,000,000 takes a quarter of an hour, 3 GB of memory and 2 GB of disk); processor seconds beside the clock's, since other programs do not slow those down. docs/scaling.md has the model.
 */
import { countIn, optionsOf } from '../support/command-options.ts';
import { quantile } from './contest.ts';
import { withHub } from './first-sync.ts';
import { type Resources, startRole } from './role.ts';

const EVENTS_OF_BLOCK = 4;
const PROOFS = 500;
const USAGE = `npm run bench:growth -- [--events N,…]

  --events  how many each ledger has, a run each; 10000,100000 unless told otherwise`;
const values = optionsOf(USAGE, { events: { type: 'string', default: '10000,100000' } });

process.stdout.write('|    events |  blocks | sync s | processor s | memory MB | disk MB | bytes/event | proof ms p50 | p99 |\n');
for (const events of values.events.split(',').map((each) => countIn(each, 'events'))) {
  await withHub(events / EVENTS_OF_BLOCK, [EVENTS_OF_BLOCK], async (hub) => {
    const replica = startRole('replica-role.ts');
    try {
      await replica.ask('open', hub);
      const before = await replica.ask<Resources>('resources');
      const seconds = await replica.ask<number>('catchUp');
      const { cpu, peakMemory } = await replica.ask<Resources>('resources');
      const { size, disk } = await replica.ask<{ size: number; disk: number }>('extent');
      const times = await replica.ask<number[]>('proofs', PROOFS);
      const cells = [
        events.toLocaleString('en-US').padStart(9),
        size.toLocaleString('en-US').padStart(7),
        seconds.toFixed(2).padStart(6),
        (cpu - before.cpu).toFixed(2).padStart(11),
        (peakMemory / 1e6).toFixed(0).padStart(9),
        (disk / 1e6).toFixed(1).padStart(7),
        (disk / events).toFixed(0).padStart(11),
        quantile(times, 0.5).toFixed(2).padStart(12),
        quantile(times, 0.99).toFixed(2),
      ];
      process.stdout.write(`| ${cells.join(' | ')} |\n`);
      await replica.ask('close');
    } finally {
      await replica.end();
    }
  });
}
process.exit(0);
