/** How an empty data folder becomes a clinic's computer, and a clinic a member of a region: made, let in by a clinic, joined. */
import { mayDo } from '../../../shared/access/permissions.ts';
import { refuseWeakPassphrase } from '../../../shared/identity/passphrase.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type Invitation, readInvitation } from '../../../shared/sync/wire.ts';
import { newDeviceSecrets } from '../../vault/device-tier.ts';
import { agreementKeyFromSecret, signingKeyFromSeed } from '../../vault/primitives.ts';
import type { ClinicSync } from '../device/clinic-sync.ts';
import type { DeviceKeys } from '../device/device-keys.ts';
import type { Installation } from '../folder/installation.ts';
import type { VaultLink } from '../vault-process/vault-link.ts';
import type { SignedIn } from '../vault-process/vault-verbs.ts';
import { goOnJoining, readDeviceInvitation } from './further-device.ts';
import { joinRegion } from './region-joining.ts';

export interface NewClinic {
  readonly name: string;
  readonly kind: 'clinic' | 'research';
  readonly administrator: string;
  readonly passphrase: string;
  /** Of a region that the clinic joins as soon as it is there. */
  readonly invitation?: string | undefined;
}

/** What a first run works on. */
export interface Workplace {
  readonly installation: Installation;
  readonly keys: DeviceKeys;
  readonly sync: ClinicSync;
  readonly vault: VaultLink;
  readonly clock: () => number;
}

/** @throws {Failure} `workstation.clinic-exists`. */
export function refuseSecondClinic({ chain }: Installation): void {
  if (!chain) return;
  throw new Failure('workstation.clinic-exists', 'This data folder has a clinic already. Choose another folder for a new one.');
}

/** Makes a clinic's keys and founding statement; answers who is signed in. @throws {Failure} `workstation.clinic-exists`, `vault.passphrase-weak`, storage failures. */
export async function makeClinic(
  { installation, keys, vault }: Workplace,
  clinic: NewClinic,
  training: boolean,
): Promise<SignedIn> {
  refuseSecondClinic(installation);
  const secrets = await keys.secrets(true);
  const device = newDeviceSecrets();
  const calls = await vault.started();
  const { founding, signedIn } = await calls.call('createClinic', {
    secrets,
    administrator: clinic.administrator,
    passphrase: clinic.passphrase,
    founding: {
      kind: clinic.kind,
      name: clinic.name,
      deviceKey: signingKeyFromSeed(device.signingSeed).publicKey,
      deviceEncryptionKey: agreementKeyFromSecret(device.agreementSecret).publicKey,
      cosignKey: signingKeyFromSeed(device.cosignSeed).publicKey,
    },
  });
  await keys.keep(device, signedIn);
  await installation.remember({ founding, ...(training && { training: '1' }) });
  return signedIn;
}

/**
 * Asks the clinic of the invitation to let this machine in; answers who waits for it.
 * @throws {Failure} as `joinRegion`; `workstation.clinic-exists`, `sync.invitation-for-clinic`, `vault.passphrase-weak`.
 */
export async function askToBeLetIn(
  { installation, keys, sync, vault, clock }: Workplace,
  text: string,
  staffName: string,
  passphrase: string,
): Promise<SignedIn> {
  refuseSecondClinic(installation);
  const invitation = readDeviceInvitation(text);
  // Before the hub is asked: a passphrase that is too weak must not use the invitation up.
  refuseWeakPassphrase(passphrase, [staffName]);
  const device = newDeviceSecrets();
  const signing = signingKeyFromSeed(device.signingSeed);
  const joined = await joinRegion(invitation, { deviceKey: signing, clock });
  const secrets = await keys.secrets(true);
  const calls = await vault.started();
  const signedIn = await calls.call('joinClinic', {
    secrets,
    staffName,
    passphrase,
    invitationSecret: invitation.secret,
    region: invitation.region,
    chain: invitation.chain,
    device: signing.publicKey,
    encryptionKey: agreementKeyFromSecret(device.agreementSecret).publicKey,
  });
  await keys.keep({ ...device, tlsKey: joined.tlsKey, tlsCertificate: joined.tlsCertificate }, signedIn);
  await installation.remember({
    joining: invitation.chain,
    genesis: joined.region.bytes,
    'hub-address': joined.address,
    authority: joined.authority,
  });
  await sync.open();
  return signedIn;
}

/** Takes the next step of who waits to be let in; answers who that is once the clinic's keys are here. */
export async function takenIn({ installation, keys, sync, vault }: Workplace): Promise<SignedIn | undefined> {
  const { waiting, running: calls } = vault;
  const { tier } = keys;
  if (!waiting || !calls || !tier) return undefined;
  const { agreementSecret } = tier.secrets;
  const newcomer = { installation, ledger: sync.ledger, agreementSecret, calls, wake: () => sync.wake() };
  return (await goOnJoining(newcomer)) ? waiting : undefined;
}

/** Whoever has unlocked is in: the vault opens the clinic's records to them, and syncing begins. @throws {Failure} `vault.locked`. */
export async function openClinic({ installation, keys, sync, vault }: Workplace, person: SignedIn): Promise<void> {
  const { founding } = installation;
  const { tier } = keys;
  const calls = vault.running;
  if (!founding || !tier || !calls) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
  await sync.open();
  const role = await calls.call('open', {
    chain: founding.chain,
    device: tier.signing.publicKey,
    agreementSecret: tier.secrets.agreementSecret,
  });
  vault.signIn({ ...person, role });
}

/**
 * Founds or joins the region of an invitation; ends when the hub has let the device in, syncing begins behind it.
 * @throws {Failure} as `joinRegion`; `sync.joined-already`, `vault.locked`, `access.not-allowed`, `sync.invitation-for-device`,
 * `sync.training-clinic`.
 */
export async function enterRegion({ installation, keys, sync, vault, clock }: Workplace, text: string): Promise<void> {
  const invitation = readInvitation(text);
  const { founding } = installation;
  const { tier } = keys;
  if (!founding || !tier) throw new Failure('vault.locked', "Unlock first: joining a region needs the clinic's key.");
  if (!mayDo(vault.somebody().role, 'region.write'))
    throw new Failure('access.not-allowed', 'Only an administrator of the clinic has it join a region. Unlock as one first.');
  await refuseRegion(installation, invitation);
  const calls = vault.unlocked();
  const signGenesis = (genesis: Uint8Array) => calls.call('signGenesis', { genesis });
  const joined = await joinRegion(invitation, { founding, deviceKey: tier.signing, clock, signGenesis });
  const { epoch, height, previous: head } = sync.ledger.next;
  const asked = { region: joined.region.id, founding: founding.bytes, epoch, height, head };
  const request = joined.needsAdmission ? await calls.call('requestAdmission', asked) : new Uint8Array(0);
  await keys.keep({ ...tier.secrets, tlsKey: joined.tlsKey, tlsCertificate: joined.tlsCertificate }, vault.signedIn);
  await installation.remember({
    genesis: joined.region.bytes,
    'hub-address': joined.address,
    authority: joined.authority,
    'admission-request': Buffer.from(request).toString('base64'),
  });
  await sync.open();
}

/** One clinic, one region, and never one for a training clinic. */
async function refuseRegion(installation: Installation, { kind }: Invitation): Promise<void> {
  const { region } = installation;
  if ((await installation.text('training')) !== undefined) {
    throw new Failure(
      'sync.training-clinic',
      'This is a training clinic of made-up patients: it joins no region. Create a real clinic in another folder.',
    );
  }
  if (region) {
    const name = region.genesis.name;
    throw new Failure('sync.joined-already', `This clinic belongs to the region "${name}" already. One clinic, one region.`, {
      details: { region: name },
    });
  }
  if (kind === 'device') {
    throw new Failure(
      'sync.invitation-for-device',
      'This invitation is for a further device of a clinic, not for a clinic. Use it on a new installation.',
    );
  }
}
