/**
 * Snapshots as files beside the static tiles: the rows of the state in pages, then a head that names them, then the checkpoint
 * that vouches for them, each file whole or absent. Without its checkpoint a snapshot is nothing yet.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes, utf8 } from '../../shared/encoding/bytes.ts';
import type { Checkpoint } from '../../shared/ledger/checkpoint.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { encodeRows, encodeSnapshotHead, SNAPSHOT_PAGE_BYTES, snapshotPath } from '../../shared/ledger/snapshot.ts';
import { type StateRow, StateTree } from '../../shared/ledger/state-tree.ts';
import { counted } from '../../shared/outcome/counted.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Queryable } from '../storage/database.ts';
import { syncFolder, writeFileDurably, writeFileWhole } from '../storage/durable-file.ts';
import { readHead } from './ledger.store.ts';
import { readActs } from './policy-acts.store.ts';
import { statePages } from './state-rows.store.ts';

/** Older ones are removed: whoever reads one may finish while the next is made. */
const KEPT = 2;

export interface OfferedSnapshot {
  readonly size: number;
  readonly head: Buffer;
  /** The signed note of a checkpoint that carries the state root of this size. */
  readonly checkpoint: string;
}

export class SnapshotFolder {
  readonly #folder: string;
  readonly #region: Uint8Array;
  readonly #hash: Hash;

  /** @param folder the one of the tiles. */
  constructor(folder: string, region: Uint8Array, hash: Hash) {
    this.#folder = folder;
    this.#region = region;
    this.#hash = hash;
  }

  /**
   * Writes the snapshot of the state that `connection` sees, whose head must carry the state root of its own size. Durable when it resolves.
   * @throws {Failure} `ledger.snapshot-moved` when it is of another size or root; storage failures.
   */
  async write(connection: Queryable, size: number): Promise<void> {
    const head = await readHead(connection, this.#hash);
    if (head?.size !== size || head.state?.size !== size) throw moved(size);
    const acts = (await readActs(connection)).filter(({ position }) => position < size);
    const tree = new StateTree(this.#hash);
    const pages: Uint8Array[] = [];
    const put = async (rows: readonly StateRow[]): Promise<void> => {
      const bytes = encodeRows(rows);
      await this.#put(snapshotPath(size, pages.length), bytes);
      pages.push(this.#hash(bytes));
    };
    let page: StateRow[] = [];
    let bytes = 0;
    for await (const rows of statePages(connection)) {
      for (const row of rows) {
        tree.add(row);
        page.push(row);
        bytes += row.key.length + row.value.length + 5;
        if (bytes < SNAPSHOT_PAGE_BYTES) continue;
        await put(page);
        page = [];
        bytes = 0;
      }
    }
    if (page.length > 0) await put(page);
    if (!equalBytes(tree.root(), head.state.root)) throw moved(size);
    const { effects, range } = head;
    const snapshot = { region: this.#region, size, effects, nodes: [...range.nodes], acts, rows: tree.size, pages };
    await syncFolder(dirname(this.#path(snapshotPath(size, 0))));
    await writeFileDurably(this.#path(snapshotPath(size, 'head')), encodeSnapshotHead(snapshot));
    for (const made of ['snapshot', '']) await syncFolder(join(this.#folder, made));
    await this.#removeOld();
  }

  /** Keeps a checkpoint whose state root is that of a snapshot here, the first for each. Gives whether it did. */
  async vouch(checkpoint: Checkpoint): Promise<boolean> {
    const size = checkpoint.state?.size;
    if (size === undefined || !(await this.read(snapshotPath(size, 'head')))) return false;
    const path = snapshotPath(size, 'checkpoint');
    if (await this.read(path)) return false;
    await writeFileDurably(this.#path(path), utf8(checkpoint.note));
    return true;
  }

  /** The newest snapshot that has its checkpoint. */
  async newest(): Promise<OfferedSnapshot | undefined> {
    for (const size of (await this.#sizes()).reverse()) {
      const head = await this.read(snapshotPath(size, 'head'));
      const checkpoint = await this.read(snapshotPath(size, 'checkpoint'));
      if (head && checkpoint) return { size, head, checkpoint: checkpoint.toString('utf8') };
    }
    return undefined;
  }

  /** The file at `path`, undefined where there is none. */
  read(path: string): Promise<Buffer | undefined> {
    return readFile(this.#path(path)).catch(() => undefined);
  }

  #path(path: string): string {
    return join(this.#folder, ...path.split('/'));
  }

  async #put(path: string, bytes: Uint8Array): Promise<void> {
    await mkdir(dirname(this.#path(path)), { recursive: true, mode: 0o700 });
    await writeFileWhole(this.#path(path), bytes);
  }

  async #sizes(): Promise<number[]> {
    const names = await readdir(join(this.#folder, 'snapshot')).catch(() => []);
    return names
      .map(Number)
      .filter(Number.isSafeInteger)
      .sort((a, b) => a - b);
  }

  /** All but the newest of those with a checkpoint, and what is newer than it. */
  async #removeOld(): Promise<void> {
    for (const size of (await this.#sizes()).slice(0, -KEPT))
      await rm(join(this.#folder, 'snapshot', String(size)), { recursive: true, force: true });
  }
}

const moved = (size: number): Failure =>
  new Failure(
    'ledger.snapshot-moved',
    `The state is not the one after ${counted(size, 'block')} any more, so no snapshot was made of it.`,
  );
