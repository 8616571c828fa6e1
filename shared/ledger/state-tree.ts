/** The tree over all state rows, whose root a checkpoint carries every 65,536 blocks (docs/protocol.md, section 6). */
import { Failure } from '../outcome/failure.ts';
import { CompactRange, type Hash, leafHash } from './merkle.ts';

/** Keys are ASCII. */
export interface StateRow {
  readonly key: string;
  readonly value: Uint8Array;
}

/** The leaf of a state row in the tree of the state root: u16 length of the key, the key, the value. */
function rowLeaf(hash: Hash, { key, value }: StateRow): Uint8Array {
  const entry = new Uint8Array(2 + key.length + value.length);
  entry[0] = key.length >> 8;
  entry[1] = key.length & 0xff;
  for (let at = 0; at < key.length; at++) entry[2 + at] = key.charCodeAt(at);
  entry.set(value, 2 + key.length);
  return leafHash(hash, entry);
}

/** The state root as the rows come by, in the order of their keys. */
export class StateTree {
  readonly #hash: Hash;
  readonly #range: CompactRange;
  #last: string | undefined;

  constructor(hash: Hash) {
    this.#hash = hash;
    this.#range = new CompactRange(hash);
  }

  /** Rows so far. */
  get size(): number {
    return this.#range.size;
  }

  /** @throws {Failure} `ledger.state-order` unless its key comes after the last one: a set of rows has one order. */
  add(row: StateRow): void {
    if (this.#last !== undefined && row.key <= this.#last)
      throw new Failure('ledger.state-order', 'These state rows are not in order, or one is there twice.');
    this.#last = row.key;
    this.#range.append(rowLeaf(this.#hash, row));
  }

  root(): Uint8Array {
    return this.#range.root();
  }
}
