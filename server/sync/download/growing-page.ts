/** What a replica will write together, as its slices are folded. */
import type { FoldedBlock, FoldedBlocks } from '../../ledger/fold.ts';
import type { BlockRun, LedgerHead, LedgerPage } from '../../ledger/ledger.store.ts';
import type { PageToApply } from '../clinic-ledger.ts';
import type { HeadInMaking } from './download-thread.ts';

export class GrowingPage {
  readonly #growing: HeadInMaking;
  readonly #runs: BlockRun[] = [];
  readonly #own: FoldedBlock[] = [];
  readonly #disputes: NonNullable<LedgerPage['disputes']>[number][] = [];
  readonly #acts: NonNullable<LedgerPage['acts']>[number][] = [];
  #size: number;

  constructor({ size }: LedgerHead, growing: HeadInMaking) {
    this.#size = size;
    this.#growing = growing;
  }

  /** Of the ledger, once this is written. */
  get size(): number {
    return this.#size;
  }

  /** @param own those of `folded` that are this device's. @param run the downloaded page that ends with them, if one does. */
  add({ blocks, growth, disputes, acts }: FoldedBlocks, own: readonly FoldedBlock[], run: BlockRun | undefined): void {
    this.#growing.add(growth);
    if (run) this.#runs.push(run);
    this.#own.push(...own);
    this.#disputes.push(...disputes);
    this.#acts.push(...acts);
    this.#size += blocks.length;
  }

  /** With the chain of effects after each block, where it was made in this thread: of a ledger that goes on, not of a long download. */
  async done(): Promise<{ readonly page: Omit<PageToApply, 'changes'>; readonly passed: readonly Uint8Array[] }> {
    const { head, nodes, passed = [] } = await this.#growing.done();
    const { disputes, acts } = { disputes: this.#disputes, acts: this.#acts };
    return { page: { blocks: [], runs: this.#runs, own: this.#own, disputes, acts, nodes, head }, passed };
  }
}
