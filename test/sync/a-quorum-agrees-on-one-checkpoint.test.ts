/** Which checkpoint a witness signs, beside a hub that shows it whatever it likes of what the others have signed. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncEngine } from '../../server/sync/engine.ts';
import { COSIGN_EVERY } from '../../server/sync/witness/cosigning.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { MAX_WITNESSES } from '../../shared/ledger/founding.ts';
import { bytesFor, cosign, foundClinic, foundRegion, MORNING, type TestClinic } from '../support/ledger-builder.ts';
import { openEngine } from './desk-engine.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordEvent, TestDesk } from './test-desk.ts';

let north: TestClinic;
let south: TestClinic;
let east: TestClinic;
let west: TestClinic;
let hub: ScriptedHub;
let desk: TestDesk;
let pool: VerifyPool;
let engine: SyncEngine;
let now: number;
/** Sizes of the checkpoints that the desk of North has signed. */
let sizes: number[];
/** What the hub shows of the witnesses. */
let shown: unknown[];

beforeEach(async () => {
  [north, south, east, west] = ['North', 'South', 'East', 'West'].map((label) => foundClinic(label)) as [
    TestClinic,
    TestClinic,
    TestClinic,
    TestClinic,
  ];
  hub = await ScriptedHub.open(foundRegion('at work', [north, south, east, west]));
  [now, sizes, shown] = [MORNING, [], []];
  hub.lies.Messages = () => ({ messages: [] });
  hub.lies.CosignedCheckpoints = () => ({ cosignedCheckpoints: shown });
  hub.lies.Cosign = ({ size }) => {
    sizes.push(size);
    return { cosign: hub.note() };
  };
  desk = await TestDesk.open(north, hub.region.region);
  pool = new VerifyPool(1);
  engine = await openEngine(desk, { hub, pool, clock: () => now });
});
afterEach(async () => {
  await engine.stop();
  await pool.close();
  await desk.close();
  await hub.close();
});

let written = 0;
const write = (): void => {
  written += 1;
  hub.take(south.desk.write(recordEvent(south, `act ${written}`)));
};
/** The hub's newest checkpoint with the lines of these, and one block more behind it. */
const signedBy = (witnesses: readonly TestClinic[], note = hub.note()): string => {
  write();
  return note + witnesses.map((clinic) => cosign(clinic, note, MORNING / 1000)).join('');
};
/** A round, as long after the last as a witness signs again. */
async function round(after = COSIGN_EVERY): Promise<string | undefined> {
  now += after;
  try {
    await engine.once();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

describe('a witness', () => {
  test('signs what another has signed before what is newest, and the newest when a quorum has come together', async () => {
    write();
    shown = [signedBy([south])];
    expect(await round()).toBeUndefined();
    expect(sizes).toEqual([1]);
    shown = [signedBy([south, east, north], hub.note())];
    expect(await round()).toBeUndefined();
    expect(sizes).toEqual([1, 3]);
  });

  test('waits for the others to sign what it has signed, but not for ever', async () => {
    write();
    await round();
    expect(sizes).toEqual([1]);
    shown = [signedBy([north])];
    await round();
    await round();
    expect(sizes, 'the others are still to come').toEqual([1]);
    await round();
    expect(sizes, 'nobody came').toEqual([1, 2]);
  });

  test('follows whoever has signed more, as that one can sign no less', async () => {
    write();
    const few = signedBy([south, west]);
    const more = signedBy([east]);
    shown = [few, more];
    await round();
    expect(sizes).toEqual([2]);
  });
});

describe('a hub that shows', () => {
  test('an old word again and again has it sign nothing that it has gone beyond', async () => {
    write();
    const old = signedBy([south]);
    await round();
    expect(sizes).toEqual([2]);
    shown = [old];
    write();
    await round();
    expect(sizes).toEqual([2, 3]);
  });

  test('other effects of the rules at a size of before, with the line of a witness that lies along, gets no signature for them', async () => {
    write();
    shown = [signedBy([south], hub.note({ ...hub.head, effects: bytesFor('effects that no rule has') }))];
    await round();
    expect(sizes).toEqual([2]);
  });

  test('another state, or a state where none is due, gets no signature for it either', async () => {
    write();
    shown = [signedBy([south], hub.note({ ...hub.head, state: { size: 0, root: bytesFor('a state') } }))];
    await round();
    expect(sizes).not.toContain(1);
  });

  test('another ledger of that size is caught, and nothing is signed', async () => {
    write();
    shown = [signedBy([south], hub.note({ ...hub.head, root: bytesFor('the other face') }))];
    expect(await round()).toBe('sync.split-view');
    expect(sizes).toEqual([]);
  });

  test('a line of somebody who is no witness, or under the key of another, counts for nobody', async () => {
    write();
    const stranger = foundClinic('Stranger');
    shown = [signedBy([stranger, { ...south, cosignKey: east.cosignKey }])];
    await round();
    expect(engine.state.witnessedSize).toBe(0);
    // Nobody has signed it, so it is what it is without their lines.
    expect(engine.cosigners).toEqual([]);
  });

  test('more checkpoints than there can be witnesses is read no further', async () => {
    write();
    const note = hub.note();
    const lines = [south, east, west].map((clinic) => cosign(clinic, note, MORNING / 1000)).join('');
    write();
    shown = [...Array.from({ length: MAX_WITNESSES }, () => note), note + lines];
    await round();
    expect(engine.state.witnessedSize).toBe(0);
  });

  test.each([[[null]], [[7]], [[{}]], [['']], [['no note']], [{ length: 3 }]])(
    '%j in the place of checkpoints is named as an answer that is none, and harms nothing',
    async (nonsense) => {
      write();
      await round();
      shown = nonsense as unknown[];
      write();
      const code = await round();
      expect(code ?? 'passed over').toMatch(/^(?:passed over|sync\.|ledger\.|encoding\.)/);
      shown = [];
      expect(engine.state.replicaSize).toBe(2);
    },
  );
});
