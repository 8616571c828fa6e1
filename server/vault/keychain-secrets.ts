/**
 * The secret that the operating system's keychain keeps for an installation, and how it is replaced without a moment at
 * which a crash could part it from what it seals: the keychain first holds both secrets, then device tier and key store are
 * sealed again, each noting the id of the secret it is under, and only then the keychain forgets the old one.
 */
import { concat, equalBytes } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { KEYCHAIN_SECRET_TAG } from '../../shared/vault/vault-tags.ts';
import { randomBytes, sha256 } from './primitives.ts';

const SECRET_BYTES = 32;
const ID_BYTES = 8;

/** What this module needs of a keychain: see server/identity/keychain.ts. */
export interface SecretPlace {
  readonly available: boolean;
  get(): Promise<Uint8Array | undefined>;
  set(secret: Uint8Array): Promise<void>;
}

/** One secret of 32 bytes, or two while it is being replaced: the older first. */
export type KeychainSecrets = readonly Uint8Array[];

/**
 * The installation's secrets; a new one is made when the keychain has none and `create` allows it. None at all when this
 * machine has no keychain, which the screens say aloud.
 * @throws {Failure} `vault.keychain-damaged` when the keychain holds something else.
 */
export async function keychainSecrets(place: SecretPlace, create: boolean): Promise<KeychainSecrets> {
  if (!place.available) return [];
  const held = await place.get();
  if (held !== undefined) return split(held);
  if (!create) return [];
  const secret = randomBytes(SECRET_BYTES);
  await place.set(secret);
  return [secret];
}

/** Puts a fresh secret beside the one in use and gives it; calling it again after a crash gives the same. */
export async function stageSecret(place: SecretPlace): Promise<Uint8Array> {
  const [current, staged] = await keychainSecrets(place, true);
  if (current === undefined) {
    throw new Failure('vault.keychain-missing', 'This computer has no keychain, so there is no secret in it to replace.');
  }
  if (staged !== undefined) return staged;
  const next = randomBytes(SECRET_BYTES);
  await place.set(concat(current, next));
  return next;
}

/** The last step: the keychain keeps `secret` alone, and older copies of the files can never be opened again. */
export async function settleSecret(place: SecretPlace, secret: Uint8Array): Promise<void> {
  await place.set(secret);
}

/** Tells secrets apart without telling what they are: 8 bytes. */
export function secretId(secret: Uint8Array): Uint8Array {
  return sha256(concat(KEYCHAIN_SECRET_TAG, secret)).slice(0, ID_BYTES);
}

/** @throws {Failure} `vault.keychain-missing` when none of `secrets` has this id. */
export function chooseSecret(secrets: KeychainSecrets, id: Uint8Array): Uint8Array {
  const found = secrets.find((secret) => equalBytes(secretId(secret), id));
  if (found !== undefined) return found;
  const why = secrets.length === 0 ? 'is not there' : 'is another one';
  throw new Failure(
    'vault.keychain-missing',
    `The secret that this computer's keychain keeps for Careledger ${why}. Sign in to the operating system as the user who set it up, or restore from a backup.`,
  );
}

function split(held: Uint8Array): KeychainSecrets {
  if (held.length === SECRET_BYTES) return [held];
  if (held.length === 2 * SECRET_BYTES) return [held.slice(0, SECRET_BYTES), held.slice(SECRET_BYTES)];
  throw new Failure(
    'vault.keychain-damaged',
    'What the keychain of this computer keeps for Careledger is damaged. Restore from a backup.',
  );
}
