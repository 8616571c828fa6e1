/** The logs of the patients that were looked at last, opened and grouped, so that a filter asks memory and not the disk. */
import {
  type Facet,
  facet,
  filterVisits,
  type SearchableVisit,
  searchable,
  type VisitFilter,
  visitsOf,
} from '../../shared/access/access-visits.ts';
import type { AccessLine } from '../../shared/sync/access-line.ts';
import { clinicNames } from '../sync/clinic-names.ts';
import type { VaultContext } from '../sync/vault-context.ts';
import { countOfTag, rowsOfTag } from '../sync/vault-rows.store.ts';
import { type LineRows, OWN_LINES, RECEIVED_LINES } from './line-rows.ts';

/** Logs in memory at once. */
const KEPT = 4;
const KINDS = [OWN_LINES, RECEIVED_LINES] as const;

export interface ShownLog {
  /** Newest first. */
  readonly lines: readonly AccessLine[];
  /** Rows that were altered on the disk and do not open; completeness names them. */
  readonly unreadable: number;
  /** Newest first. */
  readonly visits: readonly SearchableVisit[];
  /** Names of clinics by chain. */
  readonly clinicNames: ReadonlyMap<string, string>;
  readonly people: readonly Facet[];
  readonly clinics: readonly Facet[];
  readonly purposes: readonly Facet[];
}

export class ShownLogs {
  readonly #context: VaultContext;
  readonly #rows: LineRows;
  readonly #kept = new Map<string, { readonly rows: number; readonly log: ShownLog }>();

  constructor(context: VaultContext, rows: LineRows) {
    this.#context = context;
    this.#rows = rows;
  }

  async of(patient: string): Promise<ShownLog> {
    const tag = this.#rows.tag(patient);
    // Lines only come: as many rows as before are the same rows.
    const counts = await Promise.all(KINDS.map((kind) => countOfTag(this.#context.reader, kind, tag)));
    const rows = counts.reduce((sum, count) => sum + count, 0);
    const kept = this.#kept.get(patient);
    if (kept?.rows === rows) return kept.log;
    const log = await this.#read(tag);
    this.#kept.delete(patient);
    this.#kept.set(patient, { rows: log.lines.length + log.unreadable, log });
    for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest);
    return log;
  }

  async visits(patient: string, filter: VisitFilter): Promise<{ log: ShownLog; visits: readonly SearchableVisit[] }> {
    const log = await this.of(patient);
    return { log, visits: filterVisits(log.visits, filter) };
  }

  async #read(tag: Uint8Array): Promise<ShownLog> {
    const lines: AccessLine[] = [];
    let unreadable = 0;
    for (const kind of KINDS) {
      for (const row of await rowsOfTag(this.#context.reader, kind, tag)) {
        const line = this.#rows.readable(kind, row);
        if (line) lines.push(line);
        else unreadable += 1;
      }
    }
    lines.sort((one, other) => one.at - other.at || one.sequence - other.sequence);
    const chains = lines.flatMap(({ chain, recipient }) => (recipient === '' ? [chain] : [chain, recipient]));
    const names = await clinicNames(this.#context.gateway, chains);
    const nameOf = (chain: string): string => names.get(chain) ?? '';
    const visits = visitsOf(lines).map((visit) => searchable(visit, names));
    return {
      lines: lines.reverse(),
      unreadable,
      visits,
      clinicNames: names,
      people: facet(visits, ({ staff, who }) => [staff, who]),
      clinics: facet(visits, ({ chain }) => [chain, nameOf(chain)]),
      purposes: facet(visits, ({ purpose }) => [purpose, purpose]),
    };
  }
}
