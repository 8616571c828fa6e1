/**
 * Which files of this computer a page may have read. A page can be captured (threat S2): it names only what a person chose
 * in the system's dialog, or what the one who started the program allowed.
 */
import { relative, resolve, sep } from 'node:path';

export class ReadablePaths {
  readonly #allowed = new Set<string>();

  constructor(paths: Iterable<string> = []) {
    for (const path of paths) this.allow(path);
  }

  allow(path: string): void {
    this.#allowed.add(resolve(path));
  }

  /** Absolute; a folder stands for everything in it. */
  get all(): readonly string[] {
    return [...this.#allowed];
  }
}

/** Whether `path` is one of `allowed` or lies inside one. */
export function isReadable(allowed: readonly string[], path: string): boolean {
  const wanted = resolve(path);
  return allowed.some((place) => {
    const way = relative(place, wanted);
    return way === '' || (!way.startsWith('..') && !way.startsWith(sep) && resolve(way) !== way);
  });
}
