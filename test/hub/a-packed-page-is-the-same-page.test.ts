import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DownloadThread } from '../../server/sync/download/download-thread.ts';
import { type BlockPage, fetchBlocks, fetchPackedBlocks } from '../../server/sync/download/fetch-blocks.ts';
import { fetchClosedFirst } from '../../server/sync/download/fetch-closed.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { toBase64 } from '../../shared/encoding/bytes.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { leafHash } from '../../shared/ledger/merkle.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { act, bytesFor, hash } from '../support/ledger-builder.ts';
import { HubBench } from './hub-bench.ts';

/** 256 blocks of three bytes, as a static tile; `change` makes another file of it. */
const tile = (place: number, change: (file: Buffer) => Buffer = (file) => file): Buffer =>
  change(Buffer.concat(Array.from({ length: 256 }, (_, at) => Buffer.of(0, 0, 0, 3, place, at, 7))));

/** A hub with these files, which answers every question for packed blocks with one block. */
const keeping = (files: Record<string, Buffer>) => {
  const asked: string[] = [];
  const hub = {
    ask: async () => ({ packedBlocks: toBase64(Uint8Array.of(0, 0, 2, 9, 9)) }),
    fetchFile: async (path: string, _from: number, most: number, take: (piece: Uint8Array) => void) => {
      asked.push(path);
      const file = files[path];
      if (file && file.length > most) throw new Failure('sync.hub-answer', 'more bytes than it has', { retry: true });
      if (file) take(file);
      return file !== undefined;
    },
  };
  return { asked, fetch: fetchClosedFirst(hub as unknown as HubClient) };
};

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

describe('blocks of closed ranges', () => {
  const two = { '/tile/blocks/000': tile(0), '/tile/blocks/001': tile(1) };
  const blocksOf = ({ bytes, starts, ends }: BlockPage): number[][] =>
    Array.from(ends, (end, at) => [...bytes.slice(starts[at], end)]);
  const packed = [[9, 9]];

  test('come as files, and behind them as one text', async () => {
    const { asked, fetch } = keeping(two);
    const page = await fetch(0, 512);
    expect(blocksOf(page)).toEqual(Array.from({ length: 512 }, (_, at) => [at >> 8, at % 256, 7]));
    expect(page.hashes.slice(32 * 300, 32 * 301)).toEqual(blockHash(hash, Uint8Array.of(1, 44, 7)));
    expect(blocksOf(await fetch(512, 256))).toEqual(packed);
    // The newest closed range was met: nothing more is looked for.
    expect(blocksOf(await fetch(768, 256))).toEqual(packed);
    expect(asked).toEqual(['/tile/blocks/000', '/tile/blocks/001', '/tile/blocks/002']);
  });

  test('are asked for as one text where they are not whole', async () => {
    const { asked, fetch } = keeping(two);
    for (const [from, limit] of [
      [1, 255],
      [0, 300],
      [0, 0],
    ] as const)
      expect(blocksOf(await fetch(from, limit))).toEqual(packed);
    expect(asked).toEqual([]);
  });

  test.each([
    ['cut short', tile(0, (file) => file.subarray(0, -1))],
    ['one block too long', tile(0, (file) => Buffer.concat([file, Buffer.of(0, 0, 0, 1, 5)]))],
    ['with a length beyond its end', tile(0, (file) => Buffer.concat([file.subarray(0, -7), Buffer.of(255, 255, 255, 255)]))],
    ['empty', Buffer.alloc(0)],
    ['too large to hold', Buffer.alloc(5_000_000)],
  ])('are asked for as one text when a file is %s', async (_, file) => {
    const { fetch } = keeping({ '/tile/blocks/000': file });
    expect(blocksOf(await fetch(0, 256))).toEqual(packed);
  });
});
