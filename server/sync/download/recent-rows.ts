/**
 * State rows while a download is folded, as blocks see them. What one commit's blocks have read or changed is kept while it is
 * folded and until the next one is: the commit before is still being written meanwhile, so what is here goes before what the
 * database says. Rows that every block reads are read once.
 */
import { type ChangingView, unannounced } from '../../../shared/ledger/rules.ts';
import { keysOfFew, loadState } from '../../ledger/state-rows.store.ts';
import type { Queryable } from '../../storage/database.ts';
import { SeenKeys } from './seen-keys.ts';

/** A row by key, `null` where there is none. */
type Kept = Map<string, Uint8Array | null>;

/** A state of more rows than this is not read through to learn which rows there are. */
const FEW_ROWS = 10_000;

export class RecentRows implements ChangingView {
  readonly #connection: Queryable;
  /** Of the commit that is being folded, with rows read ahead for the next. */
  #now: Kept = new Map();
  /** Of the commit before, which is being written. */
  #before: Kept = new Map();
  #changes = new Map<string, Uint8Array | undefined>();
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
    for (const { reads } of blocks) {
      for (const key of reads) {
        if (this.#now.get(key) !== undefined) continue;
        const kept = this.#before.get(key);
        if (kept !== undefined) this.#now.set(key, kept);
        else if (this.#there?.has(key) === false) this.#now.set(key, null);
        else unknown.add(key);
      }
    }
    if (unknown.size === 0) return;
    for (const [key, value] of await loadState(this.#connection, [...unknown])) {
      // Blocks that were folded meanwhile know better.
      if (this.#now.get(key) === undefined && this.#before.get(key) === undefined) this.#now.set(key, value ?? null);
    }
  }

  get(key: string): Uint8Array | undefined {
    const now = this.#now.get(key);
    const row = now === undefined ? this.#before.get(key) : now;
    if (row === undefined) throw unannounced(key);
    return row ?? undefined;
  }

  put(key: string, value: Uint8Array | undefined): void {
    if (this.#there && !this.#now.get(key)) this.#there.add(key);
    this.#now.set(key, value ?? null);
    this.#changes.set(key, value);
  }

  /** Ends a commit: gives the rows that it changed, to be written once the commit before is. */
  turn(): ReadonlyMap<string, Uint8Array | undefined> {
    const changes = this.#changes;
    this.#before = this.#now;
    this.#now = new Map();
    this.#changes = new Map();
    return changes;
  }
}
