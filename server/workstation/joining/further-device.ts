/**
 * A new machine on its way into a clinic that invited it, as its device service sees it: the request goes out once the ledger
 * says to which key it has to be sealed, and the clinic's welcome counts once the ledger says that this device is enrolled.
 */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { chainRow, deviceRow } from '../../../shared/ledger/rows.ts';
import { chainKey, deviceKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { DEVICE_REQUEST, ENROLMENT_SECRET_INFO } from '../../../shared/sync/device-joining.ts';
import { type Invitation, readInvitation, writeInvitation } from '../../../shared/sync/wire.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { ClinicLedger } from '../../sync/clinic-ledger.ts';
import { hkdf, randomBytes, sha256 } from '../../vault/primitives.ts';
import type { DeviceService } from '../device/device-service.ts';
import type { Installation } from '../folder/installation.ts';
import type { RemoteCalls } from '../vault-process/remote-calls.ts';
import type { VaultVerbs } from '../vault-process/vault-verbs.ts';

const INVITATION_MS = 3 * 86_400_000;
const NO_DEVICE = new Uint8Array(0);

/** What the hub is shown of an invitation's secret, for a certificate: 16 bytes. */
export const enrolmentSecret = (secret: Uint8Array): Uint8Array => hkdf(secret, NO_DEVICE, ENROLMENT_SECRET_INFO, 16);

/** An invitation's text for one more device of this clinic. @throws {Failure} `sync.no-region`, and what the hub refuses. */
export async function inviteDevice(service: DeviceService): Promise<string> {
  const { founding, region, hubAddress } = service.installation;
  if (!founding || !region || !hubAddress)
    throw new Failure(
      'sync.no-region',
      'A further device finds its clinic through the hub of a region, and this clinic has joined none yet. Join one first.',
    );
  const secret = randomBytes(16);
  const expires = service.clock() + INVITATION_MS;
  const secretHash = toHex(sha256(enrolmentSecret(secret)));
  await service.askHub((client) => client.ask('InviteDevice', { secretHash, expires }));
  const { authority } = region.genesis;
  return writeInvitation({
    kind: 'device',
    address: hubAddress,
    authority,
    region: region.id,
    chain: founding.chain,
    secret,
    expires,
  });
}

/** @throws {Failure} `sync.invitation-malformed`, `sync.invitation-for-clinic`. */
export function readDeviceInvitation(text: string): Invitation {
  const invitation = readInvitation(text);
  if (invitation.kind === 'device') return invitation;
  throw new Failure(
    'sync.invitation-for-clinic',
    'This invitation is for a clinic that joins a region. Create the clinic first, then join with it; or ask your clinic for an invitation for a device.',
  );
}

interface Newcomer {
  readonly installation: Installation;
  readonly ledger: ClinicLedger;
  readonly agreementSecret: Uint8Array;
  readonly calls: RemoteCalls<VaultVerbs>;
  /** Something waits to be sent. */
  wake(): void;
}

/** The next step on the way in, if it can be taken now. True once the clinic's keys are here. */
export async function goOnJoining({ installation, ledger, agreementSecret, calls, wake }: Newcomer): Promise<boolean> {
  const { chain } = installation;
  if (!chain) return false;
  const { device } = ledger;
  const [clinicName, deviceName] = [chainKey(toHex(chain)), deviceKey(toHex(device))];
  // The replica alone: nothing that is pending here may vouch for this device.
  const rows = await loadState(installation.database.read, [clinicName, deviceName]);
  const clinic = rows.get(clinicName);
  if (!clinic) return false;
  const clinicEncryptionKey = decode(chainRow, clinic).encryptionKey;
  if ((await installation.text('device-request')) === undefined) {
    const body = await calls.call('requestDevice', { chain, clinicEncryptionKey });
    await ledger.commit({ messages: [{ recipientChain: chain, recipientDevice: NO_DEVICE, kind: DEVICE_REQUEST, body }] });
    await installation.remember({ 'device-request': 'sent' });
    wake();
    return false;
  }
  const stored = rows.get(deviceName);
  const row = stored && decode(deviceRow, stored);
  if (!row || row.revoked || !equalBytes(row.chain, chain)) return false;
  const founding = await calls.call('takeWelcome', { chain, device, agreementSecret });
  if (!founding) return false;
  await installation.remember({ founding });
  return true;
}
