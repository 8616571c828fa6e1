/** A clinic host that withholds, alters, reorders, repeats, or answers nonsense, over real TLS: what a desk says of it, and that all goes on by the hub. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLINIC_HOST } from '../../server/sync/clinic-host/clinic-route.store.ts';
import { ClinicRoute } from '../../server/sync/clinic-host/clinic-route.ts';
import { unsettledBlocks, writeSetting } from '../../server/sync/clinic-writes.store.ts';
import { OUTSIDE } from '../../server/sync/engine-outside.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { loadOverlaid } from '../../server/sync/own-acts/pending.ts';
import { addClinicDocuments } from '../../server/sync/transfer.store.ts';
import { sign, verifySignature as verify } from '../../server/vault/primitives.ts';
import { concat, toBase64, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { deviceMessage } from '../../shared/ledger/enrolment-rules.ts';
import { recordKey } from '../../shared/records/record-rules.ts';
import { eventually } from '../support/eventually.ts';
import {
  act,
  bytesFor,
  foundClinic,
  foundRegion,
  hash,
  signingKeyFor,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';
import { ScriptedHub } from '../sync/scripted-hub.ts';
import { recordBlocks, recordEvent, TestDesk } from '../sync/test-desk.ts';

type Answers = Record<string, (asked: { after: number; blocks: string[] }) => unknown>;
interface Entry {
  kind: string;
  name: string;
  detail?: string;
  bytes: string;
  wrap?: string;
}

let north: TestClinic;
let second: TestDevice;
let hub: ScriptedHub;
let host: ScriptedHub;
let answers: Answers;
let feed: Entry[];
let desk: TestDesk;
let route: ClinicRoute;
const HANDLE = toHex(bytesFor('North handle', 16));

beforeEach(async () => {
  north = foundClinic('North');
  second = new TestDevice(north.chain, signingKeyFor('second desk'), bytesFor('second epoch', 8));
  const region = foundRegion('sync', [north]);
  hub = await ScriptedHub.open(region);
  host = await ScriptedHub.open(region);
  answers = host.lies as Answers;
  desk = await TestDesk.open(north, region.region);
  await enrolSecond();
  feed = [];
  Object.assign(answers, honest());
  await desk.database.write((transaction) => writeSetting(transaction, CLINIC_HOST, utf8('{}')));
  route = new ClinicRoute({
    database: desk.database,
    ledger: desk.ledger,
    hash,
    verify,
    clock: Date.now,
    later: OUTSIDE.later,
    line: { open: async () => ({ client: new HubClient(host.address, host.trust), follow: () => () => undefined }) },
    documentsOf: () => [],
    size: () => desk.replica.size,
    takeIn: async (client) => void (await desk.replica.catchUp(client)),
    onChange: () => undefined,
    onArrived: () => undefined,
  });
});
afterEach(async () => {
  await route.stop();
  await desk.close();
  for (const server of [host, hub]) await server.close();
});

async function enrolSecond(): Promise<void> {
  const device = second.key.publicKey;
  const encryptionKey = bytesFor('second desk encryption');
  const clinicSignature = sign(north.clinicKey, deviceMessage(north.chain, { device, encryptionKey }));
  const body = { device, encryptionKey, kind: 'workstation', clinicSignature };
  await desk.ledger.commit({ events: [act(north, 'device.enrolled', body, { signer: north.administrator })] });
  await byHub();
}

/** A host as it should be. */
function honest(): Answers {
  const add = (entry: Entry): void => {
    if (!feed.some(({ name }) => name === entry.name)) feed.push(entry);
  };
  return {
    ClinicHost: () => ({ clinicHost: { feed: 'feed', device: 'aa'.repeat(32), size: 0, newest: feed.length } }),
    Arrivals: ({ after }) => ({
      arrivals: { arrivals: wire(feed).slice(after), last: Math.max(after, feed.length), more: false },
    }),
    Submit: ({ blocks }) => {
      for (const bytes of blocks) add(blockEntry(Buffer.from(bytes, 'base64')));
      return { submit: [] };
    },
    PutDocuments: () => ({ putDocuments: 1 }),
  };
}
const blockEntry = (bytes: Uint8Array): Entry => ({ kind: 'BLOCK', name: toHex(blockHash(hash, bytes)), bytes: toBase64(bytes) });
const wire = (entries: Entry[]) =>
  entries.map((entry, at) => ({ sequence: at + 1, device: 'bb'.repeat(32), detail: '', wrap: '', ...entry }));
/** A lie told once per page: everything that the host has, made otherwise. */
const feedOf = (lie: (entries: ReturnType<typeof wire>) => unknown[], more = false): Answers['Arrivals'] => {
  return ({ after }) => ({ arrivals: { arrivals: lie(wire(feed)).slice(after), last: more ? after : feed.length, more } });
};

const own = (label: string) => desk.ledger.commit({ events: [recordEvent(north, label)] });
const isHere = async (label: string): Promise<boolean> => {
  const key = recordKey(HANDLE, toHex(bytesFor(label, 16)));
  return (await loadOverlaid(desk.database.read, [key])).get(key) !== undefined;
};
/** What waits goes to the hub, which is honest; `others` too. */
async function byHub(...others: Uint8Array[]): Promise<void> {
  hub.take(...(await unsettledBlocks(desk.database.read)).map(({ bytes }) => bytes), ...others);
  expect(await desk.catchUp(hub)).toBe('caught up');
  expect(await unsettledBlocks(desk.database.read)).toEqual([]);
}
/** Looks again and again, as a desk does each few seconds. */
const says = (code: string | undefined) =>
  eventually(() => {
    route.wake();
    return route.state.lastContact || route.state.problem ? route.state.problem?.code : 'nothing yet';
  }).toBe(code);

test('an honest host is named for nothing, and what it brings is here', async () => {
  const [block] = recordBlocks(north, 'theirs', 1, second) as [Uint8Array];
  feed.push(blockEntry(block));
  await own('mine');
  route.start();
  await eventually(() => isHere('theirs 0')).toBe(true);
  await eventually(() => feed.length).toBe(2);
  for (let time = 0; time < 3; time++) await says(undefined);
});

test('what the ledger had before the host told it does not wait here', async () => {
  const blocks = recordBlocks(north, 'theirs', 2, second);
  await byHub(...blocks);
  feed.push(...blocks.map(blockEntry));
  route.start();
  await eventually(() => route.state.connected).toBe(true);
  expect(await desk.database.read.all('SELECT sequence FROM clinic_block')).toEqual([]);
  for (const label of ['theirs 0', 'theirs 1']) expect(await isHere(label)).toBe(true);
});

const LIES: ReadonlyArray<readonly [what: string, code: string, lie: () => void]> = [
  ['keeps nothing of what it took', 'clinic-host.not-kept', () => Object.assign(answers, { Submit: () => ({ submit: [] }) })],
  ['withholds all from the others', 'clinic-host.not-kept', () => Object.assign(answers, { Arrivals: feedOf(() => []) })],
  [
    'alters a block',
    'clinic-host.altered',
    () =>
      Object.assign(answers, {
        Arrivals: feedOf((entries) =>
          entries.map((entry) => {
            const bytes = Buffer.from(entry.bytes, 'base64');
            bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
            return { ...entry, bytes: toBase64(bytes) };
          }),
        ),
      }),
  ],
  [
    'gives mail under a name that is not its hash',
    'clinic-host.altered',
    () => feed.push({ kind: 'MESSAGE', name: 'cc'.repeat(32), detail: 'clinic-update', bytes: toBase64(utf8('another')) }),
  ],
  [
    'tells its feed backwards',
    'clinic-host.nonsense',
    () => Object.assign(answers, { Arrivals: feedOf((all) => all.reverse()) }),
  ],
  [
    'gives two entries one place',
    'clinic-host.nonsense',
    () => Object.assign(answers, { Arrivals: feedOf((all) => all.map((entry) => ({ ...entry, sequence: 1 }))) }),
  ],
  [
    'says the same again and again',
    'clinic-host.nonsense',
    () => Object.assign(answers, { Arrivals: feedOf((all) => all, true) }),
  ],
  ['answers nothing', 'clinic-host.nonsense', () => Object.assign(answers, { ClinicHost: () => null })],
  [
    'answers with other things',
    'clinic-host.nonsense',
    () => Object.assign(answers, { Arrivals: () => ({ arrivals: { arrivals: [7] } }) }),
  ],
  [
    'shows a ledger that there is not',
    'clinic-host.not-believed',
    () =>
      Object.assign(answers, {
        ClinicHost: () => ({ clinicHost: { feed: 'feed', device: 'aa'.repeat(32), size: 1000, newest: feed.length } }),
        Checkpoint: () => ({ checkpoint: hub.note().replace('\n', ' \n') }),
      }),
  ],
];

describe('a clinic host that lies', () => {
  test.each(LIES)('and %s is named (%s), and nothing is lost', async (_, code, lie) => {
    const blocks = recordBlocks(north, 'theirs', 2, second);
    feed.push(...blocks.map(blockEntry));
    await own('mine');
    lie();
    route.start();
    await says(code);
    expect(route.state.problem?.message).toMatch(/clinic host/i);
    await own('later');
    await byHub(...blocks);
    for (const label of ['mine', 'later', 'theirs 0', 'theirs 1']) expect(await isHere(label)).toBe(true);
  });

  test('puts blocks in another order: what the hub orders counts', async () => {
    const blocks = recordBlocks(north, 'theirs', 3, second);
    feed.push(...blocks.toReversed().map(blockEntry));
    await own('mine');
    route.start();
    await eventually(() => route.state.connected).toBe(true);
    await byHub(...blocks);
    for (const label of ['mine', 'theirs 0', 'theirs 1', 'theirs 2']) expect(await isHere(label)).toBe(true);
  });

  test('says another place and key of a document: the hub’s word replaces its own, once', async () => {
    const sealed = concat(bytesFor('sealed'), bytesFor('document'));
    const name = hash(sealed);
    const wrong = { detail: toHex(bytesFor('elsewhere', 16)), wrap: toBase64(bytesFor('wrong')) };
    feed.push({ kind: 'DOCUMENT', name: toHex(name), bytes: toBase64(sealed), ...wrong });
    route.start();
    const kept = () =>
      desk.database.read.get<{ handle: Buffer; wrap: Buffer }>('SELECT handle, wrap FROM document WHERE name = ?', [name]);
    await eventually(async () => (await kept())?.handle.toString('hex')).toBe(wrong.detail);
    const fromHub = (wrap: Uint8Array) => ({ name, handle: bytesFor('North handle', 16), sealed, wrap });
    await desk.database.write((transaction) => addClinicDocuments(transaction, [fromHub(bytesFor('right'))], 1));
    expect(await kept()).toMatchObject({
      handle: Buffer.from(bytesFor('North handle', 16)),
      wrap: Buffer.from(bytesFor('right')),
    });
    // Nor does a hub put another in the place of what it said before.
    await desk.database.write((transaction) => addClinicDocuments(transaction, [fromHub(bytesFor('later'))], 2));
    expect((await kept())?.wrap).toEqual(Buffer.from(bytesFor('right')));
  });
});
