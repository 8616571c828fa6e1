/** Two processes of a hub on one database: an administrator whom the one answers hears what is wrong at the other, and that it is gone. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { announceRestored } from '../../../server/hub/backup/hub-backup.ts';
import { actAtHub, hubStatus } from '../../../server/hub/commands/fleet-administration.ts';
import { sign } from '../../../server/vault/primitives.ts';
import { toBase64 } from '../../../shared/encoding/bytes.ts';
import { signAsk } from '../../../shared/fleet/administration.ts';
import type { HubTroubleAnswer } from '../../../shared/sync/fleet-answer.ts';
import { act, signingKeyFor } from '../../support/ledger-builder.ts';
import { TestStore } from '../../support/s3-server.ts';
import { HubBench, type Line } from '../hub-bench.ts';
import { type HubProcess, serveInProcess } from '../hub-process.ts';

const operator = signingKeyFor('hub administrator');
/** Longer than a process may be unheard. */
const A_WHILE_MS = 31_000;
const A_DAY_MS = 24 * 3_600_000;
const WAITING = { timeout: 50_000 };

let now = Date.now();
let store: TestStore;
let bench: HubBench;
let north: Line;
let folder: string;
let second: HubProcess;

/** By the first process. */
const troubles = async (): Promise<HubTroubleAnswer[]> => {
  const ask = signAsk({ region: bench.region.id, time: now, author: operator.publicKey }, (message) => sign(operator, message));
  return (await north.ask<{ hubTroubles: HubTroubleAnswer[] }>('HubTroubles', { ask: toBase64(ask) })).hubTroubles;
};
const told = async (): Promise<string[]> => (await troubles()).map(({ process, store, code }) => `${process} ${store} ${code}`);
const startSecond = (): Promise<HubProcess> =>
  serveInProcess(folder, 0, undefined, {
    CARELEDGER_HUB_PROCESS: 'hub-2',
    CARELEDGER_HUB_DOCUMENTS: store.place.address,
    CARELEDGER_HUB_DOCUMENTS_REGION: store.place.region,
    CARELEDGER_HUB_DOCUMENTS_KEYS: join(folder, 'store-keys'),
  });

beforeAll(async () => {
  store = await TestStore.open();
  bench = await HubBench.open({ clock: () => now });
  north = await bench.join(bench.founder);
  const { founder } = bench;
  const enrolled = { staff: operator.publicKey, role: 'hub-administrator' };
  await bench.submit(north, founder.desk.write(act(founder, 'staff.enrolled', enrolled, { signer: founder.administrator })));
  const named = { kind: 'administrator', subject: operator.publicKey, isSet: true, reason: 'not-said' } as const;
  await actAtHub(bench.folder, named, () => now);
  folder = await bench.fellowFolder();
  await writeFile(join(folder, 'store-keys'), `${store.place.accessKeyId}\n${store.place.secretAccessKey}\n`);
});
afterAll(async () => {
  await second.end('SIGKILL');
  await bench.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

test('what is wrong at one process is told by the other with its name and since when, until it is over', async () => {
  second = await startSecond();
  expect(await told()).toEqual([]);
  await second.end('SIGTERM');
  store.fault = 'away';
  second = await startSecond();
  await expect.poll(told, WAITING).toEqual(['hub-2 documents relay.store-away']);
  const [trouble] = await troubles();
  expect(Math.abs((trouble?.since ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(await hubStatus(bench.folder, () => now)).toMatchObject({
    processes: [{ name: 'hub-2', troubles: [{ store: 'documents', code: 'relay.store-away' }] }, { troubles: [] }],
  });
  store.fault = 'none';
  await expect.poll(told, WAITING).toEqual([]);
});

test('a process that was killed is missed until it is back, one that was stopped is not, and clocks that differ miss nobody', async () => {
  now += 3 * A_WHILE_MS;
  await expect.poll(told, WAITING).toEqual([]);
  await second.end('SIGKILL');
  await told();
  now += A_WHILE_MS;
  expect(await told()).toEqual(['hub-2 process hub.process-missing']);
  second = await startSecond();
  await expect.poll(told, WAITING).toEqual([]);
  await second.end('SIGTERM');
  now += A_WHILE_MS;
  expect(await told()).toEqual([]);
});

test('one that was killed for good is forgotten after a day', async () => {
  second = await startSecond();
  expect(await told()).toEqual([]);
  await second.end('SIGKILL');
  await told();
  now += A_DAY_MS - A_WHILE_MS;
  expect(await told()).toEqual(['hub-2 process hub.process-missing']);
  now += 2 * A_WHILE_MS;
  expect(await told()).toEqual([]);
  expect((await hubStatus(bench.folder, () => now)).processes).toHaveLength(1);
});

test('a hub that was restored says at each of its processes that it orders nothing yet', async () => {
  await bench.hub.close();
  await announceRestored(bench.folder, now);
  await bench.restart();
  north = bench.again(north);
  second = await startSecond();
  await expect
    .poll(told, WAITING)
    .toEqual([expect.stringMatching(/^\S+ ledger hub\.recovering$/), 'hub-2 ledger hub.recovering']);
});
