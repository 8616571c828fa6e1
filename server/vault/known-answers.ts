/**
 * The check at every start that this machine's libraries decide as wire version 1 says. OpenSSL, BoringSSL and libsodium
 * change; a replica that judges one signature otherwise than the others would part from them, so it does not open at all.
 */
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { sha256Latin1 } from './hash-parts.ts';
import { hpkeOpen } from './hpke.ts';
import {
  aesGcmOpen,
  aesGcmSeal,
  agree,
  agreementKeyFromSecret,
  hkdf,
  hmacSha256,
  scrypt,
  sealingKey,
  sha256,
  sha256Hex,
  sign,
  signingKeyFromSeed,
  verifySignature,
} from './primitives.ts';

/** @throws {Failure} `vault.primitive-mismatch`, naming the primitive. About 5 ms. */
export async function knownAnswerTest(): Promise<void> {
  for (const [primitive, holds] of CHECKS) {
    if (await answers(holds)) continue;
    throw new Failure(
      'vault.primitive-mismatch',
      `This computer's cryptographic library gives a wrong answer for ${primitive}, so Careledger does not open. Reinstall the program; if it stays, tell its makers.`,
      { details: { primitive } },
    );
  }
}

async function answers(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await holds();
  } catch {
    return false;
  }
}

function refuses(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    return error instanceof Failure;
  }
}

const ABC_SHA256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/** Each row is a published vector, or a published case that must be refused. */
const CHECKS: readonly (readonly [primitive: string, holds: () => boolean | Promise<boolean>])[] = [
  [
    'SHA-256', // FIPS 180-4
    () => {
      const latin1 = Uint8Array.from(sha256Latin1(utf8('abc')), (character) => character.charCodeAt(0));
      return [toHex(sha256(utf8('abc'))), sha256Hex(utf8('abc')), toHex(latin1)].every((digest) => digest === ABC_SHA256);
    },
  ],
  [
    'HMAC-SHA256', // RFC 4231, test case 2
    () =>
      toHex(hmacSha256(utf8('Jefe'), utf8('what do ya want '), utf8('for nothing?'))) ===
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'HKDF-SHA256', // RFC 5869, test case 1
    () =>
      toHex(hkdf(new Uint8Array(22).fill(0x0b), fromHex('000102030405060708090a0b0c'), fromHex('f0f1f2f3f4f5f6f7f8f9'), 42)) ===
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  ],
  [
    'scrypt', // RFC 7914 section 12, first vector
    async () =>
      toHex(await scrypt(utf8(''), utf8(''), { logN: 4, r: 1, p: 1 }, 64)) ===
      '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
  ],
  [
    'AES-256-GCM', // McGrew and Viega, test case 14; a tag one bit off, and one cut to four bytes
    () => {
      const key = sealingKey(new Uint8Array(32));
      const nonce = new Uint8Array(12);
      const none = new Uint8Array(0);
      const { ciphertext, tag } = aesGcmSeal(key, nonce, none, new Uint8Array(16));
      const wrong = tag.slice();
      wrong[15] = (wrong[15] as number) ^ 1;
      return (
        toHex(ciphertext) === 'cea7403d4d606b6e074ec5d3baf39d18' &&
        toHex(tag) === 'd0d1c8a799996bf0265b98b5d48ab919' &&
        toHex(aesGcmOpen(key, nonce, none, ciphertext, tag) ?? none) === '0'.repeat(32) &&
        aesGcmOpen(key, nonce, none, ciphertext, wrong) === undefined &&
        aesGcmOpen(key, nonce, none, ciphertext, tag.subarray(0, 4)) === undefined
      );
    },
  ],
  [
    'Ed25519 signing', // RFC 8032 section 7.1, test 3
    () =>
      toHex(sign(signingKeyFromSeed(fromHex(RFC8032_SEED)), fromHex('af82'))) === RFC8032_SIGNATURE &&
      toHex(signingKeyFromSeed(fromHex(RFC8032_SEED)).publicKey) === RFC8032_PUBLIC,
  ],
  [
    'Ed25519 verifying', // the same, and what the acceptance rule refuses
    () =>
      verifySignature(fromHex(RFC8032_PUBLIC), fromHex('af82'), fromHex(RFC8032_SIGNATURE)) &&
      !verifySignature(fromHex(RFC8032_PUBLIC), fromHex('af83'), fromHex(RFC8032_SIGNATURE)) &&
      ED25519_REFUSED.every(([key, message, signature]) => !verifySignature(fromHex(key), fromHex(message), fromHex(signature))),
  ],
  [
    'X25519', // RFC 7748 section 6.1, and a point of small order
    () => {
      const alice = agreementKeyFromSecret(fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'));
      const bob = fromHex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
      return (
        toHex(agree(alice, bob)) === '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742' &&
        refuses(() => agree(alice, new Uint8Array(32)))
      );
    },
  ],
  [
    'HPKE', // the base vector of this suite beside RFC 9180, first message
    () => {
      const recipient = agreementKeyFromSecret(fromHex('497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d'));
      const from = { recipient, info: utf8('Ode on a Grecian Urn') };
      const encapsulated = fromHex('6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256');
      const ciphertext = fromHex('e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a');
      return (
        fromUtf8(hpkeOpen(from, encapsulated, utf8('Count-0'), ciphertext)) === 'Beauty is truth, truth beauty' &&
        refuses(() => hpkeOpen(from, encapsulated, utf8('Count-1'), ciphertext))
      );
    },
  ],
];

const RFC8032_SEED = 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7';
const RFC8032_PUBLIC = 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025';
const RFC8032_SIGNATURE =
  '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a';

/** Key, message and signature of those edge cases on which libraries differ (test/vectors/ed25519-edge-cases.json). */
const ED25519_REFUSED: readonly (readonly [publicKey: string, message: string, signature: string])[] = [
  // small A, small R, S = 0
  [
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    '2a66241a42a9ee12994d8068dcf1bb7dfc6637b45450acd43711f637fa5080fc',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000',
  ],
  // small A, mixed R, other message
  [
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    '9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79',
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04',
  ],
  // mixed A, small R, other message
  [
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
    'aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e',
  ],
  // mixed A, mixed R: holds with the cofactor only
  [
    'cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d',
    'e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c',
    '160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09',
  ],
  // S above the order
  [
    '442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623',
    '85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40',
    'e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514',
  ],
  // mixed A, small R with a wrongly set sign bit, hashed after reduction
  [
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
    '9bedc267423725d473888631ebf45988bad3db83851ee85c85e241a07d148b41',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffca8c5b64cd208982aa38d4936621a4775aa233aa0505711d8fdcfdaa943d4908',
  ],
  // small A with a wrongly set sign bit, hashed after reduction
  [
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '39a591f5321bbe07fd5a23dc2f39d025d74526615746727ceefd6e82ae65c06f',
    'a9d55260f765261eb9b84e106f665e00b867287a761990d7135963ee0a7d59dca5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04',
  ],
  // mixed A, R not canonical (y = p)
  [
    'f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43',
    'fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607',
  ],
];
