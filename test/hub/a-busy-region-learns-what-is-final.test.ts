/**
 * Four clinics witness while a fifth writes without a pause, at a hub in a process of its own; on PostgreSQL at two, of which one orders
 * and both answer. Each of the four has signed another checkpoint, and the newest never has anybody's line.
 */
import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncEngine } from '../../server/sync/engine.ts';
import { COSIGN_EVERY } from '../../server/sync/witness/cosigning.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { receiptAt } from '../../server/workstation/device/receipts.ts';
import { type Checkpoint, claimedHead } from '../../shared/ledger/checkpoint.ts';
import { verifyReceipt } from '../../shared/ledger/receipt.ts';
import { act, bytesFor, foundClinic, hash, type TestClinic } from '../support/ledger-builder.ts';
import { openEngine } from '../sync/desk-engine.ts';
import { type Place, TestDesk } from '../sync/test-desk.ts';
import { HubBench, Line } from './hub-bench.ts';
import { type HubProcess, serveInProcess } from './hub-process.ts';

const isOnPostgresql = process.env.HUB_STORE === 'postgresql';
/** Of every desk, in turn. Two show it where a hub is one process; where it is two, words between them are on their way meanwhile. */
const ROUNDS = isOnPostgresql ? 6 : 2;

let bench: HubBench;
let folders: string[];
let processes: HubProcess[];
let writer: Line;
let desks: TestDesk[];
let engines: SyncEngine[];
let pool: VerifyPool;
let writing: TestClinic;
let written = 0;
/** Witnesses sign each ten seconds, which pass between their rounds. */
let now = Date.now();

beforeEach(async () => {
  written = 0;
  writing = foundClinic('Writing');
  const witnesses = ['North', 'East', 'South', 'West'].map((name) => foundClinic(name));
  bench = await HubBench.open({ founder: writing, others: witnesses });
  const keys = (await bench.join(writing)).agent.options as { key: string; cert: string };
  const devices: NonNullable<Place['trust']['device']>[] = [];
  for (const { desk, founding } of witnesses)
    devices.push(await bench.certify(desk.key, { secret: await bench.invite(), founding: founding.bytes }));
  await bench.hub.close();
  folders = isOnPostgresql ? [bench.folder, await bench.fellowFolder()] : [bench.folder];
  processes = await Promise.all(folders.map((folder) => serveInProcess(folder)));
  writer = new Line((processes[0] as HubProcess).port, bench.authority, { privateKey: keys.key, certificate: keys.cert });
  pool = new VerifyPool(1);
  desks = await Promise.all(witnesses.map((clinic) => TestDesk.open(clinic, bench.region)));
  engines = await Promise.all(
    desks.map((desk, at) => {
      const { port } = processes[at % processes.length] as HubProcess;
      return openEngine(desk, {
        hub: {
          address: `https://localhost:${port}`,
          trust: { authority: bench.authority, device: devices[at] },
        },
        pool,
        clock: () => now,
      });
    }),
  );
});

afterEach(async () => {
  writer.close();
  await Promise.all(engines.map((engine) => engine.stop()));
  await pool.close();
  await Promise.all(desks.map((desk) => desk.close()));
  await Promise.all(processes.map((each) => each.end('SIGTERM')));
  await Promise.all(folders.slice(1).map((folder) => rm(folder, { recursive: true, force: true })));
  await bench.close();
});

/** One block more. */
async function write(): Promise<void> {
  now += COSIGN_EVERY / desks.length;
  written += 1;
  const block = writing.desk.write(act(writing, 'access.sealed', { root: bytesFor(`root ${written}`), count: written }));
  const [result] = await bench.submit(writer, block);
  expect(result?.refusal).toBeNull();
}

test('each desk sees within a few rounds that what was written is final, though the ledger has gone on since', async () => {
  await write();
  const begun = written;
  const isFinal = () => engines.every(({ state }) => state.witnessedSize >= begun);
  for (let round = 0; round < ROUNDS && !isFinal(); round++)
    for (const engine of engines) {
      await write();
      await engine.once();
    }
  expect(engines.map(({ state }) => state.witnessedSize >= begun)).toEqual([true, true, true, true]);
  await write();
  expect((await bench.checkpoint(writer)).note, 'of the newest nobody has said anything yet').not.toMatch('careledger/witness');
});

test('a quorum comes together on one checkpoint, each time anew, though the newest is always another', async () => {
  const largest: number[] = [];
  for (let round = 0; round < 3 * ROUNDS; round++) {
    for (const engine of engines) {
      await write();
      await engine.once();
    }
    largest.push(...(await agreed()));
  }
  expect(new Set(largest).size, `agreed on ${largest.join(', ')}`).toBeGreaterThanOrEqual(2);
  // Whoever gets a receipt has no ledger to see what else the witnesses have signed.
  for (const [at, { database }] of desks.entries()) {
    const { checkpoint } = engines[at] as SyncEngine;
    const ground = { read: database.read, region: bench.region, checkpoint: checkpoint as Checkpoint };
    const receipt = verifyReceipt(hash, verifySignature, JSON.parse(await receiptAt(ground, { position: 0, event: 0 })));
    expect(receipt).toMatchObject({ witnessed: true, witnessesFound: 4 });
    const newest = verifyReceipt(
      hash,
      verifySignature,
      JSON.parse(await receiptAt(ground, { position: (checkpoint?.size ?? 0) - 1, event: 0 })),
    );
    expect(newest.checkpoint.size, 'what no quorum has come to yet stands under the newest').toBe(checkpoint?.size);
  }
});

/** Sizes of the checkpoints that the hub shows with the lines of a quorum, four of the five witnesses. */
async function agreed(): Promise<number[]> {
  const { cosignedCheckpoints } = await writer.ask<{ cosignedCheckpoints: string[] }>('CosignedCheckpoints');
  return cosignedCheckpoints.flatMap((note) => (note.split('careledger/witness').length > 4 ? [claimedHead(note).size] : []));
}
