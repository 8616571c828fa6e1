/** A new machine on its way into a clinic, as its vault sees it: a slot for the person who waits, and their request. */
import { Failure } from '../../../shared/outcome/failure.ts';
import { DEVICE_REQUEST, encodeDeviceRequest, REQUEST_KEY_INFO } from '../../../shared/sync/device-joining.ts';
import { SUITE } from '../../../shared/vault/document.ts';
import { encodeMessage, messageInfo } from '../../../shared/vault/message.ts';
import { hpkeSeal } from '../../vault/hpke.ts';
import type { KeyStore } from '../../vault/key-store.ts';
import { hkdf, hmacSha256 } from '../../vault/primitives.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import type { JoinClinic, RequestDevice } from '../vault-process/vault-verbs.ts';

const NOTHING = new Uint8Array(0);
/** The sender is of no chain yet. */
const NO_CHAIN = new Uint8Array(32);

/** A key store with a slot for who will work here; it keeps their request until the clinic's keys are there. */
export async function beginJoining(keyStore: KeyStore, joining: JoinClinic): Promise<UnlockedKeyStore> {
  const { region, chain, device, encryptionKey, staffName, passphrase, secrets } = joining;
  const unlocked = await keyStore.create({ label: staffName, passphrase }, secrets);
  const key = hkdf(joining.invitationSecret, NOTHING, REQUEST_KEY_INFO, 32);
  const request = { region, chain, device, encryptionKey, staff: unlocked.staff, staffName };
  const value = encodeDeviceRequest(request, (message) => hmacSha256(key, message));
  await unlocked.putKeys([{ kind: 'joining', id: NOTHING, epoch: 0, value }]);
  return unlocked;
}

/**
 * The request, sealed to the clinic so that the hub learns no name: HPKE in base mode, since the clinic knows no key of this
 * device yet; what vouches for it is inside.
 */
export async function sealRequest(
  keyStore: UnlockedKeyStore,
  { chain, clinicEncryptionKey }: RequestDevice,
): Promise<Uint8Array> {
  const request = await keyStore.getKey('joining');
  if (!request) throw new Failure('devices.not-joining', 'This device is not on its way into a clinic.');
  return sealedRequest(chain, clinicEncryptionKey, request);
}

/** @param request of `encodeDeviceRequest` */
export function sealedRequest(chain: Uint8Array, clinicEncryptionKey: Uint8Array, request: Uint8Array): Uint8Array {
  const to = { recipient: clinicEncryptionKey, info: messageInfo(DEVICE_REQUEST, chain, chain) };
  const { encapsulated, ciphertext } = hpkeSeal(to, NOTHING, request);
  return encodeMessage({
    suite: SUITE,
    kind: DEVICE_REQUEST,
    senderChain: NO_CHAIN,
    recipientChain: chain,
    recipientKey: clinicEncryptionKey,
    encapsulated,
    ciphertext,
  });
}
