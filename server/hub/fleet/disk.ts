/**
 * The check of the hub's disk, as desks look at theirs: behind the work, without a key, and told wherever the hub says how it is. A hub
 * mends nothing by itself: what its clinics hold as well is put back from its backup or a fellow, by a person.
 */
import { DiskCheck, type Look, notedFaults } from '../../ledger/disk-check/disk-check.ts';
import { ledgerParts, lookAtTables } from '../../ledger/disk-check/ledger-parts.ts';
import type { Database, Queryable } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import type { OutsideDocuments } from '../relay/outside-documents.ts';
import { readDiskNote, writeDiskNote } from './disk.store.ts';

/** What the hub knows of its disk. */
export interface HubDiskState {
  /** When the newest whole look ended, milliseconds since 1970; null before the first. */
  readonly finishedAt: number | null;
  /** Empty when all was as it should be. */
  readonly faults: Array<{ readonly part: string; readonly count: number }>;
}

/** PostgreSQL has no check of its own that could be asked from here (data checksums are its administrator's). */
export function hubDiskCheck(database: Database, clock: () => number, documents: OutsideDocuments | undefined): DiskCheck {
  const file: Record<string, Look> = database.read.dialect.integrity === undefined ? {} : { FILE: lookAtTables };
  const store: Record<string, Look> = documents ? { STORE: (read, place) => documents.look(read, place) } : {};
  return new DiskCheck({
    database: () => database,
    // The store comes last: while it does not answer, the look stays there, and has seen all else.
    parts: { ...file, ...ledgerParts(hashParts), ...store },
    notes: { read: readDiskNote, write: writeDiskNote },
    clock,
    isShared: database.share !== undefined,
    onChange: () => undefined,
  });
}

/** As any process of the hub has found it. */
export async function hubDiskState(connection: Queryable): Promise<HubDiskState> {
  const { at = null, faults } = notedFaults(await readDiskNote(connection));
  return { finishedAt: at, faults: Object.entries(faults).map(([part, count = 0]) => ({ part, count })) };
}

/** Whether what all clinics are handed as the ledger was altered; a sealed document alone is refused by who fetches it. */
export const isLedgerAltered = ({ faults }: HubDiskState): boolean => faults.some(({ part }) => !SEALED.includes(part));
const SEALED = ['DOCUMENTS', 'STORE'];

/** In one line, for whoever looks at the hub. */
export function diskWords({ finishedAt, faults }: HubDiskState): string {
  if (faults.length > 0) {
    const isStoreAlone = faults.every(({ part }) => part === 'STORE');
    const todo = isStoreAlone
      ? 'restore these objects in the store'
      : 'stop this hub and restore its newest backup on another disk';
    return `ALTERED: ${faults.map(({ part, count }) => `${part} ${count}`).join(', ')}; ${todo}`;
  }
  if (finishedAt === null) return 'not looked at as a whole yet';
  return `as it was written, looked at until ${new Date(finishedAt).toISOString()}`;
}
