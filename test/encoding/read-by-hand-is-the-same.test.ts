import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, encode, type HandRead } from '../../shared/encoding/codec.ts';
import { blockCodec } from '../../shared/ledger/block.ts';
import { eventCodec, signedEventCodec } from '../../shared/ledger/event.ts';
import { compartmentRow, deviceRow, headRow, staffRow } from '../../shared/ledger/rows.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { recordPutBody, recordRow } from '../../shared/records/record-rules.ts';

const bytes = (min: number, max = min) => fc.uint8Array({ minLength: min, maxLength: max });
const u64 = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const u32 = fc.nat({ max: 2 ** 32 - 1 });
const signed = fc.record({ event: bytes(0, 300), signature: bytes(0, 64) });

/** Each codec whose reading is written out by hand, with values of its type. */
const CODECS: ReadonlyArray<readonly [name: string, codec: HandRead<unknown>, values: fc.Arbitrary<unknown>]> = [
  ['an event with its signature', signedEventCodec as HandRead<unknown>, signed],
  [
    'an event',
    eventCodec as HandRead<unknown>,
    fc.record({
      suite: fc.nat(255),
      rules: fc.nat(65_535),
      type: fc.string({ maxLength: 10, unit: 'grapheme-composite' }).filter((type) => Buffer.byteLength(type) <= 40),
      handle: bytes(0, 16),
      body: bytes(0, 300),
      author: bytes(32),
      time: u64,
      commitment: bytes(0, 32),
    }),
  ],
  [
    'a block',
    blockCodec as HandRead<unknown>,
    fc.record({
      suite: fc.nat(255),
      chain: bytes(32),
      device: bytes(32),
      epoch: bytes(8),
      height: u64,
      previous: bytes(32),
      time: u64,
      events: fc.array(signed, { maxLength: 5 }),
    }),
  ],
  ['the newest block of a device', headRow as HandRead<unknown>, fc.record({ height: u64, hash: bytes(32) })],
  ['a custodian', compartmentRow as HandRead<unknown>, fc.record({ custodian: bytes(32) })],
  [
    'a device',
    deviceRow as HandRead<unknown>,
    fc.record({
      chain: bytes(32),
      kind: fc.constantFrom('workstation', 'kiosk', 'gateway'),
      encryptionKey: bytes(32),
      revoked: fc.boolean(),
    }),
  ],
  [
    'a person',
    staffRow as HandRead<unknown>,
    fc.record({ chain: bytes(32), role: fc.constantFrom('clinician', 'researcher'), revoked: fc.boolean() }),
  ],
  ['the newest version of a record', recordRow as HandRead<unknown>, fc.record({ version: u32, document: bytes(32) })],
  [
    'a version of a record',
    recordPutBody as HandRead<unknown>,
    fc.record({ record: bytes(16), version: u32, previous: bytes(0, 32), document: bytes(32) }),
  ],
];

const outcome = (codec: { read: HandRead<unknown>['read'] }, input: Uint8Array): unknown => {
  try {
    return decode({ read: codec.read, write: () => undefined }, input);
  } catch (error) {
    return asFailure(error).message;
  }
};

describe.each(CODECS)('%s', (_, codec, values) => {
  test('is read as its definition says', () => {
    fc.assert(
      fc.property(values, (value) => {
        const written = encode(codec, value);
        expect(written).toEqual(encode(codec.definition, value));
        expect(outcome(codec, written)).toEqual(value);
      }),
    );
  });

  test('that is cut, prolonged or altered is refused or read alike', () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(255), fc.nat(3), (value, at, byte, kind) => {
        const written = encode(codec, value);
        const place = at % written.length;
        const altered =
          kind === 0
            ? written.slice(0, place)
            : kind === 1
              ? Uint8Array.of(...written, byte)
              : // Most of what can go wrong does in the lengths, which lie near the beginning and the end.
                written.with(kind === 2 ? place : Math.max(0, written.length - 1 - (place % 80)), byte);
        expect(outcome(codec, altered)).toEqual(outcome(codec.definition, altered));
      }),
    );
  });

  test('of any bytes at all is refused or read alike', () => {
    fc.assert(
      fc.property(bytes(0, 400), (input) => {
        expect(outcome(codec, input)).toEqual(outcome(codec.definition, input));
      }),
    );
  });
});
