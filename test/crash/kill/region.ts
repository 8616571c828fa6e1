/** A region in one process: its hub and two clinics' desks, over real TLS and each in its own folder. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { initHub, inviteToHub } from '../../../server/hub/commands/administration.ts';
import { openHub, type RunningHub } from '../../../server/hub/hub-service.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import { freePort } from '../../../server/workstation/demo/free-port.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { Installation } from '../../../server/workstation/folder/installation.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { ADMINISTRATOR, ask, openDesk, PASSPHRASE, unlock } from './desk.ts';
import type { Witness } from './lives.ts';
import { lookAtMark } from './mark.ts';
import type { Task } from './task.ts';

const HOST = '127.0.0.1';
const NAMES = ['harbour', 'mountain'] as const;
type ClinicName = (typeof NAMES)[number];

export class Region {
  readonly #folder: string;
  readonly port: number;
  #hub: RunningHub | undefined;
  readonly #desks = new Map<ClinicName, DeviceService>();

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.port = port;
  }

  /** Both desks open and somebody at each; founded when there is none yet. */
  static async open({ folder, fresh }: Task, witness: Witness): Promise<Region> {
    const region = new Region(folder, await freePort());
    if (!existsSync(region.place('hub'))) await region.#found();
    else {
      if (!fresh) for (const name of NAMES) await lookAtMark(region.place(name), witness);
      // The hub may listen elsewhere than it did.
      for (const name of NAMES) await moveHub(region.place(name), region.port);
    }
    await region.startHub();
    await Promise.all(NAMES.map((name) => region.openDesk(name)));
    return region;
  }

  place(name: string): string {
    return join(this.#folder, name);
  }

  get harbour(): DeviceService {
    return this.#desks.get('harbour') as DeviceService;
  }

  get mountain(): DeviceService {
    return this.#desks.get('mountain') as DeviceService;
  }

  async startHub(): Promise<void> {
    this.#hub = await openHub(this.place('hub'), { report: () => undefined });
    await this.#hub.start(this.port, HOST);
  }

  async stopHub(): Promise<void> {
    await this.#hub?.close();
    this.#hub = undefined;
  }

  async openDesk(name: ClinicName): Promise<void> {
    const desk = await openDesk(this.place(name));
    await unlock(desk);
    this.#desks.set(name, desk);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#desks.values()].map((desk) => desk.close()));
    await this.stopHub();
  }

  /** What one has to say the other has heard, and answered. */
  async inStep(): Promise<void> {
    const desks = [this.harbour, this.mountain];
    for (const desk of desks)
      await desk.syncOnce().catch((error: unknown) => {
        // A hub that was restored waits for its witnesses.
        if (!(error instanceof Failure && error.code === 'sync.hub-recovering')) throw error;
      });
    await until('both are in step', async () => {
      const states = desks.map(({ sync }) => sync);
      if (states.every((state) => state?.pendingEvents === 0) && states[0]?.replicaSize === states[1]?.replicaSize) return true;
      for (const desk of desks) desk.syncNow();
      return undefined;
    });
    for (const desk of desks) await ask(desk, '{ patients(search: "") { totalCount } }');
  }

  async register(family: string, desk = this.harbour): Promise<string> {
    const { registerPatient } = await ask<{ registerPatient: { patient: { id: string } } }>(
      desk,
      'mutation Register($input: RegisterPatientInput!) { registerPatient(input: $input, evenSo: true) { patient { id } } }',
      { input: { family, given: ['Ada'], birthDate: '1961-04-12' } },
    );
    return registerPatient.patient.id;
  }

  /** Patients' ids by name. */
  async patients(desk: DeviceService): Promise<Map<string, string[]>> {
    const { patients } = await ask<{ patients: { edges: { node: { id: string; name: string; family: string | null } }[] } }>(
      desk,
      '{ patients(search: "", first: 200) { edges { node { id name family } } } }',
    );
    return new Map(
      [...Map.groupBy(patients.edges, ({ node }) => node.family ?? node.name)].map(([name, edges]) => [
        name,
        edges.map(({ node }) => node.id),
      ]),
    );
  }

  async #found(): Promise<void> {
    const { invitation } = await initHub(this.place('hub'), 'Test region', `https://localhost:${this.port}`);
    await this.startHub();
    const [harbour, mountain] = await Promise.all(NAMES.map((name) => newClinic(this.place(name), name)));
    if (!harbour || !mountain) return;
    await harbour.entrance.joinRegion(invitation);
    await mountain.entrance.joinRegion((await inviteToHub(this.place('hub'), 'clinic', Date.now() + 3_600_000)).invitation);
    await letIn(harbour, mountain);
    await ask(
      harbour,
      'mutation Set($passphrase: String!) { setRetention(jurisdiction: "NONE", years: 0, passphrase: $passphrase) { years } }',
      { passphrase: PASSPHRASE },
    );
    await Promise.all([harbour.close(), mountain.close()]);
    await this.stopHub();
  }
}

/** A clinic that is in no region yet. */
export async function newClinic(folder: string, name: string, kind: 'clinic' | 'research' = 'clinic'): Promise<DeviceService> {
  const desk = await openDesk(folder);
  await desk.entrance.createClinic({ name, kind, administrator: ADMINISTRATOR, passphrase: PASSPHRASE });
  return desk;
}

/** The region admits a clinic that has joined, if it has not yet. */
export async function letIn(witness: DeviceService, newcomer: DeviceService): Promise<void> {
  const reaches = async (wanted: readonly string[]) => wanted.includes(newcomer.sync?.connection ?? '');
  newcomer.syncNow();
  await until('it asks, or is in', () => reaches(['ADMISSION_PENDING', 'UP_TO_DATE']));
  if (newcomer.sync?.connection === 'ADMISSION_PENDING')
    await ask(witness, 'mutation Approve($chain: ID!) { approveAdmission(chain: $chain) }', { chain: chainOf(newcomer) });
  await until('it is in', () => reaches(['UP_TO_DATE']));
}

export async function moveHub(folder: string, port: number): Promise<void> {
  const installation = await Installation.open(folder);
  if (installation.hubAddress) await installation.remember({ 'hub-address': `https://localhost:${port}` });
  await installation.close();
}

export const chainOf = (desk: DeviceService): string => toHex(desk.installation.founding?.chain ?? new Uint8Array(0));
