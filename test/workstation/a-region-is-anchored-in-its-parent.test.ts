/**
 * Two regions with hubs of their own, as processes. One is the parent of the other: what was anchored there cannot be written anew here,
 * not even when the hub and every clinic of the region agree to.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportTiles, initHub, witnessPlace } from '../../server/hub/commands/administration.ts';
import { hashParts } from '../../server/vault/hash-parts.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { verifyTiles } from '../../server/workstation/verify/verify-tiles.ts';
import { openAnchor } from '../../shared/ledger/anchor.ts';
import { type HubProcess, serveInProcess } from '../hub/hub-process.ts';
import { runProgram } from '../support/program-process.ts';
import '../support/quick-passphrases.ts';

const PASSPHRASE = 'copper lantern drifting walrus';
let root: string;
let hubs: Record<string, HubProcess>;
const place = (name: string): string => join(root, name);
const hubOf = (region: string): string => place(`${region}-hub`);

async function serve(region: string, port: number): Promise<void> {
  hubs[region] = await serveInProcess(hubOf(region), port);
}

/** A region and the folder of the clinic that has founded it. Gives the port of its hub. */
async function found(region: string): Promise<number> {
  const port = await freePort();
  const { invitation } = await initHub(hubOf(region), region, `https://localhost:${port}`);
  await serve(region, port);
  await run('init', '--clinic', region, '--administrator', 'Ana Ferreira', '--data', place(region));
  await run('join', invitation, '--data', place(region));
  return port;
}

async function run(...args: string[]): Promise<string> {
  const { code, out, err } = await runProgram([...args, '--passphrase-file', place('passphrase')]);
  if (code !== 0) throw new Error(err);
  return out;
}

async function write(region: string, family: string): Promise<void> {
  const register = `mutation { registerPatient(input: { family: "${family}", given: ["Ada"] }) { patient { id } } }`;
  await run('query', register, '--data', place(region));
  await run('sync', '--once', '--data', place(region));
}

/** What the parent's clinic does with the newest checkpoint of the child. */
async function anchor(file: string): Promise<{ did: string; size: number }> {
  const { hub, region, authority } = await witnessPlace(hubOf('child'));
  const whom = ['--hub', hub, '--region', region, '--authority', authority];
  return JSON.parse(await run('anchor', '--once', '--json', '--data', place('parent'), '--out', place(file), ...whom));
}

const opened = (file: string) => openAnchor(hashParts, verifySignature, JSON.parse(readFileSync(place(file), 'utf8')));
const held = (tiles: string, file: string) => verifyTiles(place(tiles), undefined, undefined, opened(file));

beforeEach(() => {
  hubs = {};
  root = mkdtempSync(join(tmpdir(), 'careledger-anchor-'));
  writeFileSync(place('passphrase'), PASSPHRASE);
});
afterEach(async () => {
  await Promise.all(Object.values(hubs).map((hub) => hub.end('SIGTERM')));
  rmSync(root, { recursive: true, force: true });
});

test('a region is bound to the ledger of its parent, and one that was made anew is not the one that stands there', {
  timeout: 300_000,
}, async () => {
  await found('parent');
  const port = await found('child');
  await hubs.child?.end('SIGTERM');
  cpSync(hubOf('child'), hubOf('anew'), { recursive: true });
  cpSync(place('child'), place('anew'), { recursive: true });
  await serve('child', port);

  await write('child', 'First');
  const first = await anchor('first.json');
  expect(first).toMatchObject({ did: 'anchored' });
  const told = await runProgram(['verify', place('first.json'), '--json']);
  expect(JSON.parse(told.out)).toMatchObject({
    holds: true,
    regionName: 'parent',
    anchored: { region: opened('first.json').region, size: first.size },
  });
  await exportTiles(hubOf('child'), place('tiles'));
  expect(await held('tiles', 'first.json')).toMatchObject({ regionName: 'child', region: opened('first.json').region });

  await write('child', 'Second');
  const second = await anchor('second.json');
  expect(second.size).toBeGreaterThan(first.size);
  await expect(held('tiles', 'second.json')).rejects.toMatchObject({ code: 'verify.anchor-ahead' });

  await hubs.child?.end('SIGTERM');
  await serve('anew', port);
  await write('anew', 'Another');
  await write('anew', 'And another');
  await exportTiles(hubOf('anew'), place('tiles-anew'));
  await expect(held('tiles-anew', 'first.json')).rejects.toMatchObject({ code: 'verify.anchor-broken' });
  await expect(anchor('anew.json')).rejects.toThrow(/witness\.(?:rollback|split-view)/);
});
