/**
 * What this machine knows of its backups: `backups.sealed`, a file of the device tier, so that backups go on while everybody is signed
 * out. The keys in it are sealed to the clinic's recovery key and open in the vault alone; none of it is ever part of a backup, so that
 * a backup never opens another one.
 */
import { existsSync } from 'node:fs';
import { fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import { BACKUP_LIST_TAG } from '../../../shared/vault/vault-tags.ts';
import type { KeptProblem } from '../../sync/vault-context/problem.ts';
import { type DeviceTierLock, readTierFile, writeTierFile } from '../../vault/device-tier.ts';
import type { SealedFile } from '../../vault/sealed-files.ts';
import type { DeviceKeys } from '../device/device-keys.ts';
import type { BackupCounts } from './backup-files.ts';

/** What can open one backup, sealed to the recovery key `to` (hexadecimal); boxes in base64, see shared/vault/recovery.ts. */
export interface SealedBackupKeys {
  readonly to: string;
  readonly key: string;
  readonly store: string;
}

type BackupState =
  /** Begun and not finished: it goes on where it stopped. */
  | 'writing'
  /** All of it is on the disk; nobody has looked yet whether it opens. */
  | 'written'
  | 'good'
  | 'refused'
  /** Its key is destroyed: nobody opens it any more, wherever copies of it may be. */
  | 'expired';

export interface KnownBackup {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly state: BackupState;
  /** Milliseconds since 1970. */
  readonly made: number;
  readonly expires: number;
  /** The backup's own folder. */
  readonly folder: string;
  readonly bytes: number;
  /** What was found when it was opened. */
  readonly counts?: BackupCounts;
  readonly checkedAt?: number;
  /** Why it is not good. */
  readonly problem?: KeptProblem;
  /** None once it has expired. */
  readonly keys?: SealedBackupKeys;
  /** Who may read `keys` in the hub's escrow; absent while they are not there. */
  readonly escrowed?: string;
  /** While it is being written: its bare key, and the copies in the work folder. */
  readonly work?: { readonly key: string; readonly files: readonly SealedFile[]; readonly counts: BackupCounts };
}

/** What the vault sealed for recovery when it was last open; `secretId` (hexadecimal) says of which keychain secret. */
export interface RecoverySeal {
  readonly publicKey: string;
  readonly store: string;
  readonly secretId: string;
  /** Once shares of the recovery key were given out. */
  readonly kit?: RecoveryKit | undefined;
}

/** What is known of a set of recovery shares; nothing of it is secret, and nothing is in it twice. */
export interface RecoveryKit {
  /** The clinic's signed statement, base64. */
  readonly statement: string;
  /** Ed25519, hexadecimal: who signs with it is given what lies in escrow. */
  readonly reader: string;
  readonly holders: readonly string[];
  readonly threshold: number;
  readonly made: number;
}

export interface BackupSchedule {
  readonly folder: string;
  readonly everyHours: number;
}

export interface BackupList {
  readonly recovery?: RecoverySeal;
  readonly schedule?: BackupSchedule;
  /** The last attempt by the schedule, milliseconds since 1970. */
  readonly attempted?: number;
  /** Why the schedule's last attempt made none. */
  readonly scheduleProblem?: KeptProblem;
  /** The last restore drill. */
  readonly drilled?: { readonly at: number; readonly seconds: number };
  readonly backups: readonly KnownBackup[];
  /** Backups whose keys the hub has still to be asked to destroy. */
  readonly withdrawn?: readonly string[];
}

const EMPTY: BackupList = { backups: [] };

export class BackupListFile {
  readonly #path: string;
  readonly #keys: DeviceKeys;
  readonly #turns = new Turns();

  constructor(path: string, keys: DeviceKeys) {
    this.#path = path;
    this.#keys = keys;
  }

  /** @throws {Failure} `vault.device-tier-locked` on a machine without a keychain before the first unlock. */
  async read(): Promise<BackupList> {
    if (!existsSync(this.#path)) return EMPTY;
    const bytes = await readTierFile(this.#path, BACKUP_LIST_TAG, await this.#keys.opening());
    return JSON.parse(fromUtf8(bytes)) as BackupList;
  }

  /** Durable when it resolves. */
  change(how: (list: BackupList) => BackupList): Promise<BackupList> {
    return this.#turns.take(async () => {
      const next = how(await this.read());
      await this.#write(next, await this.#keys.lock());
      return next;
    });
  }

  /** Changes one backup of the list. */
  changeBackup(id: string, change: Partial<KnownBackup>): Promise<BackupList> {
    return this.change((list) => ({
      ...list,
      backups: list.backups.map((known) => (known.id === id ? { ...known, ...change } : known)),
    }));
  }

  /** Under the keychain's next secret: see DeviceKeys.renewSecret. */
  reseal(lock: DeviceTierLock): Promise<void> {
    return this.#turns.take(async () => {
      if (existsSync(this.#path)) await this.#write(await this.read(), lock);
    });
  }

  async #write(list: BackupList, lock: DeviceTierLock): Promise<void> {
    await writeTierFile(this.#path, BACKUP_LIST_TAG, utf8(JSON.stringify(list)), lock);
  }
}
