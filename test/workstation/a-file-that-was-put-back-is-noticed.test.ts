/** Threat K3: an old key file beside a newer database, and the reverse, in a real workstation's folder with a real vault process. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noKeychain } from '../../server/identity/keychain.ts';
import { dataOf } from '../../server/workstation/commands/command.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { builtVault } from '../support/built-processes.ts';

const PASSPHRASE = 'copper lantern drifting walrus';

let folder: string;
let service: DeviceService;

const open = async (): Promise<void> => {
  service = await DeviceService.open({ folder, keychain: noKeychain, startVault: builtVault(folder) });
};
const unlock = async (): Promise<string> => {
  const [person] = await service.entrance.slots();
  return service.entrance.unlock(person?.id ?? '', PASSPHRASE).then(
    () => 'unlocked',
    (error: { code?: string }) => error.code ?? String(error),
  );
};
const register = async (family: string): Promise<void> => {
  const input = { family, given: [family], birthDate: '1990-02-03' };
  const query = 'mutation R($input: RegisterPatientInput!) { registerPatient(input: $input) { patient { id } } }';
  dataOf(await service.execute({ query, variables: { input } }));
};
const patients = async (): Promise<string[]> => {
  const found = dataOf<{ patients: { edges: Array<{ node: { family: string } }> } }>(
    await service.execute({ query: '{ patients { edges { node { family } } } }' }),
  );
  return found.patients.edges.map(({ node }) => node.family).sort();
};
/** The program ends, files are put into the folder, and it starts again. */
async function restart(put: () => Promise<void> = async () => undefined): Promise<void> {
  await service.close();
  await put();
  await open();
}
const database = (name: string): string[] => ['', '-wal', '-shm'].map((end) => `${name}${end}`);
async function keep(name: string, place: string): Promise<void> {
  for (const file of database(name)) await cp(join(folder, file), join(place, file)).catch(() => undefined);
}
async function put(name: string, place: string): Promise<void> {
  for (const file of database(name)) {
    await rm(join(folder, file), { force: true });
    await cp(join(place, file), join(folder, file)).catch(() => undefined);
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careledger-pair-'));
  await open();
  await service.entrance.createClinic({ name: 'North', kind: 'clinic', administrator: 'Ana Ferreira', passphrase: PASSPHRASE });
  await register('Okafor');
}, 60_000);
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

describe('files of one folder that are not of one time', () => {
  test('an ordinary day is nobody’s alarm: locked, unlocked, ended in the middle', async () => {
    await service.entrance.lock();
    expect(await unlock()).toBe('unlocked');
    await restart();
    expect(await unlock()).toBe('unlocked');
    expect(await patients()).toEqual(['Okafor']);
  }, 60_000);

  test('an older key file is refused by name each time, nothing is changed, and the newer one opens everything', async () => {
    const [old, newest] = [join(folder, '..', `${Date.now()}-old`), join(folder, '..', `${Date.now()}-new`)];
    await restart(() => keep('keys.db', old));
    expect(await unlock()).toBe('unlocked');
    await register('Later');
    await restart(async () => {
      await keep('keys.db', newest);
      await put('keys.db', old);
    });
    expect(await unlock()).toBe('vault.keys-older');
    await restart();
    expect(await unlock()).toBe('vault.keys-older');
    await restart(() => put('keys.db', newest));
    expect(await unlock()).toBe('unlocked');
    expect(await patients()).toEqual(['Later', 'Okafor']);
    await Promise.all([old, newest].map((place) => rm(place, { recursive: true, force: true })));
  }, 120_000);

  test('an older database is named once, no key is lost, and who unlocks again goes on', async () => {
    const old = join(folder, '..', `${Date.now()}-old`);
    await restart(() => keep('clinic.db', old));
    expect(await unlock()).toBe('unlocked');
    await register('Lost');
    await restart(() => put('clinic.db', old));
    expect(await unlock()).toBe('vault.database-older');
    expect(await unlock()).toBe('unlocked');
    expect(await patients()).toEqual(['Later', 'Okafor']);
    await register('Again');
    await restart();
    expect(await unlock()).toBe('unlocked');
    expect(await patients()).toEqual(['Again', 'Later', 'Okafor']);
    expect((await readFile(join(folder, 'keys.db'))).length).toBeGreaterThan(0);
    await rm(old, { recursive: true, force: true });
  }, 120_000);
});
