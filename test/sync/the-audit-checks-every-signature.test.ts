import { afterEach, beforeEach, expect, test } from 'vitest';
import { AUDITED } from '../../server/sync/clinic.store.ts';
import { writeSetting } from '../../server/sync/clinic-writes.store.ts';
import { audit, auditedSize } from '../../server/sync/download/audit.ts';
import { AuditBehind } from '../../server/sync/download/audit-behind.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { foundClinic, foundRegion, hash, type TestClinic } from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordBlocks, recordEvent, TestDesk } from './test-desk.ts';

let south: TestClinic;
let hub: ScriptedHub;
let desk: TestDesk;
let pool: VerifyPool;

beforeEach(async () => {
  const north = foundClinic('North');
  south = foundClinic('South');
  hub = await ScriptedHub.open(foundRegion('sync', [north, south]));
  desk = await TestDesk.open(north, hub.region.region);
  pool = new VerifyPool();
});
afterEach(async () => {
  await pool.close();
  await desk.close();
  await hub.close();
});

const altered = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
const run = (options: { signal?: AbortSignal; onProgress?: (size: number) => void } = {}): Promise<void> =>
  audit({ database: desk.database, pool, ...options }, desk.replica.size);

test('the audit of an honest ledger reaches its end and remembers it', async () => {
  hub.take(...recordBlocks(south, 'block', 1200));
  await desk.catchUp(hub);
  const seen: number[] = [];
  await run({ onProgress: (size) => seen.push(size) });
  expect(seen).toEqual([0, 500, 1000, 1200]);
  expect(await auditedSize(desk.database)).toBe(1200);
  await desk.restart();
  hub.take(...recordBlocks(south, 'later', 3));
  await desk.catchUp(hub);
  const later: number[] = [];
  await run({ onProgress: (size) => later.push(size) });
  expect(later).toEqual([1200, 1203]);
});

test('where nothing lies behind what a snapshot vouched for, the audit is at its end', async () => {
  hub.take(...recordBlocks(south, 'block', 3));
  await desk.catchUp(hub);
  const size = desk.replica.size;
  await desk.database.write((transaction) => writeSetting(transaction, AUDITED, Buffer.from(String(size))));
  let audited = 0;
  const behind = new AuditBehind({
    database: desk.database,
    pool,
    size: () => size,
    audited: () => audited,
    signal: () => new AbortController().signal,
    onProgress: (reached) => {
      audited = reached;
    },
    onDone: () => undefined,
    onCaught: async (failure) => failure,
  });
  behind.start();
  await behind.finished();
  expect(audited).toBe(size);
});

test("a block whose device's signature does not hold is named, and what is behind it is not audited", async () => {
  const blocks = recordBlocks(south, 'block', 511);
  const honest = blocks.pop() as Uint8Array;
  const forged = altered(honest, honest.length - 1);
  // A hash covers the signature, so the next block has to name the forged one.
  south.desk.position = { ...south.desk.position, previous: blockHash(hash, forged) };
  hub.take(...blocks, forged, ...recordBlocks(south, 'after it', 4));
  expect(await desk.catchUp(hub)).toBe('caught up');
  await expect(run()).rejects.toMatchObject({ code: 'sync.signature-invalid', details: { position: 510 } });
  expect(await auditedSize(desk.database)).toBeLessThanOrEqual(510);
  await expect(run()).rejects.toMatchObject({ details: { position: 510 } });
});

test("an act whose author's signature does not hold is found inside an honest device's block", async () => {
  const honest = recordEvent(south, 'act');
  hub.take(
    ...recordBlocks(south, 'before', 2),
    south.desk.write(honest, { ...recordEvent(south, 'forged'), signature: altered(honest.signature, 9) }),
    ...recordBlocks(south, 'after', 1),
  );
  expect(await desk.catchUp(hub)).toBe('caught up');
  await expect(run()).rejects.toMatchObject({ code: 'sync.signature-invalid', details: { position: 2 } });
});

test('an audit that is told to stop goes on where it was', async () => {
  hub.take(...recordBlocks(south, 'block', 1100));
  await desk.catchUp(hub);
  const stop = new AbortController();
  await run({ signal: stop.signal, onProgress: () => stop.abort() });
  expect(await auditedSize(desk.database)).toBeLessThan(1100);
  await run();
  expect(await auditedSize(desk.database)).toBe(1100);
});
