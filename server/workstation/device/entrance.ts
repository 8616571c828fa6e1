/** Who comes in at this computer: a clinic is made, joined or restored here, a person unlocks it and locks it again. */
import { asFailure, type Failure } from '../../../shared/outcome/failure.ts';
import type { Turns } from '../../../shared/outcome/turns.ts';
import type { Topic } from '../../sync/vault-context/topic.ts';
import type { SecretPlace } from '../../vault/keychain-secrets.ts';
import type { Backups } from '../backup/backups.ts';
import { restoreHere } from '../backup/restore.ts';
import type { FhirDoor } from '../fhir-door/fhir-door.ts';
import {
  askToBeLetIn,
  enterRegion,
  makeClinic,
  type NewClinic,
  openClinic,
  refuseSecondClinic,
  takenIn,
  type Workplace,
} from '../joining/first-run.ts';
import { checkInvitation } from '../joining/region-joining.ts';
import type { PasskeyDoor } from '../page/passkey-door.ts';
import type { SignedIn, StaffSlot } from '../vault-process/vault-verbs.ts';

interface EntranceParts extends Workplace {
  readonly keychain: SecretPlace;
  readonly backups: Backups;
  /** What is open only while somebody is signed in. */
  readonly fhir: FhirDoor;
  readonly passkeys: PasskeyDoor;
  /** Coming in and going out take turns with whatever else must not meet them. */
  readonly turns: Turns;
  readonly workstationChanged: Topic<true>;
  readonly syncChanged: Topic<true>;
}

export class Entrance {
  readonly #parts: EntranceParts;
  /** Why a region that was to be joined right after the clinic was made has not been joined. */
  #joinProblem: Failure | undefined;

  constructor(parts: EntranceParts) {
    this.#parts = parts;
  }

  get joinProblem(): Failure | undefined {
    return this.#joinProblem;
  }

  /** Who can unlock here. */
  async slots(): Promise<readonly StaffSlot[]> {
    const { installation, vault, keys } = this.#parts;
    if (!installation.chain) return [];
    const calls = await vault.started();
    return calls.call('slots', { secrets: await keys.secrets(false) });
  }

  /** First run. @throws {Failure} `workstation.clinic-exists`, `vault.passphrase-weak`, storage failures. */
  async createClinic(clinic: NewClinic, training = false): Promise<void> {
    const { turns, clock, syncChanged } = this.#parts;
    if (clinic.invitation) await checkInvitation(clinic.invitation, clock());
    await turns.take(async () => this.#enter(await makeClinic(this.#parts, clinic, training)));
    if (!clinic.invitation) return;
    try {
      await this.joinRegion(clinic.invitation);
    } catch (error) {
      this.#joinProblem = asFailure(error);
      syncChanged.publish(true);
    }
  }

  /**
   * First run: this machine asks the clinic of the invitation to be let in. Ends when the hub has let it as far as the clinic's
   * door; what follows goes on behind, while the person stays.
   * @throws {Failure} as `joinRegion`; `workstation.clinic-exists`, `sync.invitation-for-clinic`, `vault.passphrase-weak`.
   */
  joinClinic(text: string, staffName: string, passphrase: string): Promise<void> {
    return this.#parts.turns.take(async () => this.#wait(await askToBeLetIn(this.#parts, text, staffName, passphrase)));
  }

  /**
   * First run: a backup is restored into this machine by enough recovery shares; `name` unlocks with `passphrase` afterwards, as administrator.
   * @throws {Failure} `workstation.clinic-exists`; as `recoverKeys` and `restoreBackup`. Then nothing is changed here.
   */
  restore(from: string, shares: readonly string[], name: string, passphrase: string): Promise<void> {
    const { turns, installation, keychain, clock, workstationChanged } = this.#parts;
    return turns.take(async () => {
      refuseSecondClinic(installation);
      await restoreHere(installation, { from, shares, name, passphrase, keychain, clock });
      await this.openKeys(undefined);
      workstationChanged.publish(true);
    });
  }

  /**
   * Whoever was in before is out: each person has a vault process of their own.
   * @throws {Failure} `vault.passphrase-wrong`, `vault.unlock-delayed`, `vault.no-such-slot`; then whoever is in stays.
   */
  unlock(staff: string, passphrase: string): Promise<void> {
    const { turns, installation, keys, vault } = this.#parts;
    return turns.take(async () => {
      if (vault.signedIn) await vault.unlocked().call('prove', { staff, passphrase, secrets: await keys.secrets(false) });
      await this.#goOut();
      const calls = await vault.started();
      const signedIn = await calls.call('unlock', { staff, passphrase, secrets: await keys.secrets(false) });
      await this.openKeys(signedIn);
      if (installation.founding) await this.#enter(signedIn);
      else await this.#wait(signedIn);
    });
  }

  /** Ends the vault process; syncing goes on. */
  lock(): Promise<void> {
    const { turns, workstationChanged } = this.#parts;
    return turns.take(async () => {
      await this.#goOut();
      workstationChanged.publish(true);
    });
  }

  /**
   * Founds or joins the region of an invitation; ends when the hub has let the device in, syncing begins behind it.
   * @throws {Failure} as `enterRegion`.
   */
  joinRegion(text: string): Promise<void> {
    const { turns, workstationChanged } = this.#parts;
    return turns.take(async () => {
      await enterRegion(this.#parts, text);
      this.#joinProblem = undefined;
      workstationChanged.publish(true);
    });
  }

  /** The next step of who waits to be let in, if anybody does. */
  goOnJoining(): Promise<void> {
    return this.#parts.turns.take(() => this.#goOnJoining());
  }

  /** Opens the device's keys when they can be opened now, and with them ledger and sync. */
  async openKeys(signedIn: SignedIn | undefined): Promise<void> {
    const { installation, keys, sync } = this.#parts;
    if (!installation.chain) return;
    await keys.open(signedIn);
    await sync.open();
  }

  /** Shuts what is open only while somebody is signed in. */
  async closeDoors(): Promise<void> {
    await this.#parts.fhir.close();
    await this.#parts.passkeys.close();
  }

  async #goOut(): Promise<void> {
    await this.closeDoors();
    await this.#parts.vault.end();
  }

  /** Somebody has unlocked, and the clinic's keys are not here yet. */
  async #wait(signedIn: SignedIn): Promise<void> {
    this.#parts.vault.wait(signedIn);
    await this.#goOnJoining();
    this.#parts.workstationChanged.publish(true);
  }

  async #goOnJoining(): Promise<void> {
    const taken = await takenIn(this.#parts);
    if (!taken) return;
    await this.#enter(taken);
    this.#parts.sync.wake();
  }

  async #enter(signedIn: SignedIn): Promise<void> {
    const { fhir, backups, workstationChanged } = this.#parts;
    await openClinic(this.#parts, signedIn);
    await fhir.open();
    // A fault in the list of backups must not keep the desk shut; the next backup says what is wrong.
    await backups.refreshSeal().catch(() => undefined);
    workstationChanged.publish(true);
    void backups.proveWritten().catch(() => undefined);
  }
}
