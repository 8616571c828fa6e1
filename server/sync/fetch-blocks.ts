/** Pages of sealed blocks from the hub, as bytes with their hashes: what is costly about fetching and needs no state. */
import { Worker } from 'node:worker_threads';
import { blockHash } from '../../shared/ledger/block.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { threadFile } from '../storage/thread-file.ts';
import { hashParts } from '../vault/hash-parts.ts';
import type { HubClient } from './hub-client.ts';

/** Sealed blocks one behind the other. */
export interface BlockPage {
  readonly bytes: Uint8Array;
  /** Where each block ends in `bytes`. */
  readonly ends: Uint32Array;
  /** 32 bytes for each block: its hash, computed here. */
  readonly hashes: Uint8Array;
}

export type FetchBlocks = (from: number, limit: number) => Promise<BlockPage>;

/** At most `limit` blocks from position `from` on. @throws {Failure} network failures, and what the hub answers. */
export async function fetchBlocks(hub: HubClient, from: number, limit: number): Promise<BlockPage> {
  const { blocks } = await hub.ask<{ blocks: { blocks: string[] } }>('Blocks', { from, limit });
  const texts = blocks?.blocks;
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string'))
    throw new Failure('sync.hub-answer', 'The hub answered with something that is no page of blocks. Nothing of it was used.', {
      retry: true,
    });
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'base64'), 0));
  const buffer = Buffer.from(bytes.buffer);
  const ends = new Uint32Array(texts.length);
  const hashes = new Uint8Array(32 * texts.length);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    const end = at + buffer.write(text, at, 'base64');
    hashes.set(blockHash(hashParts, bytes.subarray(at, end)), 32 * index);
    ends[index] = end;
    at = end;
  }
  return { bytes, ends, hashes };
}

export type FetchAnswer =
  | { readonly id: number; readonly page: BlockPage }
  | { readonly id: number; readonly failure: { readonly code: string; readonly message: string; readonly retry: boolean } };

/** The same in a thread of its own, for downloads of many pages: TLS, JSON and base64 take as long as folding does. */
export class BlockFetcher {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve(page: BlockPage): void; reject(error: unknown): void }>();
  #next = 0;

  constructor(hub: HubClient) {
    this.#worker = new Worker(threadFile(import.meta.url, 'fetch-worker'), { workerData: hub.place });
    this.#worker.on('message', (answer: FetchAnswer) => {
      const asked = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('page' in answer) asked?.resolve(answer.page);
      else asked?.reject(new Failure(answer.failure.code, answer.failure.message, { retry: answer.failure.retry }));
    });
    this.#worker.on('error', (cause) => {
      for (const { reject } of this.#waiting.values())
        reject(
          new Failure('sync.hub-unreachable', 'The thread that fetches blocks ended. Syncing tries again.', {
            retry: true,
            cause,
          }),
        );
      this.#waiting.clear();
    });
  }

  readonly fetch: FetchBlocks = (from, limit) =>
    new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, from, limit });
    });

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
