/** Makes one backup: a copy of one moment, sealed into its place, so that it can go on after any interruption. */
import { existsSync } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { equalBytes, fromHex, toBase64, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { chainRow } from '../../../shared/ledger/rows.ts';
import { chainKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { RECOVERY_BACKUP_TAG } from '../../../shared/vault/vault-tags.ts';
import { copyDatabase } from '../../storage/database-copy.ts';
import { storageFailure } from '../../storage/faults.ts';
import { keyRolls } from '../../sync/clinic-mail/clinic-key-book.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { encodeDeviceSecrets } from '../../vault/device-tier.ts';
import { randomBytes, sealingKey } from '../../vault/primitives.ts';
import { sealToRecoveryKey } from '../../vault/recovery-key.ts';
import { fingerprint, sealFile } from '../../vault/sealed-files.ts';
import type { DeviceKeys } from '../device/device-keys.ts';
import type { Installation } from '../folder/installation.ts';
import { readProgramVersion } from '../updates/program-version.ts';
import { countAll, secretIdOf } from './backup.store.ts';
import { BACKED_UP, type BackupHeader, beginFolder, finishBackup } from './backup-files.ts';
import type { BackupListFile, KnownBackup, RecoverySeal } from './backup-list.ts';

/** After this a backup's key is destroyed, wherever copies of the backup may be: what was erased meanwhile is then gone for good. */
export const BACKUP_LIFE = 35 * 86_400_000;

export interface BackupProgress {
  readonly step: 'copying' | 'sealing' | 'checking';
  /** Bytes; both 0 where a step cannot say. */
  readonly done: number;
  readonly total: number;
}

export class BackupMaker {
  readonly #parts: { readonly installation: Installation; readonly keys: DeviceKeys };
  readonly #list: BackupListFile;
  readonly #show: (progress: BackupProgress) => void;

  constructor(
    parts: { readonly installation: Installation; readonly keys: DeviceKeys },
    list: BackupListFile,
    show: (progress: BackupProgress) => void,
  ) {
    this.#parts = parts;
    this.#list = list;
    this.#show = show;
  }

  /** Copies both databases of one moment into the work folder; from there on the backup can go on after any interruption. */
  async copy(destination: string, recovery: RecoverySeal, made: number): Promise<KnownBackup> {
    await this.#checkSpace(destination);
    this.#show({ step: 'copying', done: 0, total: 0 });
    const { folder } = this.#parts.installation;
    await this.removeCopies();
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
    await this.#list.change((list) => ({ ...list, backups: [...list.backups, known] }));
    return known;
  }

  /** Copies that no unfinished backup needs any more: what is erased later would live on in them. */
  async removeCopies(): Promise<void> {
    await rm(this.#work, { recursive: true, force: true });
  }

  /** Nothing is sealed under a key again unless the bytes are the same as then. */
  async isIntact({ work }: KnownBackup): Promise<boolean> {
    if (!work || work.files.some(({ name }) => !existsSync(join(this.#work, name)))) return false;
    for (const file of work.files)
      if ((await fingerprint(join(this.#work, file.name), file.name)).sha256 !== file.sha256) return false;
    return true;
  }

  async write({ id, made, folder, bytes, work }: KnownBackup): Promise<void> {
    const { installation, keys } = this.#parts;
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
    await this.#list.change((list) => ({
      ...list,
      backups: list.backups.map((known) => (known.id === id ? written(known) : known)),
    }));
    await this.removeCopies();
  }

  async #header(id: string, made: number): Promise<BackupHeader> {
    const { installation, keys } = this.#parts;
    const { founding, region, hubAddress } = installation;
    const kit = (await this.#list.read()).recovery?.kit;
    const authority = await installation.text('authority');
    const own = chainKey(toHex(founding?.chain ?? new Uint8Array(0)));
    const row = (await loadOverlaid(installation.database.read, [own])).get(own);
    const earlier = (await keyRolls(installation.database.read, own.slice('chain/'.length))).filter(
      ({ previousClinicKey, clinicKey }) => !equalBytes(previousClinicKey, clinicKey),
    );
    return {
      careledger: 'backup/1',
      id,
      made,
      founding: toBase64(founding?.bytes ?? new Uint8Array(0)),
      device: toHex(keys.tier?.signing.publicKey ?? new Uint8Array(0)),
      ...(row && { clinicKey: toHex(decode(chainRow, row).clinicKey) }),
      ...(earlier.length > 0 && { earlierClinicKeys: earlier.map(({ previousClinicKey }) => toHex(previousClinicKey)) }),
      ...(kit && { statement: kit.statement }),
      ...(region && hubAddress && authority && { hub: { address: hubAddress, authority, region: toHex(region.id) } }),
    };
  }

  /** Twice the data: the copy here, the backup there. */
  async #checkSpace(destination: string): Promise<void> {
    const { folder } = this.#parts.installation;
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
    return join(this.#parts.installation.folder, 'backup-work');
  }
}

/** All of it is on the disk: the bare key goes. */
const written = ({ work: _work, ...known }: KnownBackup): KnownBackup => ({ ...known, state: 'written' });

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

/** When it was made, and enough of its id to tell two apart: nothing of the clinic. */
function folderName(made: number, id: string): string {
  const [day, time] = new Date(made).toISOString().split('T') as [string, string];
  return `careledger-${day}-${time.slice(0, 5).replace(':', '')}-${id.slice(0, 8)}`;
}
