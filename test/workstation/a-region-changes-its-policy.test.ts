/** Two workstations, a hub and a witness from outside: the ceremonies of a region as its clinics hold them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { initHub, inviteToHub, witnessPlace } from '../../server/hub/commands/administration.ts';
import { offerHubKey, readHubKeys } from '../../server/hub/hub-keys.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import { noKeychain } from '../../server/identity/keychain.ts';
import { ask as askOnce } from '../../server/workstation/commands/command.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { OutsideWitness } from '../../server/workstation/outside/outside-witness.ts';
import { fromHex, toHex } from '../../shared/encoding/bytes.ts';
import { builtVault } from '../support/built-processes.ts';
import { byKeyOf } from '../support/second-factor.ts';
import '../support/quick-passphrases.ts';

const PASSPHRASE = 'copper lantern drifting walrus';
let root: string;
let hub: Awaited<ReturnType<typeof openHub>>;
let harbour: DeviceService;
let mountain: DeviceService;
let port: number;
const hubFolder = (): string => join(root, 'hub');

async function openDesk(name: string): Promise<DeviceService> {
  const folder = join(root, name);
  const service = await DeviceService.open({ folder, keychain: noKeychain, startVault: builtVault(folder) });
  await service.entrance.createClinic({ name, kind: 'clinic', administrator: 'Ana Ferreira', passphrase: PASSPHRASE });
  return service;
}

const ask = <Data>(service: DeviceService, query: string, variables: Record<string, unknown> = {}): Promise<Data> =>
  byKeyOf(service, PASSPHRASE, () => askOnce<Data>(service, query, variables));
const chainOf = (service: DeviceService): string => toHex(service.installation.founding?.chain ?? new Uint8Array(0));

interface RegionPolicy {
  sequence: number;
  hubKey: string;
  offeredHubKey: string | null;
  isWitness: boolean;
  approvalsNeeded: number;
  witnesses: Array<{ id: string; name: string; isOutside: boolean; cosignedAt: number | null }>;
  offers: Array<{ chain: string; name: string }>;
  proposals: Array<{ id: string; type: string; approvedBy: string[]; isApprovedHere: boolean }>;
}
const policyOf = async (service: DeviceService): Promise<RegionPolicy> =>
  (
    await ask<{ regionPolicy: RegionPolicy }>(
      service,
      `{ regionPolicy { sequence hubKey offeredHubKey isWitness approvalsNeeded witnesses { id name isOutside cosignedAt }
        offers { chain name } proposals { id type approvedBy isApprovedHere } } }`,
    )
  ).regionPolicy;
const propose = (service: DeviceService, witnesses: object[]): Promise<unknown> =>
  ask(service, 'mutation Propose($witnesses: [WitnessInput!]!) { proposeWitnesses(witnesses: $witnesses) }', { witnesses });
const clinic = (chain: string) => ({ chain, name: '', cosignKey: '' });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'careledger-policy-'));
  port = await freePort();
  const { invitation } = await initHub(hubFolder(), 'Test region', `https://localhost:${port}`);
  hub = await openHub(hubFolder());
  await hub.start(port, '127.0.0.1');
  harbour = await openDesk('Harbour');
  mountain = await openDesk('Mountain');
  await harbour.entrance.joinRegion(invitation);
  const paper = await inviteToHub(hubFolder(), 'clinic', Date.now() + 3_600_000);
  await mountain.entrance.joinRegion(paper.invitation);
  await until('the request arrives', async () => mountain.sync?.connection === 'ADMISSION_PENDING');
  await ask(harbour, 'mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain: chainOf(mountain) });
  await until('both are in step', async () => mountain.sync?.connection === 'UP_TO_DATE');
}, 120_000);

afterAll(async () => {
  await harbour?.close();
  await mountain?.close();
  await hub?.close();
  await rm(root, { recursive: true, force: true });
});

test('a clinic offers to witness, the founder takes it in, and from then on both decide', { timeout: 120_000 }, async () => {
  expect(await policyOf(mountain)).toMatchObject({ sequence: 0, isWitness: false, approvalsNeeded: 1 });
  await expect(propose(mountain, [clinic(chainOf(mountain))])).rejects.toMatchObject({ code: 'staff.witness-has-not-offered' });
  await expect(propose(harbour, [clinic(chainOf(harbour)), clinic(chainOf(mountain))])).rejects.toMatchObject({
    code: 'staff.witness-has-not-offered',
  });
  await ask(mountain, 'mutation { offerToWitness }');
  await expect(propose(mountain, [clinic(chainOf(mountain))])).rejects.toMatchObject({ code: 'staff.no-witness' });
  expect((await policyOf(harbour)).offers).toMatchObject([{ chain: chainOf(mountain), name: 'Mountain' }]);
  await propose(harbour, [clinic(chainOf(harbour)), clinic(chainOf(mountain))]);
  await until('both witness', async () => (await policyOf(mountain)).isWitness);
  expect(await policyOf(mountain)).toMatchObject({ sequence: 1, approvalsNeeded: 2 });
  await until('both cosigned', async () => (await policyOf(harbour)).witnesses.every(({ cosignedAt }) => cosignedAt !== null));
});

test('both clinics activate the newest rules, and go on under them', { timeout: 120_000 }, async () => {
  const rulesOf = async (service: DeviceService) =>
    (await ask<{ regionPolicy: { rules: number; newestRules: number } }>(service, '{ regionPolicy { rules newestRules } }'))
      .regionPolicy;
  expect(await rulesOf(harbour)).toEqual({ rules: 1, newestRules: 2 });
  await ask(harbour, 'mutation { proposeRules }');
  const [proposal] = (await policyOf(mountain)).proposals;
  expect(proposal).toMatchObject({ type: 'RULES', approvedBy: ['Harbour'] });
  expect((await rulesOf(mountain)).rules).toBe(1);
  await ask(mountain, 'mutation Approve($id: ID!) { approvePolicy(id: $id) }', { id: proposal?.id });
  for (const desk of [harbour, mountain])
    await until('the new rules are in force', async () => (await rulesOf(desk)).rules === 2);
  const size = harbour.sync?.replicaSize ?? 0;
  await ask(
    mountain,
    'mutation { registerPatient(input: { family: "Nakata", given: ["Rei"], birthDate: "1970-05-06" }) { patient { id } } }',
  );
  await until('acts go on under the new rules, and nobody says that anything is wrong', async () => {
    for (const desk of [mountain, harbour]) desk.syncNow();
    const isWell = [harbour, mountain].every(({ sync }) => sync?.problem === undefined);
    return isWell && mountain.sync?.pendingEvents === 0 && (harbour.sync?.replicaSize ?? 0) > size;
  });
});

test('the hub gets a new key: offered by its administrator, approved by both clinics, the old one destroyed', {
  timeout: 120_000,
}, async () => {
  const before = (await policyOf(harbour)).hubKey;
  await expect(ask(harbour, 'mutation { proposeHubKey }')).rejects.toMatchObject({ code: 'staff.no-hub-key' });
  const offered = toHex((await offerHubKey(hubFolder())).publicKey);
  expect(await policyOf(mountain)).toMatchObject({ offeredHubKey: offered, hubKey: before });
  await ask(harbour, 'mutation { proposeHubKey }');
  const [proposal] = (await policyOf(mountain)).proposals;
  expect(proposal).toMatchObject({ type: 'HUB_KEY', approvedBy: ['Harbour'], isApprovedHere: false });
  expect((await policyOf(harbour)).proposals).toMatchObject([{ isApprovedHere: true }]);
  await ask(mountain, 'mutation Approve($id: ID!) { approvePolicy(id: $id) }', { id: proposal?.id });
  for (const desk of [harbour, mountain])
    await until('the new key is known', async () => {
      const policy = await policyOf(desk);
      return policy.hubKey === offered && policy.proposals.length === 0;
    });
  const keys = await readHubKeys(hubFolder());
  expect(toHex(keys.hubKey.publicKey)).toBe(offered);
  expect(keys.nextHubKey).toBeUndefined();
  await hub.close();
  hub = await openHub(hubFolder());
  await hub.start(port, '127.0.0.1');
  const size = mountain.sync?.replicaSize ?? 0;
  await ask(
    mountain,
    'mutation { registerPatient(input: { family: "Okafor", given: ["Ada"], birthDate: "1990-02-03" }) { patient { id } } }',
  );
  await until('acts go on under the new key', async () => {
    mountain.syncNow();
    harbour.syncNow();
    return mountain.sync?.pendingEvents === 0 && (harbour.sync?.replicaSize ?? 0) > size;
  });
  await until('neither says that anything is wrong', async () => {
    harbour.syncNow();
    return [harbour, mountain].every(({ sync }) => sync?.problem === undefined);
  });
});

test('a witness from outside cosigns what extends the last ledger it saw, and nothing else', { timeout: 120_000 }, async () => {
  const { hub: address, region, authority } = await witnessPlace(hubFolder());
  const place = { folder: join(root, 'outside'), address, region: fromHex(region), authority: fromHex(authority) };
  await expect(OutsideWitness.open(place)).rejects.toMatchObject({ code: 'witness.name-missing' });
  let outside = await OutsideWitness.open({ ...place, name: 'witness.example/1' });
  expect(await outside.look()).toMatchObject({ did: 'not-named' });
  const set = [
    clinic(chainOf(harbour)),
    clinic(chainOf(mountain)),
    { chain: '', name: outside.name, cosignKey: outside.cosignKey },
  ];
  await propose(harbour, set);
  const [proposal] = (await policyOf(mountain)).proposals;
  await ask(mountain, 'mutation Approve($id: ID!) { approvePolicy(id: $id) }', { id: proposal?.id });
  await until('the new set holds', async () => (await policyOf(harbour)).witnesses.length === 3);
  expect(await outside.look()).toMatchObject({ did: 'cosigned' });
  expect(await outside.look()).toMatchObject({ did: 'unchanged' });
  await until('the clinics see its line', async () => {
    harbour.syncNow();
    return (await policyOf(harbour)).witnesses.some(({ isOutside, cosignedAt }) => isOutside && cosignedAt !== null);
  });
  const size = harbour.sync?.replicaSize;
  await outside.close();
  outside = await OutsideWitness.open(place);
  expect(await outside.look()).toEqual({ did: 'unchanged', size });
  await outside.close();
});

test('a desk answers programs of its clinic’s network where an administrator signed it, while somebody is in', {
  timeout: 120_000,
}, async () => {
  const { administrator, fhir } = harbour;
  const [here, there] = [await freePort(), await freePort()];
  const network = { listen: `127.0.0.1:${there}`, names: ['desk-1.local'], passphrase: 'wrong' };
  await expect(administrator.serveFhir(here, { ...network, names: ['desk.example.org'] })).rejects.toMatchObject({
    code: 'lan.names',
  });
  await expect(administrator.serveFhir(here, network)).rejects.toMatchObject({ code: 'vault.passphrase-wrong' });
  expect((await fhir.state()).port).toBeUndefined();

  await administrator.serveFhir(here, { ...network, passphrase: PASSPHRASE });
  // The hub certifies it as soon as the ledger has the act.
  await until('the network is let in', async () => (await fhir.state()).networkAddresses.length > 0);
  const ca = (await harbour.installation.text('authority')) ?? '';
  const metadata = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const asked = get({ host: '127.0.0.1', port: there, path: '/fhir/metadata', ca, agent: false }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.on('error', reject);
    });
  expect(await metadata()).toBe(200);
  await until('who asked is known', async () => (await fhir.state()).callers.length > 0);
  expect((await fhir.state()).callers).toMatchObject([{ address: '127.0.0.1', program: '', refused: false }]);
  const { adminChanges } = await ask<{ adminChanges: Array<{ what: string; before: string[]; after: string[] }> }>(
    harbour,
    '{ adminChanges { what before after } }',
  );
  expect(adminChanges[0]).toEqual({ what: 'FACADE', before: [], after: ['network'] });

  await harbour.entrance.lock();
  await expect(metadata()).rejects.toThrow();
  await harbour.entrance.unlock((await harbour.entrance.slots())[0]?.id ?? '', PASSPHRASE);
  expect(await metadata()).toBe(200);
  expect((await fhir.state()).callers).toMatchObject([{ address: '127.0.0.1' }]);
  await administrator.serveFhir(here);
  await expect(metadata()).rejects.toThrow();
  await administrator.serveFhir(undefined);
  expect(await fhir.state()).toMatchObject({ port: undefined, network: undefined, networkAddresses: [] });
});
