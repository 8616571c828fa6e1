/** Compartment keys under grant keys, and what each party of a grant keeps of it in its key store. */

import { grantKeyAssociatedData, type HeldGrant, heldGrant, type SealedGrantKey } from '../../shared/consent/grant-message.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { aesGcmOpen, aesGcmSeal, NONCE_BYTES, randomBytes, sealingKey } from '../vault/primitives.ts';
import type { UnlockedKeyStore } from '../vault/unlocked-key-store.ts';

/** A compartment's key in one epoch: 32 bytes. */
export interface EpochKey {
  readonly epoch: number;
  readonly key: Uint8Array;
}

type Grant = Pick<HeldGrant, 'handle' | 'grantKey'>;

export function sealEpochKeys(grant: Uint8Array, { handle, grantKey }: Grant, keys: readonly EpochKey[]): SealedGrantKey[] {
  const under = sealingKey(grantKey);
  return keys.map(({ epoch, key }) => {
    const nonce = randomBytes(NONCE_BYTES);
    return { epoch, nonce, ...aesGcmSeal(under, nonce, grantKeyAssociatedData(grant, handle, epoch), key) };
  });
}

/** @throws {Failure} `consent.key-refused` when one of them is not of this grant, compartment and epoch. */
export function openEpochKeys(grant: Uint8Array, { handle, grantKey }: Grant, sealed: readonly SealedGrantKey[]): EpochKey[] {
  const under = sealingKey(grantKey);
  return sealed.map(({ epoch, nonce, ciphertext, tag }) => {
    const key = aesGcmOpen(under, nonce, grantKeyAssociatedData(grant, handle, epoch), ciphertext, tag);
    if (key === undefined)
      throw new Failure('consent.key-refused', 'A shared key was altered on its way. Ask the other clinic to share again.');
    return { epoch, key };
  });
}

/** Grants by id in hexadecimal; those that are not held are left out. */
export async function heldGrants(keyStore: UnlockedKeyStore, ids: Iterable<string>): Promise<Map<string, HeldGrant>> {
  const entries = await keyStore.getKeys('grant', [...ids].map(fromHex));
  return new Map(entries.map(({ id, value }) => [toHex(id), decode(heldGrant, value)]));
}

/** Durable when it resolves. */
export async function keepGrants(keyStore: UnlockedKeyStore, grants: ReadonlyMap<string, HeldGrant>): Promise<void> {
  if (grants.size === 0) return;
  await keyStore.putKeys(
    [...grants].map(([id, grant]) => ({ kind: 'grant', id: fromHex(id), epoch: 0, value: encode(heldGrant, grant) })),
  );
}

export async function dropGrants(keyStore: UnlockedKeyStore, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await keyStore.destroyKeys('grant', ids.map(fromHex));
}

/** Every key of a compartment that this key store has, oldest epoch first. */
export async function epochKeys(keyStore: UnlockedKeyStore, handle: Uint8Array): Promise<EpochKey[]> {
  const entries = await keyStore.getKeys('compartment', [handle]);
  return entries.map(({ epoch, value }) => ({ epoch, key: value }));
}
