import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startOption } from './start-option.ts';

/**
 * The folder that holds everything this installation owns: what `--data` names, else `fallback`. It is made if it is
 * missing, readable by its owner only.
 * @throws {Failure} `shell.bad-usage` when `--data` names nothing.
 */
export function dataFolder(args: readonly string[], fallback: string): string {
  const folder = resolve(startOption(args, '--data', 'the name of a folder') ?? fallback);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Where Electron keeps its own files, and with them the lock of the single instance: within the data folder. */
export function shellFolder(dataFolder: string): string {
  const folder = join(dataFolder, 'shell');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
