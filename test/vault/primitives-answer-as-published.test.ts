/** The standards' own vectors stand here; Wycheproof's and what is larger is read from the shared data where that is. */
import { describe, expect, test } from 'vitest';
import { sha256Latin1 } from '../../server/vault/hash-parts.ts';
import { knownAnswerTest } from '../../server/vault/known-answers.ts';
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
} from '../../server/vault/primitives.ts';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { hasSharedData, sharedJson } from '../support/shared-data.ts';

test('the check at start passes on this machine', async () => {
  await expect(knownAnswerTest()).resolves.toBeUndefined();
});

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('SHA-256 of %j is as in FIPS 180-4, in all three forms', (text, digest) => {
  expect(toHex(sha256(utf8(text)))).toBe(digest);
  expect(sha256Hex(utf8(text))).toBe(digest);
  expect(Buffer.from(sha256Latin1(utf8(text)), 'latin1').toString('hex')).toBe(digest);
});

test.each([
  ['0b'.repeat(20), toHex(utf8('Hi There')), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
])('HMAC-SHA256 is as in RFC 4231', (key, data, mac) => {
  expect(toHex(hmacSha256(fromHex(key), fromHex(data)))).toBe(mac);
  expect(toHex(hmacSha256(fromHex(key), fromHex(data).subarray(0, 3), fromHex(data).subarray(3)))).toBe(mac);
});

test.each([
  [
    '0b'.repeat(22),
    '000102030405060708090a0b0c',
    'f0f1f2f3f4f5f6f7f8f9',
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  ],
  ['0b'.repeat(22), '', '', '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
])('HKDF-SHA256 is as in RFC 5869, test cases 1 and 3', (secret, salt, info, key) => {
  expect(toHex(hkdf(fromHex(secret), fromHex(salt), fromHex(info), 42))).toBe(key);
});

test.each([
  [
    'password',
    'NaCl',
    { logN: 10, r: 8, p: 16 },
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
  ],
  [
    'pleaseletmein',
    'SodiumChloride',
    { logN: 14, r: 8, p: 1 },
    '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
  ],
])('scrypt of %j is as in RFC 7914', async (passphrase, salt, cost, key) => {
  expect(toHex(await scrypt(utf8(passphrase), utf8(salt), cost, 64))).toBe(key);
});

test('scrypt takes the cost of a slot, and refuses one without end', async () => {
  await expect(scrypt(utf8('p'), utf8('s'), { logN: 17, r: 8, p: 1 }, 32)).resolves.toHaveLength(32);
  for (const cost of [
    { logN: 40, r: 8, p: 1 },
    { logN: 17, r: 255, p: 1 },
    { logN: 17, r: 8, p: 255 },
    { logN: 0, r: 8, p: 1 },
    { logN: 1.5, r: 8, p: 1 },
  ]) {
    expect(() => scrypt(utf8('p'), utf8('s'), cost, 32)).toThrow(Failure);
  }
});

// McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13 to 16.
const GCM_KEY = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308';
const GCM_TEXT =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255';
const GCM_CIPHERTEXT =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad';
const GCM_CASES = [
  {
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    associated: '',
    text: '',
    ciphertext: '',
    tag: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    key: '00'.repeat(32),
    nonce: '00'.repeat(12),
    associated: '',
    text: '00'.repeat(16),
    ciphertext: 'cea7403d4d606b6e074ec5d3baf39d18',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    key: GCM_KEY,
    nonce: 'cafebabefacedbaddecaf888',
    associated: '',
    text: GCM_TEXT,
    ciphertext: GCM_CIPHERTEXT,
    tag: 'b094dac5d93471bdec1a502270e3cc6c',
  },
  {
    key: GCM_KEY,
    nonce: 'cafebabefacedbaddecaf888',
    associated: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    text: GCM_TEXT.slice(0, 120),
    ciphertext: GCM_CIPHERTEXT.slice(0, 120),
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
];

describe('AES-256-GCM', () => {
  test.each(GCM_CASES)('seals and opens as published ($tag)', ({ key, nonce, associated, text, ciphertext, tag }) => {
    const sealed = aesGcmSeal(sealingKey(fromHex(key)), fromHex(nonce), fromHex(associated), fromHex(text));
    expect([toHex(sealed.ciphertext), toHex(sealed.tag)]).toEqual([ciphertext, tag]);
    const opened = aesGcmOpen(sealingKey(fromHex(key)), fromHex(nonce), fromHex(associated), sealed.ciphertext, sealed.tag);
    expect(opened && toHex(opened)).toBe(text);
  });

  test('never opens with a tag of another length than 16 bytes, though it be a true beginning', () => {
    const key = sealingKey(new Uint8Array(32));
    const { ciphertext, tag } = aesGcmSeal(key, new Uint8Array(12), new Uint8Array(0), utf8('text'));
    for (const length of [0, 4, 8, 12, 13, 14, 15]) {
      expect(aesGcmOpen(key, new Uint8Array(12), new Uint8Array(0), ciphertext, tag.subarray(0, length))).toBeUndefined();
    }
    expect(aesGcmOpen(key, new Uint8Array(12), new Uint8Array(0), ciphertext, new Uint8Array([...tag, 0]))).toBeUndefined();
  });

  test('takes keys of 32 bytes and nonces of 12 only', () => {
    for (const length of [0, 16, 24, 31, 33]) expect(() => sealingKey(new Uint8Array(length))).toThrow(/sealing key/);
    for (const length of [0, 8, 11, 13, 16]) {
      expect(() => aesGcmSeal(sealingKey(new Uint8Array(32)), new Uint8Array(length), new Uint8Array(0), utf8('x'))).toThrow(
        /nonce/,
      );
    }
  });
});

describe('X25519', () => {
  const alice = agreementKeyFromSecret(fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'));
  const bob = agreementKeyFromSecret(fromHex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'));

  test('agrees as in RFC 7748, section 6.1', () => {
    expect(toHex(alice.publicKey)).toBe('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
    expect(toHex(bob.publicKey)).toBe('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
    const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
    expect([toHex(agree(alice, bob.publicKey)), toHex(agree(bob, alice.publicKey))]).toEqual([shared, shared]);
  });

  test.each([
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])('refuses %s, whose secret is all zero', (publicKey) => {
    expect(() => agree(alice, fromHex(publicKey))).toThrow(expect.objectContaining({ code: 'vault.weak-key' }));
  });

  test('refuses keys of another length', () => {
    expect(() => agree(alice, new Uint8Array(31).fill(9))).toThrow(Failure);
    expect(() => agreementKeyFromSecret(new Uint8Array(33))).toThrow(Failure);
  });
});

describe('Ed25519', () => {
  test.each([
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('signs and verifies as in RFC 8032, section 7.1 (%s)', (seed, publicKey, message, signature) => {
    const key = signingKeyFromSeed(fromHex(seed));
    expect(toHex(key.publicKey)).toBe(publicKey);
    expect(toHex(sign(key, fromHex(message)))).toBe(signature);
    expect(verifySignature(key.publicKey, fromHex(message), fromHex(signature))).toBe(true);
  });

  test('takes seeds of 32 bytes only', () => {
    expect(() => signingKeyFromSeed(new Uint8Array(64))).toThrow(Failure);
  });
});

interface Wycheproof<Group, Case> {
  numberOfTests: number;
  testGroups: (Group & { tests: (Case & { tcId: number; flags: string[]; result: 'valid' | 'acceptable' | 'invalid' })[] })[];
}

describe.runIf(hasSharedData)('Wycheproof, read from the shared data', () => {
  const read = <Group, Case>(name: string): Wycheproof<Group, Case> => sharedJson(`crypto/wycheproof/${name}_test.json`);

  test('AES-256-GCM: every case with a nonce of 96 bits as said, every other refused', () => {
    const file = read<{ ivSize: number }, Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>>('aes_gcm');
    let seen = 0;
    for (const { ivSize, tests } of file.testGroups) {
      for (const { key, iv, aad, msg, ct, tag, result, tcId } of tests) {
        seen++;
        const opened = aesGcmOpen(sealingKey(fromHex(key)), fromHex(iv), fromHex(aad), fromHex(ct), fromHex(tag));
        const opens = result === 'valid' && ivSize === 96;
        expect(opened && toHex(opened), `case ${tcId}`).toBe(opens ? msg : undefined);
        if (ivSize !== 96) {
          expect(() => aesGcmSeal(sealingKey(fromHex(key)), fromHex(iv), fromHex(aad), fromHex(msg)), `case ${tcId}`).toThrow(
            Failure,
          );
        }
      }
    }
    expect(seen).toBe(file.numberOfTests);
  });

  test('X25519: every secret as said, except that an all-zero one is refused', () => {
    const file = read<object, Record<'public' | 'private' | 'shared', string>>('x25519');
    let seen = 0;
    for (const { tests } of file.testGroups) {
      for (const { public: publicKey, private: secret, shared, flags, tcId } of tests) {
        seen++;
        const act = (): string => toHex(agree(agreementKeyFromSecret(fromHex(secret)), fromHex(publicKey)));
        if (flags.includes('ZeroSharedSecret'))
          expect(act, `case ${tcId}`).toThrow(expect.objectContaining({ code: 'vault.weak-key' }));
        else expect(act(), `case ${tcId}`).toBe(shared);
      }
    }
    expect(seen).toBe(file.numberOfTests);
  });

  test('HKDF-SHA256: every key as said, too long a one refused', () => {
    const file = read<object, Record<'ikm' | 'salt' | 'info' | 'okm', string> & { size: number }>('hkdf_sha256');
    let seen = 0;
    for (const { tests } of file.testGroups) {
      for (const { ikm, salt, info, okm, size, result, tcId } of tests) {
        seen++;
        const act = (): string => toHex(hkdf(fromHex(ikm), fromHex(salt), fromHex(info), size));
        if (result === 'valid') expect(act(), `case ${tcId}`).toBe(okm);
        else expect(act, `case ${tcId}`).toThrow(Failure);
      }
    }
    expect(seen).toBe(file.numberOfTests);
  });

  test('Ed25519: every signature judged as said', () => {
    const file = read<{ publicKey: { pk: string } }, Record<'msg' | 'sig', string>>('ed25519');
    let seen = 0;
    for (const { publicKey, tests } of file.testGroups) {
      for (const { msg, sig, result, tcId } of tests) {
        seen++;
        expect(verifySignature(fromHex(publicKey.pk), fromHex(msg), fromHex(sig)), `case ${tcId}`).toBe(result === 'valid');
      }
    }
    expect(seen).toBe(file.numberOfTests);
  });
});
