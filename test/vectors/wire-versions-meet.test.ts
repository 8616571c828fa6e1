/** Threat D4: the frozen bytes of wire version 1 against the program of today, in both directions, and ranges that do not meet. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { excuseDocuments } from '../../server/hub/relay/erasure.store.ts';
import { Hub, hubMigrations } from '../../server/hub/hub.ts';
import { writeGenesis } from '../../server/hub/hub.store.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import { makeAuthority } from '../../server/identity/certificates.ts';
import { genesisPage, openSealed } from '../../server/ledger/fold.ts';
import { writePage } from '../../server/ledger/ledger.store.ts';
import { documentNamedBy } from '../../server/rules-registry.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { signingKeyFromSeed, verifySignature } from '../../server/vault/primitives.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { openGenesis } from '../../shared/ledger/founding.ts';
import { consistencyProof, type NodeSource, nodeHash } from '../../shared/ledger/merkle.ts';
import type { HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { commonWire, readWireRange, type WireRange } from '../../shared/sync/wire-range.ts';
import { HubBench } from '../hub/hub-bench.ts';
import { everyRule, foundClinic, hash } from '../support/ledger-builder.ts';
import { TestDesk } from '../sync/test-desk.ts';
import type { wireVectors } from './generate-wire-1.ts';

const frozen = JSON.parse(await readFile(new URL('wire-1.json', import.meta.url), 'utf8')) as ReturnType<typeof wireVectors>;
const region = openGenesis(hash, verifySignature, fromHex(frozen.genesis.bytes), fromHex(frozen.genesis.region));
const blocks = frozen.blocks.map(({ sealed, chain }) => ({ sealed: fromHex(sealed), chain }));
const signingKey = (name: string) =>
  signingKeyFromSeed(fromHex(frozen.keys.ed25519.find((key) => key.name === name)?.seed ?? ''));
const textOf = (note: string): string => note.slice(0, note.indexOf('\n\n'));

describe('wire version 1 as it was frozen', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careledger-wire-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('a desk of then is understood by the hub of today: each block enters, and the head is the frozen one', async () => {
    const database = await openDatabase({ path: join(folder, 'hub.db'), migrations: hubMigrations, mode: 'bulk' });
    await database.write(async (transaction) => {
      await writeGenesis(transaction, region.bytes);
      await writePage(transaction, genesisPage(hash, region));
    });
    const authority = await makeAuthority();
    const keys = { name: 'Region vectors', address: 'https://localhost:1', hubKey: signingKey('vectors hub'), cardSeed: new Uint8Array(32), authority, server: authority };
    const hub = await Hub.open(database, { ...keys, nextHubKey: signingKey('vectors hub 2') }, { clock: () => frozen.submissionReceipt.time });
    try {
      for (const { sealed, chain } of blocks) {
        const { events } = openSealed(hash, everyRule, sealed);
        const named = events.flatMap((event) => {
          const name = documentNamedBy(event);
          return name ? [{ name, handle: event.typed.event.handle }] : [];
        });
        await database.write((transaction) => excuseDocuments(transaction, named));
        const { refusals } = await hub.region.sequencer.submit(chain, [sealed]);
        expect(refusals).toEqual([]);
      }
      expect(textOf(hub.note)).toBe(textOf(frozen.checkpoint.note));
    } finally {
      await hub.close();
    }
  }, 60_000);

  test('a hub of then is understood by the desk of today: it folds, proves and comes to the frozen head', async () => {
    const desk = await TestDesk.open(foundClinic('Reader'), region);
    try {
      await desk.replica.catchUp(new FrozenHub());
      expect(desk.replica.size).toBe(blocks.length);
      expect(toHex(desk.replica.checkpoint?.effects ?? new Uint8Array(0))).toBe(frozen.blocks.at(-1)?.effects);
    } finally {
      await desk.close();
    }
  }, 60_000);
});

/** Answers with the frozen bytes alone. */
class FrozenHub extends HubClient {
  readonly #leaves = frozen.blocks.map(({ leaf }) => fromHex(leaf));
  readonly #node: NodeSource = async (level, place) =>
    level === 0
      ? (this.#leaves[place] as Uint8Array)
      : nodeHash(hash, await this.#node(level - 1, 2 * place), await this.#node(level - 1, 2 * place + 1));

  constructor() {
    super('https://frozen.example', { authority: '' });
  }

  override async ask<Data>(name: keyof typeof HUB_OPERATIONS, variables: Record<string, unknown> = {}): Promise<Data> {
    const { from = 0, limit = 0, size = 0 } = variables as { from?: number; limit?: number; size?: number };
    const page = blocks.slice(from, from + limit).map(({ sealed }) => sealed);
    const answers: Partial<Record<keyof typeof HUB_OPERATIONS, () => unknown>> = {
      Checkpoint: () => ({ checkpoint: frozen.checkpoint.note + frozen.checkpoint.cosignature }),
      Snapshot: () => ({ snapshot: null }),
      Tiles: () => ({ tiles: [] }),
      PackedBlocks: () => ({
        packedBlocks: Buffer.concat(page.flatMap((block) => [Buffer.from([0, block.length >> 8, block.length & 255]), block])).toString('base64'),
      }),
      Blocks: () => ({ blocks: { from, blocks: page.map((block) => Buffer.from(block).toString('base64')), checkpoint: frozen.checkpoint.note } }),
      ConsistencyProof: async () => ({
        consistencyProof: (await consistencyProof(hash, from, size, this.#node)).map((node) => Buffer.from(node).toString('base64')),
      }),
    };
    const answer = answers[name];
    if (!answer) throw new Error(`the frozen hub does not know ${name}`);
    return (await answer()) as Data;
  }
}

describe('ranges', () => {
  test('meet in the newest version that both speak; who states nothing speaks version 1', () => {
    const today: WireRange = { oldest: 1, newest: 1 };
    expect(commonWire(today, readWireRange(undefined))).toBe(1);
    expect(commonWire({ oldest: 1, newest: 3 }, { oldest: 2, newest: 5 })).toBe(3);
    expect(() => commonWire(today, { oldest: 2, newest: 2 })).toThrow(/Update Careledger on this computer/);
    expect(() => commonWire({ oldest: 2, newest: 2 }, today)).toThrow(/The hub is older than this program/);
    for (const text of ['', '1', '2-1', '0-1', '1-1 ', '1-1000', '1-1-1']) expect(() => readWireRange(text)).toThrow(/Nothing was exchanged/);
  });

  test('that do not meet are refused by name on both sides, over the real line, and nothing else happens', async () => {
    const bench = await HubBench.open();
    const device = await bench.certify(bench.founder.desk.key, { secret: bench.founderSecret, founding: bench.founder.founding.bytes });
    const asked = async (wire?: WireRange): Promise<string> => {
      const client = new HubClient(`https://localhost:${bench.port}`, { authority: bench.authority, device }, undefined, wire);
      try {
        return await client.ask('Checkpoint').then(
          () => 'answered',
          (error: { code?: string }) => error.code ?? String(error),
        );
      } finally {
        client.close();
      }
    };
    try {
      expect(await asked()).toBe('answered');
      expect(await asked({ oldest: 1, newest: 2 })).toBe('answered');
      expect(await asked({ oldest: 2, newest: 2 })).toBe('sync.wire-version');
      const line = bench.line(device);
      const { status, body } = await line.http({ headers: { 'careledger-wire': '2-3' }, body: '{}' });
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([426, 'sync.wire-version']);
      await bench.hub.close();
      bench.hub = await openHub(bench.folder, { wire: { oldest: 2, newest: 2 } });
      await bench.hub.start(bench.port, '127.0.0.1');
      expect(await asked()).toBe('sync.wire-version');
      expect(await asked({ oldest: 1, newest: 2 })).toBe('answered');
    } finally {
      await bench.close();
    }
  }, 60_000);
});
