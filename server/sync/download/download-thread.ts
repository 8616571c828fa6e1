/**
 * A thread beside a long download: it fetches pages (TLS, JSON, base64 and hashing take as long as folding does), and hashes what
 * folded blocks add to the head. While it loads its modules the first page is fetched here, which would wait for it longer than it takes;
 * further ones, and what is to be hashed, wait for it.
 */
import { Worker } from 'node:worker_threads';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { GrowingHead, type GrownHead, type Growth, headOfPlain, type PlainHead, plainHead } from '../../ledger/growing-head.ts';
import type { LedgerHead } from '../../ledger/ledger.store.ts';
import { threadFile } from '../../storage/thread-file.ts';
import type { HubClient } from '../hub-client.ts';
import type { BlockPage, FetchBlocks } from './fetch-blocks.ts';
import { fetchClosedFirst } from './fetch-closed.ts';

/** A head that grows by what is folded, here or in the thread. */
export interface HeadInMaking {
  add(growth: Growth): void;
  /** `passed`: the chain of effects after each block, where it was made in the thread that asks. */
  done(): Promise<GrownHead & { readonly passed?: readonly Uint8Array[] }>;
}

export const growHere = (hash: Hash, head: LedgerHead): HeadInMaking => {
  const growing = new GrowingHead(hash, head);
  const passed: Uint8Array[] = [];
  return { add: (growth) => growing.add(growth, passed), done: async () => ({ ...growing.done(), passed: passed.splice(0) }) };
};

function grownHere(hash: Hash, head: LedgerHead, growths: readonly Growth[]): ReturnType<HeadInMaking['done']> {
  const growing = growHere(hash, head);
  for (const growth of growths) growing.add(growth);
  return growing.done();
}

export type ThreadOrder =
  | { readonly id: number; readonly fetch: { readonly from: number; readonly limit: number } }
  | { readonly begin: PlainHead }
  | { readonly growths: readonly Growth[] }
  | { readonly id: number; readonly done: true };

interface PlainGrowth {
  readonly head: PlainHead;
  readonly nodes: GrownHead['nodes'];
}

export type ThreadAnswer =
  | { readonly isReady: true }
  | { readonly id: number; readonly page: BlockPage }
  | { readonly id: number; readonly grown: PlainGrowth }
  | { readonly id: number; readonly failure: { readonly code: string; readonly message: string; readonly retry: boolean } };

/** So many slices' growth goes to the thread at once: each message wakes it, which costs more than hashing a slice. */
const GROWTHS_AT_ONCE = 16;
/** What it holds for a moment is a page or two: left alone, V8 lets the thread's young objects grow to a hundred megabytes. */
const YOUNG_MB = 6;

interface Waiting {
  resolve(answer: BlockPage | PlainGrowth): void;
  reject(error: unknown): void;
}

export class DownloadThread {
  readonly #fetchHere: FetchBlocks;
  readonly #hash: Hash;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #isReady = false;
  #hasFetched = false;
  #ended: Failure | undefined;
  /** Resolves when the thread works, or has failed to begin. */
  readonly ready: Promise<void>;

  constructor(hub: HubClient, hash: Hash) {
    this.#fetchHere = fetchClosedFirst(hub);
    const host = hub.place ? new URL(hub.place.address).host : '';
    this.#hash = hash;
    let begun = (): void => undefined;
    this.ready = new Promise((resolve) => {
      begun = resolve;
    });
    this.#worker = new Worker(threadFile(import.meta.url, './download-worker'), {
      workerData: hub.place,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', (answer: ThreadAnswer) => {
      if (!('isReady' in answer)) return this.#answered(answer);
      this.#isReady = true;
      begun();
    });
    this.#worker.on('error', (cause) => {
      this.#isReady = false;
      begun();
      this.#ended = new Failure('sync.hub-unreachable', 'The thread that downloads blocks ended. Syncing tries again.', {
        retry: true,
        details: { host },
        cause,
      });
      for (const { reject } of this.#waiting.values()) reject(this.#ended);
      this.#waiting.clear();
    });
  }

  readonly fetch: FetchBlocks = async (from, limit) => {
    if (!this.#isReady && !this.#hasFetched) {
      this.#hasFetched = true;
      return this.#fetchHere(from, limit);
    }
    await this.ready;
    return this.#isReady ? this.#ask<BlockPage>({ fetch: { from, limit } }) : this.#fetchHere(from, limit);
  };

  /** One head at a time grows in the thread; here, where the thread has not begun by the time it is asked for. */
  grow(head: LedgerHead): HeadInMaking {
    let isBegun = false;
    let growths: Growth[] = [];
    const send = (): void => {
      if (!isBegun) this.#order({ begin: plainHead(head) });
      isBegun = true;
      const moved = growths.flatMap(({ leaves, outcomes, ends }) => [leaves.buffer, outcomes.buffer, ends.buffer]);
      this.#order({ growths }, moved as ArrayBuffer[]);
      growths = [];
    };
    return {
      add: (growth) => {
        growths.push(growth);
        if (this.#isReady && growths.length >= GROWTHS_AT_ONCE) send();
      },
      done: async () => {
        if (!isBegun && !this.#isReady) return grownHere(this.#hash, head, growths);
        send();
        const grown = await this.#ask<PlainGrowth>({ done: true });
        return { head: headOfPlain(this.#hash, grown.head), nodes: grown.nodes };
      },
    };
  }

  #answered(answer: Exclude<ThreadAnswer, { isReady: true }>): void {
    const asked = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('page' in answer) asked?.resolve(answer.page);
    else if ('grown' in answer) asked?.resolve(answer.grown);
    else asked?.reject(new Failure(answer.failure.code, answer.failure.message, { retry: answer.failure.retry }));
  }

  #ask<T extends BlockPage | PlainGrowth>(order: { fetch: { from: number; limit: number } } | { done: true }): Promise<T> {
    return new Promise<BlockPage | PlainGrowth>((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#order({ id, ...order });
    }) as Promise<T>;
  }

  #order(order: ThreadOrder, moved: ArrayBuffer[] = []): void {
    this.#worker.postMessage(order, moved);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
