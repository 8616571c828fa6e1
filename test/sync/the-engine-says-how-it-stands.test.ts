import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHub } from '../../server/hub/hub-service.ts';
import { type EngineState, SyncEngine } from '../../server/sync/engine.ts';
import { sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { HubBench } from '../hub/hub-bench.ts';
import { act, bytesFor, everyRule, foundClinic, foundRegion, hash, type TestClinic } from '../support/ledger-builder.ts';
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
  engine = await openEngine({ address: `https://localhost:${bench.port}`, trust: { authority: bench.authority, device } });
});
afterEach(async () => {
  await engine.stop();
  await pool.close();
  await desk.close();
  await bench.close();
});

function openEngine(hub: Place): Promise<SyncEngine> {
  const { database, ledger, region } = desk;
  return SyncEngine.open({
    database,
    ledger,
    region,
    hub,
    chain: north.chain,
    device: north.desk.key.publicKey,
    hash,
    verify,
    rules: everyRule,
    pool,
    cosigner: { key: north.cosignKey.publicKey, sign: (message) => sign(north.cosignKey, message) },
    clock: Date.now,
    admissionRequest: async () => undefined,
    onChange: () => changed(),
    onArrived: () => undefined,
    onFolded: () => undefined,
  });
}

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

test('a hub that is caught stops the engine for good, and says why', async () => {
  await enrolStaff('mine');
  engine.start();
  await until(({ replicaSize, connection }) => replicaSize === 1 && connection === 'UP_TO_DATE');
  await engine.stop();
  // The same device writes from a copy of its folder: the ledger then holds a block that this folder never made.
  const line = bench.line(await bench.certify(north.desk.key, { secret: bench.founderSecret, founding: north.founding.bytes }));
  north.desk.position = desk.ledger.next;
  const clone = act(north, 'staff.enrolled', { staff: bytesFor('clone'), role: 'nurse' }, { signer: north.administrator });
  const [result] = await bench.submit(line, north.desk.write(clone));
  expect(result?.refusal).toBeNull();
  engine.start();
  const stopped = await until(({ connection }) => connection === 'STOPPED');
  expect(stopped.problem?.code).toBe('sync.own-block-unknown');
  expect(stopped.replicaSize).toBe(1);
  expect(stopped.nextAttempt).toBeUndefined();
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
  engine = await openEngine(lying);
  engine.start();
  const caught = await until(({ connection }) => connection === 'STOPPED');
  expect(caught.problem?.code).toBe('sync.signature-invalid');
  await expect(engine.once()).rejects.toMatchObject({ code: 'sync.signature-invalid' });
  await engine.stop();
  expect(engine.state).toMatchObject({ connection: 'STOPPED', witnessedSize: 0 });
  expect(lying.asked).not.toContain('Cosign');
  await lying.close();
});
