/** The logs of the patients that were looked at last, opened and grouped, so that a filter asks memory and not the disk. */
import { setImmediate } from 'node:timers/promises';
import {
  type Facet,
  facet,
  filterVisits,
  type SearchableVisit,
  searchable,
  type VisitFilter,
  visitsOf,
} from '../../shared/access/access-visits.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { AccessLine } from '../../shared/sync/access-line.ts';
import { clinicNames } from '../sync/vault-context/clinic-names.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { countOfTag, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';
import { type LineRows, OWN_LINES, RECEIVED_LINES } from './line-rows.ts';

/** Logs in memory at once. */
const KEPT = 4;
/** Lines that are opened before others have their turn. */
const AT_ONCE = 250;
const KINDS = [OWN_LINES, RECEIVED_LINES] as const;

/** Lines by the names of their rows, which never change. */
type Opened = ReadonlyMap<string, AccessLine>;

interface ShownLog {
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
  readonly #kept = new Map<string, { readonly rows: number; readonly log: ShownLog; readonly opened: Opened }>();
  /** What is being read, by patient. */
  readonly #reading = new Map<string, { readonly rows: number; readonly log: Promise<ShownLog> }>();

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
    const begun = this.#reading.get(patient);
    if (begun?.rows === rows) return begun.log;
    const log = this.#keep(patient, tag, kept?.opened);
    this.#reading.set(patient, { rows, log });
    const over = (): void => {
      if (this.#reading.get(patient)?.log === log) this.#reading.delete(patient);
    };
    log.then(over, over);
    return log;
  }

  async #keep(patient: string, tag: Uint8Array, before: Opened = new Map()): Promise<ShownLog> {
    const { log, opened } = await this.#read(tag, before);
    this.#kept.delete(patient);
    this.#kept.set(patient, { rows: log.lines.length + log.unreadable, log, opened });
    for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest);
    return log;
  }

  async visits(patient: string, filter: VisitFilter): Promise<{ log: ShownLog; visits: readonly SearchableVisit[] }> {
    const log = await this.of(patient);
    return { log, visits: filterVisits(log.visits, filter) };
  }

  /** @param before lines that were opened already: only what came since is opened */
  async #read(tag: Uint8Array, before: Opened): Promise<{ log: ShownLog; opened: Opened }> {
    const opened = new Map<string, AccessLine>();
    let unreadable = 0;
    let fresh = 0;
    for (const kind of KINDS) {
      for (const row of await rowsOfTag(this.#context.reader, kind, tag)) {
        const name = `${kind} ${toHex(row.key)}`;
        const known = before.get(name);
        if (!known && ++fresh % AT_ONCE === 0) await setImmediate();
        const line = known ?? this.#rows.readable(kind, row);
        if (line) opened.set(name, line);
        else unreadable += 1;
      }
    }
    const lines = [...opened.values()].sort((one, other) => one.at - other.at || one.sequence - other.sequence);
    const chains = lines.flatMap(({ chain, recipient }) => (recipient === '' ? [chain] : [chain, recipient]));
    const names = await clinicNames(this.#context.gateway, chains);
    const nameOf = (chain: string): string => names.get(chain) ?? '';
    const visits = visitsOf(lines).map((visit) => searchable(visit, names));
    const log = {
      lines: lines.reverse(),
      unreadable,
      visits,
      clinicNames: names,
      people: facet(visits, ({ staff, who }) => [staff, who]),
      clinics: facet(visits, ({ chain }) => [chain, nameOf(chain)]),
      purposes: facet(visits, ({ purpose }) => [purpose, purpose]),
    };
    return { log, opened };
  }
}
