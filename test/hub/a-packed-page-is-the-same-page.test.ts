import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DownloadThread } from '../../server/sync/download-thread.ts';
import { fetchBlocks, fetchPackedBlocks } from '../../server/sync/fetch-blocks.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { leafHash } from '../../shared/ledger/merkle.ts';
import { act, bytesFor, hash } from '../support/ledger-builder.ts';
import { HubBench } from './hub-bench.ts';

/** A hub that answers every question for packed blocks with this. */
const answering = (packedBlocks: unknown): HubClient => ({ ask: async () => ({ packedBlocks }) }) as unknown as HubClient;

describe('blocks as one text', () => {
  let bench: HubBench;
  let client: HubClient;
  let blocks: Uint8Array[];
  const anchor = (count: number) => act(bench.founder, 'access.sealed', { root: bytesFor(`root ${count}`), count });

  beforeAll(async () => {
    bench = await HubBench.open();
    const { founding, desk } = bench.founder;
    const device = await bench.certify(desk.key, { secret: bench.founderSecret, founding: founding.bytes });
    client = new HubClient(`https://localhost:${bench.port}`, { authority: bench.authority, device });
    blocks = Array.from({ length: 12 }, (_, at) =>
      bench.founder.desk.write(...Array.from({ length: 1 + (at % 3) }, (__, event) => anchor(10 * at + event))),
    );
    await client.ask('Submit', { blocks: blocks.map(toBase64) });
  });
  afterAll(async () => {
    client.close();
    await bench.close();
  });

  test('are the blocks that the hub took, with their hashes, and the same as in a list', async () => {
    for (const fetch of [fetchBlocks, fetchPackedBlocks]) {
      const page = await fetch(client, 2, 7);
      const places = JSON.parse(page.places) as number[];
      expect(page.ends).toHaveLength(7);
      for (const [at, end] of page.ends.entries()) {
        const start = page.starts[at] as number;
        const block = page.bytes.slice(start, end);
        const name = blockHash(hash, block);
        expect(block).toEqual(blocks[2 + at]);
        expect(page.hashes.slice(32 * at, 32 * at + 32)).toEqual(name);
        expect(page.leaves.slice(32 * at, 32 * at + 32)).toEqual(leafHash(hash, name));
        expect([Math.floor((places[at] as number) / 2 ** 19), (places[at] as number) % 2 ** 19]).toEqual([start, end - start]);
      }
    }
  });

  test('that are not there make an empty page', async () => {
    expect((await fetchPackedBlocks(client, 12, 10)).ends).toHaveLength(0);
  });

  test.each([
    ['no text', 7],
    ['a list', ['AAAA']],
    ['a length cut short', toBase64(Uint8Array.of(0, 0))],
    ['a block cut short', toBase64(Uint8Array.of(0, 0, 5, 1, 2))],
    ['a length beyond all memory', toBase64(Uint8Array.of(255, 255, 255, 1))],
  ])('that are %s are refused whole', async (_, answer) => {
    await expect(fetchPackedBlocks(answering(answer), 0, 10)).rejects.toMatchObject({ code: 'sync.hub-answer' });
  });

  test('come through a thread of their own as well, and its failures too', async () => {
    const thread = new DownloadThread(client, hash);
    try {
      expect((await thread.fetch(0, 12)).ends).toHaveLength(12);
      await thread.ready;
      const page = await thread.fetch(0, 12);
      expect(page.bytes.slice(page.starts[11], page.ends[11])).toEqual(blocks[11]);
      await expect(thread.fetch(-1, 5)).rejects.toMatchObject({ code: 'hub.argument' });
    } finally {
      await thread.close();
    }
  });
});
