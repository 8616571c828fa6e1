/**
 * A large file sealed in segments, inside a folder of a backup: eight mebibytes each, nonce[12] ‖ ciphertext ‖ tag[16], AAD = tag ‖ id ‖
 * name<0..40> ‖ index u32 ‖ count u32. Nothing is read before its tag holds.
 */
import { createHash, type Hash as NodeHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { concat, fromHex } from '../../shared/encoding/bytes.ts';
import { encode, fixed, struct, text, u32 } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { BACKUP_SEGMENT_TAG } from '../../shared/vault/vault-tags.ts';
import { writeFileDurably } from '../storage/durable-file.ts';
import { storageFailure } from '../storage/faults.ts';
import { NoRegularFile, readRegularFile } from '../storage/regular-file.ts';
import { openBox, sealBox } from './boxes.ts';
import type { SealingKey } from './primitives.ts';

const SEGMENT_BYTES = 8 * 2 ** 20;
/** Bytes of one file of a backup: a sealed segment, or what lists them. */
const MOST_PART = 8 * SEGMENT_BYTES;

export interface SealedFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal SHA-256 of the whole. */
  readonly sha256: string;
}

interface FileInBackup extends SealedFile {
  /** Of the backup, hexadecimal. */
  readonly id: string;
  /** Where it lies unsealed. */
  readonly path: string;
}

/** Bytes done of bytes to do. */
export type OnBytes = (bytes: number) => void;

const segmentPlace = struct({ id: fixed(16), name: text(40), index: u32, count: u32 });

const segmentFile = (name: string, index: number): string =>
  `${name.replace(/\.db$/, '')}-${String(index).padStart(5, '0')}.sealed`;
const segmentsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / SEGMENT_BYTES));
const segmentContext = (id: string, name: string, index: number, count: number): Uint8Array =>
  concat(BACKUP_SEGMENT_TAG, encode(segmentPlace, { id: fromHex(id), name, index, count }));

/** SHA-256 of a file, and how long it is. */
export async function fingerprint(path: string, name: string): Promise<SealedFile> {
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
  { id, name, path, bytes }: Omit<FileInBackup, 'sha256'>,
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
  // What cannot be read is written anew.
  const bytes = await readRegularFile(path, MOST_PART, { links: 'followed' }).catch(() => undefined);
  return bytes !== undefined && openBox(key, context, bytes) !== undefined;
}

/** Opens one file of the backup in `folder` into its `path`; each segment is believed by its tag, the whole by its hash. */
export async function openFile(
  folder: string,
  { id, name, path, bytes, sha256: wanted }: FileInBackup,
  key: SealingKey,
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
      if (!piece) throw alteredFile(file);
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
  if (hash.digest('hex') !== wanted) throw alteredFile(name);
}

/** @throws {Failure} `backup.file-missing`, `backup.file-altered` for what is no file or longer than any of a backup. */
export async function readPart(folder: string, file: string): Promise<Uint8Array> {
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
  const bytes = await readRegularFile(path, MOST_PART, { links: 'followed' }).catch((error: unknown) => {
    throw error instanceof NoRegularFile ? alteredFile(file, error) : storageFailure(error, { path });
  });
  if (bytes.length > MOST_PART) throw alteredFile(file);
  return bytes;
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

/** What a file of a backup is that does not open. */
export function alteredFile(file: string, cause?: unknown): Failure {
  return new Failure(
    'backup.file-altered',
    `The file ${file} of this backup was altered, cut short, or is of another backup. Nothing of it was used; take another backup.`,
    { details: { file }, cause },
  );
}
