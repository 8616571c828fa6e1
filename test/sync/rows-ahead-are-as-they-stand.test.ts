/** Folding runs ahead of writing: whatever a block then reads must be what all blocks before it have left. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ledgerMigration } from '../../server/ledger/ledger.store.ts';
import { writeState } from '../../server/ledger/state-rows.store.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { sqliteDialect } from '../../server/storage/sqlite-dialect.ts';
import { RecentRows } from '../../server/sync/download/recent-rows.ts';
import { SeenKeys } from '../../server/sync/download/seen-keys.ts';

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const slice = fc.record({
  reads: fc.uniqueArray(keys, { maxLength: 4 }),
  puts: fc.array(fc.tuple(keys, fc.option(fc.nat(255))), { maxLength: 4 }),
});
const commits = fc.array(fc.array(slice, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });

describe('rows that are read ahead', () => {
  test.each([true, false])('are as they stand when they are used, keys remembered: %s', async (remembered) => {
    await fc.assert(
      fc.asyncProperty(commits, fc.uniqueArray(keys), fc.nat(3), async (script, there, ahead) => {
        const database = await openDatabase({ path: ':memory:', mode: 'memory', migrations: [ledgerMigration] });
        const model = new Map<string, number>(there.map((key) => [key, 1]));
        const first = new Map(there.map((key) => [key, Uint8Array.of(1)]));
        await database.write((transaction) => writeState(transaction, first));
        const recent = remembered ? await RecentRows.forMany(database.read, 10) : new RecentRows(database.read);
        const slices = script.flatMap((each, commit) =>
          each.map((one, at) => ({ ...one, commit, isLast: at === each.length - 1 })),
        );
        const loads: Promise<void>[] = [];
        let writing: Promise<void> = Promise.resolve();
        for (const [at, { reads, puts, commit, isLast }] of slices.entries()) {
          // As the replica does: some slices ahead, and never further than the next commit.
          for (let next = loads.length; next <= at + ahead && next < slices.length; next++) {
            const opened = slices[next] as (typeof slices)[number];
            if (opened.commit > commit + 1) break;
            loads.push(recent.load([{ reads: [...opened.reads, ...opened.puts.map(([key]) => key)] }]));
          }
          await loads[at];
          for (const key of reads) expect(recent.get(key)?.[0]).toBe(model.get(key));
          for (const [key, value] of puts) {
            recent.put(key, value === null ? undefined : Uint8Array.of(value));
            if (value === null) model.delete(key);
            else model.set(key, value);
            expect(recent.get(key)?.[0]).toBe(model.get(key));
          }
          if (!isLast) continue;
          const changes = recent.turn();
          await writing;
          writing = database.write((transaction) => writeState(transaction, changes));
        }
        await writing;
        await database.close();
      }),
      { numRuns: 60 },
    );
  });

  test('that nobody announced are refused by name', () => {
    const recent = new RecentRows({ dialect: sqliteDialect, all: () => Promise.reject(), get: () => Promise.reject() });
    expect(() => recent.get('record/1')).toThrow(/the row record without saying so first/);
  });
});

test('a key that was seen is never denied, and of others few are believed seen', () => {
  const seen = new SeenKeys(20_000);
  for (let at = 0; at < 20_000; at++) seen.add(`record/${at}`);
  for (let at = 0; at < 20_000; at++) expect(seen.has(`record/${at}`)).toBe(true);
  const wrong = Array.from({ length: 20_000 }, (_, at) => seen.has(`record/${at + 20_000}`)).filter(Boolean).length;
  expect(wrong).toBeLessThan(600);
});
