/** Ed25519 verification on every core: claims travel to worker threads in packed pages, verdicts come back. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../shared/outcome/failure.ts';
import { threadFile } from '../storage/thread-file.ts';

export interface Claim {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** A page: per claim key[32], signature[64], u32 message length, message. */
function packClaims(claims: readonly Claim[]): Uint8Array {
  let length = 0;
  for (const claim of claims) length += 100 + claim.message.length;
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  let at = 0;
  for (const { key, signature, message } of claims) {
    packed.set(key, at);
    packed.set(signature, at + 32);
    view.setUint32(at + 96, message.length);
    packed.set(message, at + 100);
    at += 100 + message.length;
  }
  return packed;
}

interface Page {
  readonly resolve: (verdicts: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
}

export class VerifyPool {
  /** Started with their first page: a region of a few blocks needs one, however many cores there are. */
  readonly #workers: Array<Worker | undefined>;
  readonly #waiting = new Map<number, Page>();
  #next = 0;

  constructor(threads = Math.max(1, availableParallelism())) {
    this.#workers = Array.from({ length: threads });
  }

  #start(): Worker {
    const worker = new Worker(threadFile(import.meta.url, './verify-worker'));
    worker.unref();
    worker.on('message', ({ id, verdicts }: { id: number; verdicts: Uint8Array }) => {
      this.#waiting.get(id)?.resolve(verdicts);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) for (const each of this.#workers) each?.unref();
    });
    worker.on('error', (cause) => {
      const failure = new Failure('vault.verifier-ended', 'A verification thread ended. Restart Careledger.', { cause });
      for (const page of this.#waiting.values()) page.reject(failure);
      this.#waiting.clear();
    });
    return worker;
  }

  /** One byte for each claim, in order: 1 where its signature holds. */
  verify(claims: readonly Claim[]): Promise<Uint8Array> {
    const id = this.#next++;
    const packed = packClaims(claims);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const at = id % this.#workers.length;
      this.#workers[at] ??= this.#start();
      // The process lives on while somebody waits for an answer, and only then.
      this.#workers[at].ref();
      this.#workers[at].postMessage({ id, count: claims.length, packed }, [packed.buffer as ArrayBuffer]);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker?.terminate()));
  }
}
