/** How far the region's quorum vouches for the ledger, as this device has seen it. */
import { fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import type { Database, Queryable } from '../../storage/database.ts';
import { readSetting } from '../clinic.store.ts';
import { writeSetting } from '../clinic-writes.store.ts';

export interface Witnessed {
  readonly size: number;
  /** Milliseconds; undefined before the first. */
  readonly at: number | undefined;
}

/** Name of the setting with both. */
const WITNESSED = 'witnessed';

/** Name of the setting with the newest checkpoint that has the lines of a quorum, a signed note. */
const AGREED = 'agreed-checkpoint';

/** The newest checkpoint of the ledger here under which a quorum has come together, as its note; undefined before the first. */
export async function readAgreed(connection: Queryable): Promise<string | undefined> {
  const note = await readSetting(connection, AGREED);
  return note?.length ? fromUtf8(note) : undefined;
}

/** @param note empty: the ledger here has gone back behind what was agreed on */
export const writeAgreed = (database: Database, note: string): Promise<void> =>
  database.write((transaction) => writeSetting(transaction, AGREED, utf8(note)), { group: true });

export async function readWitnessed({ read }: Pick<Database, 'read'>): Promise<Witnessed> {
  const text = await readSetting(read, WITNESSED);
  const [size = 0, at] = text ? fromUtf8(text).split(' ').map(Number) : [];
  return { size, at };
}

/**
 * Keeps how far a quorum was found to vouch when that is news, and gives it.
 * @param found size in blocks, time in seconds since 1970
 */
export async function noteWitnessed(
  database: Database,
  found: { readonly size: number; readonly time: number } | undefined,
  known: Witnessed,
): Promise<Witnessed | undefined> {
  if (!found || found.size < known.size) return undefined;
  const { size } = found;
  const at = found.time * 1000;
  if (size === known.size && at <= (known.at ?? 0)) return undefined;
  await database.write((transaction) => writeSetting(transaction, WITNESSED, utf8(`${size} ${at}`)), { group: true });
  return { size, at };
}
