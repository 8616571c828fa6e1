/** The head of the ledger as blocks are added to it: the tree over their leaves and the chain over their outcomes. Hashing, and no rules. */
import { CompactRange, type Hash } from '../../shared/ledger/merkle.ts';
import { effectsNext } from '../../shared/ledger/rules.ts';
import type { LedgerHead, LedgerPage } from './ledger.store.ts';
import { NODE_STEP } from './tree-nodes.store.ts';

/** What blocks add, in the order of the ledger. */
export interface Growth {
  /** 32 bytes for each block. */
  readonly leaves: Uint8Array;
  /** Their outcomes as `writeOutcome` writes them, one behind the other, and where each ends. */
  readonly outcomes: Uint8Array;
  readonly ends: Uint32Array;
}

/** A head with the nodes of the tree that became complete on the way to it and are to be kept. */
export type GrownHead = Pick<LedgerPage, 'head' | 'nodes'>;

export class GrowingHead {
  readonly #hash: Hash;
  readonly #range: CompactRange;
  readonly #state: LedgerHead['state'];
  #effects: Uint8Array;
  #nodes: LedgerPage['nodes'][number][] = [];

  constructor(hash: Hash, { range, effects, state }: LedgerHead) {
    this.#hash = hash;
    this.#range = range.clone();
    this.#effects = effects;
    this.#state = state;
  }

  /** @param passed takes the chain of effects after each block */
  add({ leaves, outcomes, ends }: Growth, passed?: Uint8Array[]): void {
    for (let at = 0; at < ends.length; at++) {
      const end = ends[at] as number;
      this.#range.append(leaves.slice(32 * at, 32 * at + 32), this.#keep);
      this.#effects = effectsNext(this.#hash, this.#effects, outcomes.subarray(ends[at - 1] ?? 0, end));
      passed?.push(this.#effects);
    }
  }

  /** The head as it stands, and the nodes since the last time. */
  done(): GrownHead {
    const nodes = this.#nodes;
    this.#nodes = [];
    const range = this.#range.clone();
    return { head: { size: range.size, effects: this.#effects, range, state: this.#state }, nodes };
  }

  readonly #keep = (level: number, place: number, node: Uint8Array): void => {
    if (level > 0 && level % NODE_STEP === 0) this.#nodes.push([level, place, node]);
  };
}

/** A head as it passes between threads. */
export interface PlainHead {
  readonly size: number;
  readonly effects: Uint8Array;
  readonly range: readonly Uint8Array[];
  readonly state: LedgerHead['state'];
}

export const plainHead = ({ size, effects, range, state }: LedgerHead): PlainHead => ({
  size,
  effects,
  range: range.nodes,
  state,
});

export const headOfPlain = (hash: Hash, { size, effects, range, state }: PlainHead): LedgerHead => ({
  size,
  effects,
  range: new CompactRange(hash, size, range),
  state,
});
