/** The names of a clinic's people: sealed rows, since the ledger knows people by key and role alone. */
import { fromUtf8 } from '../../../shared/encoding/bytes.ts';
import type { VaultContext } from './vault-context.ts';
import { everyRow } from './vault-rows.store.ts';

/** Kind of the rows. */
export const STAFF_NAMES = 'staff';

export interface KnownName {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
  /** A key that several officers together get from their recovery shares. */
  readonly officers?: boolean;
}

/** By staff id. */
export async function knownNames({ reader, rows }: VaultContext): Promise<Map<string, KnownName>> {
  const names = new Map<string, KnownName>();
  for await (const page of everyRow(reader, STAFF_NAMES)) {
    for (const row of page) {
      const known = JSON.parse(fromUtf8(rows.open(STAFF_NAMES, row))) as KnownName;
      names.set(known.id, known);
    }
  }
  return names;
}

/** By staff id; who has none is not in it. */
export const staffNames = async (context: VaultContext): Promise<Map<string, string>> =>
  new Map([...(await knownNames(context))].map(([id, { name }]) => [id, name]));
