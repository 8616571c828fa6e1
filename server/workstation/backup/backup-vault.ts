/** The vault's part in backups: it alone has the recovery key's secret, and what opens a document. */
import { equalBytes, fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { decodeStoreSecrets, encodeStoreSecrets } from '../../../shared/vault/recovery.ts';
import { encodeShare, encodeSigned, openSigned } from '../../../shared/vault/recovery-share.ts';
import { shareText, typedLines } from '../../../shared/vault/share-text.ts';
import { RECOVERY_BACKUP_TAG, RECOVERY_STORE_TAG } from '../../../shared/vault/vault-tags.ts';
import { type DrillCertificate, drillMessage } from '../../../shared/workstation/drill.ts';
import { ownClinicKey } from '../../sync/clinic-mail/clinic-key-book.ts';
import { NO_TAG } from '../../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { rowsOfKeys } from '../../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { type AgreementKey, sign, verifySignature } from '../../vault/primitives.ts';
import {
  beginRecoveryKey,
  currentRecoveryKey,
  openWithRecoveryKey,
  recoveryKeyOf,
  sealToRecoveryKey,
  settleRecoveryKey,
} from '../../vault/recovery-key.ts';
import { makeRecoverySet } from '../../vault/recovery-shares.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import type { VaultSession } from '../vault-process/vault-session.ts';
import type { RecoveryKit, RecoverySeal, SealedBackupKeys } from './backup-list.ts';
import { type BackupKeys, type BackupReport, checkBackup } from './open-backup.ts';

/** One backup, and what opens it once the vault has opened that. */
export interface BackupToOpen {
  readonly id: string;
  readonly folder: string;
  readonly chain: Uint8Array;
  readonly keys: SealedBackupKeys;
}

export type DrillSignatures = Omit<DrillCertificate, 'careledger' | 'report' | 'founding'>;

const KIT = 'recovery';

/** Seals what opens this key store to the clinic's newest recovery key, so that the device tier can back it up while locked. */
export async function sealForRecovery({ keyStore, chain, clock, rows, reader }: VaultContext): Promise<RecoverySeal> {
  const [row] = await rowsOfKeys(reader, KIT, [rows.name(KIT)]);
  const kit = row && (JSON.parse(fromUtf8(rows.open(KIT, row))) as RecoveryKit);
  const inForce = kit && openSigned(verifySignature, Buffer.from(kit.statement, 'base64')).statement.recoveryKey;
  await settleRecoveryKey(keyStore, inForce, clock());
  const { publicKey } = await currentRecoveryKey(keyStore, clock());
  const { box, secretId } = keyStore.sealForRecovery(publicKey, chain);
  // After a restore the newest key may be that of a later set than the row's.
  const isOfKey = inForce && equalBytes(inForce, publicKey);
  return { publicKey: toHex(publicKey), store: toBase64(box), secretId: toHex(secretId), kit: isOfKey ? kit : undefined };
}

/** One officer's sheet: shown and printed once, and kept nowhere. */
export interface RecoverySheet {
  readonly holder: string;
  readonly index: number;
  /** For the QR code. */
  readonly text: string;
  readonly lines: readonly string[];
}

export interface RecoveryRequest {
  readonly holders: readonly string[];
  readonly threshold: number;
  readonly passphrase: string;
}

/**
 * A new recovery key, in shares. The earlier set is worth nothing from then on: what was sealed to its key is sealed to this one
 * (`resealBackups`), and the ledger takes nothing more from its staff key.
 * @throws {Failure} `recovery.not-administrator`, `recovery.own-key-first`, `recovery.set-size`, `recovery.holders`; as an unlock does when the passphrase is wrong.
 */
export async function makeRecovery(session: VaultSession, request: RecoveryRequest): Promise<readonly RecoverySheet[]> {
  const { context, staff } = session;
  if (context.staff.role !== 'administrator')
    throw new Failure('recovery.not-administrator', 'Only an administrator gives out recovery shares.');
  await staff.refuseOfficers();
  const holders = request.holders.map((holder) => holder.trim());
  await context.keyStore.confirm(request.passphrase);
  await context.keyStore.secondFactor.requireShown({
    act: 'make-recovery',
    about: [String(request.threshold), ...holders],
  });
  const key = await ownClinicKey(context);
  const made = await makeRecoverySet(holders, request.threshold, { chain: context.chain, key, now: context.clock() });
  const kit: RecoveryKit = {
    statement: toBase64(encodeSigned(made.signed)),
    reader: toHex(made.keys.escrow.publicKey),
    holders,
    threshold: request.threshold,
    made: made.statement.made,
  };
  const { rows } = context;
  const row = rows.seal(KIT, rows.name(KIT), NO_TAG, utf8(JSON.stringify(kit)));
  await beginRecoveryKey(context.keyStore, made.keys.agreement);
  await staff.enrolOfficers(made.keys.staff.publicKey, `${request.threshold} of ${holders.length} recovery officers`, row);
  await settleRecoveryKey(context.keyStore, made.keys.agreement.publicKey, context.clock());
  return made.shares.map((share) => ({
    holder: share.holder,
    index: share.index,
    text: shareText(encodeShare(share)),
    lines: typedLines(hashParts, { set: share.statement.set, index: share.index, value: share.value }),
  }));
}

/** The keys of these backups, sealed to the newest recovery key; earlier recovery keys are destroyed after that (`forgetRecoveryKeys`). */
export async function resealBackups(
  { keyStore, chain, clock }: VaultContext,
  backups: ReadonlyArray<{ id: string; keys: SealedBackupKeys }>,
): Promise<ReadonlyArray<{ id: string; keys: SealedBackupKeys }>> {
  const { publicKey } = await currentRecoveryKey(keyStore, clock());
  const to = toHex(publicKey);
  const resealed: Array<{ id: string; keys: SealedBackupKeys }> = [];
  for (const { id, keys } of backups) {
    const opened = await openBackupKeys(keyStore, { id, chain, keys }).catch(() => undefined);
    // One that does not open now never will: it is not carried on.
    if (!opened) continue;
    const key = toBase64(sealToRecoveryKey(publicKey, RECOVERY_BACKUP_TAG, fromHex(id), opened.key));
    const store = toBase64(sealToRecoveryKey(publicKey, RECOVERY_STORE_TAG, chain, encodeStoreSecrets(opened.store)));
    resealed.push({ id, keys: { to, key, store } });
  }
  return resealed;
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

/** Signs a drill's report, by who is signed in and by the clinic. */
export async function certifyDrill(context: VaultContext, report: string): Promise<DrillSignatures> {
  const { keyStore, chain } = context;
  const message = drillMessage(chain, report);
  const clinic = await ownClinicKey(context);
  return {
    clinicKey: toHex(clinic.publicKey),
    clinicSignature: toBase64(sign(clinic, message)),
    staff: toHex(keyStore.staff),
    staffSignature: toBase64(sign(keyStore.signingKey, message)),
  };
}
