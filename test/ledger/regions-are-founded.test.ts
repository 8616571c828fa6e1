import { describe, expect, test } from 'vitest';
import { sign, verifySignature } from '../../server/vault/primitives.ts';
import { concat, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { decode, encode, fixed, list, opaque, struct } from '../../shared/encoding/codec.ts';
import {
  chainIdOf,
  encodeGenesis,
  type Genesis,
  genesisMessage,
  openFounding,
  openGenesis,
  sealGenesis,
} from '../../shared/ledger/founding.ts';
import { TAG } from '../../shared/ledger/tags.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor, foundClinic, foundRegion, hash, type TestClinic } from '../support/ledger-builder.ts';

const [a, b, stranger] = [foundClinic('A'), foundClinic('B'), foundClinic('stranger')];
const north = foundRegion('north', [a, b]).region;

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error.code;
    throw error;
  }
  return 'opened';
};
const founding = (bytes: Uint8Array) => openFounding(hash, verifySignature, bytes);
const genesis = (bytes: Uint8Array, expected?: Uint8Array) => openGenesis(hash, verifySignature, bytes, expected);

describe('a founding statement', () => {
  test('gives the chain its id', () => {
    expect(a.chain).toEqual(chainIdOf(hash, a.founding.bytes));
    expect(a.chain).toEqual(hash(TAG.chain, a.founding.bytes));
    expect(a.founding.statement).toMatchObject({ suite: 1, kind: 'clinic', name: 'Clinic A', cosignKey: a.cosignKey.publicKey });
  });

  test('does not open after any change of one byte, or cut short', () => {
    const { bytes } = a.founding;
    for (let at = 0; at < bytes.length; at++) {
      expect(
        codeOf(() => founding(bytes.with(at, bytes[at]! ^ 0x10))),
        `byte ${at}`,
      ).not.toBe('opened');
      expect(codeOf(() => founding(bytes.slice(0, at)))).not.toBe('opened');
    }
    expect(codeOf(() => founding(concat(bytes, Uint8Array.of(0))))).toBe('encoding.malformed');
  });

  test('of another suite is refused by its number, even if signed', () => {
    const outer = struct({ statement: opaque(2000), signature: fixed(64) });
    const statement = decode(outer, a.founding.bytes).statement.with(0, 7);
    const signed = encode(outer, { statement, signature: sign(a.clinicKey, concat(TAG.founding, statement)) });
    expect(() => founding(signed)).toThrowError(/suite 7/);
  });
});

describe('a region', () => {
  /** A genesis with other fields, signed by `signers`. */
  const founded = (change: Partial<Genesis>, signers: readonly TestClinic[]): Uint8Array => {
    const bytes = encodeGenesis({ ...north.genesis, ...change });
    return sealGenesis(
      bytes,
      signers.map(({ clinicKey }) => sign(clinicKey, genesisMessage(bytes))),
    );
  };

  test('has the hash of its signed genesis as its id', () => {
    expect(north.id).toEqual(hash(TAG.region, north.bytes));
    expect(genesis(north.bytes, north.id).founders.map(({ chain }) => toHex(chain))).toEqual([a.id, b.id]);
  });

  test('is not the one that an invitation names when a byte differs', () => {
    expect(codeOf(() => genesis(north.bytes, bytesFor('another id')))).toBe('ledger.region-mismatch');
    for (let at = 0; at < north.bytes.length; at += 5) {
      const changed = north.bytes.with(at, north.bytes[at]! ^ 1);
      expect(codeOf(() => genesis(changed, north.id))).toBe('ledger.region-mismatch');
      expect(
        codeOf(() => genesis(changed)),
        `byte ${at}`,
      ).not.toBe('opened');
    }
  });

  test('is signed by each founder, in order', () => {
    for (const signers of [[a], [b, a], [a, stranger], [a, b, b], []])
      expect(codeOf(() => genesis(founded({}, signers)))).toBe('ledger.genesis-forged');
    expect(codeOf(() => genesis(founded({ founders: [] }, [])))).toBe('ledger.genesis-forged');
    expect(codeOf(() => genesis(founded({}, [a, b])))).toBe('opened');
  });

  test('names each member once, and 1 to 15 founders as its witnesses with their own cosigning keys', () => {
    const [first, second] = north.genesis.witnesses as [Genesis['witnesses'][0], Genesis['witnesses'][0]];
    for (const witnesses of [
      [],
      [first, first],
      [first, { chain: stranger.chain, cosignKey: stranger.cosignKey.publicKey }],
      [first, { ...second, cosignKey: stranger.cosignKey.publicKey }],
    ]) {
      expect(codeOf(() => genesis(founded({ witnesses }, [a, b])))).toBe('ledger.genesis-members');
    }
    expect(codeOf(() => genesis(founded({ witnesses: [second] }, [a, b])))).toBe('opened');
    const twice = { founders: [a.founding.bytes, a.founding.bytes], witnesses: [first] };
    expect(codeOf(() => genesis(founded(twice, [a, a])))).toBe('ledger.genesis-members');
  });

  test('of another suite or rules version is refused by its number', () => {
    const outer = struct({ genesis: opaque(40_000), signatures: list(fixed(64), 15) });
    const inner = decode(outer, north.bytes).genesis;
    const signed = (bytes: Uint8Array) =>
      sealGenesis(
        bytes,
        [a, b].map(({ clinicKey }) => sign(clinicKey, genesisMessage(bytes))),
      );
    expect(() => genesis(signed(inner.with(0, 3)))).toThrowError(/suite 3/);
    const rulesAt = 1 + 1 + utf8(north.genesis.name).length + 32 + 32;
    expect(() => genesis(signed(inner.with(rulesAt + 1, 2)))).toThrowError(/rules version 2/);
  });
});
