/** The vault's part in backups: it alone has the recovery key's secret, and what opens a document. */
import { fromHex, toBase64, toHex } from '../../../shared/encoding/bytes.ts';
import { decodeStoreSecrets } from '../../../shared/vault/recovery.ts';
import { RECOVERY_BACKUP_TAG, RECOVERY_STORE_TAG } from '../../../shared/vault/vault-tags.ts';
import type { AgreementKey } from '../../vault/primitives.ts';
import { currentRecoveryKey, openWithRecoveryKey, recoveryKeyOf } from '../../vault/recovery-key.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import type { RecoverySeal, SealedBackupKeys } from './backup-list.ts';
import { type BackupKeys, type BackupReport, checkBackup } from './open-backup.ts';

/** One backup, and what opens it once the vault has opened that. */
export interface BackupToOpen {
  readonly id: string;
  readonly folder: string;
  readonly chain: Uint8Array;
  readonly keys: SealedBackupKeys;
}

/** Seals what opens this key store to the clinic's newest recovery key, so that the device tier can back it up while locked. */
export async function sealForRecovery(keyStore: UnlockedKeyStore, chain: Uint8Array, now: number): Promise<RecoverySeal> {
  const { publicKey } = await currentRecoveryKey(keyStore, now);
  const { box, secretId } = keyStore.sealForRecovery(publicKey, chain);
  return { publicKey: toHex(publicKey), store: toBase64(box), secretId: toHex(secretId) };
}

/** @throws {Failure} `vault.recovery-key-missing`, `vault.message-refused`. */
export async function openBackupKeys(
  keyStore: UnlockedKeyStore,
  { id, chain, keys }: Omit<BackupToOpen, 'folder'>,
): Promise<BackupKeys> {
  return openSealedKeys(await recoveryKeyOf(keyStore, fromHex(keys.to)), id, chain, keys);
}

/** The same with the recovery key itself, as shares give it. @throws {Failure} `vault.message-refused`. */
export function openSealedKeys(recovery: AgreementKey, id: string, chain: Uint8Array, keys: SealedBackupKeys): BackupKeys {
  return {
    key: openWithRecoveryKey(recovery, RECOVERY_BACKUP_TAG, fromHex(id), Buffer.from(keys.key, 'base64')),
    store: decodeStoreSecrets(openWithRecoveryKey(recovery, RECOVERY_STORE_TAG, chain, Buffer.from(keys.store, 'base64'))),
  };
}

/** Opens the backup in a clean place as a restore would. @throws {Failure} what is wrong with it, by name. */
export async function proveBackup(keyStore: UnlockedKeyStore, backup: BackupToOpen): Promise<BackupReport> {
  return checkBackup(backup.folder, backup.chain, await openBackupKeys(keyStore, backup), () => undefined);
}
