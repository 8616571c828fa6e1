/** Files of the program itself, whether it runs from its sources or from the built bundles in out/. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/** The absolute path of a file of the project, named relative to its root with forward slashes. */
export function projectFile(name: string): string {
  root ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return join(root, ...name.split('/'));
}

/** The texts of all files of a folder of the project, in the order of their names: a schema that stands in parts. */
export async function projectFiles(folder: string): Promise<string[]> {
  const names = await readdir(projectFile(folder));
  return Promise.all(names.sort().map((name) => readFile(projectFile(`${folder}/${name}`), 'utf8')));
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'shared'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the program does not find its own files');
  return findRoot(parent);
}
