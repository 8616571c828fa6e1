import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomBytes, sealingKey, sha256 } from '../../server/vault/primitives.ts';
import {
  type CompartmentKeys,
  commitmentOf,
  openDocument,
  openWithDataKey,
  openWrap,
  sealDocument,
} from '../../server/vault/sealing.ts';
import { equalBytes, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, opaque, struct, text, u32, u64 } from '../../shared/encoding/codec.ts';
import { MAX_RESOURCE_BYTES } from '../../shared/fhir/import-source.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import {
  CONTENT_LIMIT,
  decodeEnvelope,
  ENVELOPE_LIMIT,
  type Envelope,
  encodeEnvelope,
  META_LIMIT,
  SEALED_OVERHEAD,
  WRAP_BYTES,
} from '../../shared/vault/document.ts';
import { bucketOf } from '../../shared/vault/padding.ts';

const key = sealingKey(randomBytes(32));
const handle = randomBytes(16);
const keys: CompartmentKeys = (asked, epoch) => (equalBytes(asked, handle) && epoch === 3 ? key : undefined);

function draft(change: Partial<Envelope> = {}): Envelope {
  return {
    salt: new Uint8Array(32),
    kind: 'fhir',
    recordId: randomBytes(16),
    version: 1,
    previous: new Uint8Array(0),
    author: randomBytes(32),
    time: 1_773_480_413_589,
    meta: '{"line":12}',
    content: utf8('{"resourceType":"Observation"}'),
    ...change,
  };
}

const anyEnvelope = fc.record({
  salt: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  kind: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  recordId: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  version: fc.nat(2 ** 32 - 1),
  previous: fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ minLength: 32, maxLength: 32 })),
  author: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  time: fc.maxSafeNat(),
  meta: fc.string({ unit: 'grapheme', maxLength: 2_000 }),
  content: fc.uint8Array({ maxLength: 5_000 }),
});

/** The envelope of protocol.md, without its padding. */
const plain = struct({
  salt: fixed(32),
  kind: text(40),
  recordId: fixed(16),
  version: u32,
  previous: opaque(32),
  author: fixed(32),
  time: u64,
  meta: text(65_536),
  content: opaque(CONTENT_LIMIT),
});

describe('the envelope', () => {
  test('written by hand is what the codec of protocol.md writes, padded with zeros to its bucket', () => {
    fc.assert(
      fc.property(anyEnvelope, (envelope) => {
        const padded = encodeEnvelope(envelope);
        const unpadded = encode(plain, envelope);
        expect(padded.subarray(0, unpadded.length)).toEqual(unpadded);
        expect(padded.subarray(unpadded.length).every((byte) => byte === 0)).toBe(true);
        expect(padded.length).toBe(bucketOf(unpadded.length));
        expect(decodeEnvelope(padded)).toEqual(decode(plain, unpadded));
      }),
    );
  });

  test('has one padded form: other lengths and other fillings are refused', () => {
    const padded = encodeEnvelope(draft());
    const malformed = expect.objectContaining({ code: 'encoding.malformed' });
    const filled = padded.slice();
    filled[filled.length - 1] = 1;
    expect(() => decodeEnvelope(filled)).toThrow(malformed);
    expect(() => decodeEnvelope(new Uint8Array([...padded, ...new Uint8Array(256)]))).toThrow(malformed);
    expect(() => decodeEnvelope(padded.subarray(0, padded.length - 1))).toThrow(malformed);
  });

  test('refuses fields that do not fit, instead of cutting them', () => {
    const malformed = expect.objectContaining({ code: 'encoding.malformed' });
    for (const change of [
      { kind: 'k'.repeat(41) },
      { recordId: new Uint8Array(15) },
      { version: 2 ** 32 },
      { version: -1 },
      { previous: new Uint8Array(33) },
      { author: new Uint8Array(31) },
      { time: -1 },
      { time: 1.5 },
      { time: 2 ** 53 },
      { meta: 'm'.repeat(65_537) },
      { content: new Uint8Array(CONTENT_LIMIT + 1) },
    ]) {
      expect(() => encodeEnvelope(draft(change)), JSON.stringify(Object.keys(change))).toThrow(malformed);
    }
  });

  test('is never larger than what the hub takes', () => {
    const frame = encode(plain, draft({ content: new Uint8Array(0) })).length;
    const largest = encodeEnvelope(draft({ content: new Uint8Array(ENVELOPE_LIMIT - frame) }));
    expect(largest.length + SEALED_OVERHEAD).toBeLessThanOrEqual(LIMITS.documentBytes);
    const imported = { content: new Uint8Array(MAX_RESOURCE_BYTES), meta: 'm'.repeat(META_LIMIT) };
    expect(encodeEnvelope(draft(imported)).length).toBeLessThanOrEqual(ENVELOPE_LIMIT);
    expect(() => encodeEnvelope(draft({ content: new Uint8Array(ENVELOPE_LIMIT - frame + 1) }))).toThrow(
      expect.objectContaining({ code: 'vault.document-too-large' }),
    );
  });

  test('has few sizes: every bucket is a power of two or one and a half of one, and no bucket is too small', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 25 }), (length) => {
        const bucket = bucketOf(length);
        const odd = bucket / (bucket & -bucket);
        expect(bucket).toBeGreaterThanOrEqual(length);
        expect(odd === 1 || odd === 3).toBe(true);
        expect(bucket === 512 || bucket <= length * 1.5).toBe(true);
      }),
    );
    expect([1, 512, 513, 768, 769, 1024, 1025].map(bucketOf)).toEqual([512, 512, 768, 768, 1024, 1024, 1536]);
  });
});

describe('a sealed document', () => {
  test('opens to what was sealed, with the commitment of its event', () => {
    fc.assert(
      fc.property(anyEnvelope, (envelope) => {
        const { salt: _, ...unsalted } = envelope;
        const { name, sealed, wrap, commitment } = sealDocument(unsalted, handle, { epoch: 3, key });
        const opened = openDocument({ sealed, wrap, handle, recordId: envelope.recordId, version: envelope.version }, keys);
        expect({ ...opened, salt: envelope.salt }).toEqual(envelope);
        expect(name).toEqual(sha256(sealed));
        expect(commitment).toEqual(commitmentOf(opened));
        expect(sealed).toHaveLength(encodeEnvelope(envelope).length + SEALED_OVERHEAD);
        expect(wrap).toHaveLength(WRAP_BYTES);
      }),
      { numRuns: 60 },
    );
  });

  test('is another each time: salt, data key, nonces and name are never used again', () => {
    const same = draft();
    const all = Array.from({ length: 200 }, () => sealDocument(same, handle, { epoch: 3, key }));
    for (const part of ['name', 'sealed', 'wrap', 'commitment'] as const) {
      expect(new Set(all.map((one) => Buffer.from(one[part]).toString('hex'))).size).toBe(200);
    }
    const nonces = all.flatMap(({ sealed, wrap }) => [sealed.subarray(1, 13), wrap.subarray(5, 17)]);
    expect(new Set(nonces.map((nonce) => Buffer.from(nonce).toString('hex'))).size).toBe(400);
  });

  test('does not open with any bit of document or wrap turned, or cut short', () => {
    const one = draft();
    const { sealed, wrap } = sealDocument(one, handle, { epoch: 3, key });
    const place = { handle, recordId: one.recordId, version: 1 };
    const flip = (bytes: Uint8Array, bit: number): Uint8Array => {
      const altered = bytes.slice();
      altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
      return altered;
    };
    for (let bit = 0; bit < 8 * wrap.length; bit++)
      expect(() => openDocument({ ...place, sealed, wrap: flip(wrap, bit) }, keys)).toThrow(Failure);
    const dataKey = openWrap(wrap, handle, sha256(sealed), keys);
    for (let bit = 0; bit < 8 * sealed.length; bit++) {
      const altered = flip(sealed, bit);
      expect(() => openDocument({ ...place, sealed: altered, wrap }, keys)).toThrow(Failure);
      // Even to who already has the data key, and so does not need the wrap that is bound to the name.
      expect(() => openWithDataKey({ ...place, sealed: altered }, dataKey)).toThrow(Failure);
    }
    for (let length = 0; length < sealed.length; length += 7) {
      expect(() => openWithDataKey({ ...place, sealed: sealed.subarray(0, length) }, dataKey)).toThrow(Failure);
    }
  });

  test('opens in no other place: handle, record, version, epoch, or another document with its wrap', () => {
    const refused = expect.objectContaining({ code: 'vault.not-this-document' });
    const one = draft();
    const first = sealDocument(one, handle, { epoch: 3, key });
    const second = sealDocument({ ...one, version: 2 }, handle, { epoch: 3, key });
    const anyKey: CompartmentKeys = () => key;
    const place = { sealed: first.sealed, wrap: first.wrap, handle, recordId: one.recordId, version: 1 };
    expect(openDocument(place, anyKey).kind).toBe('fhir');
    expect(() => openDocument({ ...place, handle: randomBytes(16) }, anyKey)).toThrow(refused);
    expect(() => openDocument({ ...place, recordId: randomBytes(16) }, anyKey)).toThrow(refused);
    expect(() => openDocument({ ...place, version: 2 }, anyKey)).toThrow(refused);
    expect(() => openDocument({ ...place, wrap: second.wrap }, anyKey)).toThrow(refused);
    expect(() => openDocument({ ...place, sealed: second.sealed }, anyKey)).toThrow(refused);
    expect(() => openDocument(place, () => sealingKey(randomBytes(32)))).toThrow(refused);
    const otherEpoch = first.wrap.slice();
    otherEpoch[4] = 4;
    expect(() => openDocument({ ...place, wrap: otherEpoch }, anyKey)).toThrow(refused);
  });

  test('without its key says that the key is not here, and an unknown suite is refused by its number', () => {
    const one = draft();
    const { sealed, wrap } = sealDocument(one, handle, { epoch: 3, key });
    const place = { sealed, wrap, handle, recordId: one.recordId, version: 1 };
    expect(() => openDocument(place, () => undefined)).toThrow(
      expect.objectContaining({ code: 'vault.key-missing', details: { keyEpoch: 3 } }),
    );
    const unknown = expect.objectContaining({ code: 'vault.unknown-suite', details: { suite: 2 } });
    expect(() => openDocument({ ...place, wrap: new Uint8Array([2, ...wrap.subarray(1)]) }, keys)).toThrow(unknown);
    const later = new Uint8Array([2, ...sealed.subarray(1)]);
    expect(() => openWithDataKey({ ...place, sealed: later }, key)).toThrow(unknown);
  });

  test('leaves what it was given untouched', () => {
    const one = draft();
    const copy = structuredClone(one);
    sealDocument(one, handle, { epoch: 3, key });
    expect(one).toEqual(copy);
  });
});
