/**
 * The clinic's recovery key: an X25519 pair. Its secret lies in the live key store, and, split among officers, on paper
 * (recovery-shares.ts); whatever is sealed to it opens with either.
 */
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { decodeRecoveryBox, encodeRecoveryBox } from '../../shared/vault/recovery.ts';
import { hpkeOpen, hpkeSeal } from './hpke.ts';
import { type AgreementKey, agreementKeyFromSecret, newAgreementKey } from './primitives.ts';
import type { UnlockedKeyStore } from './unlocked-key-store.ts';

const ID_BYTES = 16;
const BEGUN = 'recovery-begun';

/** Both halves as bytes. */
interface AgreementSecret {
  readonly secret: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** @param info a tag of vault-tags.ts @param context what the box is about; not in it */
export function sealToRecoveryKey(
  publicKey: Uint8Array,
  info: Uint8Array,
  context: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  return encodeRecoveryBox(hpkeSeal({ recipient: publicKey, info }, context, plaintext));
}

/** @throws {Failure} `vault.message-refused` when it was sealed to another key or is about something else; `vault.unknown-suite`. */
export function openWithRecoveryKey(key: AgreementKey, info: Uint8Array, context: Uint8Array, box: Uint8Array): Uint8Array {
  const { encapsulated, ciphertext } = decodeRecoveryBox(box);
  return hpkeOpen({ recipient: key, info }, encapsulated, context, ciphertext);
}

/** The newest recovery key of the key store; made, durably, when there is none. @param now milliseconds since 1970 */
export async function currentRecoveryKey(keyStore: UnlockedKeyStore, now: number): Promise<AgreementKey> {
  const newest = (await keyStore.getAll('recovery')).at(-1);
  if (newest) return agreementKeyFromSecret(newest.value);
  const made = newAgreementKey();
  await putRecoveryKey(keyStore, made.secret, now);
  return made;
}

/** The pair of one of the clinic's recovery keys. @throws {Failure} `vault.recovery-key-missing`. */
export async function recoveryKeyOf(keyStore: UnlockedKeyStore, publicKey: Uint8Array): Promise<AgreementKey> {
  for (const { value } of await keyStore.getAll('recovery')) {
    const key = agreementKeyFromSecret(value);
    if (equalBytes(key.publicKey, publicKey)) return key;
  }
  throw new Failure(
    'vault.recovery-key-missing',
    'This backup was sealed to a recovery key that is no longer in the key store. Its recovery shares can still open it.',
  );
}

/** From now on what is sealed for recovery is sealed to this one. */
export async function putRecoveryKey(keyStore: UnlockedKeyStore, secret: Uint8Array, now: number): Promise<void> {
  const newest = (await keyStore.getAll('recovery')).at(-1);
  const id = agreementKeyFromSecret(secret).publicKey.slice(0, ID_BYTES);
  if (newest && equalBytes(newest.id, id)) return;
  const epoch = Math.max((newest?.epoch ?? 0) + 1, Math.floor(now / 1000));
  await keyStore.putKeys([{ kind: 'recovery', id, epoch, value: secret }]);
}

/** Keeps the key of a set that is being given out; `settleRecoveryKey` says whether it came into force. */
export async function beginRecoveryKey(keyStore: UnlockedKeyStore, { secret, publicKey }: AgreementSecret): Promise<void> {
  await keyStore.putKeys([{ kind: BEGUN, id: publicKey.slice(0, ID_BYTES), epoch: 0, value: secret }]);
}

/**
 * A key that was begun is the newest from now on when it is `inForce`, and is gone otherwise: a set whose giving out was cut off
 * must not take the place of the sheets that the officers hold. Harmless when none was begun.
 */
export async function settleRecoveryKey(keyStore: UnlockedKeyStore, inForce: Uint8Array | undefined, now: number): Promise<void> {
  const begun = await keyStore.getAll(BEGUN);
  for (const { value } of begun)
    if (inForce && equalBytes(agreementKeyFromSecret(value).publicKey, inForce)) await putRecoveryKey(keyStore, value, now);
  if (begun.length > 0)
    await keyStore.destroyKeys(
      BEGUN,
      begun.map(({ id }) => id),
    );
}

/** Every recovery key but the newest: nothing that this machine keeps is sealed to them any more. */
export async function forgetRecoveryKeys(keyStore: UnlockedKeyStore): Promise<void> {
  const all = await keyStore.getAll('recovery');
  const newest = all.at(-1)?.id;
  const earlier = all.map(({ id }) => id).filter((id) => newest && !equalBytes(id, newest));
  if (earlier.length > 0) await keyStore.destroyKeys('recovery', earlier);
}
