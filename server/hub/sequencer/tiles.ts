/**
 * The hub's folder of static tiles: follows the ledger some seconds behind, so that a busy hub writes each tile about once. Its
 * checkpoint never names a block that is not in the folder; what the hub serves by GraphQL may be ahead of it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toHex } from '../../../shared/encoding/bytes.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { snapshotFileAt } from '../../../shared/ledger/snapshot.ts';
import { countInLayer, TILE_WIDTH, type TileLayer, tileAt, tilePath } from '../../../shared/ledger/tiles.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { CHECKPOINT_FILE, GENESIS_FILE, TileFolder } from '../../ledger/tile-folder.ts';
import type { Queryable } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { sha256, verifySignature } from '../../vault/primitives.ts';
import { KeptAnswers } from '../line/kept-answers.ts';

/** Of files that never change, in memory. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** After so long what was committed is in the folder. */
const DELAY_MS = 5_000;

export interface HubTilesOptions {
  readonly folder: string;
  readonly region: Region;
  readonly connection: Queryable;
  /** The newest checkpoint with the cosignatures received. */
  note(): string;
  /** Hears why the folder could not be brought up to date; the hub goes on without it. */
  warn(failure: Failure): void;
}

/** A file of a closed range: it never changes again. */
interface ClosedFile {
  /** Under the hub's address and under the folder. */
  readonly path: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  readonly bytes: number;
}

/** 256 blocks that are closed, with the files that hold them. */
interface ClosedRange {
  /** Position of the first block, and the one after the last. */
  readonly from: number;
  readonly end: number;
  readonly files: ClosedFile[];
}

const RANGE_LAYERS: readonly TileLayer[] = ['blocks', 'entries', 0];

export class HubTiles {
  readonly #options: HubTilesOptions;
  readonly #kept = new KeptAnswers<Buffer>(KEPT_BYTES, ({ length }) => length);
  #folder: TileFolder | undefined;
  /** The folder, once it is known to hold a beginning of this ledger. */
  #proved: Promise<TileFolder> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: HubTilesOptions) {
    this.#options = options;
  }

  /** Something was committed or cosigned. */
  notify(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, DELAY_MS).unref();
  }

  /** Brings the folder to the newest checkpoint; what stops it is a warning. */
  flush(): Promise<void> {
    const { note, warn } = this.#options;
    this.#writing = this.#writing.then(async () => {
      try {
        await (await this.#opened()).write(note());
      } catch (error) {
        warn(asFailure(error));
      }
    });
    return this.#writing;
  }

  async #opened(): Promise<TileFolder> {
    this.#folder ??= await TileFolder.open({ ...this.#options, hash: hashParts, verify: verifySignature });
    return this.#folder;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
  }

  /** At most `limit` closed ranges of 256 blocks from position `from` on, a multiple of 256. */
  async closedRanges(from: number, limit: number): Promise<ClosedRange[]> {
    const closed = Math.floor((await this.#size()) / TILE_WIDTH);
    const first = Math.ceil(from / TILE_WIDTH);
    const places = Array.from({ length: Math.max(0, Math.min(limit, closed - first)) }, (_, at) => first + at);
    try {
      return await Promise.all(places.map((place) => this.#closedRange(place)));
    } catch (error) {
      await this.#missed(error);
      return [];
    }
  }

  async #closedRange(place: number): Promise<ClosedRange> {
    const files = RANGE_LAYERS.map((layer) => this.#closedFile(tilePath({ layer, place, width: TILE_WIDTH })));
    return { from: place * TILE_WIDTH, end: (place + 1) * TILE_WIDTH, files: await Promise.all(files) };
  }

  /** A file that was written cannot be read. Whoever asked takes the blocks from the database meanwhile, as where there are no files. */
  async #missed(cause: unknown): Promise<void> {
    this.#options.warn(
      new Failure('tiles.gone', 'Files of tiles are gone or cannot be read. The hub writes them anew.', { cause }),
    );
    (await this.#opened()).mendAll();
    this.notify();
  }

  /**
   * Blocks whose files are given out. Those of a folder that does not open, or that holds what this hub lost when it was restored, are not:
   * a desk would take them for the ledger. Why has been reported when they were to be written.
   */
  async #size(): Promise<number> {
    this.#proved ??= this.#opened().then(async (folder) => {
      await folder.check(this.#options.note());
      return folder;
    });
    try {
      return (await this.#proved).size;
    } catch {
      this.#proved = undefined;
      return 0;
    }
  }

  async #closedFile(path: string): Promise<ClosedFile> {
    const bytes = await readFile(join(this.#options.folder, ...path.split('/')));
    return { path, hash: toHex(sha256(bytes)), bytes: bytes.length };
  }

  /** The file at `path` under the prefix, and whether it may change; undefined where there is none. */
  async read(path: string): Promise<{ bytes: Buffer; immutable: boolean } | undefined> {
    const tile = tileAt(path);
    const immutable = path === GENESIS_FILE || tile !== undefined || snapshotFileAt(path) !== undefined;
    if (!immutable && path !== CHECKPOINT_FILE) return undefined;
    if (tile && countInLayer(tile.layer, await this.#size()) < tile.place * TILE_WIDTH + tile.width) return undefined;
    const read = (): Promise<Buffer> => readFile(join(this.#options.folder, ...path.split('/')));
    const bytes = await (immutable ? this.#kept.get(path, read) : read()).catch(() => undefined);
    return bytes && { bytes, immutable };
  }
}
