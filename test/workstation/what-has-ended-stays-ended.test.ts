/** Threat C3: a clock that is set back, forth, or back before a restart revives nothing; only the witnesses correct one that was ahead. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { CLINIC_MIGRATIONS } from '../../server/workstation/folder/installation.ts';
import { JudgedTime } from '../../server/workstation/folder/judged-time.ts';
import { grantHolds } from '../../shared/consent/consent-rules.ts';
import { bytesFor } from '../support/ledger-builder.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOON = Date.UTC(2026, 4, 12, 12);

let folder: string;
let database: Database;
let clock = NOON;
let uptime = 0;
let witnessed: { size: number; at: number | undefined } = { size: 0, at: undefined };
let blocks = 0;

const started = (): JudgedTime =>
  new JudgedTime({ database: () => database, clock: () => clock, uptime: () => uptime, witnessed: () => witnessed });

/** This device writes a block, which lies at a place in the ledger. @param learned it comes from the ledger and was never written here */
const write = (position: number, learned = 0): Promise<unknown> =>
  database.write((transaction) =>
    transaction.run('INSERT INTO own_block (hash, epoch, height, position, learned) VALUES (?, ?, ?, ?, ?)', [
      bytesFor(`block ${++blocks}`),
      bytesFor('epoch', 8),
      blocks,
      position,
      learned,
    ]),
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careledger-judged-'));
  database = await openDatabase({ path: join(folder, 'clinic.db'), migrations: CLINIC_MIGRATIONS, mode: 'bulk' });
  [clock, uptime, blocks, witnessed] = [NOON, 0, 0, { size: 5, at: NOON - DAY }];
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test('a consent that has ended stays ended when the clock is set back, and after a restart and a crash', async () => {
  const ends = NOON + MINUTE;
  const grant = { withdrawn: false, starts: 0, ends } as Parameters<typeof grantHolds>[0];
  const time = started();
  expect(grantHolds(grant, await time.now())).toBe(true);
  clock = ends;
  expect(grantHolds(grant, await time.now())).toBe(false);
  clock = NOON - DAY;
  expect(grantHolds(grant, await time.now())).toBe(false);
  // Nothing is closed or flushed first: what was judged was durable when it was answered.
  expect(grantHolds(grant, await started().now())).toBe(false);
});

test('a clock that was ahead closes, destroys nothing, and is corrected by the witnesses alone', async () => {
  const time = started();
  const before = await time.now();
  const vouched = time.vouched();
  clock = NOON + 400 * DAY;
  expect(await time.now()).toBe(clock);
  expect(time.vouched()).toBe(vouched);
  clock = NOON + MINUTE;
  const ahead = await started().now();
  expect(ahead).toBeGreaterThanOrEqual(NOON + 400 * DAY);
  // A checkpoint that comes late, one of blocks that were written elsewhere, one that does not reach this device's: no proof of when it was.
  witnessed = { size: 8, at: NOON };
  expect(await time.now()).toBeGreaterThanOrEqual(NOON + 400 * DAY);
  await write(6, 1);
  await write(9);
  expect(await time.now()).toBeGreaterThanOrEqual(NOON + 400 * DAY);
  witnessed = { size: 10, at: NOON + 2 * MINUTE };
  expect(await time.now()).toBe(NOON + 2 * MINUTE);
  expect(await started().now()).toBeLessThan(NOON + 3 * MINUTE);
  expect(await time.now()).toBeGreaterThan(before);
});

test('keys are destroyed by time that has passed for certain, with the region away and whatever the clock says', async () => {
  const time = started();
  expect(time.vouched()).toBe(NOON - DAY);
  [clock, uptime] = [NOON - 300 * DAY, 90 * MINUTE];
  expect(time.vouched()).toBe(NOON - DAY + 90 * MINUTE);
  expect(await time.now()).toBe(NOON - DAY + 90 * MINUTE);
});

test('whatever is done to the clock, judged time goes back only when a younger block stands under the witnesses', async () => {
  const step = fc.record({
    clock: fc.integer({ min: -500, max: 500 }),
    uptime: fc.nat(600),
    restart: fc.boolean(),
    late: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
      let time = started();
      let latest = 0;
      for (const { clock: minutes, uptime: passed, restart, late } of steps) {
        clock = NOON + minutes * MINUTE;
        uptime += passed * MINUTE;
        // Checkpoints of others' blocks, some of them held back by whoever brings them.
        if (late === 0) witnessed = { size: witnessed.size + 1, at: Math.max(witnessed.at ?? 0, NOON - 100 * MINUTE) };
        if (restart) time = started();
        const now = await time.now();
        expect(now).toBeGreaterThanOrEqual(latest);
        expect(now).toBeGreaterThanOrEqual(clock);
        latest = now;
      }
    }),
    { numRuns: 25 },
  );
});

test('before a region has witnessed anything the clock alone counts: nobody could correct it', async () => {
  witnessed = { size: 0, at: undefined };
  const time = started();
  clock = NOON + 400 * DAY;
  expect(await time.now()).toBe(clock);
  clock = NOON;
  expect(await time.now()).toBe(NOON);
  expect(time.vouched()).toBe(0);
});
