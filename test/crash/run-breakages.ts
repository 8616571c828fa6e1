/** `npm run test:breakages`: the program is broken on purpose, one line at a time, and the harnesses of crashes and of the simulation have to notice. */
import { spawnSync } from 'node:child_process';

// Each keeps two lives going: more at once than cores make them look as if they hung.
const vitest = spawnSync(
  'vitest',
  ['run', '--project', 'crash', '--project', 'simulation', '--maxConcurrency', '2', 'harness-can-fail'],
  {
    stdio: 'inherit',
    env: { ...process.env, BREAKAGES: '1' },
  },
);
process.exitCode = vitest.status ?? 1;
