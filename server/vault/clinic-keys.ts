/**
 * The clinic's own keys as an unlocked key store holds them; kinds `clinic-signing` and `clinic-encryption`. Several of each:
 * which one counts at a place of the ledger, the ledger says (server/sync/clinic-mail/clinic-key-book.ts).
 */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type AgreementKey, agreementKeyFromSecret, type SigningKey, signingKeyFromSeed } from './primitives.ts';
import type { KeyEntry, UnlockedKeyStore } from './unlocked-key-store.ts';

type ClinicKeyKind = 'clinic-signing' | 'clinic-encryption';

/** A key of the clinic's as the key store names it. */
export interface HeldClinicKey {
  readonly entry: KeyEntry;
  readonly publicKey: Uint8Array;
  /** Milliseconds; 0 for the key of the founding. */
  readonly made: number;
}

const ID_BYTES = 16;

/** @param made milliseconds */
export function clinicKeyEntry(kind: ClinicKeyKind, secret: Uint8Array, publicKey: Uint8Array, made: number): KeyEntry {
  return { kind, id: publicKey.slice(0, ID_BYTES), epoch: Math.floor(made / 1000), value: secret };
}

const publicKeyOf = ({ kind, value }: KeyEntry): Uint8Array =>
  kind === 'clinic-signing' ? signingKeyFromSeed(value).publicKey : agreementKeyFromSecret(value).publicKey;

/** Whether an entry that another desk of the clinic sent bears the name of the key that is in it. */
export const isNamedAsItIs = (entry: KeyEntry): boolean =>
  entry.value.length === 32 && equalBytes(entry.id, publicKeyOf(entry).subarray(0, ID_BYTES));

/** Every key of a kind, oldest first. */
export async function heldClinicKeys(keyStore: UnlockedKeyStore, kind: ClinicKeyKind): Promise<HeldClinicKey[]> {
  const entries = await keyStore.getAll(kind);
  return entries.map((entry) => ({ entry, publicKey: publicKeyOf(entry), made: entry.epoch * 1000 }));
}

/** The clinic's signing key of this name. @throws {Failure} `vault.clinic-key-missing`. */
export async function clinicSigningKey(keyStore: UnlockedKeyStore, publicKey: Uint8Array): Promise<SigningKey> {
  const held = await heldClinicKeys(keyStore, 'clinic-signing');
  const found = held.find((key) => equalBytes(key.publicKey, publicKey));
  const key = found && signingKeyFromSeed(found.entry.value);
  for (const { entry } of held) entry.value.fill(0);
  if (key) return key;
  throw new Failure(
    'vault.clinic-key-missing',
    held.length === 0
      ? 'The key of this clinic is not on this machine. Let this machine join the clinic first, or restore a backup.'
      : 'The clinic has a new key that has not reached this machine yet. Sync, and try again; after a restore, restore a newer backup or let another desk of the clinic invite this machine anew.',
  );
}

/** Finds the pair of one of the clinic's public X25519 keys, of this week or an earlier one that is still kept. */
export async function clinicEncryptionKeys(
  keyStore: UnlockedKeyStore,
): Promise<(publicKey: Uint8Array) => AgreementKey | undefined> {
  const held = await heldClinicKeys(keyStore, 'clinic-encryption');
  const byPublicKey = new Map(held.map(({ entry, publicKey }) => [toHex(publicKey), agreementKeyFromSecret(entry.value)]));
  return (publicKey) => byPublicKey.get(toHex(publicKey));
}
