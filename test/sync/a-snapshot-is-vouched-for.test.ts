import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openHubDatabase } from '../../server/hub/hub-database.ts';
import { readBlocks } from '../../server/ledger/blocks.store.ts';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { countState, listState, stateRoot } from '../../server/ledger/state-rows.store.ts';
import { nodeSource } from '../../server/ledger/tree-nodes.store.ts';
import { fetchProved } from '../../server/sync/download/earlier-blocks.ts';
import { beginFromSnapshot } from '../../server/sync/download/snapshot.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import type { Installation } from '../../server/workstation/folder/installation.ts';
import { verifyReplica } from '../../server/workstation/verify/verify-replica.ts';
import { verifyTiles } from '../../server/workstation/verify/verify-tiles.ts';
import { toBase64, toHex } from '../../shared/encoding/bytes.ts';
import type { Checkpoint } from '../../shared/ledger/checkpoint.ts';
import { inclusionProof } from '../../shared/ledger/merkle.ts';
import { encodeRows, encodeSnapshotHead, type openRows, type SnapshotHead } from '../../shared/ledger/snapshot.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { HubBench, type Line } from '../hub/hub-bench.ts';
import { eventually } from '../support/eventually.ts';
import {
  act,
  bytesFor,
  checkpointOf,
  cosign,
  foundClinic,
  foundRegion,
  hash,
  MORNING,
  signingKeyFor,
  type TestClinic,
  TestDevice,
} from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { type Place, recordBlocks, TestDesk } from './test-desk.ts';

// Every 256 blocks instead of every 65,536.
vi.mock('../../shared/ledger/state-interval.ts', () => ({ STATE_INTERVAL: 256 }));

const witnesses = ['North', 'South', 'East', 'West'].map((label) => foundClinic(label));
const [north] = witnesses as [TestClinic];
const harbour = foundClinic('Harbour');

describe('a snapshot is vouched for', () => {
  let bench: HubBench;
  let line: Line;
  let hub: Place;
  const desks: TestDesk[] = [];

  beforeAll(async () => {
    bench = await HubBench.open({ founder: north, others: witnesses.slice(1) });
    line = await bench.join(north);
    await submit(300);
    await submit(240);
    await witnessed();
    await submit(10);
    const device = await bench.join(harbour);
    hub = placeOf(device);
  });
  afterAll(async () => {
    for (const desk of desks) await desk.close();
    await bench.close();
  });

  let anchors = 0;
  const written: Uint8Array[] = [];
  const submit = async (count: number): Promise<void> => {
    const blocks = Array.from({ length: count }, () =>
      north.desk.write(act(north, 'offer.published', offer(anchors++), { signer: north.administrator })),
    );
    written.push(...blocks);
    const refusals = (await bench.submit(line, ...blocks)).flatMap(({ refusal }) => refusal ?? []);
    expect(refusals).toEqual([]);
  };
  /** An act that puts a row of its own and needs no document. */
  const offer = (at: number) => ({
    offer: bytesFor(`offer ${at}`, 16),
    title: 'A study',
    description: '',
    purposes: ['DUO:0000007'],
    categories: [],
    criteria: '',
    reward: '',
    minimumGroup: 5,
    opens: MORNING,
    expires: MORNING + 1,
  });

  const placeOf = ({ agent }: Line): Place => ({
    address: `https://localhost:${bench.port}`,
    trust: {
      authority: bench.authority,
      device: { certificate: agent.options.cert as string, privateKey: agent.options.key as string },
    },
  });
  /** The quorum cosigns the newest checkpoint: three of four. */
  async function witnessed(): Promise<void> {
    const { note, size } = await bench.checkpoint(line);
    for (const clinic of witnesses.slice(0, 3)) {
      const own =
        clinic === north
          ? line
          : await bench.enrol(clinic.desk.key, { secret: await bench.invite(), founding: clinic.founding.bytes });
      await own.ask('Cosign', { size, line: cosign(clinic, note) });
    }
  }
  const newDesk = async (clinic = harbour): Promise<TestDesk> => {
    const desk = await TestDesk.open(clinic, bench.region);
    desks.push(desk);
    return desk;
  };

  test('a new device begins with it and comes to the state of one that folded everything, with none of the old blocks', async () => {
    await eventually(async () => (await line.ask<{ snapshot: { size: number } | null }>('Snapshot')).snapshot?.size).toBe(512);
    const young = await newDesk();
    expect(await young.catchUp(hub)).toBe('caught up');
    expect(young.replica.historyFrom).toBe(512);
    expect((await readBlocks(young.database.read, 0, 1))[0]?.position).toBe(512);
    const { note } = await bench.checkpoint(line);
    expect(young.replica.checkpoint?.note).toBe(note);
    const head = await readHead(young.database.read, hash);
    expect((await readdir(join(bench.folder, 'tiles', 'snapshot'))).sort()).toEqual(['256', '512']);
    expect(head?.size).toBe(550);
    // The hub's own tables are the twin that folded everything.
    const hubs = await openHubDatabase(bench.folder);
    expect(await listState(young.database.read, '')).toEqual(await listState(hubs.read, ''));
    expect(toHex(await stateRoot(young.database.read, hash))).toBe(toHex(await stateRoot(hubs.read, hash)));
    expect(toHex(head?.effects as Uint8Array)).toBe(toHex((await readHead(hubs.read, hash))?.effects as Uint8Array));
    // What is here is proved from here.
    const proof = await inclusionProof(hash, 545, 550, nodeSource(young.database.read, hash));
    expect(proof.map(toHex)).toEqual((await inclusionProof(hash, 545, 550, nodeSource(hubs.read, hash))).map(toHex));
    await hubs.close();
    // What came before is proved on demand, and what the hub cannot prove has caught it.
    const client = new HubClient(hub.address, hub.trust);
    const checkpoint = young.replica.checkpoint as Checkpoint;
    expect((await fetchProved(client, hash, checkpoint, 7)).bytes).toEqual(written[7]);
    const liar = {
      ask: (name: 'Blocks', variables: { from: number }) =>
        client.ask(name, name === 'Blocks' ? { ...variables, from: 8 } : variables),
    };
    await expect(fetchProved(liar as unknown as HubClient, hash, checkpoint, 7)).rejects.toMatchObject({
      code: 'sync.root-mismatch',
    });
    client.close();
    // It goes on, also after a restart.
    await submit(5);
    await young.restart();
    expect(await young.catchUp(hub)).toBe('caught up');
    expect([young.replica.size, young.replica.historyFrom]).toEqual([555, 512]);
    // Checked again from the snapshot on, as if nothing were believed.
    const installed = { database: young.database, region: bench.region } as unknown as Installation;
    expect(await verifyReplica(installed)).toMatchObject({ faults: [], blocks: 555, historyFrom: 512, signatures: 2 * 43 });
    await young.database.write((transaction) =>
      transaction.run("UPDATE snapshot_page SET bytes = CAST(replace(bytes, 'A study', 'A stuby') AS BLOB)"),
    );
    expect((await verifyReplica(installed)).faults[0]).toMatch(/snapshot from which this replica began is not the one/);
  });

  test('its files verify with the rest of the tiles, and an altered one is named', async () => {
    await bench.restart();
    const folder = join(bench.folder, 'tiles');
    expect(await verifyTiles(folder, toHex(bench.region.id))).toMatchObject({ blocks: 555, uncovered: 0 });
    for (const file of ['snapshot/512/rows/000000', 'snapshot/512/head', 'snapshot/256/head', 'snapshot/512/checkpoint']) {
      const bytes = await readFile(join(folder, file));
      const altered = Uint8Array.from(bytes);
      const at = file.endsWith('head') ? 50 : bytes.length - 9;
      altered[at] = (altered[at] as number) ^ 1;
      await writeFile(join(folder, file), altered);
      await expect(verifyTiles(folder)).rejects.toMatchObject({ code: 'verify.tile', message: expect.stringContaining(file) });
      await writeFile(join(folder, file), bytes);
    }
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    hub = { ...hub, address: `https://localhost:${bench.port}` };
  });

  test('a device that has written into the ledger before downloads the whole of it', async () => {
    const desk = await newDesk(north);
    // Its own blocks are not in this folder: it has to see them.
    expect(await desk.catchUp(hub)).toBe('caught up');
    expect(desk.replica.historyFrom).toBe(0);
  });
});

describe('a hub that offers another state is caught by name', () => {
  const region = foundRegion('snapshots', witnesses);
  let honest: SnapshotHead;
  let rows: ReturnType<typeof openRows>;
  let note: string;
  let hub: ScriptedHub;

  beforeAll(async () => {
    hub = await ScriptedHub.open(region);
    const writer = foundClinic('North');
    hub.take(...recordBlocks(writer, 'first', 256));
    const head = hub.head;
    const state = hub.state;
    honest = {
      region: region.region.id,
      size: 256,
      effects: head.effects,
      nodes: hub.nodes,
      acts: [],
      rows: state.length,
      pages: [],
    };
    rows = state;
    hub.take(...recordBlocks(writer, 'second', 4));
    note = checkpointOf(region, hub.head).note;
    for (const clinic of witnesses) note += cosign(clinic, note);
    hub.lies.Checkpoint = () => ({ checkpoint: note });
  });
  afterAll(() => hub.close());

  /** Catches up with a hub that offers this snapshot; a new desk each time. */
  async function verdict(change: Partial<SnapshotHead>, changed = rows, vouchedBy = note): Promise<[code: string, from: number]> {
    const page = encodeRows(changed);
    const head = { ...honest, rows: changed.length, pages: [hash(page)], ...change };
    hub.lies.Snapshot = () => ({
      snapshot: { size: 256, head: Buffer.from(encodeSnapshotHead(head)).toString('base64'), checkpoint: vouchedBy },
    });
    hub.lies.SnapshotPage = () => ({ snapshotPage: Buffer.from(page).toString('base64') });
    const desk = await TestDesk.open(harbour, region.region);
    try {
      const code = await desk.catchUp(hub);
      const result: [string, number] = [code, desk.replica.historyFrom];
      // Nothing of a poisoned one stays.
      if (code === 'sync.snapshot-poisoned') {
        expect(desk.replica.size).toBe(0);
        expect(await countState(desk.database.read)).toBe(1 + 3 * witnesses.length);
        await desk.restart();
        expect(desk.replica.historyFrom).toBe(0);
      }
      return result;
    } finally {
      await desk.close();
    }
  }

  test('the honest one is taken', async () => {
    expect(await verdict({})).toEqual(['caught up', 256]);
  });

  test('cut off at any page, it goes on where it was and asks for no page twice', async () => {
    const pages = [rows.slice(0, 90), rows.slice(90, 91), rows.slice(91, 300), rows.slice(300)].map(encodeRows);
    const head = Buffer.from(encodeSnapshotHead({ ...honest, pages: pages.map((page) => hash(page)) }));
    const desk = await TestDesk.open(harbour, region.region);
    const asked: number[] = [];
    let breaks = 0;
    const client = {
      ask: async (name: string, variables: { page: number; from: number; size: number; limit: number; blocks: string[] }) => {
        if (name === 'Snapshot') return { snapshot: { head: head.toString('base64'), checkpoint: note } };
        if (name === 'ConsistencyProof') return { consistencyProof: await hub.proof(variables) };
        const { page } = variables;
        if (page === breaks) throw new Failure('sync.hub-unreachable', 'The line broke.', { retry: true });
        asked.push(page);
        return { snapshotPage: Buffer.from(pages[page] as Uint8Array).toString('base64') };
      },
    } as unknown as HubClient;
    const begin = () =>
      beginFromSnapshot(
        { database: desk.database, ledger: desk.ledger, region: region.region, hash, verify: verifySignature },
        client,
      );
    for (; breaks < pages.length; breaks++) {
      await expect(begin()).rejects.toMatchObject({ code: 'sync.hub-unreachable' });
      expect(desk.replica.historyFrom).toBe(0);
      await desk.restart();
    }
    const made = await begin();
    expect(made?.head.size).toBe(256);
    expect(asked).toEqual([0, 1, 2, 3]);
    expect(toHex(await stateRoot(desk.database.read, hash))).toBe(toHex(hub.head.state?.root as Uint8Array));
    await desk.close();
  });

  test('any row changed, missing, added, twice or out of order', async () => {
    for (const at of [0, rows.length - 1]) {
      const row = rows[at] as (typeof rows)[number];
      const value = Uint8Array.from(row.value);
      value[0] = (value[0] as number) ^ 1;
      const poisoned = ['sync.snapshot-poisoned', 0];
      expect(await verdict({}, rows.with(at, { ...row, value }))).toEqual(poisoned);
      expect(await verdict({}, rows.toSpliced(at, 1))).toEqual(poisoned);
      expect(await verdict({}, rows.toSpliced(at, 0, row))).toEqual(poisoned);
      expect(await verdict({}, rows.toSpliced(at, 0, { key: `${row.key}0`, value: bytesFor('added') }))).toEqual(poisoned);
    }
    expect(await verdict({}, [...rows].reverse())).toEqual(['sync.snapshot-poisoned', 0]);
  });

  test('another tree, size, region, count or page', async () => {
    const lies: Partial<SnapshotHead>[] = [
      { nodes: [bytesFor('another tree')] },
      { nodes: [] },
      { size: 512 },
      { region: bytesFor('another region') },
      { rows: rows.length + 1 },
      { pages: [bytesFor('another page')] },
      { acts: [{ position: 3, event: 0, chain: north.id, type: 'policy.changed', body: new Uint8Array(3) }] },
    ];
    for (const lie of lies) expect(await verdict(lie), JSON.stringify(Object.keys(lie))).toEqual(['sync.snapshot-poisoned', 0]);
  });

  test('other effects, which only the tail shows', async () => {
    expect((await verdict({ effects: bytesFor('other effects') }))[0]).toBe('sync.effects-mismatch');
  });

  test('what no quorum vouches for is not taken: the whole ledger is downloaded instead', async () => {
    const bare = checkpointOf(region, hub.head).note;
    const two = bare + cosign(witnesses[0] as TestClinic, bare) + cosign(witnesses[1] as TestClinic, bare);
    expect(await verdict({}, rows, bare)).toEqual(['caught up', 0]);
    expect(await verdict({}, rows, two)).toEqual(['caught up', 0]);
    expect(
      await verdict(
        {},
        rows,
        bare +
          witnesses
            .slice(0, 3)
            .map((clinic) => cosign(clinic, bare))
            .join(''),
      ),
    ).toEqual(['caught up', 256]);
  });

  test('below four witnesses only one that the own clinic has cosigned is taken', async () => {
    const few = foundRegion('few', witnesses.slice(0, 2));
    const small = await ScriptedHub.open(few);
    small.take(...recordBlocks(foundClinic('North'), 'first', 256));
    const page = encodeRows(small.state);
    const { size, effects } = small.head;
    const head = {
      region: few.region.id,
      size,
      effects,
      nodes: small.nodes,
      acts: [],
      rows: small.state.length,
      pages: [hash(page)],
    };
    small.take(...recordBlocks(foundClinic('South'), 'second', 2));
    const bare = checkpointOf(few, small.head).note;
    const both = bare + cosign(witnesses[0] as TestClinic, bare) + cosign(witnesses[1] as TestClinic, bare);
    small.lies.Snapshot = () => ({ snapshot: { size, head: toBase64(encodeSnapshotHead(head)), checkpoint: both } });
    small.lies.SnapshotPage = () => ({ snapshotPage: toBase64(page) });
    const south = foundClinic('South');
    // A further device of a witness clinic, and a clinic that is none.
    const further = { ...south, desk: new TestDevice(south.chain, signingKeyFor('further'), bytesFor('further epoch', 8)) };
    for (const [clinic, from] of [
      [harbour, 0],
      [further, 256],
    ] as const) {
      const desk = await TestDesk.open(clinic, few.region);
      expect(await desk.catchUp(small)).toBe('caught up');
      expect(desk.replica.historyFrom).toBe(from);
      await desk.close();
    }
    await small.close();
  });
});
