import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHub } from '../../server/hub/hub-service.ts';
import type { SyncEngine } from '../../server/sync/engine.ts';
import type { EngineState } from '../../server/sync/engine-state.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { startEpoch } from '../../shared/ledger/admission.ts';
import type { SignedEvent } from '../../shared/ledger/event.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { HubBench } from '../hub/hub-bench.ts';
import { act, bytesFor, cosign, foundClinic, foundRegion, MORNING, type TestClinic } from '../support/ledger-builder.ts';
import { openEngine } from './desk-engine.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { type Place, recordEvent, TestDesk } from './test-desk.ts';

let north: TestClinic;
let bench: HubBench;
let desk: TestDesk;
let pool: VerifyPool;
let engine: SyncEngine;
let changed: () => void = () => undefined;

beforeEach(async () => {
  north = foundClinic('North');
  bench = await HubBench.open({ founder: north });
  const device = await bench.certify(north.desk.key, { secret: bench.founderSecret, founding: north.founding.bytes });
  desk = await TestDesk.open(north, bench.region);
  pool = new VerifyPool();
  engine = await engineAt({ address: `https://localhost:${bench.port}`, trust: { authority: bench.authority, device } });
});
afterEach(async () => {
  await engine.stop();
  await pool.close();
  await desk.close();
  await bench.close();
});

const engineAt = (hub: Place): Promise<SyncEngine> => openEngine(desk, { hub, pool, onChange: () => changed() });

/** Ends when the engine's state is so. */
const until = (holds: (state: EngineState) => boolean): Promise<EngineState> =>
  new Promise((resolve) => {
    changed = () => {
      if (holds(engine.state)) resolve(engine.state);
    };
    changed();
  });

const enrolStaff = (label: string) => {
  const { event, signature } = act(
    north,
    'staff.enrolled',
    { staff: bytesFor(label), role: 'nurse' },
    { signer: north.administrator },
  );
  return desk.ledger.commit({ events: [{ event, signature }] });
};

test('what is written goes to the hub, comes back in the ledger, is audited and witnessed', async () => {
  await enrolStaff('first');
  await enrolStaff('second');
  engine.start();
  const state = await until(({ connection, witnessedSize }) => connection === 'UP_TO_DATE' && witnessedSize === 2);
  expect(state).toMatchObject({
    replicaSize: 2,
    hubSize: 2,
    auditedSize: 2,
    pendingEvents: 0,
    problem: undefined,
    witnessesNeeded: 1,
  });
  expect(state.witnessedAt).toBeGreaterThan(0);
});

test('a hub that went away is offline with the next attempt named, and what was written meanwhile goes out when it is back', async () => {
  engine.start();
  await until(({ connection }) => connection === 'UP_TO_DATE');
  await bench.hub.close();
  await enrolStaff('offline');
  engine.wake();
  const offline = await until(({ connection }) => connection === 'OFFLINE');
  expect(offline.problem?.code).toBe('sync.hub-unreachable');
  expect(offline.nextAttempt).toBeGreaterThan(Date.now());
  bench.hub = await openHub(bench.folder);
  await bench.hub.start(bench.port, '127.0.0.1');
  engine.wake();
  const online = await until(({ connection, replicaSize }) => connection === 'UP_TO_DATE' && replicaSize === 1);
  expect(online).toMatchObject({ pendingEvents: 0, problem: undefined, nextAttempt: undefined });
});

/** A block of the desk's own device that its folder never made: a copy of the folder wrote it. */
async function writeFromCopy(...acts: SignedEvent[]): Promise<void> {
  const line = bench.line(await bench.certify(north.desk.key, { secret: bench.founderSecret, founding: north.founding.bytes }));
  const [result] = await bench.submit(line, north.desk.write(...acts));
  expect(result?.refusal).toBeNull();
}

test('a copy of the folder that wrote first stops nothing: what this one writes goes on in a new epoch', async () => {
  await enrolStaff('mine');
  await engine.once();
  north.desk.position = desk.ledger.next;
  await writeFromCopy(act(north, 'staff.enrolled', { staff: bytesFor('clone'), role: 'nurse' }, { signer: north.administrator }));
  desk.nextEpoch = bytesFor('new epoch', 8);
  await enrolStaff('mine too');
  await engine.once();
  expect(engine.state).toMatchObject({ connection: 'UP_TO_DATE', replicaSize: 3, pendingEvents: 0, problem: undefined });
  expect(desk.ledger.newEpoch?.why).toBe('ledger-ahead');
});

test('a copy that its clinic has retired stops for good, and says why; an administrator lets it go on', async () => {
  await enrolStaff('mine');
  await engine.once();
  const retired = desk.ledger.next;
  const body = { device: north.desk.key.publicKey, epoch: retired.epoch, height: 0, head: retired.previous };
  north.desk.position = startEpoch(bytesFor('copy', 8), retired.previous);
  await writeFromCopy(act(north, 'epoch.retired', body, { signer: north.administrator }));
  engine.start();
  const stopped = await until(({ connection }) => connection === 'STOPPED');
  expect(stopped.problem?.code).toBe('sync.epoch-retired');
  expect(stopped.nextAttempt).toBeUndefined();
  await expect(enrolStaff('after')).rejects.toMatchObject({ code: 'ledger.epoch-retired' });
  await engine.stop();
  desk.nextEpoch = bytesFor('let go on', 8);
  await desk.ledger.beginAnew();
  await enrolStaff('after');
  await engine.once();
  expect(engine.state).toMatchObject({ connection: 'UP_TO_DATE', replicaSize: 3, pendingEvents: 0, problem: undefined });
});

test('a signature that the audit finds false stops it too, and no later round takes that back', async () => {
  const south = foundClinic('South');
  const lying = await ScriptedHub.open(foundRegion('sync', [north, south]));
  lying.lies.Messages = () => ({ messages: [] });
  const honest = recordEvent(south, 'act');
  const signature = honest.signature.map((byte, at) => (at === 9 ? byte ^ 1 : byte));
  lying.take(south.desk.write({ ...honest, signature }));
  await desk.close();
  desk = await TestDesk.open(north, lying.region.region);
  engine = await engineAt(lying);
  engine.start();
  const caught = await until(({ connection }) => connection === 'STOPPED');
  expect(caught.problem?.code).toBe('sync.signature-invalid');
  await expect(engine.once()).rejects.toMatchObject({ code: 'sync.signature-invalid' });
  await engine.stop();
  expect(engine.state).toMatchObject({ connection: 'STOPPED', witnessedSize: 0 });
  expect(lying.asked).not.toContain('Cosign');
  await lying.close();
});

describe('in a ledger that goes on while witnesses sign', () => {
  let hub: ScriptedHub;
  let south: TestClinic;

  beforeEach(async () => {
    south = foundClinic('South');
    hub = await ScriptedHub.open(foundRegion('at work', [north, south]));
    await desk.close();
    desk = await TestDesk.open(north, hub.region.region);
    engine = await engineAt(hub);
  });
  afterEach(() => hub.close());

  /** The newest checkpoint with the line of a clinic, and one block more behind it. */
  const signed = (clinic: TestClinic, time: number, note = hub.note()): string => {
    hub.take(south.desk.write(recordEvent(south, `behind ${time}`)));
    return note + cosign(clinic, note, time);
  };

  test('a desk sees how far all have come together, though each has signed another checkpoint and none the newest', async () => {
    hub.take(south.desk.write(recordEvent(south, 'first')));
    const cosignedCheckpoints = [signed(north, MORNING / 1000 + 1), signed(south, MORNING / 1000 + 2)];
    hub.lies.CosignedCheckpoints = () => ({ cosignedCheckpoints });
    await engine.once().catch(() => undefined);
    expect(engine.state).toMatchObject({ replicaSize: 3, witnessedSize: 1, witnessedAt: MORNING + 1000 });
    expect(engine.cosigners, 'who has said something, and when last').toEqual([
      { who: north.id, time: MORNING / 1000 + 1 },
      { who: south.id, time: MORNING / 1000 + 2 },
    ]);
  });

  test('a hub that shows it what is no beginning of its ledger is caught', async () => {
    hub.take(south.desk.write(recordEvent(south, 'first')));
    const other = signed(north, MORNING / 1000, hub.note({ ...hub.head, root: bytesFor('the other face') }));
    hub.lies.CosignedCheckpoints = () => ({ cosignedCheckpoints: [other] });
    await expect(engine.once()).rejects.toMatchObject({ code: 'sync.split-view' });
    expect(engine.state).toMatchObject({ witnessedSize: 0 });
    expect(engine.state.alarms).toMatchObject([{ code: 'sync.split-view', stops: true, provable: true }]);
  });

  test('a checkpoint of more than is here waits, and what no witness has signed counts nothing', async () => {
    hub.take(south.desk.write(recordEvent(south, 'first')));
    const here = hub.note();
    const forged = `${here}${cosign({ ...south, cosignKey: north.cosignKey }, here)}`;
    const more = await ahead();
    hub.lies.CosignedCheckpoints = () => ({ cosignedCheckpoints: [forged, more, more] });
    hub.lies.Checkpoint = () => ({ checkpoint: here });
    await engine.once().catch(() => undefined);
    expect(engine.state).toMatchObject({ replicaSize: 1, witnessedSize: 0, alarms: [] });
  });

  const ahead = async (): Promise<string> => {
    hub.take(south.desk.write(recordEvent(south, 'ahead')));
    const note = hub.note();
    return note + cosign(north, note) + cosign(south, note);
  };

  test('trouble with the hub’s own disk, which one of an earlier version names as such, is no trouble with this one', async () => {
    hub.lies.Checkpoint = () => {
      throw new Failure('storage.row-altered', 'A row was altered on the disk.');
    };
    await expect(engine.once()).rejects.toMatchObject({ code: 'hub.store-away', retry: true });
    expect(engine.state.alarms).toEqual([]);
  });

  test('a hub of an earlier version does not say it, and nothing stops', async () => {
    hub.take(south.desk.write(recordEvent(south, 'second')));
    hub.lies.CosignedCheckpoints = () => {
      throw new Failure('graphql.operation-unknown', 'This hub answers no such operation.');
    };
    await engine.once().catch(() => undefined);
    await engine.once().catch(() => undefined);
    expect(engine.state).toMatchObject({ replicaSize: 1, witnessedSize: 0, alarms: [] });
    expect(hub.asked.filter((operation) => operation === 'CosignedCheckpoints')).toHaveLength(1);
  });
});
