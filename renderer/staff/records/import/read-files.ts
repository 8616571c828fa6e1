/** Reading a person's files in the page, in parts, so that a file of any size needs little memory. */
import { foreignLine, MAX_TABLE_BYTES } from '../../../../shared/csv/csv-encoding.ts';
import { ATTACHMENT_PIECE, MOST_ATTACHMENT, piecesOf } from '../../../../shared/records/attachment.ts';
import { isExportedFile } from '../../../../shared/records/exported-files.ts';
import { base64Of } from '../../../parts/base64.ts';

/** A file that was chosen or dropped. */
export interface PickedFile {
  /** Inside the folder that was chosen, with `/`, or the bare name. */
  readonly path: string;
  readonly file: File;
}

/** What an import makes of the files that were chosen. */
interface SortedFiles {
  /** Their text is read. */
  readonly readable: PickedFile[];
  /** Files of charts in an export, which go along with their records. */
  readonly beside: PickedFile[];
  /** How many are neither. */
  readonly ignored: number;
}

/** A table that is looked at before it is imported. */
export interface CsvSample {
  readonly file: string;
  /** Its beginning in base64, or null where the service reads it from the disk. */
  readonly data: string | null;
  /** Its first line that is no UTF-8, as far as the page has read it. */
  readonly foreignLine: number | undefined;
}

/** A piece of a chart's file; base64. */
interface FilePiece {
  readonly file: string;
  /** Of the whole file, bytes. */
  readonly size: number;
  readonly index: number;
  readonly data: string;
}

export interface FilePart {
  readonly file: string;
  /** Line of the file, from 1, with which `text` begins. */
  readonly firstLine: number;
  readonly text: string;
  /** `text` is the bytes in base64: they are no UTF-8, and the service shall say where. */
  readonly base64?: boolean;
  /** Bytes of all files read until here. */
  readonly bytesRead: number;
  readonly last: boolean;
  /** The last part of the last file. */
  readonly finish: boolean;
}

/** A part is sent when it has this many characters, or at the file's end. */
const PART_LENGTH = 512 * 1024;
const READABLE = /\.(json|ndjson|jsonl|hl7|xml|csv)$/i;
const TABLE = /\.csv$/i;
/** So much of a table is shown before it is imported. */
const SAMPLE_BYTES = 64 * 1024;

export function sortFiles(picked: readonly PickedFile[]): SortedFiles {
  const places = new Set(picked.map(({ path }) => path));
  const isBeside = ({ path }: PickedFile): boolean => isExportedFile(path, (place) => places.has(place));
  const readable = picked.filter((each) => READABLE.test(each.file.name) && !isBeside(each));
  const beside = picked.filter(isBeside);
  return { readable, beside, ignored: picked.length - readable.length - beside.length };
}

export const isTable = ({ name }: Pick<File, 'name'>): boolean => TABLE.test(name);

/** What is looked at of a table to choose what its columns mean. */
export async function sampleOf(file: File): Promise<CsvSample> {
  const data = await base64Of(file.slice(0, SAMPLE_BYTES));
  const isWhole = file.size <= MAX_TABLE_BYTES;
  const line = isWhole ? foreignLine(new Uint8Array(await file.arrayBuffer())) : undefined;
  return { file: file.name, data, foreignLine: line };
}

const countLines = (text: string): number => text.split('\n').length - 1;

/** What a browser's picker gave. */
export const chosenFiles = (files: Iterable<File>): PickedFile[] =>
  Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));

/**
 * The files' text in order. NDJSON is cut only between lines. The text is exactly what the bytes say: a file's
 * bytes from the part on that is no UTF-8 come as they are, instead of turning into other characters.
 */
export async function* readParts(files: readonly PickedFile[]): AsyncGenerator<FilePart> {
  let bytesBefore = 0;
  for (const [index, picked] of files.entries()) {
    const finish = index === files.length - 1;
    let sent = { bytes: 0, line: 1 };
    try {
      for await (const part of readText(picked)) {
        yield { ...part, bytesRead: bytesBefore + part.bytesRead, finish: finish && part.last };
        sent = { bytes: sent.bytes + new TextEncoder().encode(part.text).length, line: sent.line + countLines(part.text) };
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      for await (const part of readBytes(picked, sent)) {
        yield { ...part, bytesRead: bytesBefore + part.bytesRead, finish: finish && part.last };
      }
    }
    bytesBefore += picked.file.size;
  }
}

type PartOfFile = Omit<FilePart, 'finish'>;

/** @throws {TypeError} at bytes that are no UTF-8. */
async function* readText({ path, file }: PickedFile): AsyncGenerator<PartOfFile> {
  const atLines = !/\.(?:json|xml)$/i.test(file.name);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const reader = file.stream().getReader();
  let held = '';
  let line = 1;
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read();
    held += done ? decoder.decode() : decoder.decode(value, { stream: true });
    bytes += value?.length ?? 0;
    const cut = done ? held.length : atLines ? held.lastIndexOf('\n') + 1 : held.length;
    if (done || (held.length >= PART_LENGTH && cut > 0)) {
      const text = held.slice(0, cut);
      yield { file: path, firstLine: line, text, bytesRead: bytes, last: done };
      line += countLines(text);
      held = held.slice(cut);
    }
    if (done) return;
  }
}

/** What is left of a file after the bytes that were `sent` as text. */
async function* readBytes({ path, file }: PickedFile, sent: { bytes: number; line: number }): AsyncGenerator<PartOfFile> {
  for (let at = sent.bytes; at < file.size; at += PART_LENGTH) {
    const part = file.slice(at, at + PART_LENGTH);
    const text = await base64Of(part);
    const bytesRead = at + part.size;
    yield { file: path, firstLine: sent.line, text, base64: true, bytesRead, last: bytesRead === file.size };
  }
}

/** Chart files piece by piece; one without a byte, or larger than a chart takes, is left out and missed by its record. */
export async function* readPieces(files: readonly PickedFile[]): AsyncGenerator<FilePiece> {
  for (const { path, file } of files) {
    const isFit = file.size > 0 && file.size <= MOST_ATTACHMENT;
    for (let index = 0; isFit && index < piecesOf(file.size); index += 1) {
      const data = await base64Of(file.slice(index * ATTACHMENT_PIECE, (index + 1) * ATTACHMENT_PIECE));
      yield { file: path, size: file.size, index, data };
    }
  }
}

async function filesOfEntry(entry: FileSystemEntry): Promise<PickedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: PickedFile[] = [];
  for (;;) {
    // A folder is answered a hundred entries at a time, until an empty answer.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const inner of entries) found.push(...(await filesOfEntry(inner)));
  }
}

/** All files that were dropped, those in dropped folders included. */
export async function droppedFiles(transfer: DataTransfer): Promise<PickedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}
