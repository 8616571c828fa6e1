/** The version of the program that runs. */
import { readFile } from 'node:fs/promises';

let version: Promise<string> | undefined;

async function read(): Promise<string> {
  for (const place of ['../../../package.json', '../../package.json']) {
    const text = await readFile(new URL(place, import.meta.url), 'utf8').catch(() => undefined);
    const found = text && (JSON.parse(text) as { name?: string; version?: string });
    if (found && found.name === 'careledger' && found.version) return found.version;
  }
  return '0.0.0';
}

export function readProgramVersion(): Promise<string> {
  version ??= read();
  return version;
}
