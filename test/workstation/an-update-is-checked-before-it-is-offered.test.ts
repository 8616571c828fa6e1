/** The workstation's end of updates against a real hub's feed. Swapping the program needs Electron: no test here does it. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Releases } from '../../server/hub/fleet/releases.ts';
import { readHubKeys } from '../../server/hub/hub-keys.ts';
import { HubClient } from '../../server/sync/hub-client.ts';
import { sha256, signingKeyFromSeed } from '../../server/vault/primitives.ts';
import { ProgramUpdates } from '../../server/workstation/updates/program-updates.ts';
import type { UpdateFeed } from '../../server/workstation/updates/update-door.ts';
import type { OwnProgram } from '../../shared/fleet/release.ts';
import { WITHDRAWN } from '../../shared/fleet/rings.ts';
import { HubBench, type Line, temporaryFolder } from '../hub/hub-bench.ts';
import { packageOf, releaseKey, releasesBeside, signedRelease } from '../support/releases.ts';

const OWN: OwnProgram = { version: '1.2.0', schema: 20, rules: 1, target: 'linux' };

let bench: HubBench;
let line: Line;
let releases: Releases;
let offered: Awaited<ReturnType<typeof releasesBeside>>['offer'];
let closeReleases: () => Promise<void>;
let own: OwnProgram;
let folder: string;
let isSignedIn: boolean;
let installed: UpdateFeed[];
let updates: ProgramUpdates;

const clientOf = (port: number): HubClient => {
  const { key, cert } = line.agent.options as { key: string; cert: string };
  return new HubClient(`https://localhost:${port}`, {
    authority: bench.authority,
    device: { privateKey: key, certificate: cert },
  });
};
const workstation = (port = bench.port, hasShell = true): ProgramUpdates =>
  new ProgramUpdates({
    folder,
    releaseKey: releaseKey.publicKey,
    own: async () => own,
    askHub: async (ask) => {
      const client = clientOf(port);
      try {
        return await ask(client);
      } finally {
        client.close();
      }
    },
    isSomebodySignedIn: () => isSignedIn,
    onChange: () => undefined,
    install: hasShell ? (feed) => void installed.push(feed) : undefined,
  });

async function offer(version: string, more: Parameters<typeof signedRelease>[1] = {}): Promise<void> {
  const from = await temporaryFolder('package');
  const { name, bytes } = packageOf(version);
  await writeFile(join(from, name), bytes);
  await releases.add(signedRelease(version, { schema: 20, ...more }), from);
  const { releases: held } = await releases.state();
  if (held.find((each) => each.version === version)?.ring !== 3) await offered(version, 3);
}

const fileOf = (version: string): string => join(folder, 'updates', packageOf(version).sha512);

beforeAll(async () => {
  bench = await HubBench.open({ releaseKey: releaseKey.publicKey });
  line = await bench.join(bench.founder);
  ({ releases, offer: offered, close: closeReleases } = await releasesBeside(bench.folder));
});
afterAll(async () => {
  await updates.stop();
  await closeReleases();
  await bench.close();
});
beforeEach(async () => {
  for (const { version, isWithdrawn } of (await releases.state()).releases) if (!isWithdrawn) await offered(version, WITHDRAWN);
  await updates?.stop();
  [own, isSignedIn, installed, folder] = [OWN, false, [], await temporaryFolder('desk')];
  updates = workstation();
});

describe('a workstation offers what its makers signed', () => {
  test('nothing while nothing is offered; then the release, fetched and checked; then nothing again once it is withdrawn', async () => {
    await updates.look();
    expect(updates.state.kind).toBe('none');
    await offer('1.3.0');
    await updates.look();
    expect(updates.state).toMatchObject({ kind: 'ready', isOlder: false, release: { version: '1.3.0' } });
    expect((await readFile(fileOf('1.3.0'))).equals(packageOf('1.3.0').bytes)).toBe(true);
    await offered('1.3.0', WITHDRAWN);
    await updates.look();
    expect(updates.state.kind).toBe('none');
    expect(await readdir(folder)).toEqual([]);
  });

  test('what runs already is no update', async () => {
    await offer('1.2.0');
    await updates.look();
    expect(updates.state.kind).toBe('none');
  });

  test('a download that broke off goes on where it was', async () => {
    await offer('1.3.0');
    const { bytes } = packageOf('1.3.0');
    await mkdir(join(folder, 'updates'));
    await writeFile(`${fileOf('1.3.0')}.partial`, bytes.subarray(0, 50_000));
    await updates.look();
    expect(updates.state.kind).toBe('ready');
    expect((await readFile(fileOf('1.3.0'))).equals(bytes)).toBe(true);
  });

  test('it is handed over only while nobody is signed in, on a port of this computer that knows its path', async () => {
    await offer('1.3.0');
    await updates.look();
    isSignedIn = true;
    await expect(updates.install()).rejects.toMatchObject({ code: 'update.somebody-signed-in' });
    expect(installed).toEqual([]);
    isSignedIn = false;
    await updates.install();
    const [feed] = installed as [UpdateFeed];
    expect(feed).toMatchObject({ version: '1.3.0', isOlder: false });
    const { name, bytes } = packageOf('1.3.0');
    const described = JSON.parse((await got(`${feed.address}/latest-linux.yml`)).toString()) as { path: string; version: string };
    expect(described).toMatchObject({ version: '1.3.0', path: `1.3.0/${name}` });
    expect((await got(`${feed.address}/${described.path}`)).equals(bytes)).toBe(true);
    const other = feed.address.replace(/[0-9a-f]{32}$/, '0'.repeat(32));
    await expect(got(`${other}/latest-linux.yml`)).rejects.toThrow('404');
    await expect(got(`${feed.address}/latest.yml`)).rejects.toThrow('404');
  });

  test('through a browser it is shown, and whoever installed the program puts it in place', async () => {
    await offer('1.3.0');
    const browser = workstation(bench.port, false);
    await browser.look();
    expect([browser.state.kind, browser.canInstall]).toEqual(['ready', false]);
    await expect(browser.install()).rejects.toMatchObject({ code: 'update.no-shell' });
  });
});

describe('a workstation refuses', () => {
  const refused = async (): Promise<string | undefined> => {
    await updates.look();
    const { state } = updates;
    await expect(updates.install()).rejects.toMatchObject({ code: 'update.none' });
    return state.kind === 'refused' ? state.problem.code : undefined;
  };

  test('an older version, unless it was signed to take back the one that runs', async () => {
    own = { ...OWN, version: '1.4.0' };
    await offer('1.3.0');
    expect(await refused()).toBe('release.downgrade');
    await offer('1.3.0', { replaces: ['1.3.9'] });
    expect(await refused()).toBe('release.downgrade');
    await offer('1.3.0', { replaces: ['1.4.0'] });
    await updates.look();
    expect(updates.state).toMatchObject({ kind: 'ready', isOlder: true });
  });

  test('one that could not open what this computer has, or follow its region', async () => {
    await offer('1.3.0', { schema: 19 });
    expect(await refused()).toBe('release.schema');
    await offer('1.3.0');
    own = { ...OWN, rules: 2 };
    expect(await refused()).toBe('release.rules');
    own = { ...OWN, target: 'windows' };
    expect(await refused()).toBe('release.target');
  });

  test('one that a taken-over hub signed itself', async () => {
    const stranger = signingKeyFromSeed(sha256(Buffer.from('the hub')));
    const hub = await lyingHub((path) => (path === '/updates/release' ? signedRelease('9.0.0', { key: stranger }) : undefined));
    updates = workstation((hub.address() as AddressInfo).port);
    expect(await refused()).toBe('release.forged');
    hub.close();
  });

  test('a file that is not the signed one, and keeps nothing of it', async () => {
    const signed = signedRelease('1.3.0', { schema: 20 });
    const { bytes } = packageOf('1.3.0');
    const other = Buffer.from(bytes).fill(7, 1000, 1010);
    const hub = await lyingHub((path) => (path === '/updates/release' ? signed : other));
    updates = workstation((hub.address() as AddressInfo).port);
    expect(await refused()).toBe('update.file-altered');
    expect(await readdir(join(folder, 'updates'))).toEqual([]);
    hub.close();
  });

  test('to be sent to another host', async () => {
    let asked = 0;
    const elsewhere = await lyingHub(() => {
      asked += 1;
      return Buffer.from('no');
    });
    const { port } = elsewhere.address() as AddressInfo;
    const hub = await lyingHub(() => `https://localhost:${port}/updates/release`);
    updates = workstation((hub.address() as AddressInfo).port);
    await expect(updates.look()).rejects.toMatchObject({ code: 'sync.hub-answer' });
    expect([updates.state.kind, asked]).toEqual(['none', 0]);
    hub.close();
    elsewhere.close();
  });

  test('a file that was altered on the disk after it was checked', async () => {
    await offer('1.3.0');
    await updates.look();
    const { bytes } = packageOf('1.3.0');
    await writeFile(fileOf('1.3.0'), Buffer.from(bytes).fill(7, 1000, 1010));
    await expect(updates.install()).rejects.toMatchObject({ code: 'update.file-altered', retry: true });
    expect(installed).toEqual([]);
    await updates.look();
    await updates.install();
    expect(installed).toHaveLength(1);
  });
});

/** With the hub's own certificate: bytes to answer, an address to send to, or nothing. */
async function lyingHub(answer: (path: string) => Uint8Array | string | undefined): Promise<Server> {
  const { server: keys } = await readHubKeys(bench.folder);
  const hub = createServer({ key: keys.privateKey, cert: keys.certificate, minVersion: 'TLSv1.3' }, ({ url = '' }, response) => {
    const said = answer(url);
    if (typeof said === 'string') response.writeHead(302, { location: said }).end();
    else if (said) response.writeHead(200).end(said);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  return hub;
}

function got(address: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    request(address, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        response.statusCode === 200 ? resolve(Buffer.concat(chunks)) : reject(new Error(`${response.statusCode}`)),
      );
    })
      .on('error', reject)
      .end();
  });
}
