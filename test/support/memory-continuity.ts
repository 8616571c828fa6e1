/** The mark of a data folder in memory: a test that opens the folder again hands in the same one, or a copy of it. */
import type { ChainMark, Continuity } from '../../server/sync/continuity.ts';

export class MemoryContinuity implements Continuity {
  mark: ChainMark | undefined;
  /** How often the mark was moved. */
  moves = 0;

  async last(): Promise<ChainMark | undefined> {
    return this.mark;
  }

  async advance(mark: ChainMark): Promise<void> {
    this.mark = mark;
    this.moves += 1;
  }
}
