/** The program broken on purpose, one line at a time, so that these parts are seen to notice: a harness that cannot fail is worthless. */
import { registerHooks } from 'node:module';

interface Breakage {
  /** Below the project's root. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The part of `npm run crash`, how much of it, and what it says then. */
  readonly part: 'log' | 'disk';
  readonly rounds: number;
  readonly says: RegExp;
}

export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  'a desk that writes an act in two transactions': {
    file: 'server/sync/clinic-ledger.ts',
    find: '} else await writeActOnce(database, act);',
    replace: `} else {
      await writeActOnce(database, { ...act, blocks: [], pending: new Map() });
      await writeActOnce(database, { ...act, write: {} });
    }`,
    part: 'log',
    rounds: 100,
    says: /belongs to an act of this device that is not here/,
  },
  'a desk that says saved whatever the disk says': {
    file: 'server/sync/clinic-ledger.ts',
    find: '} else await writeActOnce(database, act);',
    replace: '} else await writeActOnce(database, act).catch(() => undefined);',
    part: 'disk',
    rounds: 1,
    says: /acknowledged acts are missing|no write was refused|refused as/,
  },
  'a disk that is full and has no name': {
    file: 'server/storage/faults.ts',
    find: '  13: DISK_FULL,',
    replace: '  13: CLOSED,',
    part: 'disk',
    rounds: 1,
    says: /it is refused as storage.closed/,
  },
};

/** From now on the file is loaded broken. */
export function breakOnPurpose(name: string): void {
  const breakage = BREAKAGES[name];
  if (!breakage) throw new RangeError(`There is no breakage "${name}".`);
  const url = new URL(`../../../${breakage.file}`, import.meta.url).href;
  registerHooks({
    load(address, context, next) {
      const loaded = next(address, context);
      if (address !== url) return loaded;
      const source = String(loaded.source).replaceAll('\r', '');
      if (source.split(breakage.find).length !== 2)
        throw new RangeError(`The line that "${name}" breaks does not stand exactly once in ${breakage.file} any more.`);
      return { ...loaded, source: source.replace(breakage.find, () => breakage.replace) };
    },
  });
}
