import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hubCommand } from '../../server/hub/commands/hub-command.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import { verifyTiles } from '../../server/workstation/verify/verify-tiles.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { act, bytesFor, cosign } from '../support/ledger-builder.ts';
import { HubBench, type Line, temporaryFolder } from './hub-bench.ts';

describe('the hub writes static tiles', () => {
  let bench: HubBench;
  let line: Line;
  let sent = 0;
  beforeAll(async () => {
    bench = await HubBench.open();
    line = await bench.join(bench.founder);
  });
  afterAll(() => bench.close());

  const submit = async (count: number): Promise<void> => {
    const { desk } = bench.founder;
    const blocks = Array.from({ length: count }, () =>
      desk.write(act(bench.founder, 'access.sealed', { root: bytesFor('root'), count: sent++ })),
    );
    expect((await bench.submit(line, ...blocks)).map(({ refusal }) => refusal)).toEqual(blocks.map(() => null));
  };
  const command = async (...args: string[]) => {
    let out = '';
    const code = await hubCommand(args, { out: (text) => (out += text), err: (text) => (out += text) });
    return { code, out };
  };
  /** GET with a device's certificate, or without. */
  const get = (path: string, agent = line.agent): Promise<{ status: number; body: Buffer; cache: string }> =>
    new Promise((resolve, reject) => {
      const headers = { host: `localhost:${bench.port}` };
      const asked = request({ agent, host: '127.0.0.1', port: bench.port, path, method: 'GET', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks),
            cache: response.headers['cache-control'] ?? '',
          }),
        );
      });
      asked.on('error', reject).end();
    });

  test('exported while the hub runs, the folder verifies; grown, it verifies again, cosignatures included', async () => {
    const to = await temporaryFolder('tiles');
    try {
      await submit(300);
      expect(await command('export-tiles', '--data', bench.folder, '--to', to)).toMatchObject({ code: 0 });
      expect(await verifyTiles(to, toHex(bench.region.id))).toMatchObject({ blocks: 300, signatures: 300, witnessed: false });
      await submit(10);
      const { note, size } = await bench.checkpoint(line);
      await line.ask('Cosign', { size, line: cosign(bench.founder, note) });
      const { out } = await command('export-tiles', '--data', bench.folder, '--to', to, '--json');
      // Blocks, entries, hashes of level 0, the checkpoint: level 1 has not grown.
      expect(JSON.parse(out)).toEqual({ size: 310, files: 4 });
      expect(await verifyTiles(to, toHex(bench.region.id))).toMatchObject({ blocks: 310, witnessed: true });
    } finally {
      await rm(to, { recursive: true, force: true });
    }
  });

  test('the running hub keeps a folder of its own, names closed ranges by path and hash, and gives out their bytes', async () => {
    await submit(5);
    // What is committed when the hub ends is in the folder.
    await bench.restart();
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    expect(await verifyTiles(join(bench.folder, 'tiles'), toHex(bench.region.id))).toMatchObject({ blocks: 315, uncovered: 0 });
    await submit(1);
    await bench.restart();
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    const { tiles } = await line.ask<{
      tiles: Array<{ from: number; end: number; files: Array<{ path: string; hash: string; bytes: number }> }>;
    }>('Tiles', { from: 0, limit: 8 });
    expect(tiles.map(({ from, end }) => [from, end])).toEqual([[0, 256]]);
    for (const { path, hash, bytes } of tiles[0]?.files ?? []) {
      const { status, body, cache } = await get(`/${path}`);
      expect(status).toBe(200);
      expect(cache).toContain('immutable');
      expect(body.length).toBe(bytes);
      expect(createHash('sha256').update(body).digest('hex')).toBe(hash);
    }
    expect((await get('/checkpoint')).cache).toBe('no-store');
    expect((await get('/genesis')).body.equals(bench.region.bytes)).toBe(true);
  });

  test('taken away while the hub runs, the folder is written anew, and desks are sent to the database meanwhile', async () => {
    const warnings: string[] = [];
    await bench.hub.close();
    bench.hub = await openHub(bench.folder, { warn: ({ code }) => warnings.push(code) });
    bench.port = await bench.hub.start(0, '127.0.0.1');
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    const folder = join(bench.folder, 'tiles');
    await rm(join(folder, 'tile', '0'), { recursive: true });
    expect(await line.ask('Tiles', { from: 0, limit: 8 })).toEqual({ tiles: [] });
    expect(warnings).toEqual(['tiles.gone']);
    await rm(folder, { recursive: true });
    await submit(1);
    await bench.restart();
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    expect(await verifyTiles(folder, toHex(bench.region.id))).toMatchObject({ blocks: 317, uncovered: 0 });
    expect(await line.ask('Tiles', { from: 0, limit: 8 })).toMatchObject({ tiles: [{ from: 0, end: 256 }] });
  });

  test('without a certificate, and outside the layout, there is nothing', async () => {
    const stranger = bench.line();
    expect((await get('/checkpoint', stranger.agent)).status).toBe(403);
    for (const path of [
      '/hub-keys.json',
      '/tile/../../hub-keys.json',
      '/tile/blocks/../../../hub.db',
      '/tile/0/999',
      '/tile/x',
      '/graphql',
    ])
      expect([404, 405], path).toContain((await get(path)).status);
  });

  test('a hub restored from an older copy does not write over what its folder has, and says so', async () => {
    const warnings: string[] = [];
    await bench.hub.close();
    const putBack = await bench.copyStore();
    bench.hub = await openHub(bench.folder);
    bench.port = await bench.hub.start(0, '127.0.0.1');
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    await submit(2);
    await bench.hub.close();
    await putBack();
    bench.hub = await openHub(bench.folder, { warn: ({ code }) => warnings.push(code) });
    await bench.hub.close();
    expect(warnings).toContain('tiles.ahead');
    expect(await verifyTiles(join(bench.folder, 'tiles'))).toMatchObject({ blocks: 319 });
    bench.hub = await openHub(bench.folder, { warn: () => undefined });
    bench.port = await bench.hub.start(0, '127.0.0.1');
    line = bench.line({ privateKey: line.agent.options.key as string, certificate: line.agent.options.cert as string });
    // What this hub has lost is not given out as its ledger; nor what came before, which is asked for otherwise.
    expect((await get('/tile/blocks/000')).status).toBe(404);
    expect(await line.ask('Tiles', { from: 0, limit: 8 })).toEqual({ tiles: [] });
  });
});
