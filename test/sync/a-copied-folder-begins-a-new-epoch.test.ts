/** A data folder that was copied, restored or put back: what it goes on with, and what becomes of what it and its copy have written. */
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { progressOf } from '../../server/sync/clinic.store.ts';
import { unsettledBlocks } from '../../server/sync/clinic-writes.store.ts';
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { recordKey } from '../../shared/records/record-rules.ts';
import { bytesFor, foundClinic, foundRegion, hash, type TestClinic } from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordEvent, TestDesk } from './test-desk.ts';

let north: TestClinic;
let hub: ScriptedHub;
let desk: TestDesk;
const opened: TestDesk[] = [];

beforeEach(async () => {
  north = foundClinic('North');
  hub = await ScriptedHub.open(foundRegion('sync', [north]));
  desk = await begin();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await hub.close();
});

async function begin(folder?: string): Promise<TestDesk> {
  const begun = await TestDesk.open(north, hub.region.region, folder);
  opened.push(begun);
  return begun;
}

/** The same data on another machine, or put back beside it. */
async function copyOf(original: TestDesk, epoch = 'copied'): Promise<TestDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'careledger-copy-'));
  await cp(original.folder, folder, { recursive: true });
  const copy = await TestDesk.open(north, hub.region.region, folder, { nextEpoch: bytesFor(`${epoch} epoch`, 8) });
  opened.push(copy);
  return copy;
}

const nameOf = (label: string): Uint8Array => bytesFor(`${label} document 1`);
function put(label: string): LocalWrite {
  const { event, signature } = recordEvent(north, label);
  const handle = bytesFor('North handle', 16);
  return {
    events: [{ event, signature, document: nameOf(label) }],
    documents: [{ name: nameOf(label), handle, sealed: bytesFor(label), wrap: bytesFor('wrap') }],
  };
}

const waiting = async (at: TestDesk): Promise<Uint8Array[]> =>
  (await unsettledBlocks(at.database.read)).map(({ bytes }) => bytes);
const epochOf = (at: TestDesk): string => toHex(at.ledger.next.epoch);
const first = (): string => toHex(north.desk.position.epoch);
/** Sends what waits, as the engine would, to a hub that keeps what it has. */
async function send(at: TestDesk): Promise<void> {
  const known = new Set(hub.blocks.map((block) => toHex(blockHash(hash, block))));
  hub.take(...(await waiting(at)).filter((block) => !known.has(toHex(blockHash(hash, block)))));
}
const isHere = async (at: TestDesk, label: string): Promise<boolean> => {
  const key = recordKey(toHex(bytesFor('North handle', 16)), toHex(bytesFor(label, 16)));
  return (await loadOverlaid(at.database.read, [key])).get(key) !== undefined;
};
const placeOf = async (at: TestDesk, label: string) =>
  (await progressOf(at.database.read, [nameOf(label)])).get(toHex(nameOf(label)))?.position;
/** How often the ledger holds the act about `label`. */
const timesInLedger = (label: string): number => {
  const act = toHex(recordEvent(north, label).event);
  return hub.blocks.flatMap((block) => openBlock(block).block.events).filter(({ event }) => toHex(event) === act).length;
};

describe('a folder', () => {
  test('that goes on where it stopped stays in its epoch', async () => {
    await desk.ledger.commit(put('one'));
    await desk.restart();
    expect(epochOf(desk)).toBe(first());
    expect(desk.ledger.newEpoch).toBeUndefined();
  });

  test('of which this machine knows nothing goes on in a new epoch that names the last block it knows', async () => {
    await desk.ledger.commit(put('one'));
    const [last] = await waiting(desk);
    const copy = await copyOf(desk);
    expect(copy.ledger.newEpoch?.why).toBe('unknown-here');
    await copy.ledger.commit(put('two'));
    const { block } = openBlock((await waiting(copy))[1] as Uint8Array);
    expect([toHex(block.epoch), block.height]).toEqual([toHex(bytesFor('copied epoch', 8)), 0]);
    expect(toHex(block.previous)).toBe(toHex(blockHash(hash, last as Uint8Array)));
  });

  test('that was put back to an earlier state goes on in a new epoch, with no hub in reach', async () => {
    await desk.ledger.commit(put('one'));
    const earlier = await mkdtemp(join(tmpdir(), 'careledger-backup-'));
    await desk.database.close();
    await cp(desk.folder, earlier, { recursive: true });
    await desk.restart();
    await desk.ledger.commit(put('lost'));
    await desk.database.close();
    await cp(earlier, desk.folder, { recursive: true });
    desk.nextEpoch = bytesFor('restored epoch', 8);
    await desk.restart();
    expect(desk.ledger.newEpoch?.why).toBe('out-of-step');
    await desk.ledger.commit(put('two'));
    await desk.restart();
    expect(epochOf(desk)).toBe(toHex(bytesFor('restored epoch', 8)));
  });

  test('whose act the rules refuse has signed nothing: the mark stays', async () => {
    await desk.ledger.commit(put('one'));
    const { mark } = desk.continuity;
    const event = recordEvent(north, 'two');
    await expect(desk.ledger.commit({ events: [{ ...event, event: event.event.slice(0, 40) }] })).rejects.toThrow();
    expect(desk.continuity.mark).toEqual(mark);
    await desk.restart();
    expect(epochOf(desk)).toBe(first());
  });

  test('writes nothing when its mark cannot be moved', async () => {
    await desk.ledger.commit(put('one'));
    desk.continuity.advance = () => Promise.reject(new Error('disk full'));
    await expect(desk.ledger.commit(put('two'))).rejects.toThrow('disk full');
    expect(await waiting(desk)).toHaveLength(1);
  });
});

describe('a restored folder that meets the ledger', () => {
  test('takes in what it had written after, and its acts that wait are there once', async () => {
    await desk.ledger.commit(put('one'));
    const restored = await copyOf(desk);
    await desk.ledger.commit(put('lost'));
    await send(desk);
    expect(await restored.catchUp(hub)).toBe('caught up');
    expect(await isHere(restored, 'lost')).toBe(true);
    expect(await placeOf(restored, 'one')).toBe(0);
    expect(await waiting(restored)).toEqual([]);
    await restored.ledger.commit(put('two'));
    await send(restored);
    expect(await restored.catchUp(hub)).toBe('caught up');
    expect(['one', 'lost', 'two'].map(timesInLedger)).toEqual([1, 1, 1]);
  });

  test('in which nobody noticed the copy moves what waits into a new epoch, each act once', async () => {
    // The whole machine was put back, with its mark: nothing on it can tell.
    await desk.ledger.commit(put('one'));
    const twin = await copyOf(desk);
    twin.continuity.mark = desk.continuity.mark;
    twin.nextEpoch = undefined;
    await twin.restart();
    twin.nextEpoch = bytesFor('twin epoch', 8);
    expect(epochOf(twin)).toBe(first());
    await desk.ledger.commit(put('here'));
    await twin.ledger.commit(put('there'));
    await send(desk);
    expect(await twin.catchUp(hub)).toBe('caught up');
    expect(twin.ledger.newEpoch?.why).toBe('ledger-ahead');
    const { block } = openBlock((await waiting(twin))[0] as Uint8Array);
    expect([toHex(block.epoch), block.height]).toEqual([toHex(bytesFor('twin epoch', 8)), 0]);
    await send(twin);
    for (const each of [twin, desk]) expect(await each.catchUp(hub)).toBe('caught up');
    expect(['one', 'here', 'there'].map(timesInLedger)).toEqual([1, 1, 1]);
    expect(await Promise.all([twin, desk].map((each) => placeOf(each, 'there')))).toEqual([2, undefined]);
    await twin.restart();
    expect(epochOf(twin)).toBe(toHex(bytesFor('twin epoch', 8)));
  });

  test('never brings an act twice that its copy has brought already', async () => {
    await desk.ledger.commit(put('one'));
    const twin = await copyOf(desk);
    twin.continuity.mark = desk.continuity.mark;
    twin.nextEpoch = undefined;
    await twin.restart();
    await twin.ledger.commit(put('there'));
    // A copy of the twin, before it learns that it is one.
    const third = await copyOf(twin, 'third');
    await desk.ledger.commit(put('here'));
    await send(desk);
    twin.nextEpoch = bytesFor('twin epoch', 8);
    await twin.catchUp(hub);
    await send(twin);
    expect(await third.catchUp(hub)).toBe('caught up');
    expect(await waiting(third)).toEqual([]);
    expect(timesInLedger('there')).toBe(1);
    expect(await placeOf(third, 'there')).toBe(2);
  });

  test('whose epoch the hub has closed goes on in a new one', async () => {
    await desk.ledger.commit(put('one'));
    await desk.ledger.commit(put('two'));
    desk.nextEpoch = bytesFor('anew', 8);
    await desk.ledger.beginAnew();
    const blocks = (await waiting(desk)).map((block) => openBlock(block).block);
    expect(blocks.map(({ epoch, height }) => [toHex(epoch), height])).toEqual([
      [toHex(bytesFor('anew', 8)), 0],
      [toHex(bytesFor('anew', 8)), 1],
    ]);
    await desk.restart();
    expect(epochOf(desk)).toBe(toHex(bytesFor('anew', 8)));
    await send(desk);
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect([await placeOf(desk, 'one'), await placeOf(desk, 'two')]).toEqual([0, 1]);
  });
});
