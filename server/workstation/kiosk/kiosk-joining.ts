/** A kiosk on its way into the clinic that invited it: it asks with the invitation's secret, and gets no key of the clinic. */
import { equalBytes, fromBase64, toBase64, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { chainRow, deviceRow } from '../../../shared/ledger/rows.ts';
import { chainKey, deviceKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { DEVICE_REQUEST, encodeDeviceRequest, REQUEST_KEY_INFO } from '../../../shared/sync/device-joining.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { ClinicLedger } from '../../sync/clinic-ledger.ts';
import { newDeviceSecrets } from '../../vault/device-tier.ts';
import { agreementKeyFromSecret, hkdf, hmacSha256, signingKeyFromSeed } from '../../vault/primitives.ts';
import type { DeviceKeys } from '../device/device-keys.ts';
import type { Installation } from '../folder/installation.ts';
import { readDeviceInvitation } from '../joining/further-device.ts';
import { sealedRequest } from '../joining/further-device-vault.ts';
import { joinRegion } from '../joining/region-joining.ts';

const NOTHING = new Uint8Array(0);
/** In a workstation's request: the key of the person who waits there. Nobody works at a kiosk. */
const NOBODY = new Uint8Array(32);

interface Joining {
  readonly installation: Installation;
  readonly keys: DeviceKeys;
  readonly clock: () => number;
}

/**
 * The hub lets the device as far as the clinic's door; an administrator of the clinic lets it in.
 * @throws {Failure} as `joinRegion`; `workstation.clinic-exists`, `sync.invitation-for-clinic`.
 */
export async function joinAsKiosk({ installation, keys, clock }: Joining, text: string): Promise<void> {
  if (installation.chain)
    throw new Failure('workstation.clinic-exists', 'This data folder belongs to a clinic already. Choose another for the kiosk.');
  const invitation = readDeviceInvitation(text);
  const device = newDeviceSecrets();
  const signing = signingKeyFromSeed(device.signingSeed);
  const joined = await joinRegion(invitation, { deviceKey: signing, clock });
  await keys.secrets(true);
  await keys.keep({ ...device, tlsKey: joined.tlsKey, tlsCertificate: joined.tlsCertificate }, undefined);
  const key = hkdf(invitation.secret, NOTHING, REQUEST_KEY_INFO, 32);
  const request = {
    region: invitation.region,
    chain: invitation.chain,
    device: signing.publicKey,
    encryptionKey: agreementKeyFromSecret(device.agreementSecret).publicKey,
    staff: NOBODY,
    staffName: '',
  };
  await installation.remember({
    joining: invitation.chain,
    genesis: joined.region.bytes,
    'hub-address': joined.address,
    authority: joined.authority,
    'kiosk-request': toBase64(encodeDeviceRequest(request, (message) => hmacSha256(key, message))),
  });
}

interface KioskStanding {
  /** '' until the clinic's row of the ledger is here. */
  readonly clinic: string;
  readonly isEnrolled: boolean;
}

/** What the ledger says of this kiosk and its clinic. Only the replica counts: nothing that is pending may vouch for it. */
export async function kioskStanding({
  installation,
  device,
}: {
  installation: Installation;
  device: Uint8Array | undefined;
}): Promise<KioskStanding> {
  const { chain } = installation;
  if (!chain || !device) return { clinic: '', isEnrolled: false };
  const [clinicName, deviceName] = [chainKey(toHex(chain)), deviceKey(toHex(device))];
  const rows = await loadState(installation.database.read, [clinicName, deviceName]);
  const clinic = rows.get(clinicName);
  const stored = rows.get(deviceName);
  const row = stored && decode(deviceRow, stored);
  return {
    clinic: clinic ? decode(chainRow, clinic).name : '',
    isEnrolled: row !== undefined && row.kind === 'kiosk' && !row.revoked && equalBytes(row.chain, chain),
  };
}

/** Sends the request once the ledger says to which key it has to be sealed. */
export async function askAtTheDoor(installation: Installation, ledger: ClinicLedger): Promise<void> {
  const { chain } = installation;
  const request = await installation.text('kiosk-request');
  if (!chain || !request || (await installation.text('device-request')) !== undefined) return;
  const name = chainKey(toHex(chain));
  const clinic = (await loadState(installation.database.read, [name])).get(name);
  if (!clinic) return;
  const body = sealedRequest(chain, decode(chainRow, clinic).encryptionKey, fromBase64(request));
  await ledger.commit({ messages: [{ recipientChain: chain, recipientDevice: NOTHING, kind: DEVICE_REQUEST, body }] });
  await installation.remember({ 'device-request': 'sent' });
}
