/**
 * The device tier at rest: the keys that work while everybody is signed out. `device.sealed` is one sealed file:
 *
 *     suite u8 ‖ layer u8 ‖ secret id<0..8> ‖ box<0..2^20>      AAD = tag 'device-tier' ‖ suite ‖ layer ‖ secret id
 *
 * under HKDF(keychain secret, tag 'device-tier'), or on a machine without a keychain under HKDF(half, tag 'device-tier'),
 * so that there it opens only after the first unlock since start.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { concat } from '../../shared/encoding/bytes.ts';
import { choice, type Decoded, decode, encode, fixed, opaque, struct, text, u8 } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { checkSuite, SUITE } from '../../shared/vault/document.ts';
import { DEVICE_TIER_TAG } from '../../shared/vault/vault-tags.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { storageFailure } from '../storage/faults.ts';
import { openBox, sealBox } from './boxes.ts';
import { chooseSecret, type KeychainSecrets, secretId } from './keychain-secrets.ts';
import { hkdf, randomBytes, type SealingKey, sealingKey } from './primitives.ts';

const deviceSecrets = struct({
  /** Ed25519: signs this device's blocks. */
  signingSeed: fixed(32),
  /** X25519: what other devices seal to this one. */
  agreementSecret: fixed(32),
  /** Ed25519, of this one purpose: "I recomputed this checkpoint". */
  cosignSeed: fixed(32),
  /** PEM; empty before the device has joined anything. */
  tlsKey: text(20_000),
  /** PEM, leaf first. */
  tlsCertificate: text(65_535),
});
export type DeviceSecrets = Decoded<typeof deviceSecrets>;

const front = struct({ suite: u8, layer: choice('half', 'keychain'), secretId: opaque(8) });
const sealedFile = struct({ front, box: opaque(2 ** 20) });

/** What the file is under: the keychain's secret, or the key that an unlocked key store lends. */
export type DeviceTierLock = { readonly keychain: Uint8Array } | { readonly half: SealingKey };

/** What can open it: the keychain's secrets, and the key store's key once somebody has unlocked. */
export interface DeviceTierKeys {
  readonly secrets: KeychainSecrets;
  readonly half?: SealingKey;
}

/** Fresh keys of a new device; no certificate yet. */
export function newDeviceSecrets(): DeviceSecrets {
  return {
    signingSeed: randomBytes(32),
    agreementSecret: randomBytes(32),
    cosignSeed: randomBytes(32),
    tlsKey: '',
    tlsCertificate: '',
  };
}

/** From the keychain's secret, or from the half where there is none. */
export function deviceTierKey(material: Uint8Array): SealingKey {
  return sealingKey(hkdf(material, new Uint8Array(0), DEVICE_TIER_TAG, 32));
}

/** Durable when it resolves, and whole whatever happens meanwhile. */
export async function writeDeviceTier(path: string, secrets: DeviceSecrets, lock: DeviceTierLock): Promise<void> {
  const plaintext = encode(deviceSecrets, secrets);
  await writeTierFile(path, DEVICE_TIER_TAG, plaintext, lock);
  plaintext.fill(0);
}

/** Which layer the file is under, without opening it; `undefined` when there is no file: a new installation. */
export async function deviceTierLayer(path: string): Promise<'half' | 'keychain' | undefined> {
  return existsSync(path) ? (await read(path)).front.layer : undefined;
}

/**
 * @throws {Failure} `vault.device-tier-locked` when it waits for the first unlock; `vault.keychain-missing`;
 * `vault.device-tier-damaged`; `vault.unknown-suite`.
 */
export async function readDeviceTier(path: string, keys: DeviceTierKeys): Promise<DeviceSecrets> {
  return decode(deviceSecrets, await readTierFile(path, DEVICE_TIER_TAG, keys));
}

/** The keys of a device as a backup keeps them. */
export const encodeDeviceSecrets = (secrets: DeviceSecrets): Uint8Array => encode(deviceSecrets, secrets);
export const decodeDeviceSecrets = (bytes: Uint8Array): DeviceSecrets => decode(deviceSecrets, bytes);

/** Any file of the device tier, in the form above, with its own tag. Durable when it resolves, and whole whatever happens meanwhile. */
export async function writeTierFile(path: string, tag: Uint8Array, plaintext: Uint8Array, lock: DeviceTierLock): Promise<void> {
  const keychain = 'keychain' in lock;
  const head = keychain
    ? { suite: SUITE, layer: 'keychain' as const, secretId: secretId(lock.keychain) }
    : { suite: SUITE, layer: 'half' as const, secretId: new Uint8Array(0) };
  const box = sealBox(keychain ? deviceTierKey(lock.keychain) : lock.half, associated(tag, head), plaintext);
  await writeFileDurably(path, encode(sealedFile, { front: head, box }));
}

/** @throws {Failure} as `readDeviceTier`. */
export async function readTierFile(path: string, tag: Uint8Array, keys: DeviceTierKeys): Promise<Uint8Array> {
  const file = await read(path);
  const key = file.front.layer === 'keychain' ? deviceTierKey(chooseSecret(keys.secrets, file.front.secretId)) : keys.half;
  if (key === undefined) {
    throw new Failure(
      'vault.device-tier-locked',
      'This computer has no keychain, so sync begins when somebody has signed in. Unlock it.',
      {
        retry: true,
      },
    );
  }
  return openBox(key, associated(tag, file.front), file.box) ?? damaged();
}

async function read(path: string): Promise<Decoded<typeof sealedFile>> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw storageFailure(error, { path });
  });
  checkSuite(bytes[0] ?? 0);
  try {
    return decode(sealedFile, bytes);
  } catch (cause) {
    return damaged(cause);
  }
}

function associated(tag: Uint8Array, head: Decoded<typeof front>): Uint8Array {
  return concat(tag, encode(front, head));
}

function damaged(cause?: unknown): never {
  throw new Failure(
    'vault.device-tier-damaged',
    'The file with the keys of this device was altered or is of another installation. Restore it from a backup, or enrol the device anew.',
    {
      cause,
    },
  );
}
