/** Threat S8 on a clinic's network: whoever else is on it meets the kiosk's page, and gets nothing. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { makeAuthority, makeRequest, signPageRequest } from '../../server/identity/certificates.ts';
import { type LanPage, startLanPage } from '../../server/workstation/kiosk/lan-page.ts';
import type { PageDoor } from '../../server/workstation/page/page-door.ts';
import { testTlsKey } from '../hub/hub-bench.ts';

const DEVICE = 'ab'.repeat(32);
const JSON_TYPE = { 'content-type': 'application/json' };
const WHO = JSON.stringify({ query: '{ kiosk { state } }' });
const QUARTER = 15 * 60_000;

let folder: string;
let authority: Awaited<ReturnType<typeof makeAuthority>>;
let tlsKey: string;
let page: LanPage;
let now = Date.now();
let kept = '';
const asked: unknown[] = [];

const door: PageDoor = {
  execute: async (tier) => {
    asked.push(tier);
    return { data: { kiosk: { state: 'READY' } } };
  },
  follow: () => ({ done: Promise.resolve(), stop: () => undefined }),
};

const open = (names: string[] = [], pairAnew = false, listen = '127.0.0.1:0'): Promise<LanPage> =>
  startLanPage(
    {
      device: DEVICE,
      authority: authority.certificate,
      folder,
      clock: () => now,
      pairing: {
        read: async () => kept,
        write: async (text) => {
          kept = text;
        },
      },
      certificate: async (served) => ({
        privateKey: tlsKey,
        certificate: signPageRequest(authority, makeRequest(tlsKey, DEVICE), DEVICE, served).certificate,
      }),
    },
    { graphql: door, pages: join(folder, 'pages'), listen, names, pairAnew, report: () => undefined },
  );

const portOf = (at = page): number => Number(new URL(at.addresses.at(-1) as string).port);

/** What comes back for these bytes over TLS; '' when the line was cut. */
function overTls(bytes: string, options: ConnectionOptions = {}): Promise<string> {
  return new Promise((resolve) => {
    const line = connectTls({ host: '127.0.0.1', port: portOf(), ca: authority.certificate, ...options });
    let text = '';
    line.on('secureConnect', () => line.write(bytes));
    line.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    line.on('error', () => resolve(text));
    line.on('close', () => resolve(text));
  });
}

async function send(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  const all = { host: `127.0.0.1:${portOf()}`, connection: 'close', 'content-length': String(body.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = await overTls(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  const end = text.indexOf('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), head: text.slice(0, end), body: text.slice(end + 4) };
}

const pair = (code: string, headers: Record<string, string> = {}) =>
  send('POST', '/session', { ...JSON_TYPE, ...headers }, JSON.stringify({ code }));

const cookieOf = (head: string): string => /set-cookie: ([^;\r]+)/i.exec(head)?.[1] ?? '';

let cookie = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careledger-lan-'));
  await mkdir(join(folder, 'pages'));
  await writeFile(join(folder, 'pages', 'kiosk.html'), '<!doctype html>kiosk');
  authority = await makeAuthority();
  tlsKey = await testTlsKey();
  page = await open(['kiosk.local']);
});
afterAll(async () => {
  await page.close();
  await rm(folder, { recursive: true, force: true });
});

test('plain HTTP, an older TLS and a browser that trusts another authority get no byte', async () => {
  const plain = await new Promise<string>((resolve) => {
    const line = connect(portOf(), '127.0.0.1');
    let text = '';
    line.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    line.on('close', () => resolve(text));
    line.on('error', () => resolve(text));
    line.write(`GET / HTTP/1.1\r\nhost: 127.0.0.1:${portOf()}\r\n\r\n`);
  });
  expect(plain).toBe('');
  const request = `GET / HTTP/1.1\r\nhost: 127.0.0.1:${portOf()}\r\nconnection: close\r\n\r\n`;
  expect(await overTls(request, { maxVersion: 'TLSv1.2' })).toBe('');
  expect(await overTls(request, { ca: (await makeAuthority()).certificate })).toBe('');
  expect(await overTls(request, { servername: 'elsewhere.local' })).toBe('');
  expect(await overTls(request)).toMatch(/^HTTP\/1.1 200/);
});

test('each answer forbids caching and foreign content, and asks for HTTPS from then on', async () => {
  for (const path of ['/', '/missing.js', '/session', '/graphql/kiosk']) {
    const { head } = await send('GET', path);
    expect(head).toMatch(/cache-control: no-store/i);
    expect(head).toMatch(/strict-transport-security: max-age=/i);
    expect(head).not.toMatch(/access-control-/i);
  }
  expect((await send('GET', '/')).head).toMatch(/content-security-policy: default-src 'none'/i);
});

test('the code pairs one browser, by a cookie that no script, site or plain line gets', async () => {
  expect(page.code).toMatch(/^\d{8}$/);
  const code = page.code as string;
  const paired = await pair(code);
  expect(paired.status).toBe(204);
  expect(paired.head).toMatch(
    /set-cookie: __Host-careledger-[0-9a-f]{16}=[\w-]{43}; Secure; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+/i,
  );
  cookie = cookieOf(paired.head);
  expect(kept).not.toContain(cookie.split('=')[1]);
  expect(page.code).toBeUndefined();
  // Whoever read the code over a shoulder comes too late.
  expect(await pair(code)).toMatchObject({ status: 403, body: expect.stringContaining('host.code-wrong') });
  expect((await send('POST', '/graphql/kiosk', { ...JSON_TYPE, cookie }, WHO)).body).toBe('{"data":{"kiosk":{"state":"READY"}}}');
});

test('a browser that is not paired, another name, origin or scheme ask nothing', async () => {
  asked.length = 0;
  const port = portOf();
  const forged = cookie.replace(/=.*$/, `=${'A'.repeat(43)}`);
  const wrongs: ReadonlyArray<readonly [Record<string, string>, number]> = [
    [{}, 401],
    [{ cookie: forged }, 401],
    [{ cookie, host: 'evil.example' }, 421],
    [{ cookie, host: `127.0.0.1:${port + 1}` }, 421],
    [{ cookie, origin: 'https://evil.example' }, 403],
    [{ cookie, origin: `http://127.0.0.1:${port}` }, 403],
    [{ cookie, origin: `https://kiosk.local:${port}` }, 403],
    // The page has this name too, but the browser was paired under the other.
    [{ cookie, host: `kiosk.local:${port}` }, 401],
  ];
  for (const [headers, status] of wrongs)
    expect((await send('POST', '/graphql/patient', { ...JSON_TYPE, ...headers }, WHO)).status, JSON.stringify(headers)).toBe(
      status,
    );
  expect(asked).toEqual([]);
  const refused = (headers: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`wss://127.0.0.1:${port}/subscriptions/kiosk`, { ca: authority.certificate, headers });
      socket.on('open', () => resolve('open'));
      socket.on('error', ({ message }) => resolve(message));
    });
  const origin = `https://127.0.0.1:${port}`;
  const wrongLines: Record<string, string>[] = [{ origin }, { cookie }, { cookie, origin: `http://127.0.0.1:${port}` }];
  for (const headers of wrongLines) expect(await refused(headers)).toContain('403');
  expect(await refused({ cookie, origin })).toBe('open');
});

test('a restart needs nobody; another kiosk, port or pairing does not know the browser', async () => {
  const port = portOf();
  await page.close();
  page = await open(['kiosk.local'], false, `127.0.0.1:${port}`);
  expect(page.code).toBeUndefined();
  expect((await send('GET', '/session', { cookie })).status).toBe(204);
  await page.close();
  page = await open();
  expect((await send('GET', '/session', { cookie })).status).toBe(401);
  await page.close();
  page = await open([], true, `127.0.0.1:${port}`);
  expect(page.code).toMatch(/^\d{8}$/);
  expect((await send('GET', '/session', { cookie })).status).toBe(401);
});

test('a code is worth nothing after five wrong tries, and after a quarter of an hour', async () => {
  const code = page.code as string;
  const wrong = code === '00000000' ? '11111111' : '00000000';
  for (let at = 0; at < 5; at++) expect((await pair(wrong)).status).toBe(403);
  expect((await pair(code)).status).toBe(403);
  await page.close();
  page = await open();
  now += QUARTER + 1;
  expect((await pair(page.code as string)).status).toBe(403);
  expect(kept).toBe('');
});

test('a place on the internet is no place for it', async () => {
  await expect(open(['kiosk.example.org'])).rejects.toMatchObject({ code: 'lan.names' });
  await expect(open([], false, '8.8.8.8:8443')).rejects.toMatchObject({ code: 'lan.names' });
});
