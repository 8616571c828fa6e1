/** Which keys clinics have and had, as this replica of the ledger says: each at its place. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { type ClinicRotated, clinicRotatedBody } from '../../../shared/ledger/rotation-rules.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { chainKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { readKeyRolls } from '../../ledger/policy-acts.store.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { clinicEncryptionKeys, clinicSigningKey } from '../../vault/clinic-keys.ts';
import type { AgreementKey, SigningKey } from '../../vault/primitives.ts';
import type { VaultContext } from '../vault-context/vault-context.ts';
import { readWitnessed } from '../witness/witnessed.ts';

/** A change of a clinic's keys that the ledger accepted. */
interface KeyRoll extends ClinicRotated {
  readonly position: number;
  readonly isWitnessed: boolean;
}

/** A clinic's X25519 keys, without what is only pending here. */
export interface ClinicEncryptionKeys {
  /** The newest that the quorum has witnessed: what is sealed goes to this one, and from it. */
  readonly inForce: Uint8Array;
  /** Every one that this replica knows of, newest first: what was sealed by an earlier one may still be on its way. */
  readonly all: readonly Uint8Array[];
}

/** Every change of a clinic's keys that this replica has folded, oldest first. @param chain hexadecimal */
export async function keyRolls(reader: ReadConnection, chain: string): Promise<KeyRoll[]> {
  const { size } = await readWitnessed({ read: reader });
  const acts = await readKeyRolls(reader, chain);
  return acts.map(({ position, body }) => ({
    ...decode(clinicRotatedBody, body),
    position,
    isWitnessed: position < size,
  }));
}

/** Undefined for a clinic that the region has not admitted. @param chain hexadecimal */
export async function encryptionKeysOf(reader: ReadConnection, chain: string): Promise<ClinicEncryptionKeys | undefined> {
  const stored = (await loadState(reader, [chainKey(chain)])).get(chainKey(chain));
  if (!stored) return undefined;
  const { encryptionKey } = decode(chainRow, stored);
  const rolls = await keyRolls(reader, chain);
  const witnessed = rolls.findLast(({ isWitnessed }) => isWitnessed)?.encryptionKey;
  const known = [encryptionKey, ...rolls.toReversed().flatMap((roll) => [roll.encryptionKey, roll.previousEncryptionKey])];
  const all = [...new Map(known.map((key) => [toHex(key), key])).values()];
  return { inForce: witnessed ?? rolls[0]?.previousEncryptionKey ?? encryptionKey, all };
}

/** The key with which the clinic signs acts now, its own pending change of keys included. @throws {Failure} `vault.clinic-key-missing`. */
export async function ownClinicKey({
  keyStore,
  gateway,
  chain,
}: Pick<VaultContext, 'keyStore' | 'gateway' | 'chain'>): Promise<SigningKey> {
  const [row] = await gateway.state([chainKey(toHex(chain))]);
  return clinicSigningKey(keyStore, row ? decode(chainRow, row).clinicKey : new Uint8Array(0));
}

/** The pair from which this clinic seals: others accept a key that the ledger names and no other. @throws {Failure} `vault.clinic-key-missing`. */
export async function ownSealingPair({
  keyStore,
  reader,
  chain,
}: Pick<VaultContext, 'keyStore' | 'reader' | 'chain'>): Promise<AgreementKey> {
  const keys = await encryptionKeysOf(reader, toHex(chain));
  const pairOf = await clinicEncryptionKeys(keyStore);
  // A key that another desk has just made may not have arrived here yet: the one before it is as good.
  const pair = keys && (pairOf(keys.inForce) ?? keys.all.map(pairOf).find((found) => found !== undefined));
  if (pair) return pair;
  throw new Failure(
    'vault.clinic-key-missing',
    'The encryption key of this clinic is not on this machine. Restore it from a backup.',
  );
}

/** Whether one of our keys, by its public half, is newer than all that are here: another desk has made it and it is on its way. */
export async function isStillComing(
  { keyStore, reader, chain }: Pick<VaultContext, 'keyStore' | 'reader' | 'chain'>,
  publicKey: Uint8Array,
): Promise<boolean> {
  const keys = await encryptionKeysOf(reader, toHex(chain));
  const pairOf = await clinicEncryptionKeys(keyStore);
  const newestHere = keys?.all.findIndex((key) => pairOf(key) !== undefined) ?? -1;
  const wanted = keys?.all.findIndex((key) => equalBytes(key, publicKey)) ?? -1;
  return wanted >= 0 && (newestHere < 0 || wanted < newestHere);
}
