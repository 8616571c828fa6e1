import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * Six projects: `unit` (everything that runs in this process within seconds, the rules of the house among them), `domains` (the same, of
 * what is about records, consent and the like), `postgresql` (the hub's tests of it once more, on the other store), `simulation` (a region
 * under every seed, in processes of its own), `crash` (processes killed, disks that fail) and `journeys` (the built program, real
 * processes, a real browser). `npm test` runs the first four side by side, then one after the other, and closes with one line,
 * `N passed, N failed`.
 */

// graphql 16 has no `exports`: Vite would take its index.mjs and the packages around it index.js, and graphql refuses
// objects of its other copy ("another module or realm"). Everybody gets index.js.
const oneGraphql = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] };

const env = {
  // What the program keeps outside of its data folders: never where the person who runs the tests keeps theirs.
  CARELEDGER_STATE: join(tmpdir(), 'careledger-test-state'),
  // Hundreds of real processes are started from source: each would spend a second on taking the types out of the same files.
  NODE_COMPILE_CACHE: join(tmpdir(), 'careledger-test-compiled'),
};

const slow = ['test/{journeys,electron,electron-host}/**/*.test.{ts,tsx}'];
const simulation = ['test/simulate/**/*.test.ts'];
const crash = ['test/crash/**/*.test.ts'];
// Whether the harnesses notice a broken program takes minutes more: `npm run test:breakages`.
const breakages = process.env.BREAKAGES ? [] : ['test/{crash,simulate}/**/*harness-can-fail.test.ts'];

/** These change nothing in their process, so many files share one, which loads the modules once; and none is about passphrases. */
const domains = [
  'test/{access,care-card,cda,consent,cover,csv,encoding,erasure,fhir,fhir-api,fleet,hl7,ledger,marketplace,monitoring,patients,payments,records,staff,tasks,telemedicine,training,visits}/**/*.test.ts',
];

/** What a hub keeps is asked on SQLite in `unit`, and once more on PostgreSQL, where there is one on this machine. */
const onBothStores = [
  'test/hub/a-{busy-region,hub-looks,killed-hub-has,packed-page,region-from}*.test.ts',
  'test/hub/administrators-{act,hear}*.test.ts',
  'test/hub/an-erased-compartment*.test.ts',
  'test/hub/{documents-go,documents-lie,heads-and,refuses-one,sequencer-keeps,the-hub-writes}*.test.ts',
];
const onPostgresql = ['test/hub/postgresql/*.test.ts'];

/** The simulation keeps one of three busy, whose processes take only what the other two leave (`run-simulate.ts`). */
const sideBySide = { maxWorkers: 3, sequence: { groupOrder: 0 } };

const oneSeed = './test/support/one-property-seed.ts';

/** What is waited for comes when the machine has time: a second, as the library has it, says how busy that is. */
const waiting = { expect: { poll: { timeout: 30_000 } } };

// A process of the built program begins in a third of the time that the sources take.
const builtProgram = { PROGRAM_UNDER_TEST: 'out/main/careledger.js' };

const unit = {
  ...waiting,
  env: { ...env, ...builtProgram },
  setupFiles: [oneSeed],
  globalSetup: './test/support/prepare-program.ts',
  testTimeout: 60_000,
  hookTimeout: 90_000,
  ...sideBySide,
};

export default defineConfig({
  server: { watch: null },
  test: {
    watch: false,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './test/support/summary-reporter.ts'],
    projects: [
      {
        resolve: oneGraphql,
        test: {
          ...unit,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...domains, ...slow, ...simulation, ...crash, ...onPostgresql, 'test/bench/**', '**/node_modules/**'],
        },
      },
      {
        resolve: oneGraphql,
        test: {
          ...unit,
          name: 'domains',
          include: domains,
          isolate: false,
          setupFiles: [oneSeed, './test/support/quick-scrypt.ts'],
        },
      },
      {
        resolve: oneGraphql,
        test: {
          ...waiting,
          name: 'postgresql',
          env: { ...env, HUB_STORE: 'postgresql' },
          include: [...onBothStores, ...onPostgresql],
          globalSetup: './test/support/prepare-postgresql.ts',
          setupFiles: [oneSeed, './test/support/postgresql-ready.ts'],
          testTimeout: 60_000,
          hookTimeout: 90_000,
          ...sideBySide,
        },
      },
      {
        test: {
          name: 'simulation',
          include: simulation,
          exclude: breakages,
          ...sideBySide,
        },
      },
      {
        resolve: oneGraphql,
        test: {
          name: 'crash',
          env,
          include: crash,
          exclude: breakages,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: oneGraphql,
        test: {
          ...waiting,
          name: 'journeys',
          env: { ...env, ...builtProgram },
          include: slow,
          globalSetup: './test/support/prepare-journeys.ts',
          setupFiles: [oneSeed, './test/support/journeys-ready.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
