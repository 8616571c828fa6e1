import { hostname } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { announceRestored, goOnWithout } from '../../server/hub/backup/hub-backup.ts';
import { actAtHub, hubStatus } from '../../server/hub/commands/fleet-administration.ts';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { S3Documents } from '../../server/hub/relay/document-store.ts';
import { sign } from '../../server/vault/primitives.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import { signAsk } from '../../shared/fleet/administration.ts';
import type { HubTroubleAnswer } from '../../shared/sync/fleet-answer.ts';
import { act, bytesFor, signingKeyFor } from '../support/ledger-builder.ts';
import { TestStore } from '../support/s3-server.ts';
import { HubBench, type Line, sealedDocument } from './hub-bench.ts';

const operator = signingKeyFor('hub administrator');
const NOON = Date.UTC(2026, 10, 29, 12);
let now = NOON;
let store: TestStore;
let bench: HubBench;
let north: Line;

/** What the process that answers says, which nobody named. */
const here = (trouble: Omit<HubTroubleAnswer, 'process'>): HubTroubleAnswer => ({
  process: `${hostname()}:${bench.port}`,
  ...trouble,
});
const troubles = async (key = operator): Promise<HubTroubleAnswer[]> => {
  const wish = signAsk({ region: bench.region.id, time: now, author: key.publicKey }, (message) => sign(key, message));
  return (await north.ask<{ hubTroubles: HubTroubleAnswer[] }>('HubTroubles', { ask: toBase64(wish) })).hubTroubles;
};
/** A statement beside the hub, which goes on running. */
const beside = async (statement: string): Promise<void> => {
  const database = await openHubDatabase(bench.folder);
  await database.write((transaction) => transaction.run(statement)).finally(() => database.close());
};

beforeAll(async () => {
  store = await TestStore.open();
  bench = await HubBench.open({ clock: () => now });
  bench.documents = new S3Documents(store.place);
  north = await bench.join(bench.founder);
  await bench.restart();
  north = bench.again(north);
  const { founder } = bench;
  const enrolled = { staff: operator.publicKey, role: 'hub-administrator' };
  await bench.submit(north, founder.desk.write(act(founder, 'staff.enrolled', enrolled, { signer: founder.administrator })));
  const named = { kind: 'administrator', subject: operator.publicKey, isSet: true, reason: 'not-said' } as const;
  await actAtHub(bench.folder, named, () => now);
});
afterAll(async () => {
  await bench.close();
  await store.close();
});

test('a hub that is well has nothing to tell, and tells nobody else', async () => {
  expect(await troubles()).toEqual([]);
  await expect(troubles(signingKeyFor('a stranger'))).rejects.toThrow('hub.no-administrator');
});

test('a store of documents that fails is told with its code and since when, until it is back', async () => {
  store.fault = 'away';
  now += 60_000;
  const since = now;
  const documents = [sealedDocument('one', bytesFor('compartment', 16)).upload];
  await expect(north.ask('PutDocuments', { documents })).rejects.toThrow('relay.store-away');
  const standing = [here({ store: 'documents', code: 'relay.store-away', since })];
  expect(await troubles()).toEqual(standing);
  now += 60_000;
  expect(await troubles()).toEqual(standing);
  store.fault = 'none';
  await north.ask('PutDocuments', { documents });
  expect(await troubles()).toEqual([]);
});

test('trouble with the database is told to the administrator by its code, and to a device as the hub’s own alone', async () => {
  await beside('ALTER TABLE escrow RENAME TO escrow_aside');
  await expect(north.ask('Escrow')).rejects.toThrow('hub.store-away');
  expect(await troubles()).toEqual([here({ store: 'database', code: 'storage.statement', since: now })]);
  await beside('ALTER TABLE escrow_aside RENAME TO escrow');
  expect(await north.ask('Escrow')).toEqual({ escrow: [] });
});

test('a hub that was restored says that it orders nothing yet, on the console and at the machine, until it does', async () => {
  await bench.hub.close();
  await announceRestored(bench.folder, now);
  await bench.restart();
  north = bench.again(north);
  expect(await troubles()).toEqual([here({ store: 'ledger', code: 'hub.recovering', since: now })]);
  expect(await hubStatus(bench.folder, () => now)).toMatchObject({ recovering: true });
  await goOnWithout(bench.folder, now);
  expect(await troubles()).toEqual([]);
  expect(await hubStatus(bench.folder, () => now)).toMatchObject({ recovering: false });
});
