/** The hub's feed of releases, asked by devices as electron-updater's generic provider does. The swap itself needs Electron. */
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actAtHub, hubActs } from '../../server/hub/commands/fleet-administration.ts';
import type { Releases } from '../../server/hub/fleet/releases.ts';
import { rangeOf } from '../../server/hub/line/file-answer.ts';
import { sha256, signingKeyFromSeed, verifySignature } from '../../server/vault/primitives.ts';
import { fromHex, toBase64, toHex } from '../../shared/encoding/bytes.ts';
import { openRelease, versionOfSubject } from '../../shared/fleet/release.ts';
import { WITHDRAWN } from '../../shared/fleet/rings.ts';
import { act, admissionOf, foundClinic } from '../support/ledger-builder.ts';
import { packageOf, releaseKey, releasesBeside, signedRelease } from '../support/releases.ts';
import { HubBench, type Line, temporaryFolder } from './hub-bench.ts';

interface Got {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

function get(line: Line, path: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const host = `localhost:${line.port}`;
    request({ agent: line.agent, host: '127.0.0.1', port: line.port, path, headers: { host, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

const offeredTo = async (line: Line): Promise<string | undefined> => {
  const { status, body } = await get(line, '/updates/latest-linux.yml');
  return status === 200 ? (JSON.parse(body.toString()) as { version: string }).version : undefined;
};

let bench: HubBench;
let north: Line;
let south: Line;
let releases: Releases;
let offer: Awaited<ReturnType<typeof releasesBeside>>['offer'];
let closeReleases: () => Promise<void>;
let folder: string;
const neighbour = foundClinic('Neighbour');

const add = async (version: string, more: Parameters<typeof signedRelease>[1] = {}) => {
  const place = join(folder, version);
  await mkdir(place, { recursive: true });
  const { name, bytes } = packageOf(version);
  await writeFile(join(place, name), bytes);
  return releases.add(signedRelease(version, more), place);
};

/** At the hub's machine, as `hub update clinic` does it. */
const ring = (subject: Uint8Array, figure: number) =>
  actAtHub(bench.folder, { kind: 'ring', subject, isSet: true, figure, reason: 'maintenance' }, Date.now);

beforeAll(async () => {
  folder = await temporaryFolder('releases');
  bench = await HubBench.open({ releaseKey: releaseKey.publicKey });
  north = await bench.join(bench.founder);
  south = await bench.join(neighbour);
  const admission = admissionOf(bench.region, neighbour, [bench.founder]);
  await bench.submit(
    north,
    bench.founder.desk.write(act(bench.founder, 'chain.admitted', admission, { signer: bench.founder.administrator })),
  );
  ({ releases, offer, close: closeReleases } = await releasesBeside(bench.folder));
});
afterAll(async () => {
  await closeReleases();
  await bench.close();
});

describe('a release goes ring by ring', () => {
  test('before it is offered nobody gets it; then a first clinic, then all, then an earlier version again', async () => {
    expect(await offeredTo(north)).toBeUndefined();
    await add('1.2.0');
    expect(await offeredTo(north)).toBeUndefined();
    await offer('1.2.0', 3);
    await add('1.3.0');
    await ring(bench.founder.chain, 1);
    await offer('1.3.0', 1);
    expect([await offeredTo(north), await offeredTo(south)]).toEqual(['1.3.0', '1.2.0']);
    await offer('1.3.0', 2);
    expect([await offeredTo(north), await offeredTo(south)]).toEqual(['1.3.0', '1.2.0']);
    await offer('1.3.0', 3);
    expect([await offeredTo(north), await offeredTo(south)]).toEqual(['1.3.0', '1.3.0']);
    await offer('1.3.0', WITHDRAWN);
    expect([await offeredTo(north), await offeredTo(south)]).toEqual(['1.2.0', '1.2.0']);
    const [newest, earlier] = await Promise.all(['1.3.0', '1.2.0'].map((version) => releases.subjectOf(version)));
    expect(await releases.state()).toEqual({
      releases: [
        { id: toHex(newest as Uint8Array), version: '1.3.0', ring: 0, isWithdrawn: true },
        { id: toHex(earlier as Uint8Array), version: '1.2.0', ring: 3, isWithdrawn: false },
      ],
      rings: [{ chain: toHex(bench.founder.chain), ring: 1 }],
    });
  });

  test('each is a signed act with the old and the new value, of which every clinic reads the version', async () => {
    const acts = (await hubActs(bench.folder, 0)).filter(({ kind }) => kind === 'release');
    expect(acts.map(({ subject, before, after }) => [versionOfSubject(fromHex(subject)), before, after])).toEqual([
      ['1.2.0', 0, 3],
      ['1.3.0', 0, 1],
      ['1.3.0', 1, 2],
      ['1.3.0', 2, 3],
      ['1.3.0', 3, WITHDRAWN],
    ]);
    await expect(offer('1.3.0', WITHDRAWN)).rejects.toMatchObject({ code: 'hub.act-idle' });
    await expect(offer('1.2.0', 9)).rejects.toMatchObject({ code: 'hub.act-unknown' });
    const foreign = { kind: 'release', subject: new Uint8Array(32), isSet: true, figure: 1, reason: 'not-said' } as const;
    await expect(actAtHub(bench.folder, foreign, Date.now)).rejects.toMatchObject({ code: 'hub.act-unknown' });
  });

  test('another release of the same version is offered to nobody before that is said of it; the same one again changes nothing', async () => {
    await add('1.2.0');
    expect(await offeredTo(south)).toBe('1.2.0');
    const place = join(folder, '1.2.0');
    await releases.add(signedRelease('1.2.0', { time: 1 }), place);
    expect(await offeredTo(south)).toBeUndefined();
    await add('1.2.0');
    expect(await offeredTo(south)).toBe('1.2.0');
  });

  test('the feed names the file as electron-updater reads it, and the signed description comes with it', async () => {
    const { name, bytes } = packageOf('1.2.0');
    const feed = JSON.parse((await get(south, '/updates/latest-linux.yml')).body.toString());
    const { body: signed } = await get(south, '/updates/release');
    const { files } = openRelease(verifySignature, releaseKey.publicKey, signed);
    const sha512 = toBase64(files[0]?.sha512 as Uint8Array);
    expect(feed).toMatchObject({
      version: '1.2.0',
      path: `1.2.0/${name}`,
      sha512,
      files: [{ url: `1.2.0/${name}`, sha512, size: bytes.length }],
    });
    expect((await get(south, '/updates/latest.yml')).status).toBe(404);
    expect((await get(south, '/updates/latest-freebsd.yml')).status).toBe(404);
  });

  test('a file comes whole and in ranges, and only that of the release that is offered', async () => {
    const { name, bytes } = packageOf('1.2.0');
    const path = `/updates/1.2.0/${name}`;
    const whole = await get(south, path);
    expect([whole.status, sha256(whole.body)]).toEqual([200, sha256(bytes)]);
    const part = await get(south, path, { range: 'bytes=100-299' });
    expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 100-299/${bytes.length}`]);
    expect(part.body.equals(bytes.subarray(100, 300))).toBe(true);
    expect((await get(south, path, { range: 'bytes=-5' })).body.equals(bytes.subarray(-5))).toBe(true);
    expect((await get(south, path, { range: `bytes=${bytes.length}-` })).status).toBe(416);
    expect((await get(south, `/updates/1.3.0/${packageOf('1.3.0').name}`)).status).toBe(404);
    for (const wrong of ['/updates/', '/updates/1.2.0/../hub-keys.json', '/updates/1.2.0/%2e%2e', '/updates/hub.db'])
      expect((await get(south, wrong)).status).toBe(404);
  });

  test('who has no certificate of the region gets nothing', async () => {
    expect((await get(bench.line(), '/updates/release').catch(() => undefined))?.status).not.toBe(200);
  });
});

describe('the hub takes no release that no computer could take', () => {
  test('not one of another key', async () => {
    const stranger = signingKeyFromSeed(sha256(Buffer.from('a stranger')));
    await expect(add('1.4.0', { key: stranger })).rejects.toMatchObject({ code: 'release.forged' });
  });

  test('not one whose file is missing or another, nor one that speaks another wire version', async () => {
    const empty = await temporaryFolder('no-files');
    await expect(releases.add(signedRelease('1.4.0'), empty)).rejects.toMatchObject({ code: 'release.file-missing' });
    await writeFile(join(empty, packageOf('1.4.0').name), 'something else');
    await expect(releases.add(signedRelease('1.4.0'), empty)).rejects.toMatchObject({ code: 'release.file-altered' });
    await expect(add('1.4.0', { wire: { oldest: 90, newest: 91 } })).rejects.toMatchObject({ code: 'sync.wire-version' });
    await expect(offer('1.4.0', 1)).rejects.toMatchObject({ code: 'release.unknown' });
    await expect(ring(Buffer.alloc(32, 0xab), 1)).rejects.toMatchObject({ code: 'hub.act-unknown' });
    await expect(ring(bench.founder.chain, 7)).rejects.toMatchObject({ code: 'hub.act-unknown' });
  });
});

test('a range is what RFC 9110 makes of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(6000), fc.nat(6000), (size, first, last) => {
      const range = rangeOf(`bytes=${first}-${last}`, size);
      if (last < first) expect(range).toBeUndefined();
      else if (first >= size) expect(range).toBe('beyond');
      else expect(range).toEqual({ start: first, end: Math.min(last, size - 1) });
    }),
  );
  expect(rangeOf('bytes=0-1,3-4', 10)).toBeUndefined();
  expect(rangeOf('bytes=-0', 10)).toBe('beyond');
  expect(rangeOf('items=0-1', 10)).toBeUndefined();
});
