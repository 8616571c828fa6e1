/**
 * Electron's cryptography is BoringSSL, which no test here can start; Chromium's is the same library, and its Web Crypto gives
 * what our wrappers ask of it: AES-256-GCM, HKDF, X25519 and SHA-2, over seeded cases and over Wycheproof's where those are.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aesGcmOpen,
  aesGcmSeal,
  agree,
  agreementKeyFromSecret,
  hkdf,
  sealingKey,
  sha256,
} from '../../server/vault/primitives.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { sampleRandom } from '../../shared/patients/sample-random.ts';
import { ensureChromium } from '../support/ensure-chromium.ts';
import { hasSharedData, sharedJson } from '../support/shared-data.ts';

/** A question to Web Crypto, bytes in hexadecimal; the answer is hexadecimal, or null when it is refused. */
type Question =
  | { readonly ask: 'sha256'; readonly message: string }
  | { readonly ask: 'hkdf'; readonly secret: string; readonly salt: string; readonly info: string; readonly size: number }
  | {
      readonly ask: 'gcm-open';
      readonly key: string;
      readonly nonce: string;
      readonly associated: string;
      readonly sealed: string;
    }
  | { readonly ask: 'x25519'; readonly secret: string; readonly publicKey: string };

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  // Web Crypto is there in secure contexts only; localhost is one.
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<title>Web Crypto</title>'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath: ensureChromium(), args });
  page = await browser.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

const answers = (questions: readonly Question[]): Promise<Array<string | null>> =>
  page.evaluate(async (asked) => {
    const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const hex = (buffer: ArrayBuffer) =>
      Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const { subtle } = crypto;
    const answer = async (question: Question): Promise<ArrayBuffer> => {
      if (question.ask === 'sha256') return subtle.digest('SHA-256', bytes(question.message));
      if (question.ask === 'hkdf') {
        const key = await subtle.importKey('raw', bytes(question.secret), 'HKDF', false, ['deriveBits']);
        const parameters = { name: 'HKDF', hash: 'SHA-256', salt: bytes(question.salt), info: bytes(question.info) };
        return subtle.deriveBits(parameters, key, question.size * 8);
      }
      if (question.ask === 'gcm-open') {
        const key = await subtle.importKey('raw', bytes(question.key), 'AES-GCM', false, ['decrypt']);
        const parameters = {
          name: 'AES-GCM',
          iv: bytes(question.nonce),
          additionalData: bytes(question.associated),
          tagLength: 128,
        };
        return subtle.decrypt(parameters, key, bytes(question.sealed));
      }
      // RFC 8410: a private key in PKCS#8 is this header and the 32 bytes.
      const pkcs8 = bytes(`302e020100300506032b656e04220420${question.secret}`);
      const secret = await subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits']);
      const publicKey = await subtle.importKey('raw', bytes(question.publicKey), 'X25519', false, []);
      return subtle.deriveBits({ name: 'X25519', public: publicKey }, secret, 256);
    };
    const found: Array<string | null> = [];
    for (const question of asked) found.push(await answer(question).then(hex, () => null));
    return found;
  }, questions);

const random = sampleRandom(20261127);
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.between(0, 255));
const CASES = 200;
const each = <T>(make: () => T): T[] => Array.from({ length: CASES }, make);

describe('Chromium’s BoringSSL answers as our wrappers do', () => {
  test('SHA-256 of messages of every length up to 200', async () => {
    const messages = Array.from({ length: CASES }, (_, length) => noise(length));
    const found = await answers(messages.map((message) => ({ ask: 'sha256', message: toHex(message) })));
    expect(found).toEqual(messages.map((message) => toHex(sha256(message))));
  });

  test('HKDF-SHA256', async () => {
    const cases = each(() => ({
      secret: noise(32),
      salt: noise(random.between(0, 40)),
      info: noise(random.between(0, 60)),
      size: random.between(1, 96),
    }));
    const asked = cases.map(({ secret, salt, info, size }) => {
      return { ask: 'hkdf', secret: toHex(secret), salt: toHex(salt), info: toHex(info), size } as const;
    });
    expect(await answers(asked)).toEqual(cases.map(({ secret, salt, info, size }) => toHex(hkdf(secret, salt, info, size))));
  });

  test('AES-256-GCM opens what we sealed, and refuses it with any change', async () => {
    const cases = each(() => {
      const [key, nonce, associated, text] = [noise(32), noise(12), noise(random.between(0, 40)), noise(random.between(0, 200))];
      const { ciphertext, tag } = aesGcmSeal(sealingKey(key), nonce, associated, text);
      return { key, nonce, associated, text, sealed: Uint8Array.from([...ciphertext, ...tag]) };
    });
    const ask = (change: (sealed: Uint8Array) => Uint8Array): Question[] =>
      cases.map(({ key, nonce, associated, sealed }) => {
        const place = { key: toHex(key), nonce: toHex(nonce), associated: toHex(associated) };
        return { ask: 'gcm-open', ...place, sealed: toHex(change(sealed)) };
      });
    expect(await answers(ask((sealed) => sealed))).toEqual(cases.map(({ text }) => toHex(text)));
    const altered = ask((sealed) => sealed.map((byte, at) => (at === sealed.length - 1 ? byte ^ 1 : byte)));
    expect(await answers(altered)).toEqual(cases.map(() => null));
  });

  test('X25519', async () => {
    const cases = each(() => ({ mine: noise(32), theirs: agreementKeyFromSecret(noise(32)).publicKey }));
    const asked = cases.map(({ mine, theirs }) => ({ ask: 'x25519', secret: toHex(mine), publicKey: toHex(theirs) }) as const);
    expect(await answers(asked)).toEqual(cases.map(({ mine, theirs }) => toHex(agree(agreementKeyFromSecret(mine), theirs))));
  });
});

interface Wycheproof<Group, Case> {
  testGroups: (Group & { tests: (Case & { tcId: number; flags: string[]; result: 'valid' | 'acceptable' | 'invalid' })[] })[];
}

describe.runIf(hasSharedData)('on Wycheproof’s cases, read from the shared data,', () => {
  const read = <Group, Case>(name: string): Wycheproof<Group, Case> => sharedJson(`crypto/wycheproof/${name}_test.json`);

  test('AES-256-GCM opens what ours opens', async () => {
    type Case = Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>;
    const cases = read<{ ivSize: number }, Case>('aes_gcm').testGroups.flatMap(({ ivSize, tests }) =>
      ivSize === 96 ? tests : [],
    );
    const asked = cases.map(({ key, iv, aad, ct, tag }) => {
      return { ask: 'gcm-open', key, nonce: iv, associated: aad, sealed: ct + tag } as const;
    });
    const ours = cases.map(({ key, iv, aad, ct, tag }) => {
      const text = aesGcmOpen(sealingKey(fromHex(key)), fromHex(iv), fromHex(aad), fromHex(ct), fromHex(tag));
      return text ? toHex(text) : null;
    });
    expect(await answers(asked)).toEqual(ours);
  });

  test('X25519 and HKDF come to what is published', async () => {
    const x25519 = read<object, Record<'public' | 'private' | 'shared', string>>('x25519').testGroups.flatMap(
      ({ tests }) => tests,
    );
    const strong = x25519.filter(({ flags }) => !flags.includes('ZeroSharedSecret'));
    const agreed = strong.map(({ private: secret, public: publicKey }) => ({ ask: 'x25519', secret, publicKey }) as const);
    expect(await answers(agreed)).toEqual(strong.map(({ shared }) => shared));
    type Derived = Record<'ikm' | 'salt' | 'info' | 'okm', string> & { size: number };
    const derived = read<object, Derived>('hkdf_sha256').testGroups.flatMap(({ tests }) => tests);
    const valid = derived.filter(({ result }) => result === 'valid');
    const asked = valid.map(({ ikm, salt, info, size }) => ({ ask: 'hkdf', secret: ikm, salt, info, size }) as const);
    expect(await answers(asked)).toEqual(valid.map(({ okm }) => okm));
  });
});
