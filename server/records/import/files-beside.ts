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
import { type ExportedFile, exportedFile, MANIFEST_FILE } from '../../../shared/records/exported-files.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { sealPiece, type Upload, uploadRow } from '../attachments.ts';
import type { Placed } from './import-placing.ts';
import type { Refusal } from './import-rows.ts';

/** A manifest names a file in some hundred bytes. */
const LARGEST_MANIFEST = 64 * 1024 * 1024;

/** A file that lies beside its record. */
export interface FileBeside {
  readonly attachment: Attachment;
  readonly path: string;
}

export class FilesBeside {
  readonly #folder: string | undefined;
  #listed: Promise<ReadonlyMap<string, string>> | undefined;

  /** @param records path of the file with the records; undefined for a text that a page has read: it has nothing beside it */
  constructor(records: string | undefined) {
    this.#folder = records === undefined ? undefined : dirname(records);
  }

  /** The file that this record names, as long as it says; undefined when none lies here. Its bytes are not looked at. */
  async at(attachment: Attachment): Promise<FileBeside | undefined> {
    if (this.#folder === undefined) return undefined;
    const path = join(this.#folder, exportedFile(attachment));
    const found = await lstat(path).catch(() => undefined);
    return found?.isFile() && found.size === attachment.size ? { attachment, path } : undefined;
  }

  /** The files of those that name one; which of them have none is added to `doubts`. */
  async of(placed: readonly Placed[], doubts: Refusal[]): Promise<ReadonlyMap<Placed, FileBeside>> {
    const files = new Map<Placed, FileBeside>();
    for (const each of placed) {
      const attachment = attachmentIn(each.item.resourceType, each.content);
      if (!attachment) continue;
      const found = await this.at(attachment);
      const wrong = found ? await this.#faultOf(found) : notBeside();
      if (found && !wrong) files.set(each, found);
      else if (wrong) doubts.push(told(each, wrong));
    }
    return files;
  }

  /** Whether its bytes are those that were exported, as far as a manifest says. */
  async #faultOf({ attachment, path }: FileBeside): Promise<Failure | undefined> {
    this.#listed ??= listedIn(join(this.#folder ?? '', MANIFEST_FILE));
    const wanted = (await this.#listed).get(exportedFile(attachment));
    if (wanted === undefined) return undefined;
    const digest = createHash('sha256');
    try {
      for await (const part of createReadStream(path)) digest.update(part as Buffer);
    } catch (cause) {
      return notBeside(cause);
    }
    return digest.digest('hex') === wanted ? undefined : altered();
  }
}

/** The file that a record names in a chart. @param content JSON that the reader has accepted */
export const attachmentIn = (resourceType: string, content: Uint8Array): Attachment | undefined =>
  resourceType === 'DocumentReference' ? readAttachment(JSON.parse(fromUtf8(content))) : undefined;

/**
 * Takes a file in piece by piece, each sealed and durable before the next is read; whatever interrupts it, the pieces go away with the
 * unfinished files. @param handle of the record's compartment, whose key is loaded
 * @returns names of the pieces, to be released with the record, and the row to delete with it
 * @throws {Failure} `vault.key-missing`; storage failures, and what reading throws.
 */
export async function bringFile(
  context: VaultContext,
  patient: string,
  handle: Uint8Array,
  { attachment, path }: FileBeside,
): Promise<{ readonly pieces: readonly Uint8Array[]; readonly row: VaultRow }> {
  const { id, name, type, size } = attachment;
  const pieces: Uint8Array[] = [];
  const upload = { id, name, type, size, patient, title: name, handle: toHex(handle), modified: context.clock() };
  const remembered = async (): Promise<Upload> => ({ ...upload, pieces: pieces.map(toHex), at: await context.gateway.time() });
  for await (const content of createReadStream(path, { highWaterMark: ATTACHMENT_PIECE })) {
    const piece = sealPiece(context, { id, handle, index: pieces.length }, content as Buffer);
    pieces.push(piece.name);
    await context.gateway.commit({ documents: [{ ...piece, isHeld: true }], rows: [uploadRow(context, await remembered())] });
  }
  return { pieces, row: { ...uploadRow(context, await remembered()), sealed: null } };
}

/** SHA-256 of each file, hexadecimal, by its name. Nobody's word is taken for it: who signed a manifest `careledger verify` says. */
async function listedIn(path: string): Promise<ReadonlyMap<string, string>> {
  try {
    if ((await lstat(path)).size > LARGEST_MANIFEST) return new Map();
    const { statement } = JSON.parse(await readFile(path, 'utf8')) as { statement: string };
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
    'The file that this document names does not lie in “files” beside it, so it cannot be opened here. Import the folder of the export, with all that lies in it, by its path; in a browser use “careledger import”.',
    { cause },
  );

const altered = (): Failure =>
  new Failure(
    'attachment.altered',
    'The file beside this document has other bytes than were exported, so it was not taken in. Copy the export again from where it was made.',
  );
