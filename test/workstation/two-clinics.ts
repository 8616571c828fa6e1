/** Two workstations with a keychain each, in one region over a real hub. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initHub, inviteToHub } from '../../server/hub/commands/administration.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import type { SecretPlace } from '../../server/vault/keychain-secrets.ts';
import { ask as askOnce } from '../../server/workstation/commands/command.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { builtVault } from '../support/built-processes.ts';
import { byKeyOf } from '../support/second-factor.ts';

export const PASSPHRASE = 'copper lantern drifting walrus';

/** A keychain in memory: what the operating system would keep. */
class MemoryKeychain implements SecretPlace {
  readonly available = true;
  held: Uint8Array | undefined;
  get = async (): Promise<Uint8Array | undefined> => this.held;
  set = async (secret: Uint8Array): Promise<void> => {
    this.held = secret.slice();
  };
}

export interface Desk {
  readonly service: DeviceService;
  readonly keychain: MemoryKeychain;
  readonly folder: string;
}

async function openDesk(root: string, name: string): Promise<Desk> {
  const folder = join(root, name);
  const keychain = new MemoryKeychain();
  const service = await DeviceService.open({ folder, keychain, startVault: builtVault(folder) });
  await service.entrance.createClinic({ name, kind: 'clinic', administrator: 'Ana Ferreira', passphrase: PASSPHRASE });
  return { service, keychain, folder };
}

/** By somebody who has a key at hand for what asks for a second factor. */
export const ask = <Data>({ service }: Desk, query: string, variables: Record<string, unknown> = {}): Promise<Data> =>
  byKeyOf(service, PASSPHRASE, () => askOnce<Data>(service, query, variables));

/** Hexadecimal. */
export const chainOf = ({ service }: Desk): string => Buffer.from(service.installation.founding?.chain ?? []).toString('hex');

export interface TwoClinics {
  readonly root: string;
  /** Founded the region. */
  readonly harbour: Desk;
  readonly mountain: Desk;
  /** The hub goes; what is returned brings it back. */
  hubAway(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export async function twoClinics(): Promise<TwoClinics> {
  const root = await mkdtemp(join(tmpdir(), 'careledger-two-clinics-'));
  const port = await freePort();
  const { invitation } = await initHub(join(root, 'hub'), 'Test region', `https://localhost:${port}`);
  let hub = await openHub(join(root, 'hub'));
  await hub.start(port, '127.0.0.1');
  const harbour = await openDesk(root, 'harbour');
  const mountain = await openDesk(root, 'mountain');
  await harbour.service.entrance.joinRegion(invitation);
  const paper = await inviteToHub(join(root, 'hub'), 'clinic', Date.now() + 3_600_000);
  await mountain.service.entrance.joinRegion(paper.invitation);
  await until('the request arrives', async () => mountain.service.sync?.connection === 'ADMISSION_PENDING');
  await ask(harbour, 'mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain: chainOf(mountain) });
  await until('both are in step', async () => mountain.service.sync?.connection === 'UP_TO_DATE');
  return {
    root,
    harbour,
    mountain,
    hubAway: async () => {
      await hub.close();
      return async () => {
        hub = await openHub(join(root, 'hub'));
        await hub.start(port, '127.0.0.1');
      };
    },
    close: async () => {
      await harbour.service.close();
      await mountain.service.close();
      await hub.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** A patient of the first clinic whose name the second one may read; gives the id, and that of the consent. */
export async function sharedPatient(
  { harbour, mountain }: TwoClinics,
  family: string,
): Promise<{ patient: string; consent: string }> {
  const { registerPatient } = await ask<{ registerPatient: { patient: { id: string } } }>(
    harbour,
    'mutation Register($family: String!) { registerPatient(input: { family: $family, given: ["Ada"], birthDate: "1990-02-03" }) { patient { id } } }',
    { family },
  );
  const input = {
    patient: registerPatient.patient.id,
    recipient: chainOf(mountain),
    categories: ['IDENTITY'],
    purpose: 'TREAT',
    starts: Date.now() - 1000,
    verification: 'in-person',
    language: 'en',
  };
  const { consentText } = await ask<{ consentText: { hash: string } }>(
    harbour,
    'query Text($input: ConsentInput!) { consentText(input: $input) { hash } }',
    { input },
  );
  const { giveConsent } = await ask<{ giveConsent: { id: string } }>(
    harbour,
    'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { giveConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
    { input, textHash: consentText.hash, passphrase: PASSPHRASE },
  );
  await until('the patient arrives', async () => (await foundAt(mountain, family)) === 1);
  return { patient: input.patient, consent: giveConsent.id };
}

/** How many patients a clinic finds by this name. */
export async function foundAt(desk: Desk, family: string): Promise<number> {
  const question = 'query Find($search: String!) { patients(search: $search) { edges { node { id } } } }';
  return (await ask<{ patients: { edges: unknown[] } }>(desk, question, { search: family })).patients.edges.length;
}
