/**
 * State rows of the pages at hand. A page is folded while the one before is still being written, so what either has read or
 * changed is kept here and goes before what the database says; rows that every page reads are read once.
 */
import { loadState } from '../ledger/ledger.store.ts';
import type { Queryable } from '../storage/database.ts';

/** A row by key, `null` where there is none. */
type Kept = Map<string, Uint8Array | null>;

export class RecentRows {
  readonly #connection: Queryable;
  /** Of the page that is being folded. */
  #page: Kept = new Map();
  /** Of the page that is being written. */
  #written: Kept = new Map();

  constructor(connection: Queryable) {
    this.#connection = connection;
  }

  /** The rows of `keys` as they stood when this was called, or later: `refresh` them before they are used. */
  async load(keys: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
    const rows = new Map<string, Uint8Array | undefined>();
    const unknown: string[] = [];
    for (const key of keys) {
      const kept = this.#find(key);
      if (kept === undefined) unknown.push(key);
      else rows.set(key, kept ?? undefined);
    }
    for (const [key, value] of await loadState(this.#connection, unknown)) rows.set(key, value);
    return rows;
  }

  /** Brings loaded rows up to what was put since, and keeps those that are there: they are asked for again. */
  refresh(rows: Map<string, Uint8Array | undefined>): void {
    for (const [key, value] of rows) {
      const kept = this.#find(key);
      const now = kept === undefined ? value : (kept ?? undefined);
      if (now !== value) rows.set(key, now);
      if (now) this.#page.set(key, now);
    }
  }

  put(changes: ReadonlyMap<string, Uint8Array | undefined>): void {
    for (const [key, value] of changes) this.#page.set(key, value ?? null);
  }

  /** A new page begins: the one before goes to be written, and the one before that is in the database. */
  turn(): void {
    this.#written = this.#page;
    this.#page = new Map();
  }

  /** `null` where there is known to be none, `undefined` where nothing is known. */
  #find(key: string): Uint8Array | null | undefined {
    const kept = this.#page.get(key);
    return kept === undefined ? this.#written.get(key) : kept;
  }
}
