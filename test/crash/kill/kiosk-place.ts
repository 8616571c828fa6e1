/**
 * A hub, a desk of a clinic and its kiosk in one process, over real TLS and each in its own folder; another clinic and an institute with an
 * offer of research are in the region, and away.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { initHub, inviteToHub } from '../../../server/hub/commands/administration.ts';
import { openHub, type RunningHub } from '../../../server/hub/hub-service.ts';
import { noKeychain } from '../../../server/identity/keychain.ts';
import { until } from '../../../server/workstation/demo/desk.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { KioskService } from '../../../server/workstation/kiosk/kiosk-service.ts';
import { PatientSession } from '../../../server/workstation/kiosk/patient-session.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { ask, inThisProcess, openDesk, PASSPHRASE, unlock } from './desk.ts';
import { publishOffer } from './kiosk-offers.ts';
import { chainOf, letIn, moveHub, newClinic } from './region.ts';

const HOST = '127.0.0.1';

export class KioskPlace {
  readonly #folder: string;
  readonly #port: number;
  #hub!: RunningHub;
  desk!: DeviceService;
  kiosk!: KioskService;
  /** Port of the hub's pages for readers of links. */
  links = 0;

  constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  place(name: string): string {
    return join(this.#folder, name);
  }

  get isFounded(): boolean {
    return existsSync(this.place('hub'));
  }

  /** Gives the chains of the other clinic and of the institute. */
  async found(): Promise<{ readonly clinic: string; readonly institute: string }> {
    const { invitation } = await initHub(this.place('hub'), 'Test region', `https://localhost:${this.#port}`);
    await this.#startHub();
    this.desk = await newClinic(this.place('desk'), 'Harbour Clinic');
    await this.desk.entrance.joinRegion(invitation);
    const clinic = await this.#neighbour('Mountain Clinic', 'clinic', async () => undefined);
    const institute = await this.#neighbour('Institute', 'research', async (desk) => {
      await publishOffer(desk);
      await desk.syncOnce();
    });
    this.kiosk = await this.#openKiosk();
    const { inviteDevice } = await ask<{ inviteDevice: string }>(this.desk, 'mutation { inviteDevice(kind: "kiosk") }');
    await this.kiosk.join(inviteDevice);
    await until('it is let in', async () => {
      this.desk.syncNow();
      const { deviceRequests } = await ask<{ deviceRequests: { device: string }[] }>(this.desk, '{ deviceRequests { device } }');
      for (const { device } of deviceRequests)
        await ask(this.desk, 'mutation Admit($device: ID!) { admitDevice(device: $device, role: "") }', { device });
      return (await this.kiosk.state()).state === 'READY';
    });
    return { clinic, institute };
  }

  async open(): Promise<void> {
    // The hub may listen elsewhere than it did.
    for (const name of ['desk', 'kiosk']) await moveHub(this.place(name), this.#port);
    await this.#startHub();
    this.desk = await openDesk(this.place('desk'));
    await unlock(this.desk);
    this.kiosk = await this.#openKiosk();
  }

  async close(): Promise<void> {
    await this.kiosk.close();
    await this.desk.close();
    await this.#hub.close();
  }

  /** A card of this patient, as it is printed; the one before is dead with it. */
  async issueCard(patient: string, pin: string): Promise<string> {
    const { issueCareCard } = await ask<{ issueCareCard: { groups: string[] } }>(
      this.desk,
      'mutation Issue($patient: ID!, $pin: String!, $passphrase: String!) { issueCareCard(patient: $patient, pin: $pin, passphrase: $passphrase) { groups } }',
      { patient, pin, passphrase: PASSPHRASE },
    );
    return issueCareCard.groups.join('-');
  }

  /** As soon as the kiosk knows the card. */
  checkIn(card: string, pin: string): Promise<true> {
    return until('the kiosk knows the card', () =>
      this.kiosk.checkIn(card, pin).then(
        () => true as const,
        (error: unknown) => {
          if (asFailure(error).code !== 'card.unknown') throw error;
          return undefined;
        },
      ),
    );
  }

  /** By who is checked in. @throws {Failure} with the code of the refusal. */
  async own<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.kiosk.execute({ query, variables });
    const [error] = errors ?? [];
    if (error) throw new Failure(String(error.extensions?.code), error.message);
    return data as Data;
  }

  /** In the region, and away when this resolves. Gives its chain. */
  async #neighbour(name: string, kind: 'clinic' | 'research', before: (desk: DeviceService) => Promise<void>): Promise<string> {
    const other = await newClinic(this.place(name), name, kind);
    await other.entrance.joinRegion((await inviteToHub(this.place('hub'), 'clinic', Date.now() + 3_600_000)).invitation);
    await letIn(this.desk, other);
    await before(other);
    await other.close();
    return chainOf(other);
  }

  async #startHub(): Promise<void> {
    this.#hub = await openHub(this.place('hub'), { report: () => undefined });
    await this.#hub.start(this.#port, HOST);
    this.links = await this.#hub.startLinks(0, HOST, 'https://links.invalid');
  }

  #openKiosk(): Promise<KioskService> {
    const folder = this.place('kiosk');
    const startSession = inThisProcess((port, report) => new PatientSession(folder, port, report));
    return KioskService.open({ folder, keychain: noKeychain, startSession });
  }
}
