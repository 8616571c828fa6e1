/**
 * Backups of this machine: made by hand and by schedule, locked or not; good only once one has been opened in a clean place; dead 35
 * days after it was made, when its key is destroyed.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fromHex, toBase64, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { chainKey } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { RECOVERY_BACKUP_TAG } from '../../../shared/vault/vault-tags.ts';
import type { Topic } from '../../graphql/topic.ts';
import { copyDatabase } from '../../storage/database-copy.ts';
import { storageFailure } from '../../storage/faults.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import { loadOverlaid } from '../../sync/pending.ts';
import { encodeDeviceSecrets } from '../../vault/device-tier.ts';
import { randomBytes, sealingKey } from '../../vault/primitives.ts';
import { sealToRecoveryKey } from '../../vault/recovery-key.ts';
import type { DeviceKeys } from '../device-keys.ts';
import type { Installation } from '../installation.ts';
import { readProgramVersion } from '../program-version.ts';
import { countAll, secretIdOf } from './backup.store.ts';
import { tellEscrow } from './backup-escrow.ts';
import { BACKED_UP, type BackupHeader, beginFolder, fingerprint, finishBackup, partialFolder, sealFile } from './backup-files.ts';
import { BackupListFile, type KnownBackup, type RecoverySeal, type SealedBackupKeys } from './backup-list.ts';
import type { BackupToOpen, RecoveryRequest, RecoverySheet } from './backup-vault.ts';
import type { BackupKeys, BackupReport } from './open-backup.ts';

const DAY = 86_400_000;
/** After this a backup's key is destroyed, wherever copies of the backup may be: what was erased meanwhile is then gone for good. */
export const BACKUP_LIFE = 35 * DAY;
/** Good backups that are kept in one place; older ones go when a new one is good. */
const KEPT = 10;
/** Expired ones are shown for as long again. */
const REMEMBERED = 2 * BACKUP_LIFE;

export interface BackupProgress {
  readonly step: 'copying' | 'sealing' | 'checking';
  /** Bytes; both 0 where a step cannot say. */
  readonly done: number;
  readonly total: number;
}

export interface BackupEdges {
  readonly installation: Installation;
  readonly keys: DeviceKeys;
  readonly clock: () => number;
  readonly changed: Topic<true>;
  /** What the vault can do for backups while somebody is signed in. */
  vault(): BackupVault | undefined;
  /** @throws {Failure} `sync.no-region`, `sync.hub-unreachable` and others. */
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T>;
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
  prove(backup: BackupToOpen): Promise<BackupReport>;
  /** @throws {Failure} as an unlock does when the passphrase is wrong. */
  openKeys(backup: Omit<BackupToOpen, 'folder'>, passphrase: string): Promise<BackupKeys>;
}

export class Backups {
  readonly list: BackupListFile;
  readonly #edges: BackupEdges;
  #progress: BackupProgress | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(edges: BackupEdges) {
    this.#edges = edges;
    this.list = new BackupListFile(join(edges.installation.folder, 'backups.sealed'), edges.keys);
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
    return this.#inTurn(async () => {
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
    return this.#inTurn(async () => {
      for (const { id, state } of (await this.list.read()).backups) if (state === 'written') await this.#prove(id);
    });
  }

  /**
   * Makes a backup in a folder of its own inside `destination`, or goes on with the one that was interrupted there. While locked it
   * ends as `written`: nobody can look yet whether the documents open.
   * @throws {Failure} `backup.refused` when it did not open afterwards; `backup.no-space`; `backup.not-here`; `backup.unlock-once`;
   * `workstation.no-clinic`; storage failures. Earlier backups are then as they were.
   */
  make(destination: string): Promise<KnownBackup> {
    return this.#inTurn(async () => {
      try {
        const begun = await this.#begin(resolve(destination));
        await this.#write(begun);
        await this.#prove(begun.id);
        await tellEscrow(this.list, this.#edges);
        if ((await this.#known(begun.id)).state === 'good') await this.#tidy(destination);
        const made = await this.#known(begun.id);
        if (made.problem) throw new Failure(made.problem.code, made.problem.message);
        return made;
      } finally {
        this.#show(undefined);
      }
    });
  }

  /** Destroys the keys of backups whose time is over, and their files where they can be reached. Answers how many died. */
  expire(): Promise<number> {
    return this.#inTurn(async () => {
      const now = this.#edges.clock();
      const { backups } = await this.list.read();
      const dead = backups.filter(({ state, expires }) => state !== 'expired' && expires <= now);
      for (const known of dead) await this.#destroy(known);
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
        `The backup of ${new Date(made).toISOString().slice(0, 10)} has expired: its key is destroyed, and nobody can open it any more. Use a newer one.`,
      );
    const vault = this.#edges.vault();
    if (!vault) throw new Failure('vault.locked', 'The workstation is locked. Unlock it and try again.');
    return vault.openKeys({ id, chain, keys }, passphrase);
  }

  async #begin(destination: string): Promise<KnownBackup> {
    const { installation, keys, clock } = this.#edges;
    if (!installation.founding || !keys.tier)
      throw new Failure('workstation.no-clinic', 'There is nothing to back up here yet: make a clinic, or unlock once.');
    if (`${destination}/`.startsWith(`${installation.folder}/`))
      throw new Failure(
        'backup.not-here',
        'A backup beside the data would be lost with it. Choose a folder on another disk or drive.',
      );
    await this.refreshSeal();
    const list = await this.list.read();
    for (const unfinished of list.backups.filter(({ state }) => state === 'writing')) {
      if (dirname(unfinished.folder) === destination && (await this.#isIntact(unfinished))) return unfinished;
      await this.#destroy(unfinished);
    }
    const { recovery } = list;
    if (!recovery)
      throw new Failure('backup.unlock-once', 'Unlock once: the first backup needs the clinic’s keys to be sealed for it.');
    await this.#checkSpace(destination);
    return this.#copy(destination, recovery, clock());
  }

  /** Copies both databases of one moment into the work folder; from there on the backup can go on after any interruption. */
  async #copy(destination: string, recovery: RecoverySeal, made: number): Promise<KnownBackup> {
    this.#show({ step: 'copying', done: 0, total: 0 });
    const { folder } = this.#edges.installation;
    await rm(this.#work, { recursive: true, force: true });
    await mkdir(this.#work, { mode: 0o700 });
    for (const name of BACKED_UP) await copyDatabase(join(folder, name), join(this.#work, name));
    if (toHex(await secretIdOf(join(this.#work, 'keys.db'))) !== recovery.secretId)
      throw new Failure('backup.unlock-once', 'The keys were sealed anew since. Unlock once, and make the backup again.', {
        retry: true,
      });
    const files = await Promise.all(BACKED_UP.map((name) => fingerprint(join(this.#work, name), name)));
    const counts = await countAll(join(this.#work, 'clinic.db'), join(this.#work, 'keys.db'));
    const id = toHex(randomBytes(16));
    const key = randomBytes(32);
    const box = sealToRecoveryKey(fromHex(recovery.publicKey), RECOVERY_BACKUP_TAG, fromHex(id), key);
    const known: KnownBackup = {
      id,
      state: 'writing',
      made,
      expires: made + BACKUP_LIFE,
      folder: join(destination, folderName(made, id)),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      keys: { to: recovery.publicKey, key: toBase64(box), store: recovery.store },
      work: { key: toBase64(key), files, counts },
    };
    await this.list.change((list) => ({ ...list, backups: [...list.backups, known] }));
    return known;
  }

  /** Nothing is sealed under a key again unless the bytes are the same as then. */
  async #isIntact({ work }: KnownBackup): Promise<boolean> {
    if (!work || work.files.some(({ name }) => !existsSync(join(this.#work, name)))) return false;
    for (const file of work.files)
      if ((await fingerprint(join(this.#work, file.name), file.name)).sha256 !== file.sha256) return false;
    return true;
  }

  async #write({ id, made, folder, bytes, work }: KnownBackup): Promise<void> {
    const { installation, keys } = this.#edges;
    if (!work || !installation.founding || !keys.tier) return;
    const key = sealingKey(Buffer.from(work.key, 'base64'));
    if (!existsSync(folder)) {
      let done = 0;
      const partial = await beginFolder(folder);
      for (const { name, bytes: size } of work.files) {
        await sealFile(partial, { id, name, path: join(this.#work, name), bytes: size }, key, (piece) => {
          done += piece;
          this.#show({ step: 'sealing', done, total: bytes });
        });
      }
      const device = toBase64(encodeDeviceSecrets(keys.tier.secrets));
      const contents = { files: work.files, counts: work.counts, device, program: await readProgramVersion() };
      await finishBackup(folder, await this.#header(id, made), contents, key);
    }
    await this.list.change((list) => ({
      ...list,
      backups: list.backups.map((known) => (known.id === id ? written(known) : known)),
    }));
    await rm(this.#work, { recursive: true, force: true });
  }

  async #header(id: string, made: number): Promise<BackupHeader> {
    const { installation, keys } = this.#edges;
    const { founding, region, hubAddress } = installation;
    const kit = (await this.list.read()).recovery?.kit;
    const authority = await installation.text('authority');
    const own = chainKey(toHex(founding?.chain ?? new Uint8Array(0)));
    const row = (await loadOverlaid(installation.database.read, [own])).get(own);
    return {
      careledger: 'backup/1',
      id,
      made,
      founding: toBase64(founding?.bytes ?? new Uint8Array(0)),
      device: toHex(keys.tier?.signing.publicKey ?? new Uint8Array(0)),
      ...(row && { clinicKey: toHex(decode(chainRow, row).clinicKey) }),
      ...(kit && { statement: kit.statement }),
      ...(region && hubAddress && authority && { hub: { address: hubAddress, authority, region: toHex(region.id) } }),
    };
  }

  /** Opens it in a clean place, when somebody is signed in. */
  async #prove(id: string): Promise<void> {
    const vault = this.#edges.vault();
    const { keys, folder } = await this.#known(id);
    const chain = this.#edges.installation.chain;
    if (!vault || !keys || !chain) return;
    this.#show({ step: 'checking', done: 0, total: 0 });
    const checkedAt = this.#edges.clock();
    try {
      const { blocks, ownBlocks, documents, vaultRows, keys: count, people } = await vault.prove({ id, folder, chain, keys });
      const counts = { blocks, ownBlocks, documents, vaultRows, keys: count, people };
      await this.list.changeBackup(id, { state: 'good', checkedAt, counts });
    } catch (error) {
      const { code, message } = asFailure(error);
      // Somebody locked meanwhile: it is looked at after the next unlock.
      if (code === 'vault.locked' || code === 'vault.ended') return;
      await this.list.changeBackup(id, { state: 'refused', checkedAt, problem: { code, message } });
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

  /** Twice the data: the copy here, the backup there. */
  async #checkSpace(destination: string): Promise<void> {
    const { folder } = this.#edges.installation;
    const sizes = await Promise.all(BACKED_UP.map(async (name) => (await stat(join(folder, name))).size));
    const needed = Math.ceil(1.1 * sizes.reduce((sum, size) => sum + size, 0));
    // Not its parents: an empty mount point would be taken for the drive that is missing.
    if (!existsSync(destination))
      await mkdir(destination, { mode: 0o700 }).catch((error: unknown) => {
        throw storageFailure(error, { path: destination });
      });
    for (const place of [folder, destination]) {
      const { bavail, bsize } = await statfs(place);
      if (bavail * bsize < needed)
        throw new Failure(
          'backup.no-space',
          `There is not enough room in ${place}: a backup needs ${megabytes(needed)}, ${megabytes(bavail * bsize)} are free. Earlier backups are as they were.`,
          { retry: true },
        );
    }
  }

  get #work(): string {
    return join(this.#edges.installation.folder, 'backup-work');
  }

  #show(progress: BackupProgress | undefined): void {
    this.#progress = progress;
    this.#edges.changed.publish(true);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

const withKeys = (known: KnownBackup, keys: SealedBackupKeys | undefined): KnownBackup => (keys ? { ...known, keys } : known);

/** What is remembered of a backup that nobody can open any more. */
const expired = ({ keys: _keys, work: _work, escrowed: _escrowed, ...known }: KnownBackup): KnownBackup => ({
  ...known,
  state: 'expired',
});
/** All of it is on the disk: the bare key goes. */
const written = ({ work: _work, ...known }: KnownBackup): KnownBackup => ({ ...known, state: 'written' });

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

/** When it was made, and enough of its id to tell two apart: nothing of the clinic. */
function folderName(made: number, id: string): string {
  const [day, time] = new Date(made).toISOString().split('T') as [string, string];
  return `careledger-${day}-${time.slice(0, 5).replace(':', '')}-${id.slice(0, 8)}`;
}
