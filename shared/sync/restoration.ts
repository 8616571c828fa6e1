/**
 * A hub's signed word that it was restored from a backup: how far that reached, how far the ledger had got as far as anybody has
 * shown it, and whether it has gone on. Whoever finds its own ledger cut short is told so, and has it in writing.
 */
import { concat } from '../encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, opaque, struct, u8, u64 } from '../encoding/codec.ts';
import type { Verify } from '../ledger/founding.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';
import { WIRE_VERSION } from './wire.ts';

const statementCodec = struct({
  version: u8,
  region: fixed(32),
  /** Milliseconds by the hub's clock: names this restoration. */
  began: u64,
  /** Blocks that the backup held. */
  restored: u64,
  /** `recovering`: it takes back what it lost and orders nothing new. `resumed`: it orders again. */
  phase: choice('recovering', 'resumed'),
  /** Blocks with which it resumed; while it recovers, those it has by now. */
  size: u64,
  /** The largest size that somebody has shown it under its own signature; 0 when nobody has. */
  known: u64,
});
export type RestorationStatement = Omit<Decoded<typeof statementCodec>, 'version'>;
const signedCodec = struct({ statement: opaque(200), signature: fixed(64) });

export function signRestoration(statement: RestorationStatement, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = encode(statementCodec, { version: WIRE_VERSION, ...statement });
  return encode(signedCodec, { statement: bytes, signature: sign(concat(TAG.restoration, bytes)) });
}

/** @throws {Failure} `sync.statement-forged`, `sync.version-unknown`, `encoding.malformed`. */
export function openRestoration(verify: Verify, hubKey: Uint8Array, bytes: Uint8Array): RestorationStatement {
  const outer = decode(signedCodec, bytes);
  if (!verify(hubKey, concat(TAG.restoration, outer.statement), outer.signature))
    throw new Failure('sync.statement-forged', "A statement of a restoration is not signed by the region's hub.");
  const { version, ...statement } = decode(statementCodec, outer.statement);
  if (version !== WIRE_VERSION)
    throw new Failure(
      'sync.version-unknown',
      `A statement is of wire version ${version}, which this program does not know. Update Careledger.`,
    );
  return statement;
}

export const RECOVERING = new Failure(
  'hub.recovering',
  'The hub was restored from a backup. It takes back what clinics hold and orders nothing new before the witness clinics have confirmed that nothing is missing. What you write is kept here and sent then.',
  { retry: true },
);
