/** The newest checkpoint that the region's quorum has cosigned, as this device has seen it. */
import { fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import type { Database } from '../storage/database.ts';
import { readSetting } from './clinic.store.ts';
import { writeSetting } from './clinic-writes.store.ts';
import type { RegionPolicies } from './region-policies.ts';

export interface Witnessed {
  readonly size: number;
  /** Milliseconds; undefined before the first. */
  readonly at: number | undefined;
}

/** Name of the setting with both. */
const WITNESSED = 'witnessed';

export async function readWitnessed({ read }: Pick<Database, 'read'>): Promise<Witnessed> {
  const text = await readSetting(read, WITNESSED);
  const [size = 0, at] = text ? fromUtf8(text).split(' ').map(Number) : [];
  return { size, at };
}

/** Keeps what `note` shows to be witnessed when it is newer than `known`, and gives it. */
export async function noteWitnessed(
  database: Database,
  policies: RegionPolicies,
  note: string,
  known: Witnessed,
): Promise<Witnessed | undefined> {
  const checkpoint = policies.open(note);
  const { size } = checkpoint;
  const found = policies.witnessing(checkpoint);
  if (!found.witnessed || found.time === undefined || size < known.size) return undefined;
  const at = found.time * 1000;
  if (size === known.size && at <= (known.at ?? 0)) return undefined;
  await database.write((transaction) => writeSetting(transaction, WITNESSED, utf8(`${size} ${at}`)), { group: true });
  return { size, at };
}
