/** The clinic's own keys as an unlocked key store holds them; kinds `clinic-signing` and `clinic-encryption`. */
import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type AgreementKey, agreementKeyFromSecret, type SigningKey, signingKeyFromSeed } from './primitives.ts';
import type { UnlockedKeyStore } from './unlocked-key-store.ts';

/** The key with which the clinic itself signs. @throws {Failure} `vault.clinic-key-missing`. */
export async function clinicSigningKey(keyStore: UnlockedKeyStore): Promise<SigningKey> {
  const seed = await keyStore.getKey('clinic-signing');
  if (seed === undefined) {
    throw new Failure(
      'vault.clinic-key-missing',
      'The key of this clinic is not on this machine. Let this machine join the clinic first, or restore a backup.',
    );
  }
  const key = signingKeyFromSeed(seed);
  seed.fill(0);
  return key;
}

/** Finds the pair of one of the clinic's public X25519 keys, of this week or an earlier one that is still kept. */
export async function clinicEncryptionKeys(
  keyStore: UnlockedKeyStore,
): Promise<(publicKey: Uint8Array) => AgreementKey | undefined> {
  const pairs = (await keyStore.getKeys('clinic-encryption')).map(({ value }) => agreementKeyFromSecret(value));
  const byPublicKey = new Map(pairs.map((pair) => [toHex(pair.publicKey), pair]));
  return (publicKey) => byPublicKey.get(toHex(publicKey));
}
