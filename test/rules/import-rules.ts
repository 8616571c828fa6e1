import { builtinModules } from 'node:module';
import { basename, posix } from 'node:path';
import { firstDomainWithFrontDoor, floors, floorsInNode, folders, order, packages, sqlAllowed } from './layers.ts';
import type { Source } from './read-source.ts';

/** Where a file stands: its floor, the name of its folder in the order, and that name's line (0 is the ground). */
interface Place {
  readonly floor: string;
  readonly name: string;
  readonly rank: number;
}

const top = order.length;
const builtin = new Set(builtinModules);
const frontDoors = order.findIndex((line) => line.includes(firstDomainWithFrontDoor));
const composed = order.findIndex((line) => line.includes('registry'));

/** The place of a path relative to the project (`shared/ledger/block.ts`), or undefined when no table knows its folder. */
export function placeOf(path: string): Place | undefined {
  const [floor] = path.split('/');
  if (!path.includes('/')) return { floor: 'tools', name: 'tools', rank: top };
  if (floor === 'test') return { floor, name: 'test', rank: top };
  const table = folders[floor ?? ''] ?? {};
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    const name = table[folder];
    if (!floor || !name) continue;
    const own = folder === posix.dirname(path) || !Object.keys(table).some((other) => other.startsWith(`${folder}/`));
    return own ? { floor, name, rank: order.findIndex((line) => line.includes(name)) } : undefined;
  }
  return undefined;
}

/** `@scope/name` or `name` of a specifier such as `graphql-ws/use/ws`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function refuseModule(path: string, place: Place, specifier: string): string | undefined {
  if (specifier.startsWith('node:') || builtin.has(specifier)) {
    return floorsInNode.includes(place.floor) ? undefined : `${place.floor}/ runs without Node and cannot use ${specifier}`;
  }
  const name = packageOf(specifier);
  const allowed = packages[name];
  if (!allowed) return `the package ${name} is not in test/rules/layers.ts: add it there and say who may use it`;
  if (place.floor === 'test' || allowed.some((prefix) => prefix === place.floor || path.startsWith(`${prefix}/`)))
    return undefined;
  return `the package ${name} is kept for ${allowed.join(', ') || 'tests'}`;
}

function refuseFile(place: Place, target: string): string | undefined {
  if (target === 'package.json') return place.floor === 'shared' ? 'shared/ does not know the package it is part of' : undefined;
  const aim = placeOf(target);
  if (!aim) return `the folder of ${target} is not in test/rules/layers.ts: add it there and say what it may import`;
  if (!floors[place.floor]?.includes(aim.floor)) return `${place.floor}/ may not import from ${aim.floor}/ (${target})`;
  if (place.floor === 'test' || aim.name === place.name) return undefined;
  if (aim.rank === place.rank) return `${place.name} and ${aim.name} are strangers: they meet through records or ledger events`;
  if (aim.rank > place.rank) return `${aim.name} stands above ${place.name}: imports go only downward`;
  const isDomain = aim.floor !== 'shared' && aim.rank >= frontDoors && aim.rank < composed;
  if (isDomain && basename(target).replace(/\.tsx?$/, '') !== aim.name) {
    return `${target} is behind the front door of ${aim.name}: import ${posix.dirname(target)}/${aim.name}.ts`;
  }
  return undefined;
}

/** Tests may load what they are given, such as the program under test. */
function refuseComputed(place: Place): string | undefined {
  return place.floor === 'test' ? undefined : 'an import that is computed at run time cannot be checked: name the file';
}

/**
 * What the walls refuse in one file: one line each, `path:line reason`.
 * `path` is relative to the project with forward slashes. Generated files are nobody's prose and are not judged.
 */
export function refusals(path: string, source: Source): string[] {
  if (path.includes('/generated/')) return [];
  const place = placeOf(path);
  if (!place) return [`${path}:1 its folder is not in test/rules/layers.ts: add it there and say what it may import`];
  const found: string[] = [];
  for (const { name, line } of source.imports) {
    const target = name?.startsWith('.') ? posix.join(posix.dirname(path), name) : undefined;
    const reason =
      name === null ? refuseComputed(place) : target === undefined ? refuseModule(path, place, name) : refuseFile(place, target);
    if (reason) found.push(`${path}:${line} ${reason}`);
  }
  if (!sqlAllowed.some((pattern) => pattern.test(path))) {
    for (const { line } of source.sql) found.push(`${path}:${line} SQL belongs in the domain's .store.ts or in server/storage`);
  }
  return found;
}
