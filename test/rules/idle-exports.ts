import { posix } from 'node:path';
import type { Source } from './read-source.ts';

/** Generated, or loaded by something that is no file of ours: the generator, and whoever asks the stand-in for Electron. */
const takenElsewhere = /\/generated\/|^graphql-reference\.ts$|^test\/electron-host\/electron\.ts$/;

/**
 * What is handed out and taken by no other file: one line each, `path:line reason`. `sources` are all files of the project,
 * by their path. A file that is taken whole (`import * as`, a dynamic import) has every name in use.
 */
export function idleExports(sources: ReadonlyMap<string, Source>): string[] {
  const inUse = new Map<string, Set<string>>();
  const whole = new Set<string>();
  for (const [path, { imports }] of sources) {
    for (const { name, takes } of imports) {
      if (!name?.startsWith('.')) continue;
      const target = posix.join(posix.dirname(path), name);
      if (!takes) whole.add(target);
      else for (const one of takes) inUse.set(target, (inUse.get(target) ?? new Set()).add(one));
    }
  }
  return [...sources].flatMap(([path, { exports }]) => {
    if (whole.has(path) || takenElsewhere.test(path)) return [];
    const idle = exports.filter(({ name }) => !inUse.get(path)?.has(name));
    return idle.map(({ name, line }) => `${path}:${line} no other file takes ${name}: leave out the export, or the whole of it`);
  });
}
