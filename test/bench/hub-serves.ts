/** What the hub serves to 20 devices at once, beside bare libraries over the same mutual TLS. */
import { request } from 'node:https';
import { join } from 'node:path';
import { readHubKeys } from '../../server/hub/hub-keys.ts';
import { TILE_WIDTH, tilePath } from '../../shared/ledger/tiles.ts';
import { HUB_OPERATIONS, HUB_PATHS } from '../../shared/sync/operations.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import { HubBench, Line } from '../hub/hub-bench.ts';
import { serveInProcess } from '../hub/hub-process.ts';
import { enrolDevices } from '../hub/measure.ts';
import { act, bytesFor } from '../support/ledger-builder.ts';
import { contest, type Result, resultOf } from './contest.ts';
import { startRole } from './role.ts';

const BLOCKS = LIMITS.blocksPerPage;
const PAGES_OF_DEVICE = 10;
const FILES_OF_DEVICE = 150;
const ROUNDS = 3;
const BARE_QUERY = 'query Blocks($from: Float!, $limit: Int!) { blocks(from: $from, limit: $limit) { from blocks } }';

export async function hubServes(): Promise<Result[]> {
  const bench = await HubBench.open();
  const bare = startRole('bare-role.ts');
  try {
    const { founder } = bench;
    const devices = (await enrolDevices(bench)).map(({ certificate }) => certificate);
    const device = devices[0] as Certified;
    const first = bench.line(device);
    const blocks = Array.from({ length: BLOCKS }, (_, at) =>
      founder.desk.write(act(founder, 'access.sealed', { root: bytesFor('root'), count: at + 1 })),
    );
    for (let from = 0; from < BLOCKS; from += 500) await bench.submit(first, ...blocks.slice(from, from + 500));
    // Closing writes the tiles.
    await bench.hub.close();
    const { server, authority } = await readHubKeys(bench.folder);
    const hub = await serveInProcess(bench.folder);
    const wanted = { from: 0, limit: BLOCKS };
    const line = new Line(hub.port, bench.authority, device);
    const page = await line.ask<{ blocks: { blocks: string[] } }>('Blocks', wanted);
    const path = tilePath({ layer: 'blocks', place: 0, width: TILE_WIDTH });
    const port = await bare.ask<number>('serve', {
      credentials: {
        privateKey: server.privateKey,
        certificate: server.certificate + authority.certificate,
        authority: authority.certificate,
      },
      page: page.blocks.blocks,
      file: join(bench.folder, 'tiles', path),
    });
    line.close();
    const pages = (at: number, query: string) => {
      const body = JSON.stringify({ query, variables: wanted });
      return rate(at, bench.authority, devices, PAGES_OF_DEVICE, { method: 'POST', path: HUB_PATHS.graphql, body });
    };
    const files = (at: number) =>
      rate(at, bench.authority, devices, FILES_OF_DEVICE, { method: 'GET', path: `/${path}`, body: '' });
    const samples = await contest(ROUNDS, {
      blocks: () => pages(hub.port, HUB_OPERATIONS.Blocks),
      bareBlocks: () => pages(port, BARE_QUERY),
      tiles: () => files(hub.port),
      bareTiles: () => files(port),
    });
    await hub.end('SIGTERM');
    return [
      resultOf(
        { id: 'hub.blocks', unit: `pages/s of ${BLOCKS}`, bar: { atLeast: 0.7 }, against: 'graphql-js, the same strings' },
        samples.blocks,
        samples.bareBlocks,
      ),
      resultOf(
        { id: 'hub.tiles', unit: 'files/s of 256 blocks', bar: { atLeast: 0.7 }, against: 'node:https, the same file' },
        samples.tiles,
        samples.bareTiles,
      ),
    ];
  } finally {
    await bare.end();
    await bench.close();
  }
}

interface Certified {
  readonly privateKey: string;
  readonly certificate: string;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Answers a second to all devices together; each asks for one after the other on a line of its own. */
async function rate(
  port: number,
  authority: string,
  devices: readonly Certified[],
  count: number,
  asked: Asked,
): Promise<number> {
  const lines = devices.map((device) => new Line(port, authority, device));
  await Promise.all(lines.map((line) => answered(line, asked)));
  const start = performance.now();
  await Promise.all(
    lines.map(async (line) => {
      for (let at = 0; at < count; at++) await answered(line, asked);
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const line of lines) line.close();
  return (devices.length * count) / seconds;
}

/** Reads an answer to its end, and looks at its status alone. */
function answered({ agent, port }: Line, { method, path, body }: Asked): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, 'content-type': 'application/json' };
    const asked = request({ agent, host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${method} ${path} was answered ${response.statusCode}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
