/**
 * A witness's folder is put back to an earlier moment, or copied to another machine. It has forgotten what it cosigned since, and a
 * lying hub shows it a fork of that. Its key must not cosign both.
 */
import { cpSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryOf } from '../../server/sync/witness/cosign-mark.ts';
import {
  bytesFor,
  cosign,
  foundClinic,
  foundRegion,
  type TestClinic,
  TestDevice,
  type TestRegion,
} from '../support/ledger-builder.ts';
import type { MemoryCosignMark } from '../support/memory-continuity.ts';
import { recordBlocks } from '../sync/test-desk.ts';
import { CaughtDesk } from './caught-desk.ts';
import { History, MaliciousHub } from './malicious-hub.ts';

let north: TestClinic;
let others: TestClinic[];
let region: TestRegion;
let hub: MaliciousHub;
let desk: CaughtDesk;
let restored: CaughtDesk | undefined;
/** The folder as it was when it had cosigned three blocks; it went on to five. */
let earlier: string;
/** Sizes that were cosigned, in order. */
let signed: number[];
let honest: Uint8Array[];
let fork: Uint8Array[];

beforeEach(async () => {
  const [first, ...rest] = ['North', 'South', 'East', 'West'].map((label) => foundClinic(label));
  [north, others] = [first as TestClinic, rest];
  region = foundRegion('witnesses', [north, ...others]);
  hub = await MaliciousHub.open(region);
  signed = [];
  hub.lies.Cosign = ({ size }) => {
    signed.push(size);
    return { cosign: hub.note() };
  };
  const [south] = others as [TestClinic];
  honest = recordBlocks(south, 'south', 5);
  const copied = new TestDevice(south.chain, south.desk.key, bytesFor('fork epoch', 8));
  fork = [...honest.slice(0, 3), ...recordBlocks(south, 'fork', 3, copied)];
  hub.history.take(...honest.slice(0, 3));
  desk = await CaughtDesk.open(hub, north);
  expect(await desk.round()).toBe('synced');
  earlier = await mkdtemp(join(tmpdir(), 'careledger-witness-'));
  cpSync(desk.desk.folder, earlier, { recursive: true });
  hub.history.take(...honest.slice(3));
  desk.now += 60_000;
  expect(await desk.round()).toBe('synced');
  expect([...new Set(signed)]).toEqual([3, 5]);
}, 60_000);
afterEach(async () => {
  await restored?.close();
  restored = undefined;
  await desk?.close();
  await hub?.close();
});

async function open(mark?: MemoryCosignMark): Promise<CaughtDesk> {
  restored = await CaughtDesk.open(hub, north, earlier, mark);
  restored.now = desk.now + 3_600_000;
  return restored;
}
const show = (blocks: readonly Uint8Array[]): void => {
  hub.history = new History(region, blocks);
  hub.lines = [];
};
/** So many of the others cosign what the hub shows. */
const cosignedBy = (count: number): void => {
  const note = hub.note();
  hub.lines = others.slice(0, count).map((clinic) => cosign(clinic, note));
};

test('on another machine it cosigns nothing, until the quorum has cosigned it without this witness', async () => {
  show(fork);
  const witness = await open();
  expect(await witness.round()).toBe('synced');
  expect(witness.engine.state.witnessWaits).toBe(true);
  cosignedBy(2);
  expect(await witness.round()).toBe('synced');
  expect([...new Set(signed)]).toEqual([3, 5]);
  cosignedBy(3);
  expect(await witness.round()).toBe('synced');
  witness.now += 3_600_000;
  expect(await witness.round()).toBe('synced');
  expect(witness.engine.state.witnessWaits).toBe(false);
  expect([...new Set(signed)]).toEqual([3, 5, 6]);
}, 60_000);

test('on the true ledger it goes on once the others have cosigned, and from then on as before', async () => {
  const witness = await open();
  cosignedBy(3);
  await witness.round();
  hub.history.take(...recordBlocks(others[1] as TestClinic, 'east', 1));
  hub.lines = [];
  witness.now += 60_000;
  expect(await witness.round()).toBe('synced');
  expect([...new Set(signed)]).toEqual([3, 5, 6]);
}, 60_000);

test('on its own machine it knows, and catches the hub', async () => {
  show(fork);
  const witness = await open(desk.mark);
  cosignedBy(3);
  expect(await witness.round()).toBe('sync.cosigned-otherwise');
  expect([...new Set(signed)]).toEqual([3, 5]);
}, 60_000);

test('on its own machine it goes on with the true ledger by itself', async () => {
  hub.history.take(...recordBlocks(others[1] as TestClinic, 'east', 1));
  const witness = await open(desk.mark);
  expect(await witness.round()).toBe('synced');
  expect([...new Set(signed)]).toEqual([3, 5, 6]);
}, 60_000);

test('what a folder and its mark say together', () => {
  const [three, five] = [3, 5].map((size) => ({ size, root: bytesFor(`${size}`) })) as [never, never];
  const other = { size: 5, root: bytesFor('another') };
  expect(memoryOf(undefined, undefined, false)).toEqual({ knows: true, newest: undefined });
  expect(memoryOf(undefined, undefined, true)).toEqual({ knows: false });
  expect(memoryOf(three, undefined, false)).toEqual({ knows: false });
  expect(memoryOf(three, five, true)).toEqual({ knows: true, newest: five });
  expect(memoryOf(five, five, false)).toEqual({ knows: true, newest: five });
  expect(memoryOf(five, three, false)).toEqual({ knows: false });
  expect(memoryOf(other, five, false)).toEqual({ knows: false });
});
