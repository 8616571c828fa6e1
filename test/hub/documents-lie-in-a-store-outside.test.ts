import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hubStatus } from '../../server/hub/commands/fleet-administration.ts';
import { isLedgerAltered } from '../../server/hub/fleet/disk.ts';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { type DocumentStore, S3Documents, s3Place } from '../../server/hub/relay/document-store.ts';
import { countDocuments } from '../../server/hub/relay/outside-documents.store.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { eventually } from '../support/eventually.ts';
import { act, bytesFor } from '../support/ledger-builder.ts';
import { type Fault, TestStore } from '../support/s3-server.ts';
import { HubBench, type Line, sealedDocument } from './hub-bench.ts';

type Document = ReturnType<typeof sealedDocument>;

const handle = bytesFor('compartment', 16);
const kept = bytesFor('another compartment', 16);
let now = Date.UTC(2026, 10, 28);
let store: TestStore;
let bench: HubBench;
let north: Line;

/** As ever, but where the store is meant to never answer, for which a test need not wait long. */
function stored(): DocumentStore {
  const [patient, impatient] = [new S3Documents(store.place), new S3Documents(store.place, 300)];
  const now = () => (store.fault === 'silent' ? impatient : patient);
  return {
    put: (place, sealed) => now().put(place, sealed),
    get: (place, name) => now().get(place, name),
    remove: (place) => now().remove(place),
  };
}

const put = (...documents: Document[]) => north.ask('PutDocuments', { documents: documents.map(({ upload }) => upload) });
const namesUnder = async (where: Uint8Array) => {
  const page = await north.ask<{ documents: { documents: Array<{ name: string; sealed: string }> } }>('Documents', {
    handle: toHex(where),
    after: 0,
    limit: 100,
  });
  return page.documents.documents.map(({ name, sealed }) => `${name} ${sealed}`).toSorted();
};
const linesOf = (...documents: Document[]) => documents.map(({ name, upload }) => `${toHex(name)} ${upload.sealed}`).toSorted();
/** Looks into the hub's database while it runs. */
async function counted() {
  const database = await openHubDatabase(bench.folder);
  try {
    return await countDocuments(database.read);
  } finally {
    await database.close();
  }
}
const write = async (...events: Parameters<typeof bench.founder.desk.write>) =>
  (await bench.submit(north, bench.founder.desk.write(...events)))[0];
const record = (document: Document, where: Uint8Array) =>
  act(
    bench.founder,
    'record.put',
    { record: bytesFor(toHex(document.name), 16), version: 1, previous: new Uint8Array(0), document: document.name },
    { handle: where },
  );

const before = sealedDocument('before', kept);
const [one, two, three] = [sealedDocument('one', handle), sealedDocument('two', handle, 700_000), sealedDocument('three', kept)];
const shortLived = bytesFor('a compartment for a while', 16);
const brief = sealedDocument('brief', shortLived);

beforeAll(async () => {
  store = await TestStore.open();
  bench = await HubBench.open({ clock: () => now });
  north = await bench.join(bench.founder);
  // From the time before the store was set.
  await put(before);
  await write(record(before, kept));
  bench.documents = stored();
  await bench.restart();
  north = bench.again(north);
});
afterAll(async () => {
  await bench.close();
  await store.close();
});

describe('documents lie in an S3-compatible store', () => {
  test('they are put there as ciphertext under their hash, and come back; those of before stay in the database', async () => {
    await put(one, two, three);
    expect(await store.objects()).toHaveLength(3);
    for (const { name } of [one, two, three])
      expect((await store.objects()).some((key) => key.startsWith(`hub/${toHex(name)}/`))).toBe(true);
    expect(await counted()).toMatchObject({ inside: 1, outside: 3, leaving: 0 });
    expect((await write(record(one, handle), record(two, handle), record(three, kept)))?.refusal).toBeNull();
    expect(await namesUnder(handle)).toEqual(linesOf(one, two));
    expect(await namesUnder(kept)).toEqual(linesOf(before, three));
  });

  test('what is put again is not brought again', async () => {
    store.asked.length = 0;
    await put(one, two, before);
    expect(store.asked).toEqual([]);
  });

  test('a store that takes the wrong keys for wrong is told apart, and takes nothing', async () => {
    const wrong = new S3Documents({ ...store.place, secretAccessKey: 'not the secret' });
    await expect(wrong.put('try/1', one.name)).rejects.toMatchObject({ code: 'relay.store-refused' });
    expect(await store.objects()).toHaveLength(3);
  });
});

describe('the hub looks at what it has put outside, as at its disk', () => {
  const faults = async () => (await hubStatus(bench.folder, Date.now)).disk.faults;
  const look = async () => {
    await bench.hub.lookAtDisk();
    return faults();
  };

  test('as it was put there it is no fault', async () => {
    store.asked.length = 0;
    expect(await look()).toEqual([]);
    expect(store.asked).toEqual(['GET', 'GET', 'GET']);
  });

  test('what is missing is counted until it is back, and the hub goes on working', async () => {
    const place = (await store.objects()).find((key) => key.startsWith(`hub/${toHex(two.name)}/`)) as string;
    const outside = new S3Documents(store.place);
    await outside.remove(place.replace('hub/', ''));
    expect(await look()).toEqual([{ part: 'STORE', count: 1 }]);
    expect(isLedgerAltered((await hubStatus(bench.folder, Date.now)).disk)).toBe(false);
    await outside.put(place.replace('hub/', ''), Buffer.from(two.upload.sealed, 'base64'));
    expect(await look()).toEqual([]);
  });

  test('what was altered is counted; a store that does not answer is no fault, and the look goes on there once it does', async () => {
    store.fault = 'altered';
    expect(await look()).toEqual([{ part: 'STORE', count: 3 }]);
    store.fault = 'away';
    await expect(look()).rejects.toMatchObject({ code: 'relay.store-away' });
    expect(await faults()).toEqual([{ part: 'STORE', count: 3 }]);
    store.fault = 'none';
    expect(await look()).toEqual([]);
  });
});

describe('a store that fails loses nothing', () => {
  const late = sealedDocument('late', kept);
  let waiting: Uint8Array;
  const submit = async () => (await bench.submit(north, waiting))[0];

  test('readiness says it, and a block that needs no document is taken all the same', async () => {
    const port = await bench.hub.startOperations(0, '127.0.0.1');
    store.fault = 'away';
    expect(await ready(port)).toBe('ready, but documents neither come nor go: relay.store-away\n');
    const sealed = act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: 1 });
    expect((await write(sealed))?.refusal).toBeNull();
    store.fault = 'none';
  });

  test.each([
    ['away', 'relay.store-away'],
    ['silent', 'relay.store-away'],
    ['short', 'relay.store-away'],
    ['garbage', 'relay.store-damaged'],
    ['altered', 'relay.store-damaged'],
    ['redirect', 'relay.store-away'],
  ] satisfies [Fault, string][])('%s: it says so, stores no document and gives no wrong one', async (fault, code) => {
    store.fault = fault;
    await expect(put(late)).rejects.toThrow(code);
    await expect(namesUnder(handle)).rejects.toThrow(code);
    store.fault = 'none';
    waiting ??= bench.founder.desk.write(record(late, kept));
    expect((await submit())?.refusal).toMatchObject({ code: 'hub.document-missing', retry: true });
    expect(await namesUnder(handle)).toEqual(linesOf(one, two));
  });

  test('once it is back the same call goes on, and what was brought for nothing leaves within the hour', async () => {
    await put(late);
    expect((await submit())?.refusal).toBeNull();
    expect(await namesUnder(kept)).toEqual(linesOf(before, three, late));
    now += 3_600_001;
    // Otherwise each minute; who asks about an erasure has it done at once.
    await put(brief);
    expect((await write(record(brief, shortLived)))?.refusal).toBeNull();
    await erase(shortLived);
    expect(await counted()).toMatchObject({ inside: 1, outside: 4, leaving: 0 });
    expect(await store.objects()).toHaveLength(4);
  });
});

describe('erasure reaches the store', () => {
  test('with the store away it is not said to be done, and is once it is back', async () => {
    store.fault = 'away';
    await expect(erase(handle)).rejects.toThrow('relay.store-away');
    store.fault = 'garbage';
    await expect(askErased(handle)).rejects.toThrow('relay.store-away');
    store.fault = 'none';
    await askErased(handle);
    const objects = await store.objects();
    for (const { name } of [one, two]) expect(objects.some((key) => key.includes(toHex(name)))).toBe(false);
    expect(objects).toHaveLength(2);
    expect(await namesUnder(kept)).toHaveLength(3);
  });

  test('what comes late for an erased compartment never gets there', async () => {
    store.asked.length = 0;
    await expect(put(sealedDocument('too late', handle))).rejects.toThrow('relay.not-yours');
    expect(store.asked).toEqual([]);
    expect(await counted()).toMatchObject({ outside: 2, leaving: 0 });
  });
});

describe('a hub does not start with another store than the one that has its documents', () => {
  test('none, an empty one, and then the right one', async () => {
    const [right, empty] = [bench.documents, await TestStore.open()];
    try {
      bench.documents = undefined;
      await expect(bench.restart()).rejects.toMatchObject({ code: 'hub.documents-elsewhere' });
      bench.documents = new S3Documents(empty.place);
      await expect(bench.restart()).rejects.toMatchObject({ code: 'hub.documents-elsewhere' });
    } finally {
      await empty.close();
      bench.documents = right;
      await bench.restart();
    }
    north = bench.again(north);
    await eventually(async () => expect(await namesUnder(kept)).toHaveLength(3));
  });

  test.each([
    ['ftp://s3.example.org/bucket', 'A\nB'],
    ['http://s3.example.org/bucket', 'A\nB'],
    ['https://s3.example.org/', 'A\nB'],
    ['https://user@s3.example.org/bucket', 'A\nB'],
    ['https://s3.example.org/bucket', 'only one line'],
  ])('%s with %j is no setting', (address, keys) => {
    expect(() => s3Place(address, 'auto', keys)).toThrow(expect.objectContaining({ code: 'hub.settings' }));
  });
});

async function erase(where: Uint8Array): Promise<void> {
  const erased = act(
    bench.founder,
    'compartment.erased',
    { ground: 'objection' },
    { handle: where, signer: bench.founder.administrator },
  );
  expect((await write(erased))?.refusal).toBeNull();
  await askErased(where);
}

const askErased = (where: Uint8Array) => north.ask('Erased', { handles: [toHex(where)] });

function ready(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/ready' }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve(body));
    })
      .on('error', reject)
      .end();
  });
}
