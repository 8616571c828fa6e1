/**
 * A backup on a disk: one folder, in which everything but the header is sealed under the backup's own key (docs/protocol.md, "Backups").
 *
 *     backup.json         which backup of which clinic; no secret, nobody's name but the clinic's
 *     contents.sealed     what there is and how much of it, and the device's keys: nonce[12] ‖ ciphertext ‖ tag[16], AAD = tag ‖ id ‖ H(backup.json)
 *     <name>-NNNNN.sealed eight mebibytes each of a database: server/vault/sealed-files.ts
 *
 * Nothing is read before its tag holds. While it is being written the folder ends in `.partial`.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { concat, fromHex, fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { BACKUP_CONTENTS_TAG } from '../../../shared/vault/vault-tags.ts';
import { syncFolder, writeFileDurably } from '../../storage/durable-file.ts';
import { storageFailure } from '../../storage/faults.ts';
import { NoRegularFile, readRegularFile } from '../../storage/regular-file.ts';
import { openBox, sealBox } from '../../vault/boxes.ts';
import { type SealingKey, sha256 } from '../../vault/primitives.ts';
import { alteredFile, readPart, type SealedFile } from '../../vault/sealed-files.ts';

const HEADER_FILE = 'backup.json';
const CONTENTS_FILE = 'contents.sealed';
/** Only in backups of a clinic without a region: what the escrow of a hub would hold (shared/vault/recovery.ts). */
export const ESCROW_FILE = 'escrow.sealed';
const PARTIAL = '.partial';
const LARGEST_HEADER = 100_000;

/** The databases of a backup, in the order in which they are copied: a key is durable before anything is sealed under it. */
export const BACKED_UP = ['clinic.db', 'keys.db'] as const;

export interface BackupHeader {
  readonly careledger: 'backup/1';
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  /** Founding statement of the clinic, base64; its hash is the chain. */
  readonly founding: string;
  readonly device: string;
  /** The clinic's signing key then, hexadecimal: since its founding it may have changed. */
  readonly clinicKey?: string | undefined;
  /** Clinic keys before that one: recovery shares from then are still good. */
  readonly earlierClinicKeys?: readonly string[] | undefined;
  /** Base64: the signed statement of the recovery shares of that time; see shared/vault/recovery-share.ts. */
  readonly statement?: string | undefined;
  /** Where the escrow of its key lies; absent from a clinic without a region. */
  readonly hub?: { readonly address: string; readonly authority: string; readonly region: string } | undefined;
}

/** How much a backup holds. */
export interface BackupCounts {
  readonly blocks: number;
  readonly ownBlocks: number;
  readonly documents: number;
  readonly vaultRows: number;
  readonly keys: number;
  readonly people: number;
}

export interface BackupContents {
  readonly files: readonly SealedFile[];
  readonly counts: BackupCounts;
  /** Base64; see device-tier.ts. */
  readonly device: string;
  readonly program: string;
}

const contentsContext = (id: string, header: Uint8Array): Uint8Array => concat(BACKUP_CONTENTS_TAG, fromHex(id), sha256(header));

export const partialFolder = (folder: string): string => `${folder}${PARTIAL}`;

/** The last step: header and contents, then the name without `.partial`. Durable when it resolves. */
export async function finishBackup(
  folder: string,
  header: BackupHeader,
  contents: BackupContents,
  key: SealingKey,
): Promise<void> {
  const partial = partialFolder(folder);
  const headerBytes = utf8(`${JSON.stringify(header, null, 1)}\n`);
  const context = contentsContext(header.id, headerBytes);
  await writeFileDurably(join(partial, HEADER_FILE), headerBytes);
  await writeFileDurably(join(partial, CONTENTS_FILE), sealBox(key, context, utf8(JSON.stringify(contents))));
  await rename(partial, folder).catch((error: unknown) => {
    throw storageFailure(error, { path: folder });
  });
  await syncFolder(dirname(folder));
}

/** Anybody can read it; it is believed only once the contents have opened with it. @throws {Failure} `backup.none`, `backup.unfinished`, `backup.file-altered`. */
export async function readHeader(folder: string): Promise<{ header: BackupHeader; bytes: Uint8Array }> {
  if (folder.endsWith(PARTIAL)) throw unfinished(folder);
  const path = join(folder, HEADER_FILE);
  if (!existsSync(path)) {
    if (existsSync(partialFolder(folder))) throw unfinished(folder);
    throw new Failure(
      'backup.none',
      `There is no backup in ${folder}. Name the folder of one backup: it holds a file ${HEADER_FILE}.`,
    );
  }
  const bytes = await readRegularFile(path, LARGEST_HEADER, { links: 'followed' }).catch((error: unknown) => {
    throw error instanceof NoRegularFile ? alteredFile(HEADER_FILE, error) : storageFailure(error, { path });
  });
  try {
    if (bytes.length > LARGEST_HEADER) throw alteredFile(HEADER_FILE);
    const header = JSON.parse(fromUtf8(bytes)) as BackupHeader;
    const isForm =
      header.careledger === 'backup/1' &&
      /^[0-9a-f]{32}$/.test(header.id) &&
      Number.isSafeInteger(header.made) &&
      typeof header.founding === 'string';
    if (!isForm) throw alteredFile(HEADER_FILE);
    return { header, bytes };
  } catch (cause) {
    throw alteredFile(HEADER_FILE, cause);
  }
}

/** @throws {Failure} `backup.file-missing`, `backup.file-altered`: also when `key` is another backup's. */
export async function readContents(folder: string, key: SealingKey): Promise<{ header: BackupHeader; contents: BackupContents }> {
  const { header, bytes } = await readHeader(folder);
  const sealed = await readPart(folder, CONTENTS_FILE);
  const opened = openBox(key, contentsContext(header.id, bytes), sealed);
  if (!opened) throw alteredFile(`${HEADER_FILE} or ${CONTENTS_FILE}`);
  return { header, contents: JSON.parse(fromUtf8(opened)) as BackupContents };
}

/** Makes the unfinished folder, or finds it again. */
export async function beginFolder(folder: string): Promise<string> {
  const partial = partialFolder(folder);
  await mkdir(partial, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageFailure(error, { path: partial });
  });
  return partial;
}

function unfinished(folder: string): Failure {
  return new Failure('backup.unfinished', `The backup ${folder} was never finished. Take an earlier one, or make it again.`);
}
