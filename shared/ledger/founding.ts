/** How a clinic comes into being: its founding statement, whose hash is the id of its chain; and a region: its genesis. */
import { concat, equalBytes, toHex } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, list, opaque, struct, text, u8, u16, u64 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { RULES_VERSION, SUITE } from './event.ts';
import type { Hash } from './merkle.ts';
import { TAG } from './tags.ts';

/** Says whether `signature` of `key` over `message` holds under the signature rule of docs/protocol.md. */
export type Verify = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

const statementCodec = struct({
  suite: u8,
  kind: choice('clinic', 'research'),
  name: text(200),
  clinicKey: fixed(32),
  encryptionKey: fixed(32),
  cosignKey: fixed(32),
  deviceKey: fixed(32),
  deviceEncryptionKey: fixed(32),
  administratorKey: fixed(32),
  time: u64,
  random: fixed(16),
});

/** Ed25519: clinic, cosign, device and administrator keys. X25519: the encryption keys of clinic and first device. */
export type FoundingStatement = Decoded<typeof statementCodec>;

const foundingCodec = struct({ statement: opaque(2000), signature: fixed(64) });

export interface Founding {
  readonly chain: Uint8Array;
  readonly statement: FoundingStatement;
  /** Statement and signature as they travel. */
  readonly bytes: Uint8Array;
}

/** @throws {Failure} `ledger.suite-unknown` by its number. */
function checkSuite(bytes: Uint8Array, what: string): void {
  if (bytes[0] === SUITE) return;
  throw new Failure(
    'ledger.suite-unknown',
    `${what} names suite ${bytes[0]}, which this program does not know. Update Careledger.`,
  );
}

/** The chain id: SHA-256(tag ‖ founding bytes). */
export const chainIdOf = (hash: Hash, founding: Uint8Array): Uint8Array => hash(TAG.chain, founding);

export function encodeFounding(
  statement: Omit<FoundingStatement, 'suite'>,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const bytes = encode(statementCodec, { suite: SUITE, ...statement });
  return encode(foundingCodec, { statement: bytes, signature: sign(concat(TAG.founding, bytes)) });
}

/** @throws {Failure} `ledger.founding-forged` when the clinic's signature does not hold, `ledger.suite-unknown`, `encoding.malformed`. */
export function openFounding(hash: Hash, verify: Verify, bytes: Uint8Array): Founding {
  const outer = decode(foundingCodec, bytes);
  checkSuite(outer.statement, 'A founding statement');
  const statement = decode(statementCodec, outer.statement);
  if (!verify(statement.clinicKey, concat(TAG.founding, outer.statement), outer.signature)) {
    throw new Failure('ledger.founding-forged', 'A founding statement is not signed by the clinic that it names.');
  }
  return { chain: chainIdOf(hash, bytes), statement, bytes };
}

export const witnessCodec = struct({ chain: fixed(32), cosignKey: fixed(32) });
export type Witness = Decoded<typeof witnessCodec>;
export const MAX_WITNESSES = 15;

const genesisCodec = struct({
  suite: u8,
  name: text(200),
  hubKey: fixed(32),
  authority: fixed(32),
  rules: u16,
  witnesses: list(witnessCodec, MAX_WITNESSES),
  founders: list(opaque(2100), MAX_WITNESSES),
  time: u64,
});

/** `authority` is the SHA-256 of the hub's CA certificate in DER; `founders` are founding bytes. */
export type Genesis = Decoded<typeof genesisCodec>;

const signedGenesisCodec = struct({ genesis: opaque(40_000), signatures: list(fixed(64), MAX_WITNESSES) });

export interface Region {
  readonly id: Uint8Array;
  readonly genesis: Genesis;
  readonly founders: readonly Founding[];
  readonly bytes: Uint8Array;
}

export function encodeGenesis(genesis: Omit<Genesis, 'suite' | 'rules'>): Uint8Array {
  return encode(genesisCodec, { suite: SUITE, rules: RULES_VERSION, ...genesis });
}

export const genesisMessage = (genesis: Uint8Array): Uint8Array => concat(TAG.genesis, genesis);

export const sealGenesis = (genesis: Uint8Array, signatures: Uint8Array[]): Uint8Array =>
  encode(signedGenesisCodec, { genesis, signatures });

/**
 * No key stands for two members, and the witness set is 1 to 15 of the founders with their own cosigning keys: only so
 * does a quorum count clinics, and only so is each of its signatures checked against a key of the state.
 */
function checkMembers(genesis: Genesis, founders: readonly Founding[]): void {
  const own = founders.flatMap(({ chain, statement }) =>
    [chain, statement.clinicKey, statement.cosignKey, statement.deviceKey, statement.administratorKey].map(toHex),
  );
  const witnesses = genesis.witnesses.map((witness) => toHex(witness.chain));
  const founded = genesis.witnesses.every((witness) =>
    founders.some(
      ({ chain, statement }) => equalBytes(chain, witness.chain) && equalBytes(statement.cosignKey, witness.cosignKey),
    ),
  );
  if (new Set(own).size !== own.length || new Set(witnesses).size !== witnesses.length || witnesses.length === 0 || !founded) {
    throw new Failure(
      'ledger.genesis-members',
      'The genesis of this region names a member twice, or witnesses that are not its founders.',
    );
  }
}

/**
 * Opens a region's genesis; `expected` is the region id that an invitation named.
 * @throws {Failure} `ledger.region-mismatch`, `ledger.genesis-forged`, `ledger.genesis-members`, `ledger.founding-forged`,
 * `ledger.suite-unknown`, `ledger.rules-unknown`, `encoding.malformed`.
 */
export function openGenesis(hash: Hash, verify: Verify, bytes: Uint8Array, expected?: Uint8Array): Region {
  const id = hash(TAG.region, bytes);
  if (expected && !equalBytes(id, expected)) {
    throw new Failure(
      'ledger.region-mismatch',
      `The hub serves region ${toHex(id).slice(0, 16)}, the invitation names ${toHex(expected).slice(0, 16)}. Ask who invited you.`,
    );
  }
  const outer = decode(signedGenesisCodec, bytes);
  checkSuite(outer.genesis, 'The genesis of this region');
  const genesis = decode(genesisCodec, outer.genesis);
  if (genesis.rules !== RULES_VERSION) {
    throw new Failure(
      'ledger.rules-unknown',
      `This region begins with rules version ${genesis.rules}; this program knows ${RULES_VERSION}. Update Careledger.`,
    );
  }
  const founders = genesis.founders.map((founding) => openFounding(hash, verify, founding));
  if (founders.length === 0 || outer.signatures.length !== founders.length) {
    throw new Failure('ledger.genesis-forged', 'The genesis of this region is not signed by each of its founders.');
  }
  const message = genesisMessage(outer.genesis);
  founders.forEach((founder, at) => {
    if (!verify(founder.statement.clinicKey, message, outer.signatures[at] as Uint8Array)) {
      throw new Failure(
        'ledger.genesis-forged',
        `The genesis of this region is not signed by its founder ${founder.statement.name}.`,
      );
    }
  });
  checkMembers(genesis, founders);
  return { id, genesis, founders, bytes };
}
