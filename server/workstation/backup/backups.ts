/**
 * Backups of this machine: made by hand and by schedule, locked or not; good only once one has been opened in a clean place; dead 35
 * days after it was made, when its key is destroyed.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { toBase64 } from '../../../shared/encoding/bytes.ts';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import type { DrillCertificate } from '../../../shared/workstation/drill.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import type { Topic } from '../../sync/vault-context/topic.ts';
import type { DeviceKeys } from '../device/device-keys.ts';
import type { Installation } from '../folder/installation.ts';
import { tellEscrow } from './backup-escrow.ts';
import { partialFolder } from './backup-files.ts';
import {
  type BackupList,
  BackupListFile,
  type BackupSchedule,
  type KnownBackup,
  type RecoverySeal,
  type SealedBackupKeys,
} from './backup-list.ts';
import type { BackupToOpen, DrillSignatures, RecoveryRequest, RecoverySheet } from './backup-vault.ts';
import { rehearse } from './drill.ts';
import { BACKUP_LIFE, BackupMaker, type BackupProgress } from './make-backup.ts';
import type { BackupKeys, BackupReport } from './open-backup.ts';
import { recoverKeys } from './recover.ts';

const EVERY_MINUTE = 60_000;
const HOUR = 3_600_000;
/** Good backups that are kept in one place; older ones go when a new one is good. */
const KEPT = 10;
/** Expired ones are shown for as long again. */
const REMEMBERED = 2 * BACKUP_LIFE;

interface BackupEdges {
  readonly installation: Installation;
  readonly keys: DeviceKeys;
  readonly clock: () => number;
  readonly changed: Topic<true>;
  /** What the vault can do for backups while somebody is signed in. */
  vault(): BackupVault | undefined;
  /** @throws {Failure} `sync.no-region`, `sync.hub-unreachable` and others. */
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T>;
  signedIn(): { readonly name: string; readonly role: string } | undefined;
}

interface OpenableBackup {
  readonly id: string;
  readonly keys: SealedBackupKeys;
}

export interface BackupVault {
  seal(): Promise<RecoverySeal>;
  makeRecovery(request: RecoveryRequest): Promise<readonly RecoverySheet[]>;
  reseal(backups: readonly OpenableBackup[]): Promise<readonly OpenableBackup[]>;
  forgetKeys(): Promise<void>;
  certify(report: string): Promise<DrillSignatures>;
  prove(backup: BackupToOpen): Promise<BackupReport>;
  /** @throws {Failure} as an unlock does when the passphrase is wrong. */
  openKeys(backup: Omit<BackupToOpen, 'folder'>, passphrase: string): Promise<BackupKeys>;
}

export class Backups {
  readonly list: BackupListFile;
  readonly #edges: BackupEdges;
  readonly #maker: BackupMaker;
  #progress: BackupProgress | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #turns = new Turns();

  constructor(edges: BackupEdges) {
    this.#edges = edges;
    this.list = new BackupListFile(join(edges.installation.folder, 'backups.sealed'), edges.keys);
    this.#maker = new BackupMaker(edges, this.list, (progress) => this.#show(progress));
  }

  get progress(): BackupProgress | undefined {
    return this.#progress;
  }

  /**
   * After an unlock, and after the keychain's secret or the recovery key was replaced: what is sealed for recovery is of now, and nothing
   * that this machine keeps opens with an earlier recovery key.
   */
  async refreshSeal(): Promise<void> {
    const vault = this.#edges.vault();
    if (!vault) return;
    const recovery = await vault.seal();
    const { backups } = await this.list.change((list) => ({ ...list, recovery }));
    const earlier = backups.flatMap(({ id, keys }) => (keys && keys.to !== recovery.publicKey ? [{ id, keys }] : []));
    const resealed = new Map((await vault.reseal(earlier)).map(({ id, keys }) => [id, keys]));
    if (resealed.size > 0)
      await this.list.change((list) => ({
        ...list,
        backups: list.backups.map((known) => withKeys(known, resealed.get(known.id))),
      }));
    await vault.forgetKeys();
  }

  /**
   * A new set of recovery shares: one sheet for each officer, to be printed now and kept nowhere. The set before opens nothing any more,
   * once the hub has been told.
   * @throws {Failure} as `makeRecovery`; `vault.locked`.
   */
  makeRecovery(request: RecoveryRequest): Promise<readonly RecoverySheet[]> {
    return this.#turns.take(async () => {
      const vault = this.#edges.vault();
      if (!vault) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
      const sheets = await vault.makeRecovery(request);
      await this.refreshSeal();
      await tellEscrow(this.list, this.#edges);
      this.#edges.changed.publish(true);
      return sheets;
    });
  }

  /** Looks at backups that were made while locked. */
  proveWritten(): Promise<void> {
    return this.#turns.take(async () => {
      for (const { id, state } of (await this.list.read()).backups) if (state === 'written') await this.#prove(id);
      await this.#removeCopies();
    });
  }

  /**
   * Makes a backup in a folder of its own inside `destination`, or goes on with the one that was interrupted there. While locked it
   * ends as `written`: nobody can look yet whether the documents open.
   * @throws {Failure} `backup.refused` when it did not open afterwards; `backup.no-space`; `backup.not-here`; `backup.unlock-once`;
   * `workstation.no-clinic`; storage failures. Earlier backups are then as they were.
   */
  make(destination: string): Promise<KnownBackup> {
    return this.#turns.take(async () => {
      try {
        const begun = await this.#begin(resolve(destination));
        await this.#maker.write(begun);
        await this.#prove(begun.id);
        await tellEscrow(this.list, this.#edges);
        if ((await this.#known(begun.id)).state === 'good') await this.#tidy(destination);
        const made = await this.#known(begun.id);
        if (made.problem) throw new Failure(made.problem.code, made.problem.message, { details: { ...made.problem.details } });
        return made;
      } finally {
        this.#show(undefined);
      }
    });
  }

  /** Destroys the keys of backups whose time is over, and their files where they can be reached. Answers how many died. */
  expire(): Promise<number> {
    return this.#turns.take(async () => {
      const now = this.#edges.clock();
      const { backups } = await this.list.read();
      const dead = backups.filter(({ state, expires }) => state !== 'expired' && expires <= now);
      for (const known of dead) await this.#destroy(known);
      await this.#removeCopies();
      if (backups.some(({ made }) => made + REMEMBERED <= now))
        await this.list.change((list) => ({ ...list, backups: list.backups.filter(({ made }) => made + REMEMBERED > now) }));
      if (dead.length > 0) await tellEscrow(this.list, this.#edges);
      return dead.length;
    });
  }

  /** Backups that still open, newest first: what was erased after one was made is in it until it expires. */
  async live(): Promise<readonly KnownBackup[]> {
    const { backups } = await this.list.read();
    return backups.filter(({ keys }) => keys !== undefined).sort((one, other) => other.made - one.made);
  }

  /**
   * What opens a backup of this list, for a restore by somebody who is signed in here.
   * @throws {Failure} `backup.unknown`, `backup.expired`, `vault.locked`; as an unlock does when the passphrase is wrong.
   */
  async keysOf(id: string, passphrase: string): Promise<BackupKeys> {
    const { keys, made } = await this.#known(id);
    const { chain } = this.#edges.installation;
    if (!keys || !chain)
      throw new Failure(
        'backup.expired',
        `The backup of ${localDay(made)} has expired: its key is destroyed, and nobody can open it any more. Use a newer one.`,
      );
    const vault = this.#edges.vault();
    if (!vault) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
    return vault.openKeys({ id, chain, keys }, passphrase);
  }

  /**
   * Rehearses a restore of the newest good backup, or of `folder`, and certifies it.
   * @param shares texts of recovery shares: the keys then come from them and the escrow alone, as on a new machine
   * @throws {Failure} `drill.no-backup`, `vault.locked`; as an unlock does when the passphrase is wrong; what is wrong with the backup.
   */
  drill(passphrase: string, shares: readonly string[] = [], folder?: string): Promise<DrillCertificate> {
    return this.#turns.take(async () => {
      const vault = this.#edges.vault();
      const ranBy = this.#edges.signedIn();
      const { founding } = this.#edges.installation;
      if (!vault || !ranBy || !founding) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
      const backup = (await this.live()).find((known) => (folder ? known.folder === resolve(folder) : known.state === 'good'));
      if (!backup) throw new Failure('drill.no-backup', 'There is no good backup to rehearse with. Make one first.');
      this.#show({ step: 'checking', done: 0, total: 0 });
      try {
        const ofStaff = await this.keysOf(backup.id, passphrase);
        const report = await rehearse({
          folder: backup.folder,
          chain: founding.chain,
          openedBy: shares.length > 0 ? 'shares' : 'staff',
          ranBy,
          open: async () => (shares.length > 0 ? (await recoverKeys(backup.folder, shares)).keys : ofStaff),
          clock: this.#edges.clock,
        });
        const text = JSON.stringify(report, null, 1);
        await this.list.change((list) => ({ ...list, drilled: { at: report.started, seconds: report.seconds } }));
        return { careledger: 'drill/1', report: text, founding: toBase64(founding.bytes), ...(await vault.certify(text)) };
      } finally {
        this.#show(undefined);
      }
    });
  }

  // --- What goes on by itself --------------------------------------------------------------------------------------

  /** From now on: backups by the schedule, ends of backups, and what the escrow has still to be told. */
  start(): void {
    this.#timer = setInterval(() => void this.tend(), EVERY_MINUTE);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** @throws {Failure} `backup.interval`, `backup.not-here`. */
  refuseSchedule(schedule: BackupSchedule | undefined): void {
    if (!schedule) return;
    this.#refuseHere(resolve(schedule.folder));
    if (!Number.isInteger(schedule.everyHours) || schedule.everyHours < 1 || schedule.everyHours > 24 * 31)
      throw new Failure('backup.interval', 'Backups are made every hour at most, and at least once in 31 days.');
  }

  /** Where and how often, or never by itself. @throws {Failure} as `refuseSchedule`. */
  async schedule(schedule: BackupSchedule | undefined): Promise<void> {
    this.refuseSchedule(schedule);
    await this.list.change(({ schedule: _, attempted: __, scheduleProblem: ___, ...list }) => ({
      ...list,
      ...(schedule && { schedule }),
    }));
    this.#edges.changed.publish(true);
  }

  /** When the schedule makes the next one: milliseconds since 1970. */
  static nextDue({ schedule, attempted, backups }: BackupList): number | undefined {
    if (!schedule) return undefined;
    const made = backups.filter(
      ({ state, folder }) => state === 'good' || (state === 'written' && dirname(folder) === schedule.folder),
    );
    const last = Math.max(0, ...made.map((known) => known.made));
    const due = last + schedule.everyHours * HOUR;
    // One that failed is tried again within the hour.
    return Math.max(due, attempted === undefined || attempted < last ? 0 : attempted + HOUR);
  }

  /** What is due now. Problems are kept for the screen; nothing is thrown. */
  async tend(): Promise<void> {
    try {
      await this.expire();
      await this.#turns.take(() => tellEscrow(this.list, this.#edges));
      const list = await this.list.read();
      const due = Backups.nextDue(list);
      if (!list.schedule || due === undefined || due > this.#edges.clock()) return;
      await this.#makeBySchedule(list.schedule.folder);
    } catch {
      // The device's keys are not open yet, or the disk is in trouble: the next minute tries again.
    }
  }

  async #makeBySchedule(folder: string): Promise<void> {
    await this.list.change((list) => ({ ...list, attempted: this.#edges.clock() }));
    try {
      if (!existsSync(folder))
        throw new Failure(
          'backup.folder-missing',
          `The folder ${folder} is not there. Connect the drive, or choose another folder.`,
          { details: { folder } },
        );
      await this.make(folder);
      await this.list.change(({ scheduleProblem: _, ...list }) => list);
    } catch (error) {
      const { code, message, details } = asFailure(error);
      await this.list.change((list) => ({ ...list, scheduleProblem: { code, message, details } }));
    }
    this.#edges.changed.publish(true);
  }

  #refuseHere(destination: string): void {
    if (`${destination}/`.startsWith(`${this.#edges.installation.folder}/`))
      throw new Failure(
        'backup.not-here',
        'A backup beside the data would be lost with it. Choose a folder on another disk or drive.',
      );
  }

  // --- One backup --------------------------------------------------------------------------------------------------

  async #begin(destination: string): Promise<KnownBackup> {
    const { installation, keys, clock } = this.#edges;
    if (!installation.founding || !keys.tier)
      throw new Failure('workstation.no-clinic', 'There is nothing to back up here yet: make a clinic, or unlock once.');
    this.#refuseHere(destination);
    await this.refreshSeal();
    const list = await this.list.read();
    for (const unfinished of list.backups.filter(({ state }) => state === 'writing')) {
      if (dirname(unfinished.folder) === destination && (await this.#maker.isIntact(unfinished))) return unfinished;
      await this.#destroy(unfinished);
    }
    const { recovery } = list;
    if (!recovery)
      throw new Failure('backup.unlock-once', 'Unlock once: the first backup needs the clinic’s keys to be sealed for it.');
    return this.#maker.copy(destination, recovery, clock());
  }

  /** Opens it in a clean place, when somebody is signed in. */
  async #prove(id: string): Promise<void> {
    const vault = this.#edges.vault();
    const { keys, folder } = await this.#known(id);
    const chain = this.#edges.installation.chain;
    // A drive that is away is looked at when it is back.
    if (!vault || !keys || !chain || !existsSync(folder)) return;
    this.#show({ step: 'checking', done: 0, total: 0 });
    const checkedAt = this.#edges.clock();
    try {
      const { blocks, ownBlocks, documents, vaultRows, keys: count, people } = await vault.prove({ id, folder, chain, keys });
      const counts = { blocks, ownBlocks, documents, vaultRows, keys: count, people };
      await this.list.changeBackup(id, { state: 'good', checkedAt, counts });
    } catch (error) {
      const { code, message, details } = asFailure(error);
      // Somebody locked meanwhile: it is looked at after the next unlock.
      if (code === 'vault.locked' || code === 'vault.ended') return;
      await this.list.changeBackup(id, { state: 'refused', checkedAt, problem: { code, message, details } });
    } finally {
      this.#show(undefined);
    }
  }

  /** Only the newest good ones of a place are kept, and nothing that was refused there before. */
  async #tidy(destination: string): Promise<void> {
    const here = (await this.live()).filter(({ folder }) => dirname(folder) === resolve(destination));
    const good = here.filter(({ state }) => state === 'good');
    for (const known of [...good.slice(KEPT), ...here.filter(({ state }) => state === 'refused')]) await this.#destroy(known);
  }

  async #removeCopies(): Promise<void> {
    const { backups } = await this.list.read();
    if (!backups.some(({ state }) => state === 'writing')) await this.#maker.removeCopies();
  }

  /** The key first: then the files are worth nothing, reachable or not. */
  async #destroy({ id, folder }: KnownBackup): Promise<void> {
    await this.list.change((list) => ({
      ...list,
      backups: list.backups.map((known) => (known.id === id ? expired(known) : known)),
      withdrawn: [...(list.withdrawn ?? []), id],
    }));
    for (const path of [folder, partialFolder(folder)]) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }

  async #known(id: string): Promise<KnownBackup> {
    const known = (await this.list.read()).backups.find((backup) => backup.id === id);
    if (known) return known;
    throw new Failure('backup.unknown', 'This backup is not in the list of this machine. Load the list again.');
  }

  #show(progress: BackupProgress | undefined): void {
    this.#progress = progress;
    this.#edges.changed.publish(true);
  }
}

const withKeys = (known: KnownBackup, keys: SealedBackupKeys | undefined): KnownBackup => (keys ? { ...known, keys } : known);

/** What is remembered of a backup that nobody can open any more. */
const expired = ({ keys: _keys, work: _work, escrowed: _escrowed, ...known }: KnownBackup): KnownBackup => ({
  ...known,
  state: 'expired',
});
