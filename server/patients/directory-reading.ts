/**
 * Opens the whole directory, in this thread and, where it is large, in another beside it: a row costs as a call to the cipher does, and
 * a hundred thousand of them a second.
 */
import { Worker } from 'node:worker_threads';
import { concat } from '../../shared/encoding/bytes.ts';
import { threadFile } from '../storage/thread-file.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, type PackedVaultRow, ROW_KEY_BYTES } from '../sync/vault-context/vault-rows.store.ts';
import type { SealingKey } from '../vault/primitives.ts';
import { KIND, type OpenedPatients, openPatients } from './directory-rows.ts';

/** Rows that one of the two takes at a time: few enough that neither waits long for the other at the end. */
const PART = 1_000;
/** From so many rows on a thread repays its start. */
const MANY = 5_000;
/** Parts that wait in the thread, so that it never waits for this one. */
const HANDED = 2;

/** Rows on their way to the thread, one behind the other. */
export interface PackedPart {
  readonly keys: Uint8Array;
  readonly tags: Uint8Array;
  readonly sealed: Uint8Array;
  readonly lengths: readonly number[];
}

/** @throws {Failure} `vault.row-altered`, `storage.corrupt`. */
export async function readDirectory({ reader, rows }: VaultContext, take: (opened: OpenedPatients) => void): Promise<void> {
  const key = rows.openingKey;
  let thread: OpeningThread | undefined;
  const elsewhere: Promise<void>[] = [];
  try {
    for await (const page of everyRow(reader, KIND)) {
      if (page.length >= MANY) thread ??= new OpeningThread(key);
      for (let from = 0; from < page.length; from += PART) {
        const part = page.slice(from, from + PART);
        if (thread?.hasRoom) elsewhere.push(thread.open(part).then(take));
        else take(openPatients(key, part));
        // The thread's answers are heard, and what it has room for is handed over.
        if (thread) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await Promise.all(elsewhere);
  } finally {
    await thread?.close();
  }
}

/** Opens rows in a thread of its own; whoever cannot wait for `ready` opens them here meanwhile. */
export class OpeningThread {
  readonly #key: SealingKey;
  readonly #worker: Worker;
  /** In the order in which they were handed over, which is the order of the answers. */
  readonly #waiting: Array<(opened: OpenedPatients | undefined) => void> = [];
  #isReady = false;
  /** Resolves when the thread works, or has failed to begin. */
  readonly ready: Promise<void>;

  constructor(key: SealingKey) {
    this.#key = key;
    let begun = (): void => undefined;
    this.ready = new Promise((resolve) => {
      begun = resolve;
    });
    this.#worker = new Worker(threadFile(import.meta.url, './directory-worker'), { workerData: key });
    this.#worker.on('message', (answer: OpenedPatients | 'ready' | undefined) => {
      if (answer !== 'ready') return this.#waiting.shift()?.(answer);
      this.#isReady = true;
      begun();
    });
    this.#worker.on('error', () => {
      this.#isReady = false;
      begun();
      for (const resolve of this.#waiting.splice(0)) resolve(undefined);
    });
  }

  get hasRoom(): boolean {
    return this.#isReady && this.#waiting.length < HANDED;
  }

  /** What the thread cannot open is opened here, and fails here with its reason. */
  async open(rows: readonly PackedVaultRow[]): Promise<OpenedPatients> {
    const opened = await new Promise<OpenedPatients | undefined>((resolve) => {
      this.#waiting.push(resolve);
      const part = packed(rows);
      this.#worker.postMessage(part, [part.keys.buffer, part.tags.buffer, part.sealed.buffer] as ArrayBuffer[]);
    });
    return opened ?? openPatients(this.#key, rows);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}

const packed = (rows: readonly PackedVaultRow[]): PackedPart => ({
  keys: concat(...rows.map(({ key }) => key)),
  tags: concat(...rows.map(({ tag }) => tag)),
  sealed: concat(...rows.map(({ sealed }) => sealed)),
  lengths: rows.map(({ sealed }) => sealed.length),
});

export function unpacked({ keys, tags, sealed, lengths }: PackedPart): PackedVaultRow[] {
  let at = 0;
  return lengths.map((length, index) => {
    const from = index * ROW_KEY_BYTES;
    const to = from + ROW_KEY_BYTES;
    at += length;
    return { key: keys.subarray(from, to), tag: tags.subarray(from, to), sealed: sealed.subarray(at - length, at) };
  });
}
