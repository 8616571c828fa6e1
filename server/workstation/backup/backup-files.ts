/**
 * A backup on a disk: one folder, in which everything but the header is sealed under the backup's own key (docs/protocol.md, "Backups").
 *
 *     backup.json         which backup of which clinic; no secret, nobody's name but the clinic's
 *     contents.sealed     what there is and how much of it, and the device's keys: nonce[12] ‖ ciphertext ‖ tag[16], AAD = tag ‖ id ‖ H(backup.json)
 *     <name>-NNNNN.sealed eight mebibytes each of a database: the same form, AAD = tag ‖ id ‖ name<0..40> ‖ index u32 ‖ count u32
 *
 * Nothing is read before its tag holds. While it is being written the folder ends in `.partial`.
 */
import { createHash, type Hash as NodeHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { concat, fromHex, fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { encode, fixed, struct, text, u32 } from '../../../shared/encoding/codec.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { BACKUP_CONTENTS_TAG, BACKUP_SEGMENT_TAG } from '../../../shared/vault/vault-tags.ts';
import { syncFolder, writeFileDurably } from '../../storage/durable-file.ts';
import { storageFailure } from '../../storage/faults.ts';
import { openBox, sealBox } from '../../vault/boxes.ts';
import { type SealingKey, sha256 } from '../../vault/primitives.ts';

export const HEADER_FILE = 'backup.json';
export const CONTENTS_FILE = 'contents.sealed';
/** Only in backups of a clinic without a region: what the escrow of a hub would hold (shared/vault/recovery.ts). */
export const ESCROW_FILE = 'escrow.sealed';
const PARTIAL = '.partial';
const SEGMENT_BYTES = 8 * 2 ** 20;
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

export interface BackupFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal SHA-256 of the whole. */
  readonly sha256: string;
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
  readonly files: readonly BackupFile[];
  readonly counts: BackupCounts;
  /** Base64; see device-tier.ts. */
  readonly device: string;
  readonly program: string;
}

/** Bytes done of bytes to do. */
export type OnBytes = (bytes: number) => void;

const segmentPlace = struct({ id: fixed(16), name: text(40), index: u32, count: u32 });

const segmentFile = (name: string, index: number): string =>
  `${name.replace(/\.db$/, '')}-${String(index).padStart(5, '0')}.sealed`;
const segmentsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / SEGMENT_BYTES));
const segmentContext = (id: string, name: string, index: number, count: number): Uint8Array =>
  concat(BACKUP_SEGMENT_TAG, encode(segmentPlace, { id: fromHex(id), name, index, count }));
const contentsContext = (id: string, header: Uint8Array): Uint8Array => concat(BACKUP_CONTENTS_TAG, fromHex(id), sha256(header));

export const partialFolder = (folder: string): string => `${folder}${PARTIAL}`;

/** SHA-256 of a file, and how long it is. */
export async function fingerprint(path: string, name: string): Promise<BackupFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  await eachPiece(path, (piece) => {
    hash.update(piece);
    bytes += piece.length;
  });
  return { name, bytes, sha256: hash.digest('hex') };
}

/**
 * Seals `path` into the unfinished folder. Segments that are there already and open are kept: an interrupted backup goes on. The
 * caller answers for `path` being the same bytes as then.
 */
export async function sealFile(
  folder: string,
  { id, name, path, bytes }: { id: string; name: string; path: string; bytes: number },
  key: SealingKey,
  onBytes: OnBytes,
): Promise<void> {
  const count = segmentsOf(bytes);
  let index = 0;
  const seal = async (piece: Uint8Array): Promise<void> => {
    const context = segmentContext(id, name, index, count);
    const target = join(folder, segmentFile(name, index));
    if (!(await isSealed(target, key, context))) await writeFileDurably(target, sealBox(key, context, piece));
    index += 1;
    onBytes(piece.length);
  };
  await eachPiece(path, seal);
  if (index === 0) await seal(new Uint8Array(0));
}

async function isSealed(path: string, key: SealingKey, context: Uint8Array): Promise<boolean> {
  if (!existsSync(path)) return false;
  return openBox(key, context, await readFile(path)) !== undefined;
}

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
  const bytes = await readFile(path).catch((error: unknown) => {
    throw storageFailure(error, { path });
  });
  try {
    if (bytes.length > LARGEST_HEADER) throw altered(HEADER_FILE);
    const header = JSON.parse(fromUtf8(bytes)) as BackupHeader;
    const isForm =
      header.careledger === 'backup/1' &&
      /^[0-9a-f]{32}$/.test(header.id) &&
      Number.isSafeInteger(header.made) &&
      typeof header.founding === 'string';
    if (!isForm) throw altered(HEADER_FILE);
    return { header, bytes };
  } catch (cause) {
    throw altered(HEADER_FILE, cause);
  }
}

/** @throws {Failure} `backup.file-missing`, `backup.file-altered`: also when `key` is another backup's. */
export async function readContents(folder: string, key: SealingKey): Promise<{ header: BackupHeader; contents: BackupContents }> {
  const { header, bytes } = await readHeader(folder);
  const sealed = await readPart(folder, CONTENTS_FILE);
  const opened = openBox(key, contentsContext(header.id, bytes), sealed);
  if (!opened) throw altered(`${HEADER_FILE} or ${CONTENTS_FILE}`);
  return { header, contents: JSON.parse(fromUtf8(opened)) as BackupContents };
}

/** Opens one database of the backup into `path`; each segment is believed by its tag, the whole by its hash. */
export async function openFile(
  folder: string,
  id: string,
  { name, bytes, sha256: wanted }: BackupFile,
  key: SealingKey,
  path: string,
  onBytes: OnBytes,
): Promise<void> {
  const count = segmentsOf(bytes);
  const hash: NodeHash = createHash('sha256');
  const out = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw storageFailure(error, { path });
  });
  try {
    for (let index = 0; index < count; index++) {
      const file = segmentFile(name, index);
      const piece = openBox(key, segmentContext(id, name, index, count), await readPart(folder, file));
      if (!piece) throw altered(file);
      hash.update(piece);
      await out.writeFile(piece);
      onBytes(piece.length);
    }
    await out.sync();
  } catch (error) {
    throw storageFailure(error, { path });
  } finally {
    await out.close();
  }
  if (hash.digest('hex') !== wanted) throw altered(name);
}

async function readPart(folder: string, file: string): Promise<Uint8Array> {
  const path = join(folder, file);
  if (!existsSync(path)) {
    throw new Failure(
      'backup.file-missing',
      `The file ${file} of this backup is missing. Use another backup, or copy this one again.`,
      {
        details: { file },
      },
    );
  }
  return readFile(path).catch((error: unknown) => {
    throw storageFailure(error, { path });
  });
}

async function eachPiece(path: string, use: (piece: Uint8Array) => Promise<void> | void): Promise<void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw storageFailure(error, { path });
  });
  try {
    const memory = new Uint8Array(SEGMENT_BYTES);
    for (;;) {
      const length = await fill(file, memory);
      if (length === 0) return;
      await use(memory.subarray(0, length));
    }
  } finally {
    await file.close();
  }
}

async function fill(file: FileHandle, memory: Uint8Array): Promise<number> {
  let length = 0;
  while (length < memory.length) {
    const { bytesRead } = await file.read(memory, length, memory.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

/** Makes the unfinished folder, or finds it again. */
export async function beginFolder(folder: string): Promise<string> {
  const partial = partialFolder(folder);
  await mkdir(partial, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageFailure(error, { path: partial });
  });
  return partial;
}

function altered(file: string, cause?: unknown): Failure {
  return new Failure(
    'backup.file-altered',
    `The file ${file} of this backup was altered, cut short, or is of another backup. Nothing of it was used; take another backup.`,
    { details: { file }, cause },
  );
}

function unfinished(folder: string): Failure {
  return new Failure('backup.unfinished', `The backup ${folder} was never finished. Take an earlier one, or make it again.`);
}
