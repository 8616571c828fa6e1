import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { genesisPage } from '../../server/ledger/fold.ts';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { progressOf } from '../../server/sync/clinic.store.ts';
import { unsettledBlocks } from '../../server/sync/clinic-writes.store.ts';
import type { LocalWrite } from '../../server/sync/gateway.ts';
import { loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { CompactRange } from '../../shared/ledger/merkle.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { recordKey, recordRow } from '../../shared/records/record-rules.ts';
import { act, bytesFor, foundClinic, foundRegion, hash, type TestClinic } from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordBlocks, recordEvent, TestDesk } from './test-desk.ts';

let north: TestClinic;
let south: TestClinic;
let hub: ScriptedHub;
let desk: TestDesk;

beforeEach(async () => {
  north = foundClinic('North');
  south = foundClinic('South');
  hub = await ScriptedHub.open(foundRegion('sync', [north, south]));
  desk = await TestDesk.open(north, hub.region.region);
});
afterEach(async () => {
  await desk.close();
  await hub.close();
});

const nameOf = (label: string, version = 1): Uint8Array => bytesFor(`${label} document ${version}`);

/** A record with its document, as the vault hands it over. */
function put(label: string, options = {}, clinic = north): LocalWrite {
  const { event, signature } = recordEvent(clinic, label, options);
  const { version = 1 } = options as { version?: number };
  const name = nameOf(label, version);
  const handle = bytesFor(`${clinic.label} handle`, 16);
  return {
    events: [{ event, signature, document: name }],
    documents: [{ name, handle, sealed: bytesFor(label), wrap: bytesFor('wrap') }],
  };
}

const waiting = async (): Promise<Uint8Array[]> => (await unsettledBlocks(desk.database.read)).map(({ bytes }) => bytes);
const progress = async (label: string, version = 1) =>
  (await progressOf(desk.database.read, [nameOf(label, version)])).get(toHex(nameOf(label, version)));
const versionHere = async (label: string): Promise<number | undefined> => {
  const key = recordKey(toHex(bytesFor('North handle', 16)), toHex(bytesFor(label, 16)));
  const row = (await loadOverlaid(desk.database.read, [key])).get(key);
  return row && decode(recordRow, row).version;
};

describe('an act of this desk', () => {
  test('counts here at once, before any hub has it', async () => {
    expect(await desk.ledger.commit(put('weight'))).toEqual([{ verdict: 'accepted', reason: undefined }]);
    expect(await versionHere('weight')).toBe(1);
    expect(await progress('weight')).toEqual({ position: null, accepted: false, reason: null });
  });

  test('is there after a restart, and the next one follows it', async () => {
    await desk.ledger.commit(put('weight'));
    await desk.restart();
    expect(await versionHere('weight')).toBe(1);
    await desk.ledger.commit(put('weight', { version: 2, previous: nameOf('weight') }));
    expect(await versionHere('weight')).toBe(2);
    hub.take(...(await waiting()));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(await waiting()).toEqual([]);
    expect(await progress('weight', 2)).toEqual({ position: 1, accepted: true, reason: null });
    expect(await versionHere('weight')).toBe(2);
  });

  test('that conflicts with another says so, here and in the ledger', async () => {
    await desk.ledger.commit(put('weight'));
    const [verdict] = await desk.ledger.commit({ ...put('weight', { version: 3, previous: nameOf('weight') }) });
    expect(verdict).toEqual({ verdict: 'disputed', reason: 'version-conflict' });
    hub.take(...(await waiting()));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(await progress('weight', 3)).toEqual({ position: 1, accepted: true, reason: 'version-conflict' });
  });

  test('is judged again when what came from the hub changed its ground', async () => {
    // The other clinic has used the handle first: it is the custodian.
    const [block] = recordBlocks(south, 'elsewhere', 1);
    await desk.ledger.commit(put('shared', {}, north));
    const foreign = act(
      south,
      'record.put',
      { record: bytesFor('theirs', 16), version: 1, previous: new Uint8Array(0), document: bytesFor('theirs') },
      { handle: bytesFor('North handle', 16), signer: south.administrator },
    );
    hub.take(block as Uint8Array, south.desk.write(foreign));
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(await progress('shared')).toEqual({ position: null, accepted: false, reason: 'not-the-custodian' });
    expect(await versionHere('shared')).toBeUndefined();
  });

  test('of many events settles as one block, each document at its event', async () => {
    const writes = ['a', 'b', 'c'].map((label) => put(label));
    await desk.ledger.commit({
      events: writes.flatMap(({ events }) => events ?? []),
      documents: writes.flatMap(({ documents }) => documents ?? []),
    });
    hub.take(...(await waiting()));
    expect(hub.blocks).toHaveLength(1);
    await desk.catchUp(hub);
    for (const label of ['a', 'b', 'c']) expect(await progress(label)).toEqual({ position: 0, accepted: true, reason: null });
  });
});

describe('the state root', () => {
  const page = () => ({
    ...genesisPage(hash, hub.region.region),
    head: {
      size: STATE_INTERVAL,
      effects: bytesFor('effects'),
      range: new CompactRange(hash, STATE_INTERVAL, [bytesFor('node')]),
    },
  });

  test('is recomputed when a page reaches its size, and kept', async () => {
    const head = await desk.ledger.apply(page());
    expect(head.state?.size).toBe(STATE_INTERVAL);
    expect((await readHead(desk.database.read, hash))?.state).toEqual({
      size: STATE_INTERVAL,
      root: Buffer.from(head.state?.root ?? []),
    });
    const same = await desk.ledger.apply({ ...page(), head: { ...page().head, state: undefined } }, [], head.state);
    expect(same.state).toEqual(head.state);
  });

  test('that the hub signed otherwise is refused, and nothing of the page stays', async () => {
    await expect(desk.ledger.apply(page(), [], { size: STATE_INTERVAL, root: bytesFor('another state') })).rejects.toMatchObject({
      code: 'sync.state-mismatch',
    });
    expect((await readHead(desk.database.read, hash))?.size).toBe(0);
  });

  test('of an older size than the signed one is passed over', async () => {
    const head = await desk.ledger.apply(page(), [], { size: 2 * STATE_INTERVAL, root: bytesFor('a later state') });
    expect(head.state).toBeUndefined();
  });
});
