/** Worker threads for what costs most, verifying signatures: in turns between clinics. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SignatureClaim } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { threadFile } from '../../storage/thread-file.ts';
import { FairQueue } from './fair-queue.ts';
import { packClaims } from './signature-pages.ts';

/** Signatures in a page: some ten milliseconds of work, so that turns are short. */
const PAGE_ITEMS = 256;
/** One page is worked on while the next is already there. */
const PAGES_AT_WORKER = 2;

/** Who checks signatures for the sequencer. */
export interface SignatureWork {
  /**
   * For each claim whether its signature holds, in order. `owner` is whose turn it takes.
   * @throws {Failure} `hub.signer-ended` (retry) when a thread died.
   */
  verify(owner: string, claims: readonly SignatureClaim[]): Promise<boolean[]>;
  close(): Promise<void>;
}

interface Page {
  /** Made only when a worker takes it. */
  job(): ArrayBuffer;
  settle(valid: readonly boolean[]): void;
  refuse(error: Error): void;
}

class PoolWorker {
  readonly #worker: Worker;
  readonly #running: Page[] = [];
  readonly #ended: (worker: PoolWorker) => void;

  constructor(onRoom: () => void, onEnd: (worker: PoolWorker) => void) {
    this.#ended = onEnd;
    this.#worker = new Worker(threadFile(import.meta.url, './signature-worker'));
    this.#worker.on('message', (valid: readonly boolean[]) => {
      this.#running.shift()?.settle(valid);
      if (this.running === 0) this.#worker.unref();
      onRoom();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.unref();
  }

  /** Pages that it has. */
  get running(): number {
    return this.#running.length;
  }

  start(page: Page): void {
    const job = page.job();
    this.#running.push(page);
    // The process lives on while somebody waits for an answer, and only then.
    this.#worker.ref();
    this.#worker.postMessage(job, [job]);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#fail(undefined);
  }

  #fail(cause: unknown): void {
    this.#ended(this);
    const message = 'The hub could not check signatures just now. Send it again.';
    const failure = new Failure('hub.signer-ended', message, { retry: true, cause });
    for (const page of this.#running.splice(0)) page.refuse(failure);
  }
}

export class SignaturePool implements SignatureWork {
  readonly #pages = new FairQueue<Page>();
  readonly #workers = new Set<PoolWorker>();
  readonly #size: number;
  #closed = false;

  constructor(size = Math.min(2, availableParallelism())) {
    this.#size = size;
  }

  async verify(owner: string, claims: readonly SignatureClaim[]): Promise<boolean[]> {
    const pages: Promise<readonly boolean[]>[] = [];
    for (let from = 0; from < claims.length; from += PAGE_ITEMS) {
      const part = claims.slice(from, from + PAGE_ITEMS);
      pages.push(
        new Promise((settle, refuse) => this.#pages.push(owner, { job: () => packClaims(part), settle, refuse }, part.length)),
      );
    }
    this.#dispatch();
    return (await Promise.all(pages)).flat();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker.close()));
  }

  #dispatch(): void {
    if (this.#closed) return;
    // A further worker starts once all that there are have something to do.
    while (this.#workers.size < this.#size && [...this.#workers].every((worker) => worker.running > 0)) {
      const page = this.#pages.take()?.item;
      if (!page) return;
      const worker = this.#newWorker();
      this.#workers.add(worker);
      worker.start(page);
    }
    for (let idlest = this.#idlest(); idlest; idlest = this.#idlest()) {
      const page = this.#pages.take()?.item;
      if (!page) return;
      idlest.start(page);
    }
  }

  /** The worker with the least to do that takes another page. */
  #idlest(): PoolWorker | undefined {
    const [idlest] = [...this.#workers].sort((one, other) => one.running - other.running);
    return idlest && idlest.running < PAGES_AT_WORKER ? idlest : undefined;
  }

  #newWorker(): PoolWorker {
    return new PoolWorker(
      () => this.#dispatch(),
      (ended) => this.#workers.delete(ended),
    );
  }
}
