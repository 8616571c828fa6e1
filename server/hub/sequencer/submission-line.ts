/**
 * The line in front of the sequencer. How much may wait there is limited for each clinic and for all, what one clinic brings keeps its
 * order, and one that brings much does not keep the others waiting.
 */
import type { Candidate } from './candidates.ts';
import { FairQueue } from './fair-queue.ts';

/** Blocks of one commit: the cost of one fsync is shared, and the first need not wait long for the last. */
const GROUP_BLOCKS = 2000;
/** Of one clinic that is alone: who comes meanwhile waits for the whole of its commit. */
const GROUP_BLOCKS_ALONE = 500;
const GROUP_BYTES = 8 * 1024 * 1024;
/** Of one clinic while others bring blocks too: they wait for the commit at work. What a clinic brings at once is cut into pieces of so many. */
const GROUP_BLOCKS_OF_CHAIN = 50;
/** Blocks of one clinic, and of all, that may wait at once; more are told to come back. */
const PENDING_BLOCKS_OF_CHAIN = 4000;
const PENDING_BLOCKS = 40_000;

interface Batch {
  readonly candidates: readonly Candidate[];
  settle(): void;
}

/** Blocks that are put in order together. */
interface Group {
  readonly candidates: readonly Candidate[];
  /** Those who brought them are answered. */
  settle(): void;
}

/** In the order in which they came: one commit takes few of a clinic while others wait. */
const piecesOf = (candidates: readonly Candidate[]): Array<readonly Candidate[]> =>
  Array.from({ length: Math.ceil(candidates.length / GROUP_BLOCKS_OF_CHAIN) }, (_, at) =>
    candidates.slice(at * GROUP_BLOCKS_OF_CHAIN, (at + 1) * GROUP_BLOCKS_OF_CHAIN),
  );

export class SubmissionLine {
  readonly #ready = new FairQueue<Batch>();
  readonly #pending = new Map<string, number>();
  #pendingBlocks = 0;
  /** Keeps the submissions of one clinic in the order in which they came, though their signatures are checked at once. */
  readonly #lastOfChain = new Map<string, Promise<void>>();

  /** Whether nobody is in line or on the way to it. */
  get isQuiet(): boolean {
    return this.#pendingBlocks === 0;
  }

  hasRoom(chain: string, blocks: number): boolean {
    const waiting = this.#pending.get(chain) ?? 0;
    return waiting + blocks <= PENDING_BLOCKS_OF_CHAIN && this.#pendingBlocks + blocks <= PENDING_BLOCKS;
  }

  /** Runs `work` while so many blocks of a clinic count as waiting. */
  async holding(chain: string, blocks: number, work: () => Promise<void>): Promise<void> {
    this.#pending.set(chain, (this.#pending.get(chain) ?? 0) + blocks);
    this.#pendingBlocks += blocks;
    try {
      await work();
    } finally {
      const left = (this.#pending.get(chain) as number) - blocks;
      if (left === 0) this.#pending.delete(chain);
      else this.#pending.set(chain, left);
      this.#pendingBlocks -= blocks;
    }
  }

  /** `then` runs when `checked` has ended and the same clinic's earlier submissions are in line. */
  async inOrder(chain: string, checked: Promise<void>, then: () => Promise<void>): Promise<void> {
    const before = this.#lastOfChain.get(chain);
    let letNext = (): void => undefined;
    const inLine = new Promise<void>((resolve) => {
      letNext = resolve;
    });
    this.#lastOfChain.set(chain, inLine);
    let done: Promise<void>;
    try {
      await checked;
      await before;
      done = then();
    } finally {
      letNext();
      if (this.#lastOfChain.get(chain) === inLine) this.#lastOfChain.delete(chain);
    }
    await done;
  }

  /** Puts them in line; ends once each of them is settled. */
  async join(chain: string, candidates: readonly Candidate[]): Promise<void> {
    await Promise.all(
      piecesOf(candidates).map(
        (piece) => new Promise<void>((settle) => this.#ready.push(chain, { candidates: piece, settle }, piece.length)),
      ),
    );
  }

  /** Takes those whose turn it is out of the line, group after group, until nobody is left. */
  *groups(): Generator<Group, void> {
    let before = 0;
    while (!this.#ready.isEmpty) {
      const batches: Batch[] = [];
      const ofChain = new Map<string, number>();
      // Others count from when they come: their signatures are checked while a clinic that came before them is stored.
      const most = before > 1 || this.#pending.size > 1 ? GROUP_BLOCKS_OF_CHAIN : GROUP_BLOCKS_ALONE;
      for (let blocks = 0, bytes = 0; blocks < GROUP_BLOCKS && bytes < GROUP_BYTES; ) {
        const taken = this.#ready.take((chain) => (ofChain.get(chain) ?? 0) < most);
        if (!taken) break;
        const { owner, item } = taken;
        ofChain.set(owner, (ofChain.get(owner) ?? 0) + item.candidates.length);
        batches.push(item);
        blocks += item.candidates.length;
        bytes += item.candidates.reduce((sum, { sealed }) => sum + sealed.length, 0);
      }
      before = ofChain.size;
      yield {
        candidates: batches.flatMap(({ candidates }) => candidates),
        settle: () => {
          for (const batch of batches) batch.settle();
        },
      };
    }
  }
}
