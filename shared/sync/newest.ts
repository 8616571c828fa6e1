/**
 * The hub's word on what its newest checkpoint is, given to somebody who shows it something that it signed before. It needs no
 * clock: who signs an answer to a thing has seen the thing, so a smaller ledger in the answer is a ledger cut short.
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, opaque, struct, u8, u64 } from '../encoding/codec.ts';
import type { Verify } from '../ledger/founding.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { WIRE_VERSION } from './wire.ts';

const newestCodec = struct({
  version: u8,
  region: fixed(32),
  /** SHA-256 of what was shown: a checkpoint's signed text, or a signed submission receipt. */
  seen: fixed(32),
  /** Size of the newest checkpoint that the hub has signed. */
  size: u64,
  /** The hub's clock, in milliseconds: a claim on which nothing rests. */
  time: u64,
});
export type NewestStatement = Decoded<typeof newestCodec>;
const signedCodec = struct({ statement: opaque(200), signature: fixed(64) });

export function signNewest(statement: Omit<NewestStatement, 'version'>, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = encode(newestCodec, { version: WIRE_VERSION, ...statement });
  return encode(signedCodec, { statement: bytes, signature: sign(concat(TAG.newest, bytes)) });
}

/** @throws {Failure} `sync.statement-forged`, `sync.version-unknown`, `encoding.malformed`. */
export function openNewest(verify: Verify, hubKey: Uint8Array, bytes: Uint8Array): NewestStatement {
  const outer = decode(signedCodec, bytes);
  if (!verify(hubKey, concat(TAG.newest, outer.statement), outer.signature))
    throw new Failure('sync.statement-forged', "A statement of the newest checkpoint is not signed by the region's hub.");
  const statement = decode(newestCodec, outer.statement);
  if (statement.version !== WIRE_VERSION)
    throw new Failure(
      'sync.version-unknown',
      `A statement is of wire version ${statement.version}, which this program does not know. Update Careledger.`,
    );
  return statement;
}
