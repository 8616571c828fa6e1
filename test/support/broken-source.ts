/** Sources of the program edited as they are loaded: broken on purpose, or stopped at a named point. The files stay as they are. */
import { registerHooks } from 'node:module';

/** One change of a source file. */
export interface Edit {
  /** Below the project's root. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

const root = new URL('../../', import.meta.url);

/**
 * The source (a text or its bytes) with the edits made that are for the file at `address`; undefined where none is for it.
 * @throws {RangeError} for a line that has changed.
 */
export function edited(edits: readonly Edit[], address: string, source: unknown): string | undefined {
  const here = edits.filter(({ file }) => new URL(file, root).href === address);
  if (here.length === 0) return undefined;
  return here.reduce(
    (text, { file, find, replace }) => {
      if (text.split(find).length !== 2)
        throw new RangeError(`"${find}" does not stand exactly once in ${file}: say it as it stands.`);
      return text.replace(find, () => replace);
    },
    String(source).replaceAll('\r', ''),
  );
}

/** From now on this process loads the files edited. @throws {RangeError} at the loading of a file whose line has changed. */
export function editSources(edits: readonly Edit[]): void {
  registerHooks({
    load(address, context, next) {
      const loaded = next(address, context);
      const source = edited(edits, address, loaded.source);
      return source === undefined ? loaded : { ...loaded, source };
    },
  });
}
