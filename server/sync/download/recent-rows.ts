/**
 * State rows while a download is folded, as blocks see them. What one commit's blocks have read or changed is kept while it is
 * folded and until the next one is: the commit before is still being written meanwhile, so what is here goes before what the
 * database says. Rows that every block reads are read once.
 */
import { type ChangingView, unannounced } from '../../../shared/ledger/rules.ts';
import { keysOfFew, loadState } from '../../ledger/state-rows.store.ts';
import type { Queryable } from '../../storage/database.ts';
import { SeenKeys } from './seen-keys.ts';

interface Row {
  /** Undefined where there is none. */
  value: Uint8Array | undefined;
  /** Whether a block of the commit has put or removed it. */
  isChanged: boolean;
}
type Kept = Map<string, Row>;

/** A state of more rows than this is not read through to learn which rows there are. */
const FEW_ROWS = 10_000;

export class RecentRows implements ChangingView {
  readonly #connection: Queryable;
  /** Of the commit that is being folded, with rows read ahead for the next. */
  #now: Kept = new Map();
  /** Of the commit before, which is being written. */
  #before: Kept = new Map();
  /** Every key that may be in the database: most blocks ask for rows that nobody has written yet. */
  readonly #there: SeenKeys | undefined;

  constructor(connection: Queryable, there?: SeenKeys) {
    this.#connection = connection;
    this.#there = there;
  }

  /** For a long download, which may write `count` keys: those of a state that is still small are remembered. */
  static async forMany(connection: Queryable, count: number): Promise<RecentRows> {
    const keys = await keysOfFew(connection, FEW_ROWS);
    if (!keys) return new RecentRows(connection);
    const there = new SeenKeys(count);
    for (const key of keys) there.add(key);
    return new RecentRows(connection, there);
  }

  /** Has the rows that blocks read at hand once it resolves: blocks of the commit that is being folded, or of the next. */
  async load(blocks: Iterable<{ readonly reads: readonly string[] }>): Promise<void> {
    const unknown = new Set<string>();
    for (const { reads } of blocks) this.#recall(reads, unknown);
    if (unknown.size === 0) return;
    for (const [key, value] of await loadState(this.#connection, [...unknown])) {
      // Blocks that were folded meanwhile know better.
      if (!this.#now.has(key) && !this.#before.has(key)) this.#now.set(key, { value, isChanged: false });
    }
  }

  /** Has those rows at hand for which the database need not be asked, and adds the others' keys to `unknown`. */
  #recall(keys: readonly string[], unknown: Set<string>): void {
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as string;
      if (this.#now.has(key)) continue;
      const before = this.#before.get(key);
      if (before) this.#now.set(key, { value: before.value, isChanged: false });
      else if (this.#there?.has(key) === false) this.#now.set(key, { value: undefined, isChanged: false });
      else unknown.add(key);
    }
  }

  get(key: string): Uint8Array | undefined {
    const row = this.#now.get(key) ?? this.#before.get(key);
    if (!row) throw unannounced(key);
    return row.value;
  }

  put(key: string, value: Uint8Array | undefined): void {
    const row = this.#now.get(key);
    if (!row?.value) this.#there?.add(key);
    if (row) {
      row.value = value;
      row.isChanged = true;
    } else this.#now.set(key, { value, isChanged: true });
  }

  /** Ends a commit: gives the rows that it changed, to be written once the commit before is. */
  turn(): ReadonlyMap<string, Uint8Array | undefined> {
    const changes = new Map<string, Uint8Array | undefined>();
    this.#now.forEach(({ value, isChanged }, key) => {
      if (isChanged) changes.set(key, value);
    });
    this.#before = this.#now;
    this.#now = new Map();
    return changes;
  }
}
