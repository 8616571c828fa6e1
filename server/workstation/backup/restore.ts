/**
 * A backup becomes a data folder again, on this machine or a new one. It is put together beside its place and checked there; its name is
 * the last thing it gets, so that a restore that was cut short leaves nothing that could be mistaken for a clinic's data.
 */
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fromHex } from '../../../shared/encoding/bytes.ts';
import { refuseWeakPassphrase } from '../../../shared/identity/passphrase.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { checkpointAfterErasure } from '../../storage/database.ts';
import { syncFolder } from '../../storage/durable-file.ts';
import { storageFailure } from '../../storage/faults.ts';
import { eraseHandles } from '../../sync/erased.store.ts';
import { decodeDeviceSecrets, deviceTierKey, writeDeviceTier } from '../../vault/device-tier.ts';
import { KeyStore } from '../../vault/key-store.ts';
import { keychainSecrets, type SecretPlace } from '../../vault/keychain-secrets.ts';
import { randomBytes } from '../../vault/primitives.ts';
import { putRecoveryKey } from '../../vault/recovery-key.ts';
import type { RecoveryKeys } from '../../vault/recovery-shares.ts';
import { breakContinuity } from '../folder/continuity.ts';
import { Installation } from '../folder/installation.ts';
import { type BackupKeys, type BackupReport, checkUnpacked, unpackBackup } from './open-backup.ts';
import { recoverKeys } from './recover.ts';

export interface RestoreOptions {
  /** The backup's own folder. */
  readonly from: string;
  /** The data folder that is to come; not there yet, or empty. */
  readonly to: string;
  readonly keys: BackupKeys;
  /** Of the machine that it is restored on. */
  readonly keychain: SecretPlace;
  readonly clock: () => number;
  /** Who comes with the recovery shares: a slot with their staff key, beside those of the backup, which keep their passphrases. */
  readonly officers?: { readonly name: string; readonly passphrase: string; readonly keys: RecoveryKeys } | undefined;
  /** Compartments (hexadecimal handles) that were erased since: their keys are destroyed before anybody gets in. */
  readonly erased?: readonly string[] | undefined;
  onProgress(step: 'unpacking' | 'checking' | 'finishing', done: number, total: number): void;
}

/**
 * @throws {Failure} `restore.not-empty`, `vault.passphrase-weak`; what is wrong with the backup, by name; storage failures. Then `to` is as it was.
 */
export async function restoreBackup(options: RestoreOptions): Promise<BackupReport> {
  const to = resolve(options.to);
  await refuseFilled(to);
  if (options.officers) refuseWeakPassphrase(options.officers.passphrase, [options.officers.name]);
  const staging = `${to}.restoring`;
  await rm(staging, { recursive: true, force: true });
  try {
    let done = 0;
    const unpacked = await unpackBackup(options.from, options.keys.key, staging, (bytes) => {
      done += bytes;
      options.onProgress('unpacking', done, 0);
    });
    options.onProgress('checking', 0, 0);
    const report = await checkUnpacked(staging, unpacked, options.keys.store);
    options.onProgress('finishing', 0, 0);
    await makeOwn(staging, options, Buffer.from(unpacked.contents.device, 'base64'));
    await markRestored(staging, options.erased ?? [], { backup: report.id, made: report.made, at: options.clock() });
    await rm(to, { recursive: true, force: true });
    await rename(staging, to).catch((error: unknown) => {
      throw storageFailure(error, { path: to });
    });
    await syncFolder(dirname(to));
    // Its device goes on in a new epoch: the original may have signed on since.
    await breakContinuity(to);
    return report;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

interface FirstRunRestore extends Pick<RestoreOptions, 'from' | 'keychain' | 'clock'> {
  readonly shares: readonly string[];
  readonly name: string;
  readonly passphrase: string;
}

/** The same by recovery shares into an installation that is open and has no clinic yet. */
export async function restoreHere(installation: Installation, asked: FirstRunRestore): Promise<void> {
  const { shares, name, passphrase, ...rest } = asked;
  refuseWeakPassphrase(passphrase, [name]);
  const { keys, officers } = await recoverKeys(asked.from, shares);
  const to = installation.restored;
  try {
    await rm(to, { recursive: true, force: true });
    await restoreBackup({ ...rest, to, keys, officers: { name, passphrase, keys: officers }, onProgress: () => undefined });
    await installation.takeOver(to);
    await breakContinuity(installation.folder);
  } finally {
    await rm(to, { recursive: true, force: true });
  }
}

async function refuseFilled(to: string): Promise<void> {
  if (!existsSync(to)) return;
  if ((await readdir(to)).length > 0)
    throw new Failure(
      'restore.not-empty',
      `The folder ${to} is not empty. Nothing in it was changed; choose a new folder to restore into.`,
    );
}

/** Under this machine's keychain, or none: key store, slots, device keys. */
async function makeOwn(
  folder: string,
  { keys, keychain, officers, erased = [], clock }: RestoreOptions,
  device: Uint8Array,
): Promise<void> {
  const secret = (await keychainSecrets(keychain, true)).at(-1);
  const keyStore = await KeyStore.open(join(folder, 'keys.db'));
  try {
    const unlocked = await keyStore.recover(keys.store, officers?.keys.staff.seed ?? randomBytes(32));
    if (erased.length > 0) await unlocked.destroyCompartmentKeys(erased.map(fromHex));
    await unlocked.replaceSecret(secret);
    if (officers) {
      const { name: label, passphrase } = officers;
      await unlocked.addSlot({ label, passphrase, signingSeed: officers.keys.staff.seed });
      await putRecoveryKey(unlocked, officers.keys.agreement.secret, clock());
    }
    unlocked.lock();
  } finally {
    await keyStore.close();
  }
  const lock = secret ? { keychain: secret } : { half: deviceTierKey(keys.store.half) };
  await writeDeviceTier(join(folder, 'device.sealed'), decodeDeviceSecrets(device), lock);
}

/** Says on the folder what it was restored from, and takes out of it what was erased since. */
async function markRestored(
  folder: string,
  erased: readonly string[],
  restored: { backup: string; made: number; at: number },
): Promise<void> {
  const installation = await Installation.open(folder);
  try {
    if (erased.length > 0) {
      await installation.database.write((transaction) => eraseHandles(transaction, erased));
      await checkpointAfterErasure(installation.database);
    }
    // What was found on the old disk was of the old disk.
    await installation.remember({ restored: JSON.stringify(restored), 'disk-check': '' });
  } finally {
    await installation.close();
  }
}
