/**
 * Recovery shares: M of N officers of a clinic together open its backups on a new machine.
 *
 *     statement = suite u8 ‖ set[16] ‖ chain[32] ‖ clinicKey[32] ‖ recoveryKey[32] ‖ threshold u8 ‖ made u64 ‖ (value[32] ‖ holder[8]) list<2..15>
 *     share     = suite u8 ‖ statement<0..1000> ‖ signature[64] ‖ index u8 ‖ holder text<1..100> ‖ value[33]
 *
 * `signature` is the clinicKey's over tag 'recovery-set' ‖ statement. Entry i of the list is H(tag 'recovery-share' ‖ set ‖ index ‖ value), and
 * the first eight bytes of H(tag 'recovery-holder' ‖ set ‖ index ‖ value ‖ holder): a share that was altered, swapped or made up is found before anything
 * is put together, and nobody learns a name from the statement. `value` is a share of Shamir's scheme over GF(2^8), as the package
 * shamir-secret-sharing makes it; index counts from 1.
 */
import { concat, equalBytes, utf8 } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, list, opaque, struct, text, u8, u64 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { checkSuite, SUITE } from './document.ts';
import { RECOVERY_HOLDER_TAG, RECOVERY_SET_TAG, RECOVERY_SHARE_TAG } from './vault-tags.ts';

export const MOST_SHARES = 15;
export const SHARE_VALUE_BYTES = 33;
const HOLDER_BYTES = 8;

const statementCodec = struct({
  suite: u8,
  set: fixed(16),
  chain: fixed(32),
  clinicKey: fixed(32),
  /** X25519: what backups are sealed to. */
  recoveryKey: fixed(32),
  threshold: u8,
  made: u64,
  shares: list(struct({ value: fixed(32), holder: fixed(HOLDER_BYTES) }), MOST_SHARES),
});
export type RecoveryStatement = Omit<Decoded<typeof statementCodec>, 'suite'>;

const signedCodec = struct({ statement: opaque(1000), signature: fixed(64) });
/** A statement with the clinic's signature, as it travels. */
export type SignedStatement = Decoded<typeof signedCodec>;

const shareCodec = struct({
  suite: u8,
  statement: opaque(1000),
  signature: fixed(64),
  index: u8,
  holder: text(100),
  value: fixed(SHARE_VALUE_BYTES),
});

export interface RecoveryShare {
  readonly signed: SignedStatement;
  readonly statement: RecoveryStatement;
  /** From 1. */
  readonly index: number;
  readonly holder: string;
  readonly value: Uint8Array;
}

type Hash = (...parts: readonly Uint8Array[]) => Uint8Array;
type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

export const recoverySetMessage = (statement: Uint8Array): Uint8Array => concat(RECOVERY_SET_TAG, statement);

export const valueCommitment = (hash: Hash, set: Uint8Array, index: number, value: Uint8Array): Uint8Array =>
  hash(RECOVERY_SHARE_TAG, set, Uint8Array.of(index), value);

export const holderCommitment = (hash: Hash, set: Uint8Array, index: number, value: Uint8Array, holder: string): Uint8Array =>
  hash(RECOVERY_HOLDER_TAG, set, Uint8Array.of(index), value, utf8(holder)).slice(0, HOLDER_BYTES);

export const encodeStatement = (statement: RecoveryStatement): Uint8Array =>
  encode(statementCodec, { suite: SUITE, ...statement });
export const encodeSigned = (signed: SignedStatement): Uint8Array => encode(signedCodec, signed);

export function encodeShare({ signed, index, holder, value }: Omit<RecoveryShare, 'statement'>): Uint8Array {
  return encode(shareCodec, { suite: SUITE, ...signed, index, holder, value });
}

/**
 * A statement of the clinic that signed it; that it is the right clinic is the caller's to ask.
 * @throws {Failure} `recovery.statement-forged`, `vault.unknown-suite`, `encoding.malformed`.
 */
function openStatement(verify: Verify, signed: SignedStatement): RecoveryStatement {
  checkSuite(signed.statement[0] ?? 0);
  const { suite: _, ...statement } = decode(statementCodec, signed.statement);
  const { threshold, shares, clinicKey } = statement;
  const isSensible = threshold >= 2 && threshold <= shares.length;
  if (!isSensible || !verify(clinicKey, recoverySetMessage(signed.statement), signed.signature))
    throw new Failure(
      'recovery.statement-forged',
      'The statement on this recovery share is not signed by the clinic that it names.',
    );
  return statement;
}

/** @throws {Failure} as `openStatement`. */
export function openSigned(verify: Verify, bytes: Uint8Array): { signed: SignedStatement; statement: RecoveryStatement } {
  const signed = decode(signedCodec, bytes);
  return { signed, statement: openStatement(verify, signed) };
}

/**
 * A share that is whole and one of its own set's.
 * @throws {Failure} `recovery.share-altered`, which names the holder; as `openStatement`.
 */
export function openShare(hash: Hash, verify: Verify, bytes: Uint8Array): RecoveryShare {
  checkSuite(bytes[0] ?? 0);
  const { statement: stated, signature, index, holder, value } = decode(shareCodec, bytes);
  const signed = { statement: stated, signature };
  const share = { signed, statement: openStatement(verify, signed), index, holder, value };
  checkShare(hash, share);
  const entry = share.statement.shares[index - 1];
  if (!entry || !equalBytes(entry.holder, holderCommitment(hash, share.statement.set, index, value, holder)))
    throw shareAltered(holder);
  return share;
}

/** @throws {Failure} `recovery.share-altered`: the value is not the one that the clinic gave out under this number. */
export function checkShare(hash: Hash, { statement, index, holder, value }: Omit<RecoveryShare, 'signed'>): void {
  const entry = statement.shares[index - 1];
  if (!entry || !equalBytes(entry.value, valueCommitment(hash, statement.set, index, value))) throw shareAltered(holder);
}

function shareAltered(holder: string): Failure {
  return new Failure(
    'recovery.share-altered',
    `The recovery share of ${holder} was altered, or is not one of this set. Nothing was put together; check that sheet, or use another officer’s.`,
    { details: { holder } },
  );
}
