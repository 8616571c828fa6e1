/** What only an administrator of the clinic decides about this computer: whom it serves, and which hub or copy it goes on with. */
import { Failure } from '../../../shared/outcome/failure.ts';
import type { BackupSchedule } from '../backup/backup-list.ts';
import type { Backups } from '../backup/backups.ts';
import type { FhirDoor } from '../fhir-door/fhir-door.ts';
import type { NetworkChoice } from '../fhir-door/fhir-network.ts';
import type { SaidReach, SaidSetting, SignedIn } from '../vault-process/vault-verbs.ts';
import type { ClinicSync } from './clinic-sync.ts';

/** What the acts need of the device service. */
interface AdministratorPlace {
  readonly sync: ClinicSync;
  readonly fhir: FhirDoor;
  readonly backups: Backups;
  /** Who is signed in, as the ledger has them now. @throws {Failure} `vault.locked`, `vault.staff-revoked`, `vault.role-changed`. */
  somebody(): Promise<SignedIn>;
  /** Signs it as who is signed in. @throws {Failure} `vault.passphrase-wrong`, `ledger.refused`. */
  sayFacadeReach(said: SaidReach): Promise<void>;
  /** The same, of another setting of this computer. @throws {Failure} `ledger.refused`. */
  saySetting(said: SaidSetting): Promise<void>;
  inTurn<T>(act: () => Promise<T>): Promise<T>;
  changed(): void;
}

/** Each act throws as `AdministratorPlace.somebody`, and `access.not-allowed` when who is signed in is no administrator. */
export class AdministratorActs {
  readonly #place: AdministratorPlace;

  constructor(place: AdministratorPlace) {
    this.#place = place;
  }

  /** Serves the clinic from this computer while the hub is away; undefined: no more. @throws {Failure} as `ClinicLan.serve`. */
  async serveClinic(listen: string | undefined): Promise<void> {
    await this.#require('Only an administrator of the clinic decides which computer serves it.');
    await this.#sayHost(listen === undefined ? [] : ['serves', listen]);
    await this.#place.sync.serveClinic(listen);
  }

  /** Follows the clinic's host at an address; undefined: none. @throws {Failure} as `ClinicLan.follow`. */
  async followClinicHost(address: string | undefined): Promise<void> {
    await this.#require("Only an administrator of the clinic says where the clinic's host is.");
    await this.#sayHost(address === undefined ? [] : ['follows', address]);
    await this.#place.sync.followClinicHost(address);
  }

  /** Where and how often this computer backs up, or never by itself. The ledger is told first. @throws {Failure} as `Backups.schedule`; `ledger.refused`. */
  async scheduleBackups(schedule: BackupSchedule | undefined): Promise<void> {
    const { backups, saySetting } = this.#place;
    backups.refuseSchedule(schedule);
    const { schedule: before } = await backups.list.read();
    const [old, next] = [before, schedule].map((each) => (each ? [each.folder, `${each.everyHours} h`] : [])) as [
      string[],
      string[],
    ];
    await saySetting({ setting: 'backups', before: old, after: next });
    await backups.schedule(schedule);
  }

  /** Nothing where it stands so already. */
  async #sayHost(after: readonly string[]): Promise<void> {
    const { sync, saySetting } = this.#place;
    // Without a region there is none, and the act itself says so.
    if (!sync.clinicHost) return;
    const { role, listen = '', addresses } = sync.clinicHost;
    const serves = role === 'SERVING' ? ['serves', listen] : [];
    const before = role === 'FOLLOWING' ? ['follows', addresses[0] ?? ''] : serves;
    if (before.join() !== after.join()) await saySetting({ setting: 'clinic-host', before, after });
  }

  /**
   * Answers programs in FHIR from now on, whenever somebody is signed in: on this computer at this port, and with `network` on the
   * clinic's network. The ledger is told first. @param port undefined: nobody any more
   * @throws {Failure} as `FhirDoor.check`, `FhirDoor.choose`; `vault.passphrase-wrong`, `ledger.refused`.
   */
  async serveFhir(port: number | undefined, network?: NetworkChoice & { readonly passphrase: string }): Promise<void> {
    await this.#require('Only an administrator of the clinic decides whether this computer answers programs.');
    const { fhir, sayFacadeReach } = this.#place;
    const chosen = port === undefined || !network ? undefined : { listen: network.listen, names: network.names };
    await fhir.check(port, chosen);
    const reach = port === undefined ? 'nobody' : chosen ? 'network' : 'computer';
    await sayFacadeReach({ reach, passphrase: network?.passphrase ?? '' });
    await fhir.choose(port, true);
    await fhir.chooseNetwork(chosen);
  }

  /** Syncs again with a hub that was caught. @throws {Failure} `sync.no-region`. */
  async resumeSync(): Promise<void> {
    const { id } = await this.#require('Only an administrator of the clinic can answer for syncing with this hub again.');
    await this.#place.sync.resume(id);
  }

  /** Follows a hub that was restored. @throws {Failure} as `SyncEngine.followRestored`. */
  async followRestoredHub(): Promise<void> {
    const { id } = await this.#require('Only an administrator of the clinic can answer for following the restored hub.');
    await this.#place.sync.followRestored(id);
  }

  /** Lets this copy of the device's data go on, which its clinic has retired: what waits here goes into a new epoch. @throws {Failure} `sync.not-retired`. */
  letCopyGoOn(): Promise<void> {
    return this.#place.inTurn(async () => {
      await this.#require('Only an administrator lets a retired copy go on. Unlock as one first.');
      const { sync } = this.#place;
      const { ledger } = sync;
      if (!ledger.isRetired) throw new Failure('sync.not-retired', 'This copy of the data is not retired: it goes on by itself.');
      await ledger.beginAnew();
      await sync.followAnew();
      this.#place.changed();
    });
  }

  async #require(why: string): Promise<SignedIn> {
    const somebody = await this.#place.somebody();
    if (somebody.role !== 'administrator') throw new Failure('access.not-allowed', why);
    return somebody;
  }
}
