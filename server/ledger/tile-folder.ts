/**
 * A folder with a ledger as static files (C2SP tlog-tiles; docs/protocol.md, section 18), for web servers, sticks and auditors.
 * Each file is whole or absent, everything under a checkpoint is durable before the checkpoint is, and what was written once
 * is never written again: an interrupted run goes on where it stopped.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { equalBytes, utf8 } from '../../shared/encoding/bytes.ts';
import type { Checkpoint } from '../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import { type Hash, leafHash, rootAt } from '../../shared/ledger/merkle.ts';
import { PolicyBook } from '../../shared/ledger/policy-book.ts';
import {
  blockBundle,
  countInLayer,
  entryBundle,
  levelsOf,
  TILE_WIDTH,
  type Tile,
  type TileLayer,
  tilePath,
  tilesOfLayer,
} from '../../shared/ledger/tiles.ts';
import { counted } from '../../shared/outcome/counted.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Queryable } from '../storage/database.ts';
import { syncFolder, writeFileDurably, writeFileWhole } from '../storage/durable-file.ts';
import { storageFailure } from '../storage/faults.ts';
import { readBlocks } from './blocks.store.ts';
import { readActs } from './policy-acts.store.ts';
import { NODE_STEP, nodeSource, readNodes } from './tree-nodes.store.ts';

/** Beside the tiles: the newest checkpoint that they reach, and the region's signed genesis, with which both are checked. */
export const CHECKPOINT_FILE = 'checkpoint';
export const GENESIS_FILE = 'genesis';

interface TileFolderOptions {
  /** Made when it is not there. */
  readonly folder: string;
  readonly region: Region;
  /** Where the ledger lies. */
  readonly connection: Queryable;
  readonly hash: Hash;
  readonly verify: Verify;
}

export interface WrittenTiles {
  /** Blocks under the folder's checkpoint. */
  readonly size: number;
  /** Files that this run wrote. */
  readonly files: number;
}

export class TileFolder {
  readonly #options: TileFolderOptions;
  #checkpoint: Checkpoint | undefined;
  /** Folders whose names are not durable yet. */
  #touched = new Set<string>();
  #files = 0;

  private constructor(options: TileFolderOptions, checkpoint: Checkpoint | undefined) {
    this.#options = options;
    this.#checkpoint = checkpoint;
  }

  /**
   * @throws {Failure} `tiles.foreign-folder`, `tiles.other-region`; as `openCheckpoint` when the folder's checkpoint is damaged;
   * storage failures.
   */
  static async open(given: TileFolderOptions): Promise<TileFolder> {
    const options = { ...given, folder: resolve(given.folder) };
    const { folder, region } = options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const genesis = await readIfThere(join(folder, GENESIS_FILE));
      if (!genesis) await begin(folder, region);
      else if (!equalBytes(genesis, region.bytes))
        throw new Failure('tiles.other-region', `The folder ${folder} holds the ledger of another region. Choose an empty one.`);
      const note = await readIfThere(join(folder, CHECKPOINT_FILE));
      const checkpoint = note && (await openNote(options, note.toString('utf8')));
      return new TileFolder(options, checkpoint);
    } catch (error) {
      throw storageFailure(error, { path: folder });
    }
  }

  /** Blocks under the folder's checkpoint. */
  get size(): number {
    return this.#checkpoint?.size ?? 0;
  }

  /**
   * Checks that what the folder holds is a beginning of the ledger under `note`.
   * @throws {Failure} `tiles.ahead`, `tiles.other-ledger`.
   */
  async check(note: string): Promise<void> {
    await this.#checkGrowth(await openNote(this.#options, note));
  }

  /** From the next `write` on every file is looked for, and written where it is not: somebody took some of them away. */
  mendAll(): void {
    this.#checkpoint = undefined;
  }

  /**
   * Brings the folder to the checkpoint of `note`; one that was taken away meanwhile is made anew.
   * @throws {Failure} `tiles.ahead`, `tiles.other-ledger` when the folder's checkpoint is not of this ledger; storage failures. The
   * folder's checkpoint then still stands, and all that is under it.
   */
  async write(note: string): Promise<WrittenTiles> {
    const { folder } = this.#options;
    const target = await openNote(this.#options, note);
    await this.#requireBeginning();
    if (note === this.#checkpoint?.note) return { size: target.size, files: 0 };
    await this.#checkGrowth(target);
    this.#files = 0;
    const from = this.size;
    try {
      await this.#writeBundles(from, target.size);
      for (const level of levelsOf(target.size).slice(1)) await this.#writeLevel(level, from, target.size);
      for (const touched of this.#touched) await syncFolder(touched);
      this.#touched.clear();
      await writeFileDurably(join(folder, CHECKPOINT_FILE), utf8(note));
      this.#checkpoint = target;
      await this.#removeSuperseded(from, target.size);
      return { size: target.size, files: this.#files + 1 };
    } catch (error) {
      throw storageFailure(error, { path: folder });
    }
  }

  /** Without its genesis nobody can check a folder, and the next start would take it for somebody else's. */
  async #requireBeginning(): Promise<void> {
    const { folder, region } = this.#options;
    try {
      if (await readIfThere(join(folder, GENESIS_FILE))) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileDurably(join(folder, GENESIS_FILE), region.bytes);
    } catch (error) {
      throw storageFailure(error, { path: folder });
    }
    this.mendAll();
  }

  /** A folder that was written by this ledger stays a beginning of it: a hub that lost blocks shows here. */
  async #checkGrowth(target: Checkpoint): Promise<void> {
    const { hash, folder, connection } = this.#options;
    const last = this.#checkpoint;
    if (!last) return;
    if (last.size > target.size)
      throw new Failure(
        'tiles.ahead',
        `The folder ${folder} holds ${counted(last.size, 'block')} and this ledger ${target.size}: the hub was restored from an older copy. Keep the folder; it has what is missing here.`,
      );
    if (!equalBytes(await rootAt(hash, last.size, nodeSource(connection, hash)), last.root))
      throw new Failure(
        'tiles.other-ledger',
        `The folder ${folder} holds another ledger of this region. Keep it as evidence and choose an empty folder.`,
      );
  }

  async #writeBundles(from: number, size: number): Promise<void> {
    const { hash, connection } = this.#options;
    for (const { place, width } of tilesOfLayer('blocks', from, size)) {
      const first = place * TILE_WIDTH;
      const blocks = await readBlocks(connection, first, width);
      if (blocks.length !== width || blocks.some(({ position }, at) => position !== first + at))
        throw new Failure('ledger.block-missing', `Blocks from position ${first} on are missing in the database. Run "verify".`);
      const hashes = blocks.map((block) => block.hash);
      const put = (layer: TileLayer, bytes: Uint8Array): Promise<void> => this.#put({ layer, place, width }, bytes);
      await put('blocks', blockBundle(blocks.map(({ bytes }) => bytes)));
      await put('entries', entryBundle(hashes));
      await put(0, Buffer.concat(hashes.map((each) => leafHash(hash, each))));
    }
  }

  async #writeLevel(level: number, from: number, size: number): Promise<void> {
    for (const tile of tilesOfLayer(level, from, size)) {
      const first = tile.place * TILE_WIDTH;
      const nodes = await readNodes(this.#options.connection, NODE_STEP * level, first, first + tile.width);
      if (nodes.length !== tile.width)
        throw new Failure('ledger.node-missing', `Nodes of the tree are missing in the database (level ${level}). Run "verify".`);
      await this.#put(tile, Buffer.concat(nodes));
    }
  }

  async #put(tile: Tile, bytes: Uint8Array): Promise<void> {
    const { folder } = this.#options;
    const path = join(folder, ...tilePath(tile).split('/'));
    const there = await readIfThere(path);
    if (!there || !equalBytes(there, bytes)) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFileWhole(path, bytes);
      this.#files += 1;
    }
    // Also what an interrupted run put there: its name may not be durable.
    for (let at = dirname(path); at.length >= folder.length; at = dirname(at)) this.#touched.add(at);
  }

  /**
   * Partial tiles go once the full one is there (C2SP tlog-tiles, "Partial Tiles"). Partial bundles of blocks, which may be
   * large, go as soon as neither this checkpoint nor the one before names them.
   */
  async #removeSuperseded(from: number, size: number): Promise<void> {
    const layers: TileLayer[] = [...levelsOf(size), 'entries', 'blocks'];
    for (const layer of layers) {
      const before = countInLayer(layer, from);
      for (const tile of tilesOfLayer(layer, from, size)) {
        const partial = join(
          this.#options.folder,
          ...tilePath({ ...tile, width: 1 })
            .split('/')
            .slice(0, -1),
        );
        if (tile.width === TILE_WIDTH) await rm(partial, { recursive: true, force: true });
        else if (layer === 'blocks')
          for (const width of await readdir(partial))
            if (tile.place * TILE_WIDTH + Number(width) < before) await rm(join(partial, width));
      }
    }
  }
}

/** Under the hub key that is in force at its size. */
async function openNote({ region, connection, hash, verify }: TileFolderOptions, note: string): Promise<Checkpoint> {
  const policies = new PolicyBook(region);
  for (const act of await readActs(connection)) policies.apply(act);
  return policies.open(hash, verify, note);
}

async function begin(folder: string, region: Region): Promise<void> {
  const others = (await readdir(folder)).filter((name) => !name.startsWith(`.${GENESIS_FILE}.`) && name !== 'snapshot');
  if (others.length > 0)
    throw new Failure('tiles.foreign-folder', `The folder ${folder} holds other files. Choose an empty one, or one of tiles.`);
  await writeFileDurably(join(folder, GENESIS_FILE), region.bytes);
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
