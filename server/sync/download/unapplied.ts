/**
 * What a program does with a region whose rules it does not know yet: it downloads on and proves what needs no rules (form,
 * hashes, links, the signatures of devices and people, the place under the hub's checkpoint), keeps it, and applies nothing.
 */
import { setImmediate } from 'node:timers/promises';
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { ownSignatures } from '../../../shared/ledger/admission.ts';
import { blockHash, type OpenBlock, openBlock } from '../../../shared/ledger/block.ts';
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import type { Verify } from '../../../shared/ledger/founding.ts';
import { type CompactRange, type Hash, leafHash, verifyConsistency } from '../../../shared/ledger/merkle.ts';
import { headRow } from '../../../shared/ledger/rows.ts';
import { headKey } from '../../../shared/ledger/rules.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Database } from '../../storage/database.ts';
import { caught } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';
import { type DownloadedPage, download, proofOf } from './download.ts';
import { type BlockPage, type FetchBlocks, fetchBlocks, pageOfBlocks } from './fetch-blocks.ts';
import { forgetUnapplied, readUnapplied, readUnappliedHead, writeUnapplied } from './unapplied.store.ts';

interface Link {
  readonly height: number;
  readonly hash: Uint8Array;
}

/** Sealed blocks kept in pages of so many are looked through for the links of their devices. */
const PAGE = 1000;

export class Unapplied {
  readonly #database: Database;
  readonly #hash: Hash;
  readonly #verify: Verify;
  #range: CompactRange | undefined;
  /** The newest block of each device's epoch among those that wait. */
  #links: Map<string, Link> | undefined;

  private constructor(database: Database, hash: Hash, verify: Verify, range: CompactRange | undefined) {
    this.#database = database;
    this.#hash = hash;
    this.#verify = verify;
    this.#range = range;
  }

  static async open(database: Database, hash: Hash, verify: Verify): Promise<Unapplied> {
    return new Unapplied(database, hash, verify, await readUnappliedHead(database.read, hash));
  }

  /** Up to where the ledger is proved; 0 when nothing waits. */
  get size(): number {
    return this.#range?.size ?? 0;
  }

  /** Blocks that are here, else from the hub: a program that knows the rules applies them as if they came now. */
  fetch(fromHub: FetchBlocks): FetchBlocks {
    return async (from, limit) => {
      if (from >= this.size) return fromHub(from, limit);
      return pageOfBlocks(await readUnapplied(this.#database.read, from, Math.min(limit, this.size - from)));
    };
  }

  /** Everything that waited is applied up to `size`. */
  async applied(size: number): Promise<void> {
    if (!this.#range || size < this.#range.size) return;
    await this.#database.write(forgetUnapplied);
    this.#range = undefined;
    this.#links = undefined;
  }

  /**
   * Downloads and proves up to `target`, behind what is applied.
   * @throws {Failure} `sync.block-invalid`, `sync.signature-invalid`, `sync.root-mismatch` when the hub is caught.
   */
  async prove(hub: HubClient, applied: CompactRange, target: Checkpoint): Promise<void> {
    let range = (this.#range ?? applied).clone();
    if (!this.#links) this.#links = await this.#storedLinks(applied.size, range.size);
    for await (const page of download((from, limit) => fetchBlocks(hub, from, limit), range.size, target.size)) {
      range = await this.#provePage(hub, page, range, target);
      await setImmediate();
    }
    if (!equalBytes(range.root(), target.root))
      throw caught(
        'sync.root-mismatch',
        `The blocks do not lie under the checkpoint of size ${target.size} that the hub signed.`,
      );
  }

  async #provePage(hub: HubClient, page: DownloadedPage, before: CompactRange, target: Checkpoint): Promise<CompactRange> {
    const sealed = blocksOf(page);
    const range = before.clone();
    const links = new Map(this.#links);
    const opened = sealed.map((bytes) => this.#open(bytes, page.from));
    const keys = opened.map(({ block }) => headKey(toHex(block.device), block)).filter((key) => !links.has(key));
    for (const [key, row] of await loadState(this.#database.read, keys)) if (row) links.set(key, decode(headRow, row));
    for (const [at, { block }] of opened.entries()) {
      const name = page.hashes.subarray(32 * at, 32 * at + 32);
      const key = headKey(toHex(block.device), block);
      const last = links.get(key);
      const follows = last ? block.height === last.height + 1 && equalBytes(block.previous, last.hash) : block.height === 0;
      if (!follows)
        throw caught(
          'sync.block-invalid',
          `The block at position ${page.from + at} does not follow the one before it of its device.`,
        );
      links.set(key, { height: block.height, hash: name });
      range.append(leafHash(this.#hash, name));
    }
    const claim = {
      oldSize: range.size,
      newSize: target.size,
      oldRoot: range.root(),
      newRoot: target.root,
      proof: (await proofOf(hub, range.size, target.size)).map((node) => Buffer.from(node, 'base64')),
    };
    if (!verifyConsistency(this.#hash, claim))
      throw caught(
        'sync.root-mismatch',
        `Blocks up to position ${range.size} do not lie under the checkpoint that the hub signed.`,
      );
    await this.#database.write((transaction) => writeUnapplied(transaction, page.from, sealed, range));
    this.#range = range;
    this.#links = links;
    return range;
  }

  #open(bytes: Uint8Array, from: number): OpenBlock {
    let open: OpenBlock;
    try {
      open = openBlock(bytes);
    } catch (cause) {
      throw caught(
        'sync.block-invalid',
        `A block from position ${from} on has not the form of a block (${(cause as Error).message}).`,
      );
    }
    if (ownSignatures(open).every(({ key, message, signature }) => this.#verify(key, message, signature))) return open;
    throw caught('sync.signature-invalid', 'The hub let in a block whose signatures do not hold.', { from });
  }

  async #storedLinks(from: number, end: number): Promise<Map<string, Link>> {
    const links = new Map<string, Link>();
    for (let at = from; at < end; ) {
      const page = await readUnapplied(this.#database.read, at, Math.min(PAGE, end - at));
      if (page.length === 0) break;
      for (const bytes of page) {
        const { block } = openBlock(bytes);
        links.set(headKey(toHex(block.device), block), { height: block.height, hash: blockHash(this.#hash, bytes) });
      }
      at += page.length;
    }
    return links;
  }
}

function blocksOf(page: BlockPage): Uint8Array[] {
  return Array.from(page.ends, (end, at) => page.bytes.subarray(page.starts[at], end));
}
