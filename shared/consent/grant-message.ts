/**
 * How a grant's keys travel. The first message of a grant is HPKE in Auth mode from the custodian's encryption key to the
 * recipient's; it carries the grant key and, sealed under it, the compartment keys there are. When an epoch begins later, its
 * key follows under the grant key alone.
 *
 *     sealed key = keyEpoch u32 ‖ nonce[12] ‖ ciphertext[32] ‖ tag[16],  AAD = tag 'grant-key' ‖ grant[16] ‖ handle[16] ‖ keyEpoch u32
 *     message 'grant'      = grantMessage, inside HPKE; associated data = grantContext
 *     message 'grant-keys' = grantKeysMessage
 */
import { concat, utf8 } from '../encoding/bytes.ts';
import { choice, type Decoded, encode, fixed, list, opaque, struct, u8, u32, u64 } from '../encoding/codec.ts';
import { categoryCodec } from './category.ts';
import { PURPOSES } from './purpose.ts';

export const GRANT_MESSAGE = 'grant';
export const GRANT_KEYS_MESSAGE = 'grant-keys';
export const GRANT_SUITE = 1;
/** Epochs of one compartment: one more with every grant that ended. */
const MOST_EPOCHS = 2 ** 16 - 1;
const LONGEST_RESOURCE = 2 ** 16 - 1;

const sealedKey = struct({ epoch: u32, nonce: fixed(12), ciphertext: fixed(32), tag: fixed(16) });
export type SealedGrantKey = Decoded<typeof sealedKey>;

const KEY_TAG = utf8('careledger/v1/grant-key\n');

/** Associated data of a compartment key under a grant key. */
export function grantKeyAssociatedData(grant: Uint8Array, handle: Uint8Array, epoch: number): Uint8Array {
  return concat(KEY_TAG, grant, handle, encode(u32, epoch));
}

/** `patient`: the custodian's id of the person, which joins the grants of one consent. `resource`: the FHIR Consent, so that
 * the reader knows the terms; with the grant of `identity` alone, empty with the others. */
export const grantMessage = struct({
  suite: u8,
  consent: fixed(16),
  grant: fixed(16),
  handle: fixed(16),
  category: categoryCodec,
  patient: fixed(16),
  grantKey: fixed(32),
  keys: list(sealedKey, MOST_EPOCHS),
  resource: opaque(LONGEST_RESOURCE),
});
export type GrantMessage = Decoded<typeof grantMessage>;

export const grantKeysMessage = struct({ suite: u8, grant: fixed(16), handle: fixed(16), keys: list(sealedKey, MOST_EPOCHS) });

/** What the ledger says of a grant, bound into its message: a wrap serves no other grant, period or purpose. */
export const grantContext = struct({
  grant: fixed(16),
  handle: fixed(16),
  purpose: choice(...PURPOSES),
  starts: u64,
  ends: u64,
  agreement: fixed(32),
});

/** What a party of a grant keeps in its key store under the grant's id. The recipient's has the compartment's keys as well. */
export const heldGrant = struct({
  consent: fixed(16),
  handle: fixed(16),
  category: categoryCodec,
  patient: fixed(16),
  other: fixed(32),
  grantKey: fixed(32),
  keys: list(struct({ epoch: u32, key: fixed(32) }), MOST_EPOCHS),
  resource: opaque(LONGEST_RESOURCE),
});
export type HeldGrant = Decoded<typeof heldGrant>;
