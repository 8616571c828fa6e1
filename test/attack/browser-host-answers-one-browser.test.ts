/** Threat S8: other programs, other users and other sites meet the loopback host, and get nothing. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { BrowserSessions } from '../../server/workstation/page/browser-sessions.ts';
import { type BrowserBench, JSON_TYPE, OUTSIDE, openBrowserBench } from './browser-bench.ts';

const WHO = JSON.stringify({ query: '{ workstation { state } }' });

let bench: BrowserBench;
let cookie: string;
beforeAll(async () => {
  bench = await openBrowserBench();
  cookie = await bench.cookie();
}, 30_000);
afterAll(() => bench?.close());

const upgrade = (path: string, headers: Record<string, string>) =>
  `GET ${path} HTTP/1.1\r\n${Object.entries({
    host: `127.0.0.1:${bench.port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;

describe('the host answers', () => {
  test('its own page with the cookie, and the page policy on every file', async () => {
    const answer = await bench.send('POST', '/graphql/device', { ...JSON_TYPE, cookie }, WHO);
    expect(answer).toMatchObject({ status: 200, body: '{"data":{"workstation":{"state":"NEW"}}}' });
    for (const path of ['/', '/patients/1', '/missing.js']) {
      const { head } = await bench.send('GET', path);
      expect(head).toMatch(/content-security-policy: default-src 'none'/i);
      expect(head).toMatch(/frame-ancestors 'none'/);
      expect(head).toMatch(/x-content-type-options: nosniff/i);
      expect(head).not.toMatch(/access-control-/i);
    }
    const { head } = await bench.send('POST', '/session', JSON_TYPE, '{}');
    expect(head).not.toMatch(/access-control-/i);
  });

  test('a cookie that scripts and other sites cannot use', async () => {
    const other = await openBrowserBench();
    try {
      const { head } = await other.send('POST', '/session', JSON_TYPE, JSON.stringify({ code: other.host.code }));
      expect(head).toMatch(/set-cookie: [^\r\n]*; HttpOnly; SameSite=Strict; Path=\//i);
    } finally {
      await other.close();
    }
  });
});

test('a code is good for a quarter of an hour', async () => {
  let now = 0;
  const sessions = new BrowserSessions(() => now);
  const late = new BrowserSessions(() => now);
  now = 15 * 60_000;
  expect(await sessions.open(sessions.code)).toContain('HttpOnly');
  now += 1;
  await expect(late.open(late.code)).rejects.toMatchObject({ code: 'host.code-wrong' });
});

test('programs that open lines without end keep the browser with the cookie neither out nor waiting', async () => {
  const lines = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const socket = connect(bench.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve));
      return socket;
    }),
  );
  try {
    expect(await bench.send('POST', '/graphql/device', { ...JSON_TYPE, cookie }, WHO)).toMatchObject({ status: 200 });
    await expect.poll(() => lines.filter(({ destroyed }) => !destroyed).length).toBeLessThanOrEqual(32);
  } finally {
    for (const line of lines) line.destroy();
  }
});

describe('refused', () => {
  test.each([
    ['a name that was rebound to this address', { host: 'evil.example' }, 421],
    ['the right name on another port', { host: '127.0.0.1:1' }, 421],
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['the same computer at another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['a name that begins like ours', { origin: 'http://127.0.0.1.evil.example' }, 403],
    ['no cookie', { cookie: '' }, 401],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 405],
    ['text/plain', { 'content-type': 'text/plain' }, 405],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }, 405],
  ])('%s', async (_, headers, status) => {
    const answer = await bench.send('POST', '/graphql/device', { ...JSON_TYPE, cookie, ...(headers as object) }, WHO);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('workstation');
  });

  test('a guessed cookie, under the right name', async () => {
    const guessed = cookie.replace(/=.*$/, `=${'A'.repeat(43)}`);
    expect(guessed).not.toBe(cookie);
    const answer = await bench.send('POST', '/graphql/device', { ...JSON_TYPE, cookie: guessed }, WHO);
    expect(answer.status).toBe(401);
  });

  test('the cookie of another workstation on this computer', async () => {
    const other = await openBrowserBench();
    try {
      const foreign = await other.cookie();
      expect(foreign.split('=')[0]).not.toBe(cookie.split('=')[0]);
      expect((await bench.send('POST', '/graphql/device', { ...JSON_TYPE, cookie: foreign }, WHO)).status).toBe(401);
    } finally {
      await other.close();
    }
  });

  test('questions and acts by GET, or in another method', async () => {
    const query = encodeURIComponent('{ workstation { state } }');
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await bench.send(method, `/graphql/device?query=${query}`, { cookie });
      expect(answer.status).toBe(405);
      expect(answer.head).not.toMatch(/access-control-/i);
    }
  });

  test('a body over the limit, before it has come; a body of two lengths; lists of operations', async () => {
    const head = `POST /graphql/device HTTP/1.1\r\nhost: 127.0.0.1:${bench.port}\r\ncontent-type: application/json\r\ncookie: ${cookie}\r\n`;
    expect(await bench.raw(`${head}connection: close\r\ncontent-length: 99999999\r\n\r\n{`)).toMatch(/http\.body-too-large/);
    expect(await bench.raw(`${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
    expect((await bench.send('POST', '/graphql/device', { ...JSON_TYPE, cookie }, `[${WHO}]`)).body).toMatch(
      /http\.body-malformed/,
    );
    const long = { ...JSON_TYPE, 'x-long': 'x'.repeat(9_000) };
    expect((await bench.send('GET', '/', long)).status).toBe(431);
  });

  test.each([
    '/../outside.json',
    '/..%2foutside.json',
    '/%2e%2e/outside.json',
    '/assets/..%2f..%2foutside.json',
    '/..%5coutside.json',
    '/..\\outside.json',
    '/../pages-beside/outside.json',
    '/..%2fpages-beside%2foutside.json',
    '/.hidden/file.json',
    '/%2ehidden/file.json',
    '/outside.json%00.html',
    '//outside.json',
    'http://evil.example/../outside.json',
    '/%zz.json',
  ])('the file %s', async (path) => {
    const { body, status } = await bench.send('GET', path);
    expect(body).not.toContain(OUTSIDE);
    expect([200, 400, 404]).toContain(status);
  });

  test('a socket without the cookie, with a foreign origin or name, or for a tier that there is not', async () => {
    const origin = `http://127.0.0.1:${bench.port}`;
    const right = { cookie, origin };
    expect(await bench.raw(upgrade('/subscriptions/device', right), 1_000)).toMatch(/^HTTP\/1.1 101/);
    const wrongs: Record<string, string>[] = [
      { origin },
      { cookie },
      { ...right, origin: 'https://evil.example' },
      { ...right, host: 'evil.example' },
    ];
    for (const wrong of wrongs) expect(await bench.raw(upgrade('/subscriptions/device', wrong))).toMatch(/^HTTP\/1.1 403/);
    expect(await bench.raw(upgrade('/subscriptions/hub', right))).toMatch(/^HTTP\/1.1 403/);
  });

  test('an address that is none, which must not end the workstation', async () => {
    for (const path of ['//', 'http://', '/\\\\', 'http://[', '//:99999999']) {
      expect(await bench.raw(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${bench.port}\r\nconnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 4\d\d|^HTTP\/1.1 200/,
      );
      expect(await bench.raw(upgrade(path, {}))).toMatch(/^HTTP\/1.1 4\d\d/);
    }
    expect((await bench.send('GET', '/')).status).toBe(200);
  });

  test('a socket that is torn off in the middle of an upgrade ends nothing', async () => {
    for (let at = 0; at < 20; at++) {
      const socket = connect(bench.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise<void>((done) => socket.write(upgrade('/subscriptions/device', {}), () => done()));
      socket.resetAndDestroy();
    }
    expect((await bench.send('GET', '/')).status).toBe(200);
  });
});

test('a code dies with five wrong tries, and with its first use', async () => {
  const used = await bench.send('POST', '/session', JSON_TYPE, JSON.stringify({ code: bench.host.code }));
  expect(used.status).toBe(403);
  const other = await openBrowserBench();
  try {
    const wrong = other.host.code === '00000000' ? '11111111' : '00000000';
    for (const code of [wrong, 5, null, [other.host.code], `${other.host.code}0`])
      expect((await other.send('POST', '/session', JSON_TYPE, JSON.stringify({ code }))).status).toBe(403);
    expect((await other.send('POST', '/session', JSON_TYPE, JSON.stringify({ code: other.host.code }))).status).toBe(403);
    expect((await other.send('POST', '/session', { 'content-type': 'text/plain' }, '{}')).status).toBe(405);
  } finally {
    await other.close();
  }
}, 30_000);

test('one socket follows no more than it may, however it names what it follows', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${bench.port}/subscriptions/device`, {
    headers: { cookie, origin: `http://127.0.0.1:${bench.port}` },
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve) => socket.on('open', resolve));
  for (let at = 0; at < 60; at++)
    socket.send(
      JSON.stringify({ id: 'same', type: 'subscribe', payload: { query: 'subscription { syncChanged { connection } }' } }),
    );
  expect(await closed).toBe(4409);
});

describe('a page has imported only what a person chose', () => {
  test('not a file of its own naming, not a link out of a chosen folder', async () => {
    await bench.service.entrance.createClinic({
      name: 'Harbour',
      kind: 'clinic',
      administrator: 'Ana Ferreira',
      passphrase: 'copper lantern drifting walrus',
    });
    const secret = join(bench.folder, 'secret.ndjson');
    await writeFile(secret, '{"resourceType":"Patient","id":"secret"}\n');
    const chosen = join(bench.folder, 'chosen');
    await mkdir(chosen);
    await symlink(secret, join(chosen, 'link.ndjson'));
    await symlink(bench.folder, join(chosen, 'up'));
    bench.readable.allow(chosen);
    const ask = async (path: string): Promise<string> => {
      const query = 'mutation ($paths: [String!]!) { importPaths(paths: $paths) { id } }';
      const body = JSON.stringify({ query, variables: { paths: [path] } });
      return (await bench.send('POST', '/graphql/vault', { ...JSON_TYPE, cookie }, body)).body;
    };
    const outside = [secret, join(chosen, '..', 'secret.ndjson'), '/etc/hosts', '', join(chosen, 'link.ndjson')];
    for (const path of [...outside, join(chosen, 'up', 'secret.ndjson'), join(chosen, 'up')])
      expect(await ask(path)).toContain('records.path-not-chosen');
    const [, id] = /"id":"([0-9a-f]+)"/.exec(await ask(chosen)) ?? [];
    expect(id).toBeDefined();
  }, 60_000);
});

test('both tiers refuse what is too deep, too wide or about themselves, and say nothing of why', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `a${at}: __typename`).join(' ');
  const questions = [
    '{ __schema { types { name } } }',
    '{ __type(name: "Query") { name } }',
    `{ ${many(31)} }`,
    `{ ${'__typename '.repeat(2_100)} }`,
    `{ a${'x'.repeat(100_001)} }`,
    `${'{ me '.repeat(13)}{ id }${'}'.repeat(13)}`,
    `{ ${'['.repeat(50_000)} }`,
    'query A { __typename } query B { __typename }',
    'subscription { changed { topics } }',
    '{ patiens { id } }',
  ];
  for (const tier of ['device', 'vault']) {
    for (const query of questions) {
      const { body } = await bench.send('POST', `/graphql/${tier}`, { ...JSON_TYPE, cookie }, JSON.stringify({ query }));
      expect([tier, query.slice(0, 40), body]).toEqual([
        tier,
        query.slice(0, 40),
        expect.stringContaining('graphql.operation-refused'),
      ]);
      expect(body).not.toMatch(/did you mean|patients|node_modules|Syntax|line/i);
    }
  }
});
