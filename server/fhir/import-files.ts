/** Finds FHIR files on disk and streams what they hold; the taking apart is shared/fhir/import-source.ts. */
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { readSource, type SourceFormat, type SourceItem, type SourceOptions } from '../../shared/fhir/import-source.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { NoRegularFile, openRegularFile } from '../storage/regular-file.ts';

export interface FoundFile {
  readonly absolutePath: string;
  /** As reports name it: relative to the chosen folder, with forward slashes. */
  readonly file: string;
  readonly format: SourceFormat;
  /** In bytes, for a progress bar. */
  readonly size: number;
}

export interface FoundFiles {
  /** In an order that is the same at each call on the same folder. */
  readonly files: readonly FoundFile[];
  /** Files in a chosen folder that are none of these by their name: not read. */
  readonly ignored: readonly string[];
}

const FORMATS: Readonly<Record<string, SourceFormat>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.hl7': 'hl7',
  '.xml': 'cda',
  '.csv': 'csv',
};
const CHUNK = 256 * 1024;
const DEEPEST_FOLDER = 16;

/**
 * The FHIR files among `paths` (files and folders, folders with what lies in them). Links are not followed inside folders.
 * @throws {Failure} `fhir.path-missing`, `fhir.path-no-file`, or `fhir.file-kind` for a file named outright that is neither .json nor .ndjson.
 */
export async function findImportFiles(paths: readonly string[]): Promise<FoundFiles> {
  const files: FoundFile[] = [];
  const ignored: string[] = [];
  for (const path of paths) {
    const facts = await stat(path).catch((cause) => {
      throw new Failure('fhir.path-missing', `There is nothing to read at ${path}. Check the name.`, { cause });
    });
    if (facts.isDirectory()) await walk(path, path, 0, files, ignored);
    else if (!facts.isFile())
      throw new Failure('fhir.path-no-file', `${path} is a pipe or a device, which is never read. Choose a file or a folder.`);
    else {
      const format = formatOf(path);
      if (format === undefined) {
        throw new Failure(
          'fhir.file-kind',
          `${path} is neither .json nor .ndjson (FHIR) nor .hl7 (HL7 version 2) nor .xml (a clinical document, CDA) nor .csv (a table). Name files by what they hold, or choose their folder.`,
        );
      }
      files.push({ absolutePath: path, file: basename(path), format, size: facts.size });
    }
  }
  return { files, ignored };
}

async function walk(root: string, folder: string, depth: number, files: FoundFile[], ignored: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const absolutePath = join(folder, entry.name);
    const file = relative(root, absolutePath).split(sep).join('/');
    const format = formatOf(entry.name);
    if (entry.isDirectory() && depth < DEEPEST_FOLDER) await walk(root, absolutePath, depth + 1, files, ignored);
    else if (entry.isFile() && format !== undefined) {
      files.push({ absolutePath, file, format, size: (await stat(absolutePath)).size });
    } else ignored.push(file);
  }
}

function formatOf(name: string): SourceFormat | undefined {
  return FORMATS[extname(name).toLowerCase()];
}

/**
 * The entries and refusals of one file, read in chunks. A file that cannot be read any further ends in a refusal
 * `fhir.file-unreadable`, so that the other files still go in.
 */
export async function* readImportFile(
  found: FoundFile,
  options: SourceOptions & { readonly onBytes?: (count: number) => void },
): AsyncGenerator<SourceItem> {
  let last = options.after ?? 0;
  try {
    const chunks = chunksOf(found.absolutePath, options.onBytes);
    for await (const item of readSource({ file: found.file, format: found.format, chunks }, options)) {
      last = item.ordinal;
      yield item;
    }
  } catch (error) {
    if (!(error instanceof NoRegularFile || (error instanceof Error && 'syscall' in error))) throw error;
    yield {
      kind: 'refusal',
      file: found.file,
      line: 1,
      path: '',
      ordinal: last + 1,
      code: 'fhir.file-unreadable',
      message: 'The file could not be read to its end. Check the disk and the rights, and import it again.',
      resourceType: undefined,
    };
  }
}

async function* chunksOf(path: string, onBytes: ((count: number) => void) | undefined): AsyncGenerator<Uint8Array> {
  const handle = await openRegularFile(path, { links: 'followed' });
  try {
    const buffer = new Uint8Array(CHUNK);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, null);
      if (bytesRead === 0) return;
      onBytes?.(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
