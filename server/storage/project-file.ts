/** Files of the program itself, whether it runs from its sources or from the built bundles in out/. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/** The absolute path of a file of the project, named relative to its root with forward slashes. */
export function projectFile(name: string): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return join(root, ...name.split('/'));
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'shared'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the program does not find its own files');
  return findRoot(parent);
}
