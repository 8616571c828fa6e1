/** Worker threads for what costs most: verifying signatures, in turns between clinics, and signing receipts. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SignatureClaim } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { threadFile } from '../storage/thread-file.ts';
import type { SigningKey } from '../vault/primitives.ts';
import { FairQueue } from './fair-queue.ts';
import { packClaims } from './signature-pages.ts';

/** Signatures in a page: some ten milliseconds of work, so that turns are short. */
const PAGE_ITEMS = 256;
/** One page is worked on while the next is already there. */
const PAGES_AT_WORKER = 2;

/** As whom receipts are signed. */
export interface SigningIdentity {
  readonly hubKey: SigningKey;
  /** Region id. */
  readonly region: Uint8Array;
}

/** What a receipt says of one block. */
export interface ReceiptDraft {
  readonly block: Uint8Array;
  readonly index: number;
  readonly time: number;
  readonly documents: readonly Uint8Array[];
}

/** Who checks and signs for the sequencer. */
export interface SignatureWork {
  /**
   * For each claim whether its signature holds, in order. `owner` is whose turn it takes.
   * @throws {Failure} `hub.signer-ended` (retry) when a thread died.
   */
  verify(owner: string, claims: readonly SignatureClaim[]): Promise<boolean[]>;
  /**
   * Signed receipts, in order. The same draft gives the same receipt: Ed25519 signatures have no randomness.
   * @throws {Failure} `hub.signer-ended` (retry) when a thread died.
   */
  sign(drafts: readonly ReceiptDraft[]): Promise<Uint8Array[]>;
  /** From now on receipts are signed with this key; those asked for before, with the one before. */
  rekey?(hubKey: SigningKey): void;
  close(): Promise<void>;
}

export type WorkerJob =
  | { readonly claims: ArrayBuffer }
  | { readonly receipts: readonly ReceiptDraft[]; readonly hubKey: SigningKey };
type WorkerAnswer = readonly boolean[] | readonly Uint8Array[];

interface Page {
  /** Made only when a worker takes it. */
  job(): WorkerJob;
  settle(answer: WorkerAnswer): void;
  refuse(error: Error): void;
}

class PoolWorker {
  readonly #worker: Worker;
  readonly #running: Page[] = [];
  readonly #ended: (worker: PoolWorker) => void;

  constructor(identity: SigningIdentity, onRoom: () => void, onEnd: (worker: PoolWorker) => void) {
    this.#ended = onEnd;
    this.#worker = new Worker(threadFile(import.meta.url, './signature-worker'), { workerData: identity });
    this.#worker.on('message', (answer: WorkerAnswer) => {
      this.#running.shift()?.settle(answer);
      if (!this.isBusy) this.#worker.unref();
      onRoom();
    });
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.unref();
  }

  get hasRoom(): boolean {
    return this.#running.length < PAGES_AT_WORKER;
  }

  get isBusy(): boolean {
    return this.#running.length > 0;
  }

  start(page: Page): void {
    const job = page.job();
    this.#running.push(page);
    // The process lives on while somebody waits for an answer, and only then.
    this.#worker.ref();
    this.#worker.postMessage(job, 'claims' in job ? [job.claims] : []);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#fail(undefined);
  }

  #fail(cause: unknown): void {
    this.#ended(this);
    const message = 'The hub could not check or sign just now. What it took is safe; send it again.';
    const failure = new Failure('hub.signer-ended', message, { retry: true, cause });
    for (const page of this.#running.splice(0)) page.refuse(failure);
  }
}

export class SignaturePool implements SignatureWork {
  readonly #claims = new FairQueue<Page>();
  /** Served first: their blocks are durable and their senders wait. */
  readonly #receipts: Page[] = [];
  readonly #workers = new Set<PoolWorker>();
  #identity: SigningIdentity;
  readonly #size: number;
  #closed = false;

  constructor(identity: SigningIdentity, size = Math.min(2, availableParallelism())) {
    this.#identity = identity;
    this.#size = size;
  }

  async verify(owner: string, claims: readonly SignatureClaim[]): Promise<boolean[]> {
    const answers = this.#inPages(
      claims,
      (part) => ({ claims: packClaims(part) }),
      (page) => this.#claims.push(owner, page),
    );
    return (await answers).flat() as boolean[];
  }

  async sign(drafts: readonly ReceiptDraft[]): Promise<Uint8Array[]> {
    const { hubKey } = this.#identity;
    const answers = this.#inPages(
      drafts,
      (receipts) => ({ receipts: receipts.map(detached), hubKey }),
      (page) => this.#receipts.push(page),
    );
    return (await answers).flat() as Uint8Array[];
  }

  rekey(hubKey: SigningKey): void {
    this.#identity = { ...this.#identity, hubKey };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker.close()));
  }

  #inPages<T>(
    items: readonly T[],
    jobOf: (part: readonly T[]) => WorkerJob,
    queue: (page: Page) => void,
  ): Promise<WorkerAnswer[]> {
    const pages: Promise<WorkerAnswer>[] = [];
    for (let from = 0; from < items.length; from += PAGE_ITEMS) {
      const part = items.slice(from, from + PAGE_ITEMS);
      pages.push(new Promise((settle, refuse) => queue({ job: () => jobOf(part), settle, refuse })));
    }
    this.#dispatch();
    return Promise.all(pages);
  }

  #dispatch(): void {
    if (this.#closed) return;
    // A further worker starts once all that there are have something to do.
    while (this.#workers.size < this.#size && [...this.#workers].every((worker) => worker.isBusy)) {
      const page = this.#nextPage();
      if (!page) return;
      const worker = this.#newWorker();
      this.#workers.add(worker);
      worker.start(page);
    }
    for (let given = true; given; ) {
      given = false;
      for (const worker of this.#workers) {
        if (!worker.hasRoom) continue;
        const page = this.#nextPage();
        if (!page) return;
        worker.start(page);
        given = true;
      }
    }
  }

  #nextPage(): Page | undefined {
    return this.#receipts.shift() ?? this.#claims.take()?.item;
  }

  #newWorker(): PoolWorker {
    return new PoolWorker(
      this.#identity,
      () => this.#dispatch(),
      (ended) => this.#workers.delete(ended),
    );
  }
}

/** Copies of what may be a view into something large: a message takes the whole memory behind a view along. */
const detached = ({ block, index, time, documents }: ReceiptDraft): ReceiptDraft => ({
  block: Uint8Array.from(block),
  index,
  time,
  documents: documents.map((name) => Uint8Array.from(name)),
});
