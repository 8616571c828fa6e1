/** A program of another version: a copy of this one that says so. What differs is what a fleet board, a report and a hub know of versions. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = 'server/workstation/careledger.ts';

export interface Program {
  readonly version: string;
  /** Path of what Node runs. */
  readonly main: string;
}

const manifest = (folder: string): { version: string } => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

export const ownProgram = (): Program => ({ version: manifest(ROOT).version, main: join(ROOT, MAIN) });

export function copiedProgram(folder: string, version: string): Program {
  for (const part of ['server', 'shared']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  for (const part of ['node_modules', 'out']) symlinkSync(join(ROOT, part), join(folder, part));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest(ROOT), version }));
  return { version, main: join(folder, MAIN) };
}

/** A program that lies in another folder, such as a worktree of an earlier commit. */
export const programIn = (folder: string): Program => ({ version: manifest(folder).version, main: join(folder, MAIN) });
