/**
 * Files of charts as an export lays them beside its records (`server/fhir-api/export-folder.ts`): what an import finds of them, held against
 * the export's manifest, and takes in with the record that names them.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fromUtf8, toHex } from '../../../shared/encoding/bytes.ts';
import { within } from '../../../shared/fhir/source-places.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { ATTACHMENT_PIECE, type Attachment, readAttachment } from '../../../shared/records/attachment.ts';
import { type ExportedFile, exportedFile, isExportedFile, MANIFEST_FILE } from '../../../shared/records/exported-files.ts';
import type { FoundFiles } from '../../fhir/import-files.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { sealPiece, type Upload, uploadRow } from '../attachments.ts';
import type { Placed } from './import-placing.ts';
import type { Refusal } from './import-rows.ts';
import type { Arrived } from './import-texts.ts';

/** A manifest names a file in some hundred bytes. */
const LARGEST_MANIFEST = 64 * 1024 * 1024;

/** The folder in which a file with records lies: on this computer's disk, or as a page handed it over. Places are below it, with `/`. */
interface FolderBeside {
  /** Bytes of a file; undefined where there is none. */
  sizeOf(place: string): Promise<number | undefined>;
  /** In pieces of `ATTACHMENT_PIECE`. */
  read(place: string): AsyncIterable<Uint8Array>;
  /** Undefined where the export's manifest is not there, or too large to be one. */
  manifest(): Promise<Uint8Array | undefined>;
}

/** @param records path of the file with the records */
export function folderOnDisk(records: string): FolderBeside {
  const folder = dirname(records);
  const sizeOf = async (place: string): Promise<number | undefined> => {
    const found = await lstat(join(folder, place)).catch(() => undefined);
    return found?.isFile() ? found.size : undefined;
  };
  return {
    sizeOf,
    read: (place) => createReadStream(join(folder, place), { highWaterMark: ATTACHMENT_PIECE }),
    manifest: async () =>
      ((await sizeOf(MANIFEST_FILE)) ?? Number.POSITIVE_INFINITY) <= LARGEST_MANIFEST
        ? await readFile(join(folder, MANIFEST_FILE))
        : undefined,
  };
}

/** @param records the file with the records, below the folder that was chosen in the page, with `/` */
export function folderHandedOver(records: string, { texts, files }: Arrived): FolderBeside {
  const above = records.slice(0, records.lastIndexOf('/') + 1);
  return {
    sizeOf: async (place) => files.sizeOf(above + place),
    read: (place) => files.read(above + place),
    manifest: async () => texts.get(above + MANIFEST_FILE),
  };
}

/** A file that lies beside its record. */
export interface FileBeside {
  readonly attachment: Attachment;
  /** Below the folder with the records, with `/`. */
  readonly place: string;
  readonly folder: FolderBeside;
}

/** How much of a file of a chart is here. */
export interface FileProgress {
  /** Below the folder with the records, with `/`. */
  readonly file: string;
  readonly bytes: number;
  /** Of the whole file, bytes. */
  readonly size: number;
}

export class FilesBeside {
  readonly #folder: FolderBeside;
  /** What is wrong with files that were read once, by their places. */
  readonly #faults = new Map<string, Promise<Failure | undefined>>();
  #listed: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(folder: FolderBeside) {
    this.#folder = folder;
  }

  /** The file that this record names, as long as it says; undefined when none lies here. Its bytes are not looked at. */
  async at(attachment: Attachment): Promise<FileBeside | undefined> {
    const place = exportedFile(attachment);
    const size = await this.#folder.sizeOf(place);
    return size === attachment.size ? { attachment, place, folder: this.#folder } : undefined;
  }

  /** The files of those that name one; which of them have none is added to `doubts`. */
  async of(placed: readonly Placed[], doubts: Refusal[]): Promise<ReadonlyMap<Placed, FileBeside>> {
    const files = new Map<Placed, FileBeside>();
    for (const each of placed) {
      const attachment = attachmentIn(each.item.resourceType, each.content);
      if (!attachment) continue;
      const found = await this.at(attachment);
      const wrong = found ? await this.#faultOnce(found) : notBeside();
      if (found && !wrong) files.set(each, found);
      else if (wrong) doubts.push(told(each, wrong));
    }
    return files;
  }

  #faultOnce(found: FileBeside): Promise<Failure | undefined> {
    const fault = this.#faults.get(found.place) ?? this.#faultOf(found);
    this.#faults.set(found.place, fault);
    return fault;
  }

  /** Whether its bytes are those that were exported, as far as a manifest says. */
  async #faultOf({ place, folder }: FileBeside): Promise<Failure | undefined> {
    this.#listed ??= listedIn(folder);
    const wanted = (await this.#listed).get(place);
    if (wanted === undefined) return undefined;
    const digest = createHash('sha256');
    try {
      for await (const part of folder.read(place)) digest.update(part);
    } catch (cause) {
      return notBeside(cause);
    }
    return digest.digest('hex') === wanted ? undefined : altered();
  }
}

/** Files of charts in an export go along with their records: they are neither read nor listed. */
export function withoutChartFiles({ files, ignored }: FoundFiles): FoundFiles {
  const places = new Set([...files.map(({ file }) => file), ...ignored]);
  const isOwn = (file: string): boolean => !isExportedFile(file, (place) => places.has(place));
  return { files: files.filter(({ file }) => isOwn(file)), ignored: ignored.filter(isOwn) };
}

/** The file that a record names in a chart. @param content JSON that the reader has accepted */
export const attachmentIn = (resourceType: string, content: Uint8Array): Attachment | undefined =>
  resourceType === 'DocumentReference' ? readAttachment(JSON.parse(fromUtf8(content))) : undefined;

/**
 * Takes a file in piece by piece, each sealed and durable before the next is read; whatever interrupts it, the pieces go away with the
 * unfinished files. @param handle of the record's compartment, whose key is loaded
 * @param onPiece told of each piece
 * @returns names of the pieces, to be released with the record, and the row to delete with it
 * @throws {Failure} `vault.key-missing`; storage failures, and what reading throws.
 */
export async function bringFile(
  context: VaultContext,
  patient: string,
  handle: Uint8Array,
  { attachment, place, folder }: FileBeside,
  onPiece: (progress: FileProgress) => void = () => undefined,
): Promise<{ readonly pieces: readonly Uint8Array[]; readonly row: VaultRow }> {
  const { id, name, type, size } = attachment;
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const upload = { id, name, type, size, patient, title: name, handle: toHex(handle), modified: context.clock() };
  const remembered = async (): Promise<Upload> => ({ ...upload, pieces: pieces.map(toHex), at: await context.gateway.time() });
  for await (const content of folder.read(place)) {
    const piece = sealPiece(context, { id, handle, index: pieces.length }, content);
    pieces.push(piece.name);
    await context.gateway.commit({ documents: [{ ...piece, isHeld: true }], rows: [uploadRow(context, await remembered())] });
    bytes += content.length;
    onPiece({ file: place, bytes, size });
  }
  return { pieces, row: { ...uploadRow(context, await remembered()), sealed: null } };
}

/** SHA-256 of each file, hexadecimal, by its name. Nobody's word is taken for it: who signed a manifest `careledger verify` says. */
async function listedIn(folder: FolderBeside): Promise<ReadonlyMap<string, string>> {
  try {
    const text = await folder.manifest();
    if (!text) return new Map();
    const { statement } = JSON.parse(fromUtf8(text)) as { statement: string };
    const { files } = JSON.parse(statement) as { files: readonly ExportedFile[] };
    return new Map(files.map(({ name, sha256 }) => [name, sha256]));
  } catch {
    return new Map();
  }
}

function told({ item: { file, line, path } }: Placed, { code, message }: Failure): Refusal {
  return { file, line, path: within(path, 'content[0].attachment'), code, message };
}

const notBeside = (cause?: unknown): Failure =>
  new Failure(
    'attachment.not-beside',
    'The file that this document names does not lie in “files” beside it, so it cannot be opened here. Import the whole folder of the export, with all that lies in it.',
    { cause },
  );

const altered = (): Failure =>
  new Failure(
    'attachment.altered',
    'The file beside this document has other bytes than were exported, so it was not taken in. Copy the export again from where it was made.',
  );
