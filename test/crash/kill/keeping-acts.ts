/** What a clinic does so that its data outlives its machine: backups, restores, recovery sheets, and a first run on a new machine. */

import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { noKeychain } from '../../../server/identity/keychain.ts';
import { restoreBackup } from '../../../server/workstation/backup/restore.ts';
import type { DeviceService } from '../../../server/workstation/device/device-service.ts';
import { verifyReplica } from '../../../server/workstation/verify/verify-replica.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { byKeyOf } from '../../support/second-factor.ts';
import { ADMINISTRATOR, openDesk, PASSPHRASE, unlock } from './desk.ts';
import { DeskCharts } from './desk-charts.ts';
import { doAgain } from './do-again.ts';
import type { Witness } from './lives.ts';
import { lookAtMark } from './mark.ts';
import type { Act } from './task.ts';
import { lookAtUpgraded, upgrade } from './upgrade-act.ts';

const OFFICERS = ['Ada', 'Bo'];
/** What a process that was killed may leave, and what the next one must have put away. */
const LEFT_BEHIND = /\.tmp$|^backup-work$|^restored$/;

export class KeepingActs {
  readonly #service: DeviceService;
  readonly #folder: string;
  readonly #witness: Witness;
  readonly #passphrase: () => string;
  #acts: readonly Act[] = [];

  constructor(service: DeviceService, folder: string, witness: Witness, passphrase: () => string) {
    this.#service = service;
    this.#folder = folder;
    this.#witness = witness;
    this.#passphrase = passphrase;
  }

  readonly acts: Readonly<Record<string, (number: number) => Promise<void>>> = {
    backup: () => this.#backup(),
    sheets: () => this.#sheets(),
    restore: (number) => this.#restore(number),
    'restore here': (number) => this.#restoreHere(number),
    found: (number) => this.#found(number),
    'put back': (number) => this.#putBack(number),
    upgrade: (number) => upgrade(this.#folder, number, this.#witness),
  };

  /** Sheets, and a good backup that they open. */
  async begin(): Promise<void> {
    await this.#sheets();
    await this.#backup();
  }

  async look(acts: readonly Act[]): Promise<void> {
    this.#acts = acts;
    await this.#service.backups.proveWritten();
    await this.#service.backups.tend();
    await this.#lookAtBackups();
    const last = acts.at(-1);
    // The officers of a set are known to the backups that were made after it.
    const newestOf = (kind: string): number => acts.findLastIndex((act) => act.kind === kind && act.state === 'done');
    if (newestOf('sheets') > newestOf('backup')) await this.#backup();
    if (last?.kind === 'backup' || last?.kind === 'sheets') await this.#lookAtRecovery();
    if (last?.kind === 'restore') await this.#lookAtRestored(last);
    if (last?.kind === 'restore here') await this.#lookAtRestoredHere(last);
    if (last?.kind === 'found') await this.#lookAtFounded(last);
    if (last?.kind === 'put back') await this.#lookAtPutBack(last);
    if (last?.kind === 'upgrade') await lookAtUpgraded(last, this.#witness);
    for (const name of readdirSync(this.#folder))
      if (LEFT_BEHIND.test(name) && !(name === 'backup-work' && (await this.#isBackupUnderWay())))
        this.#witness.fault('no half state', `${name} was left behind`);
  }

  // --- What is done -----------------------------------------------------------------------------------------------

  #backup(): Promise<void> {
    const to = this.#beside('backups');
    mkdirSync(to, { recursive: true });
    return this.#witness.act('backup', { to }, async () => {
      const { id, folder } = await this.#service.backups.make(to);
      return { id, folder };
    });
  }

  #sheets(): Promise<void> {
    return this.#witness.act('sheets', {}, async () => {
      const request = { holders: OFFICERS, threshold: 2, passphrase: this.#passphrase() };
      const sheets = await byKeyOf(this.#service, request.passphrase, () => this.#service.backups.makeRecovery(request));
      const made = (await this.#service.backups.list.read()).recovery?.kit?.made;
      return { shares: sheets.map(({ text }) => text).join(' '), made: String(made) };
    });
  }

  async #restore(number: number): Promise<void> {
    const to = this.#beside(`restored-${number}`);
    await this.#witness.act('restore', { to }, async () => {
      await this.#restoreTo(to);
      return {};
    });
    rmSync(to, { recursive: true });
  }

  async #restoreHere(number: number): Promise<void> {
    const to = this.#beside(`here-${number}`);
    const fresh = await openDesk(to);
    await this.#witness.act('restore here', { to }, async () => {
      await this.#restoreInto(fresh);
      return {};
    });
    await fresh.close();
    rmSync(to, { recursive: true });
  }

  async #found(number: number): Promise<void> {
    const to = this.#beside(`founded-${number}`);
    await this.#witness.act('found', { to }, async () => {
      const fresh = await openDesk(to);
      await this.#foundIn(fresh);
      await fresh.close();
      return {};
    });
    rmSync(to, { recursive: true });
  }

  /** A backup in a folder of its own, in which somebody goes on: in a new epoch, before the first signature. */
  async #putBack(number: number): Promise<void> {
    const to = this.#beside(`put-back-${number}`);
    await this.#restoreTo(to);
    await this.#witness.act('put back', { to }, async () => {
      const desk = await openDesk(to);
      await unlock(desk, this.#passphraseThen());
      await new DeskCharts(desk).register('Put back');
      await desk.close();
      return {};
    });
    rmSync(to, { recursive: true });
  }

  // --- What must hold ---------------------------------------------------------------------------------------------

  async #lookAtBackups(): Promise<void> {
    const { backups } = await this.#service.backups.list.read();
    for (const { id, state, folder, problem } of backups) {
      if (state === 'refused') this.#witness.fault('a good backup opens', `${basename(folder)} is refused: ${problem?.code}`);
      if (state === 'good' && !existsSync(folder))
        this.#witness.fault('a good backup opens', `${basename(folder)} is good and not there`);
      if (backups.filter((each) => each.id === id).length > 1)
        this.#witness.fault('nothing is doubled', `the backup ${id} is listed twice`);
    }
    for (const { kind, state, answer } of this.#acts)
      if (kind === 'backup' && state === 'done' && !backups.some((known) => known.id === answer.id))
        this.#witness.fault('nothing acknowledged is lost', `the backup ${answer.id} is not listed any more`);
  }

  /** The newest good backup opens with the sheets that the officers hold. */
  async #lookAtRecovery(): Promise<void> {
    // Sheets that came into force and were never handed out are made again; until then the ones before go on.
    if (this.#acts.findLast(({ kind }) => kind === 'sheets')?.state === 'begun' && (await this.#areNewSheetsInForce())) {
      await this.#sheets();
      await this.#backup();
    }
    const shares = this.#shares();
    if (shares.length === 0) return;
    try {
      await this.#service.backups.drill(this.#passphrase(), shares);
    } catch (error) {
      const { code, message } = asFailure(error);
      this.#witness.fault('a good backup opens', `not with the sheets that were handed out (${code}): ${message}`);
    }
  }

  /** Whole under its name, or not there and can be made again. */
  async #lookAtRestored({ about: { to = '' }, state }: Act): Promise<void> {
    if (state === 'begun' && !existsSync(to)) await doAgain(this.#witness, () => this.#restoreTo(to));
    if (!existsSync(to)) return;
    await this.#lookInside(to, this.#passphraseThen(), []);
    rmSync(to, { recursive: true });
  }

  async #lookAtRestoredHere({ about: { to = '' } }: Act): Promise<void> {
    if (!existsSync(to)) return;
    const fresh = await openDesk(to);
    const isWhole = fresh.installation.chain !== undefined;
    if (!isWhole) await doAgain(this.#witness, () => this.#restoreInto(fresh));
    await fresh.close();
    const names = readdirSync(to).filter((name) => LEFT_BEHIND.test(name));
    if (names.length > 0) this.#witness.fault('no half state', `${names.join(', ')} of a restore was left behind`);
    await this.#lookInside(to, PASSPHRASE, ['Officer']);
    rmSync(to, { recursive: true });
  }

  async #lookAtPutBack({ about: { to = '' } }: Act): Promise<void> {
    if (!existsSync(to)) return;
    await lookAtMark(to, this.#witness);
    await this.#lookInside(to, this.#passphraseThen(), []);
    rmSync(to, { recursive: true });
  }

  async #lookAtFounded({ about: { to = '' } }: Act): Promise<void> {
    if (!existsSync(to)) return;
    const fresh = await openDesk(to);
    if (!fresh.installation.chain) await doAgain(this.#witness, () => this.#foundIn(fresh));
    await fresh.close();
    await this.#lookInside(to, PASSPHRASE, []);
    rmSync(to, { recursive: true });
  }

  async #lookInside(folder: string, passphrase: string, names: readonly string[]): Promise<void> {
    const desk = await openDesk(folder);
    try {
      const name = names[0] ?? ADMINISTRATOR;
      await unlock(desk, passphrase, name);
      const charts = new DeskCharts(desk);
      await charts.patients();
      await charts.register('After');
      for (const what of (await verifyReplica(desk.installation)).faults) this.#witness.fault('verify is clean', what);
    } catch (error) {
      this.#witness.fault(
        'it can be done again',
        `${basename(folder)} does not open: ${asFailure(error).code} ${asFailure(error).message}`,
      );
    } finally {
      await desk.close();
    }
  }

  async #areNewSheetsInForce(): Promise<boolean> {
    const { recovery } = await this.#service.backups.list.read();
    const made = this.#acts.findLast(({ kind, state }) => kind === 'sheets' && state === 'done')?.answer.made;
    return String(recovery?.kit?.made) !== made;
  }

  async #isBackupUnderWay(): Promise<boolean> {
    return (await this.#service.backups.list.read()).backups.some(({ state }) => state === 'writing');
  }

  // --- Ways -------------------------------------------------------------------------------------------------------

  async #restoreTo(to: string): Promise<void> {
    const good = await this.#newestGood();
    await restoreBackup({
      from: good.folder,
      to,
      keys: await this.#service.backups.keysOf(good.id, this.#passphrase()),
      keychain: noKeychain,
      clock: Date.now,
      onProgress: () => undefined,
    });
  }

  async #restoreInto(fresh: DeviceService): Promise<void> {
    const { folder } = await this.#newestGood();
    await fresh.entrance.restore(folder, this.#shares(), 'Officer', PASSPHRASE);
  }

  #foundIn(fresh: DeviceService): Promise<void> {
    return fresh.entrance.createClinic({
      name: 'Mountain Clinic',
      kind: 'clinic',
      administrator: ADMINISTRATOR,
      passphrase: PASSPHRASE,
    });
  }

  async #newestGood() {
    const good = (await this.#service.backups.live()).find(({ state }) => state === 'good');
    if (!good) throw new Error('there is no good backup');
    return good;
  }

  /** The texts of the newest sheets that somebody was given. */
  #shares(): string[] {
    const made = this.#acts.filter(({ kind }) => kind === 'sheets');
    return made.findLast(({ state }) => state === 'done')?.answer.shares?.split(' ') ?? [];
  }

  /** That of the administrator when the newest good backup was made. */
  #passphraseThen(): string {
    const backed = this.#acts.findLastIndex(({ kind, state }) => kind === 'backup' && state === 'done');
    const changes = this.#acts.slice(0, backed).filter(({ kind, state }) => kind === 'passphrase' && state === 'done');
    return changes.at(-1)?.about.to ?? PASSPHRASE;
  }

  #beside(name: string): string {
    return join(dirname(this.#folder), name);
  }
}
