/**
 * What this replica came to at each size that it passed lately. The hub's checkpoint of such a size is recomputed here as wholly as the
 * newest, so that a witness may sign it: where a ledger does not stand still, that is the only way for several to sign the same one.
 */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import type { TreeHead } from '../../../shared/ledger/checkpoint.ts';
import { STATE_INTERVAL } from '../../../shared/ledger/state-interval.ts';

/** Blocks of which it is remembered: more than a busy region writes while a witness makes up its mind. */
const MOST_SIZES = 20_000;
const MOST_STATES = 4;

type State = NonNullable<TreeHead['state']>;

export class RecentHeads {
  readonly #effects = new Map<number, Uint8Array>();
  readonly #states = new Map<number, Uint8Array>();

  /** @param effects after each of the last blocks up to `size`, as the chain of effects then stood */
  passed(size: number, effects: readonly Uint8Array[]): void {
    for (const [at, each] of effects.slice(-MOST_SIZES).entries())
      this.#effects.set(size - Math.min(effects.length, MOST_SIZES) + at + 1, each);
    forgetOldest(this.#effects, MOST_SIZES);
  }

  /** @param state recomputed here */
  cameTo({ size, root }: State): void {
    this.#states.set(size, root);
    forgetOldest(this.#states, MOST_STATES);
  }

  /** Whether effects and state are those that this replica came to at that size, as far as it remembers. */
  agreesWith({ size, effects, state }: TreeHead): boolean {
    const own = this.#effects.get(size);
    if (!own || !equalBytes(own, effects)) return false;
    const due = size - (size % STATE_INTERVAL);
    if (due === 0) return state === undefined;
    const root = this.#states.get(due);
    return state?.size === due && root !== undefined && equalBytes(root, state.root);
  }
}

function forgetOldest(remembered: Map<number, unknown>, most: number): void {
  for (const size of remembered.keys()) {
    if (remembered.size <= most) return;
    remembered.delete(size);
  }
}
