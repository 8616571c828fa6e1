/** The program broken on purpose, one line at a time, so that these parts are seen to notice: a harness that cannot fail is worthless. */
import { type Edit, editSources } from '../../support/broken-source.ts';

interface Breakage extends Edit {
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
  editSources([breakage]);
}
