/** A clinic with a few patients, for tests of backups: real databases, the real vault process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecretPlace } from '../../server/vault/keychain-secrets.ts';
import { dataOf } from '../../server/workstation/commands/command.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { builtVault } from '../support/built-processes.ts';

export const PASSPHRASE = 'copper lantern drifting walrus';
/** Is never to be read in a backup. */
export const CANARY = 'Quetzalcoatlus';

/** A keychain in memory: what the operating system would keep. */
export class MemoryKeychain implements SecretPlace {
  readonly available = true;
  held: Uint8Array | undefined;
  get = async (): Promise<Uint8Array | undefined> => this.held;
  set = async (secret: Uint8Array): Promise<void> => {
    this.held = secret.slice();
  };
}

export class BackupBench {
  readonly root: string;
  readonly #services = new Map<string, DeviceService>();
  now = Date.now();

  private constructor(root: string) {
    this.root = root;
  }

  static async open(): Promise<BackupBench> {
    return new BackupBench(await mkdtemp(join(tmpdir(), 'careledger-backup-')));
  }

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  async service(name: string, keychain: SecretPlace = new MemoryKeychain()): Promise<DeviceService> {
    const folder = this.path(name);
    const service = await DeviceService.open({ folder, keychain, startVault: builtVault(folder), clock: () => this.now });
    this.#services.set(name, service);
    return service;
  }

  /** A clinic with three patients. */
  async clinic(name: string, keychain?: SecretPlace): Promise<DeviceService> {
    const service = await this.service(name, keychain);
    await service.entrance.createClinic({ name, kind: 'clinic', administrator: 'Ana Ferreira', passphrase: PASSPHRASE });
    for (const given of ['Ada', 'Bo', 'Cem']) await register(service, CANARY, given);
    return service;
  }

  /** The machine is destroyed, with its disk. */
  async lose(name: string): Promise<void> {
    await this.#services.get(name)?.close();
    this.#services.delete(name);
    await rm(this.path(name), { recursive: true });
  }

  async close(): Promise<void> {
    for (const service of this.#services.values()) await service.close();
    await rm(this.root, { recursive: true, force: true });
  }
}

export async function ask<Data>(service: DeviceService, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  return dataOf<Data>(await service.execute({ query, variables }));
}

export async function register(service: DeviceService, family: string, given: string): Promise<void> {
  await ask(
    service,
    'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
    { input: { family, given: [given], birthDate: '1961-04-12' } },
  );
}

export async function countPatients(service: DeviceService): Promise<number> {
  const { patients } = await ask<{ patients: { totalCount: number } }>(service, '{ patients(search: "") { totalCount } }');
  return patients.totalCount;
}

/** Whoever has the first slot. */
export async function unlock(service: DeviceService, passphrase = PASSPHRASE): Promise<void> {
  const [slot] = await service.entrance.slots();
  await service.entrance.unlock(slot?.id ?? '', passphrase);
}
