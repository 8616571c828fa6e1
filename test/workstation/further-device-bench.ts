/** A hub and the desks of one clinic, each with real processes and databases in a folder of its own. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initHub, inviteToHub } from '../../server/hub/commands/administration.ts';
import { openHub } from '../../server/hub/hub-service.ts';
import { noKeychain } from '../../server/identity/keychain.ts';
import { ask } from '../../server/workstation/commands/command.ts';
import { until } from '../../server/workstation/demo/desk.ts';
import { freePort } from '../../server/workstation/demo/free-port.ts';
import { DeviceService } from '../../server/workstation/device/device-service.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { builtVault } from '../support/built-processes.ts';
import { byKeyOf } from '../support/second-factor.ts';

export const PASSPHRASE = 'copper lantern drifting walrus';

interface WaitingDevice {
  readonly device: string;
  readonly staffName: string;
}

export class Desk {
  readonly folder: string;
  service: DeviceService;

  private constructor(folder: string, service: DeviceService) {
    this.folder = folder;
    this.service = service;
  }

  static async open(folder: string): Promise<Desk> {
    return new Desk(folder, await openService(folder));
  }

  /** As after a power cut that left nothing half written: ends, starts again, and somebody unlocks. */
  async restart(): Promise<void> {
    await this.service.close();
    await this.start();
  }

  /** Starts after its service was closed, and somebody unlocks. */
  async start(): Promise<void> {
    this.service = await openService(this.folder);
    const [slot] = await this.service.entrance.slots();
    await this.service.entrance.unlock(slot?.id ?? '', PASSPHRASE);
  }

  /** By somebody who has a key at hand for what asks for a second factor. */
  ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return byKeyOf(this.service, PASSPHRASE, () => ask<Data>(this.service, query, variables));
  }

  async invite(): Promise<string> {
    return (await this.ask<{ inviteDevice: string }>('mutation { inviteDevice(kind: "workstation") }')).inviteDevice;
  }

  async waiting(): Promise<WaitingDevice[]> {
    const { deviceRequests } = await this.ask<{ deviceRequests: WaitingDevice[] }>('{ deviceRequests { device staffName } }');
    return deviceRequests;
  }

  /** Lets in the device that asks under this name, as soon as its request has arrived. */
  async admit(staffName: string, role: string): Promise<string> {
    const request = await until('the request arrives', async () =>
      (await this.waiting()).find((waiting) => waiting.staffName === staffName),
    );
    await this.ask('mutation Admit($device: ID!, $role: String!) { admitDevice(device: $device, role: $role) }', {
      device: request.device,
      role,
    });
    return request.device;
  }

  async register(family: string, given: string): Promise<string> {
    const { registerPatient } = await this.ask<{ registerPatient: { patient: { id: string } } }>(
      'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
      { input: { family, given: [given], birthDate: '1961-04-12' } },
    );
    return registerPatient.patient.id;
  }

  async find(search: string): Promise<string[]> {
    const { patients } = await this.ask<{ patients: { edges: Array<{ node: { id: string } }> } }>(
      'query Find($search: String!) { patients(search: $search) { edges { node { id } } } }',
      { search },
    );
    return patients.edges.map(({ node }) => node.id);
  }

  /** Opens the chart and gives how many records each of its sections has. */
  async open(patient: string): Promise<Record<string, number>> {
    const { openChart } = await this.ask<{ openChart: { sections: Array<{ section: string; count: number }> } }>(
      'mutation Open($patient: ID!) { openChart(patient: $patient) { sections { section count } } }',
      { patient },
    );
    return Object.fromEntries(openChart.sections.map(({ section, count }) => [section, count]));
  }

  /** A record's text as the vault opens it. */
  async read(patient: string, id: string): Promise<string> {
    const { record } = await this.ask<{ record: { resource: string } }>(
      'query Read($patient: ID!, $id: ID!) { record(patient: $patient, id: $id) { resource } }',
      { patient, id },
    );
    return record.resource;
  }

  async observe(patient: string, value: string): Promise<string> {
    const resource = `{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}]},"subject":{"reference":"Patient/${patient}"},"effectiveDateTime":"2026-01-05","valueQuantity":{"value":${value},"unit":"Cel"}}`;
    const { putRecord } = await this.ask<{ putRecord: { id: string } }>(
      'mutation Put($input: PutRecordInput!) { putRecord(input: $input) { id } }',
      { input: { patient, resource } },
    );
    return putRecord.id;
  }
}

const openService = (folder: string): Promise<DeviceService> =>
  DeviceService.open({ folder, keychain: noKeychain, startVault: builtVault(folder) });

export class ClinicBench {
  readonly folder: string;
  readonly #port: number;
  #hub: Awaited<ReturnType<typeof openHub>>;
  readonly #desks: Desk[] = [];
  readonly first: Desk;

  private constructor(folder: string, hub: Awaited<ReturnType<typeof openHub>>, port: number, first: Desk) {
    this.folder = folder;
    this.#port = port;
    this.#hub = hub;
    this.first = first;
    this.#desks.push(first);
  }

  /** A clinic with one desk that has founded a region. */
  static async open(): Promise<ClinicBench> {
    const folder = await mkdtemp(join(tmpdir(), 'careledger-desks-'));
    const port = await freePort();
    const { invitation } = await initHub(join(folder, 'hub'), 'Test region', `https://localhost:${port}`);
    const hub = await openHub(join(folder, 'hub'));
    await hub.start(port, '127.0.0.1');
    const first = await Desk.open(join(folder, 'first'));
    await first.service.entrance.createClinic({
      name: 'Harbour Clinic',
      kind: 'clinic',
      administrator: 'Ana Ferreira',
      passphrase: PASSPHRASE,
    });
    await first.service.entrance.joinRegion(invitation);
    await first.service.syncOnce();
    return new ClinicBench(folder, hub, port, first);
  }

  get hubFolder(): string {
    return join(this.folder, 'hub');
  }

  /** Runs `act` while no desk reaches the hub. */
  async apart<T>(act: () => Promise<T>): Promise<T> {
    await this.stopHub();
    try {
      return await act();
    } finally {
      await this.startHub();
    }
  }

  stopHub(): Promise<void> {
    return this.#hub.close();
  }

  async startHub(): Promise<void> {
    this.#hub = await openHub(this.hubFolder);
    await this.#hub.start(this.#port, '127.0.0.1');
  }

  /** The hub’s pages for patients and readers of links, under an address that only `127.0.0.1` and this port stand for. */
  serveLinks(): Promise<number> {
    return this.#hub.startLinks(0, '127.0.0.1', 'https://links.invalid');
  }

  /** An invitation for another clinic. */
  async inviteClinic(): Promise<string> {
    return (await inviteToHub(this.hubFolder, 'clinic', Date.now() + 3_600_000)).invitation;
  }

  /** A new machine with nothing on it. */
  async machine(name: string): Promise<Desk> {
    const desk = await Desk.open(join(this.folder, name));
    this.#desks.push(desk);
    return desk;
  }

  /** A further desk of the clinic, let in. */
  async desk(name: string, staffName: string, role = 'clinician'): Promise<Desk> {
    const desk = await this.machine(name);
    await desk.service.entrance.joinClinic(await this.first.invite(), staffName, PASSPHRASE);
    await this.first.admit(staffName, role);
    await until('the device is let in', async () => desk.service.signedIn);
    return desk;
  }

  /** A desk of another clinic, which the first one has let into the region. */
  async otherClinic(name: string): Promise<Desk> {
    const desk = await this.machine(name);
    const { entrance, installation } = desk.service;
    await entrance.createClinic({ name, kind: 'clinic', administrator: 'Noor Hadid', passphrase: PASSPHRASE });
    await entrance.joinRegion(await this.inviteClinic());
    await until('the request arrives', async () => desk.service.sync?.connection === 'ADMISSION_PENDING');
    const chain = toHex(installation.founding?.chain ?? new Uint8Array());
    await this.first.ask('mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain });
    await until('it is in the region', async () => desk.service.sync?.connection === 'UP_TO_DATE');
    return desk;
  }

  async close(): Promise<void> {
    for (const desk of this.#desks) await desk.service.close();
    await this.#hub.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Every byte of every file in a folder. */
export async function bytesOf(folder: string): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return Buffer.concat(
    await Promise.all(files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)))),
  );
}
