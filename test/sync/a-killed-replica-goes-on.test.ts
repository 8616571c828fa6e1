import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBlocks } from '../../server/ledger/blocks.store.ts';
import { readHead } from '../../server/ledger/ledger.store.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { foundClinic, foundRegion, hash } from '../support/ledger-builder.ts';
import { ScriptedHub } from './scripted-hub.ts';
import { recordBlocks, TestDesk } from './test-desk.ts';

test('a replica that is killed at any time goes on from a whole page and comes to the same end', async () => {
  const north = foundClinic('North');
  const south = foundClinic('South');
  const hub = await ScriptedHub.open(foundRegion('sync', [north, south]));
  hub.take(...recordBlocks(south, 'block', 900));
  const folder = await mkdtemp(join(tmpdir(), 'careledger-killed-'));
  const place = { address: hub.address, trust: hub.trust };
  const sizes: number[] = [];
  for (const killedAt of [2, 5, 9]) {
    const child = fork(new URL('./catching-up-process.ts', import.meta.url), { execArgv: ['--no-warnings'] });
    let pages = 0;
    hub.lies.Blocks = ({ limit, ...variables }) => {
      pages += 1;
      if (pages === killedAt) child.kill('SIGKILL');
      return { blocks: { blocks: hub.page({ ...variables, limit: Math.min(limit, 50) }) } };
    };
    child.send({ folder, place });
    await once(child, 'exit');
    const desk = await TestDesk.open(north, hub.region.region, folder);
    const head = await readHead(desk.database.read, hash);
    const size = head?.size ?? -1;
    expect(size).toBeGreaterThanOrEqual(sizes.at(-1) ?? 0);
    expect(size).toBeLessThan(900);
    expect(await readBlocks(desk.database.read, size, 1)).toEqual([]);
    expect(toHex(head?.range.root() ?? new Uint8Array())).toBe(toHex(await hub.rootAt(size)));
    sizes.push(size);
    await desk.database.close();
  }
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  delete hub.lies.Blocks;
  const desk = await TestDesk.open(north, hub.region.region, folder);
  expect(await desk.catchUp(hub)).toBe('caught up');
  const head = await readHead(desk.database.read, hash);
  expect(toHex(head?.effects ?? new Uint8Array())).toBe(toHex(hub.head.effects));
  await desk.close();
  await hub.close();
});
