/** The pages load the styles of the Mantine components that they use, and not all of them: whoever uses a further one adds its own. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const PROJECT = resolve(import.meta.dirname, '../..');
const MANTINE = join(PROJECT, 'node_modules/@mantine');
const CORE = join(MANTINE, 'core/esm');
const SHEET = join(PROJECT, 'renderer/start/mantine.css');

const read = (path: string): string => readFileSync(path, 'utf8');
const classesIn = (text: string): string[] => text.match(/\bm_[0-9a-f]+\b/g) ?? [];

/** Names that a module takes from Mantine's components. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/import \{([^}]*)\} from ['"]@mantine\/core['"]/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim().replace(/^type /, '')),
  );
}

/** Classes of these modules, and of every module that they import. */
function classesFrom(paths: readonly string[]): Set<string> {
  const [seen, classes, left] = [new Set<string>(), new Set<string>(), [...paths]];
  for (let path = left.pop(); path !== undefined; path = left.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = read(path);
    if (path.endsWith('.module.mjs')) for (const name of classesIn(text)) classes.add(name);
    for (const [, to = ''] of text.matchAll(/ from "(\.[^"]+)"/g)) left.push(join(dirname(path), to));
  }
  return classes;
}

test('every class that a used component gives its elements has its rules in the pages’ styles', () => {
  const sources = globSync(['renderer/**/*.ts', 'renderer/**/*.tsx'], { cwd: PROJECT }).map((path) => join(PROJECT, path));
  const packages = globSync(['notifications/esm/**/*.mjs', 'spotlight/esm/**/*.mjs'], { cwd: MANTINE }).map((path) =>
    join(MANTINE, path),
  );
  const used = new Set([...sources, ...packages].flatMap((path) => namesIn(read(path))));
  const files = new Map(
    [...read(join(CORE, 'index.mjs')).matchAll(/import \{ (\w+) \} from "(\.\/components\/[^"]+)"/g)].map(
      ([, name = '', path = '']) => [name, join(CORE, path)],
    ),
  );
  const entries = [...used].flatMap((name) => files.get(name) ?? []);
  expect(entries.length).toBeGreaterThan(40);
  const loaded = [SHEET, ...sources].flatMap((path) =>
    [...read(path).matchAll(/['"]@mantine\/core\/(styles\/\w[\w-]*\.css)['"]/g)].map(([, file = '']) =>
      join(MANTINE, 'core', file),
    ),
  );
  const styled = new Set(loaded.flatMap((path) => classesIn(read(path))));
  const every = new Set(classesIn(read(join(MANTINE, 'core/styles.css'))));
  const missing = [...classesFrom(entries)].filter((name) => every.has(name) && !styled.has(name));
  const where = globSync('core/styles/*.css', { cwd: MANTINE })
    .filter((path) => !path.endsWith('.layer.css'))
    .filter((path) => classesIn(read(join(MANTINE, path))).some((name) => missing.includes(name)));
  expect(where).toEqual([]);
});
