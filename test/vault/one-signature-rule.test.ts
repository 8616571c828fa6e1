/** The acceptance rule on which all replicas must agree: canonical S, A and R, no small order, no cofactor. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newSigningKey, sign, signingKeyFromSeed, verifySignature } from '../../server/vault/primitives.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import edgeCases from '../vectors/ed25519-edge-cases.json' with { type: 'json' };

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const PRIME = 2n ** 255n - 19n;
const SQRT_RATIO_Y = [
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
];

function littleEndian(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let at = 0, left = value; at < 32; at++, left >>= 8n) bytes[at] = Number(left & 0xffn);
  return bytes;
}

function withSign(bytes: Uint8Array): Uint8Array {
  const signed = bytes.slice();
  signed[31] = (signed[31] as number) | 0x80;
  return signed;
}

/** Every encoding of the eight points of small order: y of 0, 1, -1 and two roots, also as y + p where that fits, with both signs. */
const SMALL_ORDER = [0n, 1n, PRIME - 1n, PRIME, PRIME + 1n]
  .map(littleEndian)
  .concat(SQRT_RATIO_Y.map(fromHex))
  .flatMap((bytes) => [bytes, withSign(bytes)]);

/** y from p to 2^255 - 1: points, if at all, in an encoding that is not theirs. */
const NOT_CANONICAL = Array.from({ length: 19 }, (_, above) => littleEndian(PRIME + BigInt(above))).flatMap((bytes) => [
  bytes,
  withSign(bytes),
]);

describe('the signature rule', () => {
  test.each(edgeCases.cases)('judges the published edge case "$name"', ({ publicKey, message, signature, accepted }) => {
    expect(verifySignature(fromHex(publicKey), fromHex(message), fromHex(signature))).toBe(accepted);
  });

  test('refuses every encoding of every point of small order, as key and as R, whatever is signed', () => {
    const honest = newSigningKey();
    for (const point of SMALL_ORDER) {
      for (let index = 0; index < 16; index++) {
        const message = utf8(`message ${index}`);
        // With S = 0 and both points small, lax verifiers accept about one message in eight.
        for (const other of [point, littleEndian(1n)]) {
          expect(verifySignature(point, message, new Uint8Array([...other, ...new Uint8Array(32)])), toHex(point)).toBe(false);
        }
        const signature = sign(honest, message);
        signature.set(point);
        expect(verifySignature(honest.publicKey, message, signature), toHex(point)).toBe(false);
      }
    }
  });

  test('refuses keys and R that are not canonical', () => {
    const honest = newSigningKey();
    const signature = sign(honest, utf8('message'));
    for (const point of NOT_CANONICAL) {
      expect(verifySignature(point, utf8('message'), signature)).toBe(false);
      expect(verifySignature(honest.publicKey, utf8('message'), new Uint8Array([...point, ...signature.subarray(32)]))).toBe(
        false,
      );
    }
  });

  test('refuses S plus the order of the group, which solves the same equation', () => {
    const key = signingKeyFromSeed(new Uint8Array(32).fill(7));
    for (let index = 0; index < 20; index++) {
      const message = utf8(`message ${index}`);
      const signature = sign(key, message);
      const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`);
      const again = new Uint8Array([...signature.subarray(0, 32), ...littleEndian(s + ORDER)]);
      expect(verifySignature(key.publicKey, message, signature)).toBe(true);
      expect(verifySignature(key.publicKey, message, again)).toBe(false);
    }
  });

  test('holds for every honest signature and for none with a bit turned', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 700 }),
        fc.nat(),
        (seed, message, place) => {
          const key = signingKeyFromSeed(seed);
          const signature = sign(key, message);
          expect(verifySignature(key.publicKey, message, signature)).toBe(true);
          const all = new Uint8Array([...key.publicKey, ...signature, ...message]);
          const bit = place % (8 * all.length);
          all[bit >> 3] = (all[bit >> 3] as number) ^ (1 << (bit & 7));
          expect(verifySignature(all.subarray(0, 32), all.subarray(96), all.subarray(32, 96))).toBe(false);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('says no, and throws nothing, when lengths are wrong', () => {
    const key = newSigningKey();
    const signature = sign(key, utf8('m'));
    expect(verifySignature(key.publicKey.subarray(0, 31), utf8('m'), signature)).toBe(false);
    expect(verifySignature(new Uint8Array([...key.publicKey, 0]), utf8('m'), signature)).toBe(false);
    expect(verifySignature(key.publicKey, utf8('m'), signature.subarray(0, 63))).toBe(false);
    expect(verifySignature(key.publicKey, utf8('m'), new Uint8Array([...signature, 0]))).toBe(false);
    expect(verifySignature(new Uint8Array(0), new Uint8Array(0), new Uint8Array(0))).toBe(false);
  });

  test('reads a view in the middle of other bytes as it reads a copy', () => {
    const key = newSigningKey();
    const message = utf8('a message');
    const page = new Uint8Array([1, 2, 3, ...key.publicKey, ...message, ...sign(key, message), 9]);
    const end = 35 + message.length;
    expect(verifySignature(page.subarray(3, 35), page.subarray(35, end), page.subarray(end, end + 64))).toBe(true);
  });
});
