/** Two workstations with a keychain, a hub between them: what a withdrawal leaves on the disk of who could read. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { initHub, inviteToHub } from '../../server/hub/administration.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import { KeyStore } from '../../server/vault/key-store.ts';
import type { SecretPlace } from '../../server/vault/keychain-secrets.ts';
import { dataOf } from '../../server/workstation/commands/command.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { DeviceService } from '../../server/workstation/device-service.ts';
import { forkedVault } from '../../server/workstation/forked-vault.ts';
import { fromHex } from '../../shared/encoding/bytes.ts';

const PASSPHRASE = 'copper lantern drifting walrus';

/** A keychain in memory: what the operating system would keep. */
class MemoryKeychain implements SecretPlace {
  readonly available = true;
  held: Uint8Array | undefined;
  get = async (): Promise<Uint8Array | undefined> => this.held;
  set = async (secret: Uint8Array): Promise<void> => {
    this.held = secret.slice();
  };
}

interface Desk {
  readonly service: DeviceService;
  readonly keychain: MemoryKeychain;
  readonly folder: string;
}

let root: string;
let hub: Awaited<ReturnType<typeof openHub>>;
let harbour: Desk;
let mountain: Desk;

async function openDesk(name: string): Promise<Desk> {
  const folder = join(root, name);
  const keychain = new MemoryKeychain();
  const service = await DeviceService.open({ folder, keychain, startVault: forkedVault(folder) });
  await service.createClinic({ name, kind: 'clinic', administrator: 'Ana Ferreira', passphrase: PASSPHRASE });
  return { service, keychain, folder };
}

const ask = async <Data>({ service }: Desk, query: string, variables: Record<string, unknown> = {}): Promise<Data> =>
  dataOf<Data>(await service.execute({ query, variables }));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'careledger-purge-'));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const { invitation } = await initHub(join(root, 'hub'), 'Test region', `https://localhost:${port}`);
  hub = await openHub(join(root, 'hub'));
  await hub.start(port, '127.0.0.1');
  harbour = await openDesk('harbour');
  mountain = await openDesk('mountain');
  await harbour.service.joinRegion(invitation);
  const paper = await inviteToHub(join(root, 'hub'), 'clinic', Date.now() + 3_600_000);
  await mountain.service.joinRegion(paper.invitation);
  await until('the request arrives', async () => mountain.service.sync?.connection === 'ADMISSION_PENDING');
  const chain = Buffer.from(mountain.service.installation.founding?.chain ?? []).toString('hex');
  await ask(harbour, 'mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain });
  await until('both are in step', async () => mountain.service.sync?.connection === 'UP_TO_DATE');
}, 90_000);

afterAll(async () => {
  await harbour?.service.close();
  await mountain?.service.close();
  await hub?.close();
  await rm(root, { recursive: true, force: true });
});

describe('a withdrawn consent', () => {
  test('leaves no key and no document, and older copies of the key file stay shut', async () => {
    const { registerPatient } = await ask<{ registerPatient: { patient: { id: string } } }>(
      harbour,
      'mutation { registerPatient(input: { family: "Okafor", given: ["Ada"], birthDate: "1990-02-03" }) { patient { id } } }',
    );
    const input = {
      patient: registerPatient.patient.id,
      recipient: Buffer.from(mountain.service.installation.founding?.chain ?? []).toString('hex'),
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
    const { grantConsent } = await ask<{ grantConsent: { id: string } }>(
      harbour,
      'mutation Grant($input: ConsentInput!, $textHash: String!, $passphrase: String!) { grantConsent(input: $input, textHash: $textHash, passphrase: $passphrase) { id } }',
      { input, textHash: consentText.hash, passphrase: PASSPHRASE },
    );
    const found = () =>
      ask<{ patients: { edges: unknown[] } }>(mountain, '{ patients(search: "okafor") { edges { node { id } } } }');
    await until('the patient arrives', async () => (await found()).patients.edges.length === 1);

    const [slot] = await mountain.service.slots();
    const before = mountain.keychain.held;
    const copy = join(root, 'copy');
    await cp(mountain.folder, copy, { recursive: true, filter: (path) => !path.endsWith('lock') });
    await ask(
      harbour,
      'mutation Withdraw($id: ID!, $passphrase: String!) { withdrawConsent(id: $id, passphrase: $passphrase) { state } }',
      {
        id: grantConsent.id,
        passphrase: PASSPHRASE,
      },
    );
    await until('the patient leaves', async () => (await found()).patients.edges.length === 0);
    await until(
      'the keychain forgets the old secret',
      async () => mountain.keychain.held?.length === 32 && mountain.keychain.held !== before,
    );

    const held = mountain.keychain.held as Uint8Array;
    const stolen = await KeyStore.open(join(copy, 'keys.db'));
    await expect(stolen.unlock(fromHex(slot?.id ?? ''), PASSPHRASE, [held])).rejects.toThrow(/keychain/i);
    await stolen.close();
    await mountain.service.unlock(slot?.id ?? '', PASSPHRASE);
    expect(mountain.service.signedIn?.name).toBe('Ana Ferreira');
  }, 90_000);
});
