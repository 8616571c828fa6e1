/**
 * What makes a key store and a backup openable again when a machine is gone, sealed to the clinic's recovery key (X25519):
 *
 *     box   = suite u8 ‖ encapsulated[32] ‖ ciphertext<0..2^16-1>     HPKE Base mode; info = tag 'recovery/<what>', AAD = the context
 *     store = suite u8 ‖ store id[16] ‖ half[32] ‖ keychain secret<0..32>
 *
 * `store` opens the keys of a backup, and with a staff member's passphrase their slot. Its context is the chain; that of a backup's
 * own key is the backup's id.
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, fixed, opaque, struct, u8 } from '../encoding/codec.ts';
import { checkSuite, SUITE } from './document.ts';
import { ESCROW_FETCH_TAG } from './vault-tags.ts';

const box = struct({ suite: u8, encapsulated: fixed(32), ciphertext: opaque(65_535) });
type RecoveryBox = Omit<Decoded<typeof box>, 'suite'>;

const store = struct({ suite: u8, id: fixed(16), half: fixed(32), secret: opaque(32) });
/** What a key store is under; `secret` is empty on a machine without a keychain. */
export type StoreSecrets = Omit<Decoded<typeof store>, 'suite'>;

export function encodeRecoveryBox(value: RecoveryBox): Uint8Array {
  return encode(box, { suite: SUITE, ...value });
}

/** @throws {Failure} `vault.unknown-suite`, `encoding.malformed`. */
export function decodeRecoveryBox(bytes: Uint8Array): RecoveryBox {
  checkSuite(bytes[0] ?? 0);
  return decode(box, bytes);
}

export function encodeStoreSecrets(value: StoreSecrets): Uint8Array {
  return encode(store, { suite: SUITE, ...value });
}

/** @throws {Failure} `vault.unknown-suite`, `encoding.malformed`. */
export function decodeStoreSecrets(bytes: Uint8Array): StoreSecrets {
  checkSuite(bytes[0] ?? 0);
  return decode(store, bytes);
}

const keys = struct({ suite: u8, to: fixed(32), key: opaque(1000), store: opaque(1000) });
/** What opens one backup, sealed to the recovery key `to`: an entry of the escrow. */
export type BackupKeyBoxes = Omit<Decoded<typeof keys>, 'suite'>;
export const ESCROW_ENTRY_BYTES = 2100;

export function encodeBackupKeyBoxes(value: BackupKeyBoxes): Uint8Array {
  return encode(keys, { suite: SUITE, ...value });
}

/** @throws {Failure} `vault.unknown-suite`, `encoding.malformed`. */
export function decodeBackupKeyBoxes(bytes: Uint8Array): BackupKeyBoxes {
  checkSuite(bytes[0] ?? 0);
  return decode(keys, bytes);
}

/** What the holders of the shares sign to be given an entry: it says which, and to which region's hub. */
export const escrowFetchMessage = (region: Uint8Array, backup: Uint8Array): Uint8Array =>
  concat(ESCROW_FETCH_TAG, region, backup);
