/** Reading a person's files in the page, in parts, so that a file of any size needs little memory. */

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

export const isReadable = ({ name }: File): boolean => READABLE.test(name);

export const isTable = ({ name }: Pick<File, 'name'>): boolean => TABLE.test(name);

/** The beginning of a table, to choose what its columns mean. */
export const sampleOf = (file: File): Promise<string> => file.slice(0, SAMPLE_BYTES).text();

const countLines = (text: string): number => text.split('\n').length - 1;

/** The path inside a chosen folder, or the bare name. */
const pathOf = (file: File): string => file.webkitRelativePath || file.name;

/**
 * The files' text in order. NDJSON is cut only between lines. The text is exactly what the bytes say: a file's
 * bytes from the part on that is no UTF-8 come as they are, instead of turning into other characters.
 */
export async function* readParts(files: readonly File[]): AsyncGenerator<FilePart> {
  let bytesBefore = 0;
  for (const [index, file] of files.entries()) {
    const finish = index === files.length - 1;
    let sent = { bytes: 0, line: 1 };
    try {
      for await (const part of readText(file)) {
        yield { ...part, bytesRead: bytesBefore + part.bytesRead, finish: finish && part.last };
        sent = { bytes: sent.bytes + new TextEncoder().encode(part.text).length, line: sent.line + countLines(part.text) };
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      for await (const part of readBytes(file, sent)) {
        yield { ...part, bytesRead: bytesBefore + part.bytesRead, finish: finish && part.last };
      }
    }
    bytesBefore += file.size;
  }
}

type PartOfFile = Omit<FilePart, 'finish'>;

/** @throws {TypeError} at bytes that are no UTF-8. */
async function* readText(file: File): AsyncGenerator<PartOfFile> {
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
      yield { file: pathOf(file), firstLine: line, text, bytesRead: bytes, last: done };
      line += countLines(text);
      held = held.slice(cut);
    }
    if (done) return;
  }
}

/** What is left of a file after the bytes that were `sent` as text. */
async function* readBytes(file: File, sent: { bytes: number; line: number }): AsyncGenerator<PartOfFile> {
  for (let at = sent.bytes; at < file.size; at += PART_LENGTH) {
    const bytes = new Uint8Array(await file.slice(at, at + PART_LENGTH).arrayBuffer());
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const bytesRead = at + bytes.length;
    yield { file: pathOf(file), firstLine: sent.line, text, base64: true, bytesRead, last: bytesRead === file.size };
  }
}

async function filesOfEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  for (;;) {
    // A folder is answered a hundred entries at a time, until an empty answer.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return found;
    for (const inner of entries) found.push(...(await filesOfEntry(inner)));
  }
}

/** All files that were dropped, those in dropped folders included. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(filesOfEntry))).flat();
}
