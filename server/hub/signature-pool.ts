/** Verifies signatures in worker threads, page by page, taking turns between clinics. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SignatureClaim } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { FairQueue } from './fair-queue.ts';
import { packClaims } from './signature-pages.ts';

/** Claims in a page: some ten milliseconds of work, so that turns are short. */
const PAGE_CLAIMS = 256;
/** One page is worked on while the next is already there. */
const PAGES_AT_WORKER = 2;

interface Page {
  readonly claims: readonly SignatureClaim[];
  settle(valid: readonly boolean[]): void;
  refuse(error: Error): void;
}

class PoolWorker {
  readonly #worker = new Worker(new URL('./signature-worker.ts', import.meta.url));
  readonly #running: Page[] = [];
  readonly #ended: (worker: PoolWorker) => void;

  constructor(onRoom: () => void, onEnd: (worker: PoolWorker) => void) {
    this.#ended = onEnd;
    this.#worker.on('message', (valid: boolean[]) => {
      this.#running.shift()?.settle(valid);
      onRoom();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.unref();
  }

  get hasRoom(): boolean {
    return this.#running.length < PAGES_AT_WORKER;
  }

  start(page: Page): void {
    const packed = packClaims(page.claims);
    this.#running.push(page);
    this.#worker.postMessage(packed, [packed]);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#fail(undefined);
  }

  #fail(cause: unknown): void {
    this.#ended(this);
    const failure = new Failure(
      'hub.verifier-ended',
      'The hub could not check signatures just now. Nothing was accepted; try again.',
      {
        retry: true,
        cause,
      },
    );
    for (const page of this.#running.splice(0)) page.refuse(failure);
  }
}

export class SignaturePool {
  readonly #queue = new FairQueue<Page>();
  readonly #workers = new Set<PoolWorker>();
  readonly #size: number;
  #closed = false;

  constructor(size = Math.min(2, availableParallelism())) {
    this.#size = size;
    this.#dispatch();
  }

  /**
   * For each claim whether its signature holds, in order. `owner` is whose turn it takes.
   * @throws {Failure} `hub.verifier-ended` (retry) when a thread died.
   */
  async verify(owner: string, claims: readonly SignatureClaim[]): Promise<boolean[]> {
    const pages: Promise<readonly boolean[]>[] = [];
    for (let from = 0; from < claims.length; from += PAGE_CLAIMS)
      pages.push(
        new Promise((settle, refuse) =>
          this.#queue.push(owner, { claims: claims.slice(from, from + PAGE_CLAIMS), settle, refuse }),
        ),
      );
    this.#dispatch();
    return (await Promise.all(pages)).flat();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker.close()));
  }

  #dispatch(): void {
    if (this.#closed) return;
    while (this.#workers.size < this.#size)
      this.#workers.add(
        new PoolWorker(
          () => this.#dispatch(),
          (ended) => this.#workers.delete(ended),
        ),
      );
    for (let given = true; given; ) {
      given = false;
      for (const worker of this.#workers) {
        if (!worker.hasRoom) continue;
        const page = this.#queue.take();
        if (!page) return;
        worker.start(page);
        given = true;
      }
    }
  }
}
