/** The FHIR files of the shared test data, and ways to put texts through the import. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSource, type SourceFormat, type SourceItem, type SourceOptions } from '../../shared/fhir/import-source.ts';

const root = process.env.CARELEDGER_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** False in a clone without the shared data: the tests of this folder then run on what they and the generator make. */
export const hasFhirData = existsSync(join(root, 'fhir'));

export const fhirPath = (...parts: string[]): string => join(root, 'fhir', ...parts);
export const fhirBytes = (...parts: string[]): Uint8Array => readFileSync(fhirPath(...parts));
export const fhirText = (...parts: string[]): string => readFileSync(fhirPath(...parts), 'utf8');

/** JSON files under a folder of the data, by path; the lists of expectations left out. */
export function jsonFilesIn(folder: string): string[] {
  if (!hasFhirData) return [];
  return readdirSync(fhirPath(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && file !== 'index.json' && file !== 'expectations.json')
    .sort()
    .map((file) => join(folder, file));
}

async function* chunksOf(bytes: Uint8Array, size = bytes.length): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Everything that a text or bytes give when they are imported as one file. */
export async function importAll(
  format: SourceFormat,
  content: string | Uint8Array,
  options: SourceOptions & { readonly chunk?: number },
): Promise<SourceItem[]> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const items: SourceItem[] = [];
  const source = { file: `test.${format}`, format, chunks: chunksOf(bytes, options.chunk ?? Math.max(1, bytes.length)) };
  for await (const item of readSource(source, options)) items.push(item);
  return items;
}
