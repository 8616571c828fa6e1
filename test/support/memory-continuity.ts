/** The mark of a data folder in memory: a test that opens the folder again hands in the same one, or a copy of it. */

import type { ChainMark, Continuity, KnownMark } from '../../server/sync/own-acts/continuity.ts';
import type { CosignedTree, CosignMark } from '../../server/sync/witness/cosign-mark.ts';

export class MemoryContinuity implements Continuity {
  mark: ChainMark | undefined;
  /** How often the mark was moved. */
  moves = 0;

  async last(): Promise<KnownMark | undefined> {
    return this.mark && { ...this.mark, isNewest: true };
  }

  async advance(mark: ChainMark): Promise<void> {
    this.mark = mark;
    this.moves += 1;
  }
}

/** The mark of what a device has cosigned, in memory. */
export class MemoryCosignMark implements CosignMark {
  mark: CosignedTree | undefined;

  async last(): Promise<CosignedTree | undefined> {
    return this.mark;
  }

  async advance(tree: CosignedTree): Promise<void> {
    this.mark = tree;
  }
}
