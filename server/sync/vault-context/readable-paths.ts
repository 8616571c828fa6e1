/**
 * Which files of this computer a page may have read. A page can be captured (threat S2): it names only what a person chose
 * in the system's dialog, or what the one who started the program allowed.
 */
import { realpath } from 'node:fs/promises';
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

/** Whether `path`, its links followed, is one of `allowed` or lies inside one: a link in a chosen folder leads nowhere else. */
export async function isReadable(allowed: readonly string[], path: string): Promise<boolean> {
  const wanted = await realPlace(path);
  const places = await Promise.all(allowed.map(realPlace));
  return places.some((place) => {
    const way = relative(place, wanted);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way);
  });
}

/** What is not there is judged by its name; reading it then says so. */
async function realPlace(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
