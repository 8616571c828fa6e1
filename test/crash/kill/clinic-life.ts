/** A clinic of two desks, one of which serves it while the hub is away: what they hand each other, who is let in and who is revoked. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { initHub } from '../../../server/hub/commands/administration.ts';
import { openHub, type RunningHub } from '../../../server/hub/hub-service.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import { freePort } from '../../../server/workstation/demo/free-port.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { LEAST_TO_BEGIN_WITH } from './child-run.ts';
import { ADMINISTRATOR, ask, openDesk, PASSPHRASE, unlock } from './desk.ts';
import { DeskCharts } from './desk-charts.ts';
import type { Life, Witness } from './lives.ts';
import { lookAtMark } from './mark.ts';
import { moveHub, newClinic } from './region.ts';
import type { Act, Task } from './task.ts';

const HOST = '127.0.0.1';
const SECOND = 'Bo Lindqvist';
const NAMES = ['first', 'second'] as const;

export async function clinicLife({ folder, fresh, acts }: Task, witness: Witness): Promise<Life> {
  const place = (name: string): string => join(folder, name);
  const port = await freePort();
  const clinic = new ClinicActs(place, port, witness);
  if (!existsSync(place('hub'))) await clinic.found();
  else {
    if (!fresh) for (const name of NAMES) await lookAtMark(place(name), witness);
    for (const name of NAMES) await moveHub(place(name), port);
    await clinic.open();
    // What a desk that died had brought to the host has to be at the other without the hub.
    if (acts.at(-1)?.kind !== 'away') await clinic.startHub();
  }
  return {
    begin: (number) => clinic.away(number),
    look: (known) => clinic.look(known),
    acts: {
      away: (number) => clinic.away(number),
      desk: (number) => clinic.desk(number),
      revoke: (number) => clinic.revoke(number),
      carry: (number) => clinic.carry(number),
    },
    close: () => clinic.close(),
  };
}

class ClinicActs {
  readonly #place: (name: string) => string;
  readonly #port: number;
  readonly #witness: Witness;
  #hub: RunningHub | undefined;
  #first!: DeviceService;
  #second!: DeviceService;

  constructor(place: (name: string) => string, port: number, witness: Witness) {
    this.#place = place;
    this.#port = port;
    this.#witness = witness;
  }

  async found(): Promise<void> {
    const { invitation } = await initHub(this.#place('hub'), 'Test region', `https://localhost:${this.#port}`);
    await this.startHub();
    this.#first = await newClinic(this.#place('first'), 'Harbour Clinic');
    await this.#first.entrance.joinRegion(invitation);
    await this.#first.syncOnce();
    // A block each: enough for a snapshot that a further desk begins with.
    const earlier = Array.from({ length: LEAST_TO_BEGIN_WITH }, (_, number) => `Earlier${number}`);
    await Promise.all(earlier.map((family) => this.#register(this.#first, family)));
    await until('the hub offers a snapshot', async () => (this.#first.sync?.witnessedSize ?? 0) >= LEAST_TO_BEGIN_WITH);
    this.#second = await openDesk(this.#place('second'));
    await this.#join(this.#second, SECOND);
    await this.#serve();
    await this.#inStep();
  }

  async open(): Promise<void> {
    const [first, second] = await Promise.all(NAMES.map((name) => openDesk(this.#place(name))));
    this.#first = first as DeviceService;
    this.#second = second as DeviceService;
    await unlock(this.#first, PASSPHRASE, ADMINISTRATOR);
    await unlock(this.#second, PASSPHRASE, SECOND);
    await this.#serve();
  }

  async startHub(): Promise<void> {
    this.#hub = await openHub(this.#place('hub'), { report: () => undefined });
    await this.#hub.start(this.#port, HOST);
  }

  async close(): Promise<void> {
    await Promise.all([this.#first.close(), this.#second.close()]);
    await this.#hub?.close();
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  /** The hub is away: what one desk writes is at the other, by the clinic's host; then the hub comes back. */
  async away(number: number): Promise<void> {
    await this.#hub?.close();
    for (const [desk, family] of [
      [this.#second, `Away${number}`],
      [this.#first, `Here${number}`],
    ] as const)
      await this.#witness.act('away', { family }, async () => ({ id: await this.#register(desk, family) }));
    await this.#agree();
    await this.startHub();
    await this.#inStep();
  }

  /** A further desk is let in; it begins with a snapshot. */
  async desk(number: number): Promise<void> {
    const [folder, name] = [this.#place(`desk-${number}`), `Desk ${number}`];
    const desk = await openDesk(folder);
    await this.#witness.act('desk', { folder, name }, async () => {
      await this.#join(desk, name);
      return {};
    });
    await desk.close();
    rmSync(folder, { recursive: true });
  }

  /** A desk is let in and revoked: compartments go on under keys that it has not. */
  async revoke(number: number): Promise<void> {
    const folder = this.#place(`leaving-${number}`);
    const desk = await openDesk(folder);
    await this.#join(desk, `Leaving ${number}`);
    const device = desk.deviceId ?? '';
    await desk.close();
    rmSync(folder, { recursive: true });
    await this.#witness.act('revoke', { device }, async () => {
      await ask(this.#first, 'mutation Revoke($device: ID!) { revokeDevice(device: $device) }', { device });
      return {};
    });
    await this.#inStep();
  }

  /** What one desk could not send comes to the hub by the other, in a bundle. */
  async carry(number: number): Promise<void> {
    await this.#hub?.close();
    const family = `Carried${number}`;
    await this.#witness.act('patient', { family }, async () => ({ id: await this.#register(this.#second, family) }));
    const { bytes } = await this.#second.writeBundle(this.#second.sync?.replicaSize ?? 0);
    await this.startHub();
    await this.#witness.act('carry', {}, async () => {
      for (let time = 0; time < 2; time++) await this.#first.readBundle(bytes);
      return {};
    });
    await this.#inStep();
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  async look(acts: readonly Act[]): Promise<void> {
    const last = acts.at(-1);
    try {
      if (!this.#hub) {
        await this.#agree();
        await this.startHub();
      }
      await this.#inStep();
      if (last?.kind === 'desk') await this.#lookAtDesk(last);
      if (last?.kind === 'revoke') await this.#register(this.#first, `After${last.id}`);
    } catch (error) {
      const { code, message } = asFailure(error);
      this.#witness.fault('it can be done again', `${code}: ${message}`);
      return;
    }
    for (const desk of [this.#first, this.#second]) {
      const found = await new DeskCharts(desk).patients();
      for (const { kind, state, about } of acts) {
        if (kind !== 'away' && kind !== 'patient') continue;
        const count = found.get(about.family ?? '')?.length ?? 0;
        if (count > 1) this.#witness.fault('nothing is doubled', `${about.family} is there ${count} times`);
        if (count === 0 && state === 'done') this.#witness.fault('nothing acknowledged is lost', `${about.family} is gone`);
      }
      for (const what of (await verifyReplica(desk.installation)).faults) this.#witness.fault('verify is clean', what);
    }
  }

  /** Let in, on the way, or as if it had never asked. */
  async #lookAtDesk({ about: { folder = '', name = '' } }: Act): Promise<void> {
    if (!existsSync(folder)) return;
    await moveHub(folder, this.#port);
    const desk = await openDesk(folder);
    if (desk.installation.chain) {
      await unlock(desk, PASSPHRASE, name);
      await this.#admit(desk);
    } else await this.#join(desk, name);
    await desk.syncOnce();
    const found = await new DeskCharts(desk).patients();
    if (!found.has('Earlier0'))
      this.#witness.fault('no half state', 'a desk that was let in does not know the patients of its clinic');
    for (const what of (await verifyReplica(desk.installation)).faults) this.#witness.fault('verify is clean', what);
    await desk.close();
    rmSync(folder, { recursive: true });
  }

  // --- Ways -------------------------------------------------------------------------------------------------------

  async #serve(): Promise<void> {
    await this.#first.administrator.serveClinic(`${HOST}:0`);
    await this.#second.administrator.followClinicHost(this.#first.clinicHost?.addresses[0]);
  }

  async #join(desk: DeviceService, name: string): Promise<void> {
    const { inviteDevice } = await ask<{ inviteDevice: string }>(this.#first, 'mutation { inviteDevice(kind: "workstation") }');
    await desk.entrance.joinClinic(inviteDevice, name, PASSPHRASE);
    await this.#admit(desk);
  }

  async #admit(desk: DeviceService): Promise<void> {
    await until('it is let in', async () => {
      if (desk.signedIn) return true;
      desk.syncNow();
      this.#first.syncNow();
      const { deviceRequests } = await ask<{ deviceRequests: { device: string }[] }>(
        this.#first,
        '{ deviceRequests { device } }',
      );
      if (deviceRequests.some(({ device }) => device === desk.deviceId))
        await ask(this.#first, 'mutation Admit($device: ID!) { admitDevice(device: $device, role: "administrator") }', {
          device: desk.deviceId,
        });
      return undefined;
    });
  }

  /** Without the hub: both desks know the same patients. */
  async #agree(): Promise<void> {
    const names = async (desk: DeviceService): Promise<string> =>
      [...(await new DeskCharts(desk).patients()).keys()].sort().join();
    await until('both desks know the same', async () => (await names(this.#first)) === (await names(this.#second)));
  }

  async #inStep(): Promise<void> {
    const desks = [this.#first, this.#second];
    await until('both are in step', async () => {
      const states = desks.map(({ sync }) => sync);
      const isSent = states.every((state) => state?.connection === 'UP_TO_DATE' && state.pendingEvents === 0);
      if (isSent && states[0]?.replicaSize === states[1]?.replicaSize) return true;
      for (const desk of desks) desk.syncNow();
      return undefined;
    });
    await this.#agree();
  }

  async #register(desk: DeviceService, family: string): Promise<string> {
    return new DeskCharts(desk).register(family);
  }
}
