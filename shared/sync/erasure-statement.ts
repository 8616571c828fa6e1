/** What the hub says of an erasure, under its own key: so many sealed documents of these compartments were destroyed there. */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, list, opaque, struct, u8, u32, u64 } from '../encoding/codec.ts';
import type { Verify } from '../ledger/founding.ts';
import { TAG } from '../ledger/tags.ts';
import { Failure } from '../outcome/failure.ts';

const SUITE = 1;
const statement = struct({
  suite: u8,
  region: fixed(32),
  time: u64,
  compartments: list(struct({ handle: fixed(16), documents: u32 }), 1000),
});
const signedStatement = struct({ statement: opaque(30_000), signature: fixed(64) });
export type HubErasure = Omit<Decoded<typeof statement>, 'suite'>;

export function signHubErasure(erasure: HubErasure, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const bytes = encode(statement, { suite: SUITE, ...erasure });
  return encode(signedStatement, { statement: bytes, signature: sign(concat(TAG.hubErasure, bytes)) });
}

/** The statement, whoever signed it. @throws {Failure} `encoding.malformed`. */
export const readHubErasure = (bytes: Uint8Array): HubErasure => decode(statement, decode(signedStatement, bytes).statement);

/** @throws {Failure} `erasure.hub-statement-forged`, `encoding.malformed`. */
export function openHubErasure(verify: Verify, hubKey: Uint8Array, bytes: Uint8Array): HubErasure {
  const outer = decode(signedStatement, bytes);
  const { suite, ...erasure } = decode(statement, outer.statement);
  if (suite !== SUITE || !verify(hubKey, concat(TAG.hubErasure, outer.statement), outer.signature))
    throw new Failure('erasure.hub-statement-forged', "The hub's word on an erasure does not carry the region's hub key.");
  return erasure;
}
