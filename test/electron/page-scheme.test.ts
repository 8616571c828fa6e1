/** Which files the pages' scheme gives out, and under which policy; no browser is needed to know. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOwnPage, pageFile, servePage } from '../../electron/main/page-scheme.ts';

let folder: string;
let root: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'page-scheme-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<meta name="style-nonce" content="__STYLE_NONCE__">');
  writeFileSync(join(root, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'notes.txt'), 'not a part of a page');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  mkdirSync(join(folder, 'renderer-more'));
  writeFileSync(join(folder, 'renderer-more', 'secret.js'), 'secret');
});

afterAll(() => rmSync(folder, { recursive: true }));

const get = (url: string, method = 'GET'): Promise<Response> => servePage(root, { url, method });

describe('files', () => {
  test('a page is found by its path, a folder by its index', () => {
    expect(pageFile(root, 'careledger://app/')).toBe(join(root, 'index.html'));
    expect(pageFile(root, 'careledger://app/assets/page.js?v=1#top')).toBe(join(root, 'assets', 'page.js'));
  });

  test.each([
    '../secret.js',
    '..%2fsecret.js',
    '%2e%2e/secret.js',
    '%2e%2e%2fsecret.js',
    'assets/..%2f..%2fsecret.js',
    '..%5csecret.js',
    '..\\secret.js',
    '../renderer-more/secret.js',
    '..%2frenderer-more%2fsecret.js',
    '%00secret.js',
    'assets/page.js%00.html',
    '%',
    '/etc/passwd.js',
    '%2fetc%2fpasswd',
    '.git/config.js',
    'assets/notes.txt',
    'assets',
  ])('%s leads nowhere', async (path) => {
    const answer = await get(`careledger://app/${path}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  });

  test('other hosts, schemes and methods are refused', async () => {
    for (const url of [
      'careledger://elsewhere/',
      'careledger://app@elsewhere/',
      'careledger://user@app/',
      'file:///index.html',
      'nonsense',
    ]) {
      expect(isOwnPage(url)).toBe(false);
      expect((await get(url)).status).toBe(404);
    }
    expect((await get('careledger://app/', 'POST')).status).toBe(405);
  });
});

describe('policy', () => {
  test('each load has a nonce of its own, in the markup and in the header', async () => {
    const nonces = await Promise.all(
      ['careledger://app/', 'careledger://app/index.html'].map(async (url) => {
        const answer = await get(url);
        const nonce = /content="([^"]{20,})"/.exec(await answer.text())?.[1];
        expect(answer.headers.get('Content-Security-Policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  test('everything is denied but what pages are made of', async () => {
    const { headers } = await get('careledger://app/assets/page.js');
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      expect.stringMatching(/^style-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='$/),
      "img-src blob: 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(policy).not.toContain('unsafe');
    expect(headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Cache-Control')).toBe('no-store');
  });

  test('camera and microphone are for the pages that have visits, place and screen for none', async () => {
    const policyOf = async (page: string) =>
      (await get(`careledger://app/${page}`)).headers.get('Permissions-Policy')?.split(', ');
    const neither = ['geolocation=()', 'display-capture=()'];
    for (const page of ['', 'kiosk.html', 'visit.html'])
      expect(await policyOf(page)).toEqual(['camera=(self)', 'microphone=(self)', ...neither]);
    for (const page of ['passkey.html', 'opinion.html', 'assets/page.js', 'none.html'])
      expect(await policyOf(page)).toEqual(['camera=()', 'microphone=()', ...neither]);
  });
});
