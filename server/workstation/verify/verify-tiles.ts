/**
 * A whole ledger checked from a folder of static tiles and nothing else: no hub, no database, no network. What is in the
 * folder is believed only as far as it follows from the region's genesis.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import type { Anchor } from '../../../shared/ledger/anchor.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import { type Checkpoint, claimedHead, cosignerName, originOf, type Witnessing } from '../../../shared/ledger/checkpoint.ts';
import { openGenesis, type Region } from '../../../shared/ledger/founding.ts';
import { leafHash, nodeHash } from '../../../shared/ledger/merkle.ts';
import { parseNote } from '../../../shared/ledger/note.ts';
import { encodeSnapshotHead, openRows, openSnapshotHead, snapshotFileAt, snapshotPath } from '../../../shared/ledger/snapshot.ts';
import { StateTree } from '../../../shared/ledger/state-tree.ts';
import {
  countInLayer,
  openBlockBundle,
  openEntryBundle,
  TILE_WIDTH,
  type Tile,
  tileAt,
  tilePath,
  tilesOfLayer,
} from '../../../shared/ledger/tiles.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { CHECKPOINT_FILE, GENESIS_FILE } from '../../ledger/tile-folder.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { VerifyPool } from '../../vault/verify-pool.ts';
import { type CheckedBlock, HistoryCheck } from './history-check.ts';

interface TilesReport {
  /** Region id, hexadecimal: to be compared with one that is known from elsewhere. */
  readonly region: string;
  readonly regionName: string;
  /** Blocks under the checkpoint. */
  readonly blocks: number;
  readonly signatures: number;
  readonly stateRows: number;
  /** Files that were read and hold. */
  readonly files: number;
  readonly witnessed: boolean;
  readonly witnessesFound: number;
  readonly witnessesNeeded: number;
  /** Files of a run that has not reached its checkpoint: nothing vouches for them, nobody needs them. */
  readonly uncovered: number;
}

/**
 * @param region the id (hexadecimal) that the ledger must have; without it, the folder's own, which the reader compares.
 * @param anchor what another region's ledger has bound of this one, which must then begin with that
 * @throws {Failure} `verify.tile`, naming the first file that does not hold, and why; `ledger.region-mismatch`; `verify.anchor-*`.
 */
export async function verifyTiles(
  folder: string,
  region?: string,
  pool = new VerifyPool(),
  anchor?: Anchor,
): Promise<TilesReport> {
  try {
    return await new TileCheck(folder, pool, anchor).run(region ?? anchor?.region);
  } finally {
    await pool.close();
  }
}

class TileCheck {
  readonly #folder: string;
  readonly #pool: VerifyPool;
  readonly #anchor: Anchor | undefined;
  /** Paths that were read and hold. */
  readonly #held = new Set<string>();
  /** Nodes of each level that follow from the entries, those that no full tile has taken yet. */
  readonly #nodes: Uint8Array[][] = [];

  constructor(folder: string, pool: VerifyPool, anchor: Anchor | undefined) {
    this.#folder = folder;
    this.#pool = pool;
    this.#anchor = anchor;
  }

  async run(expected?: string): Promise<TilesReport> {
    const genesis = await this.#read(GENESIS_FILE);
    const region = await at(GENESIS_FILE, () => openGenesis(hashParts, verifySignature, genesis));
    if (expected && expected !== toHex(region.id))
      throw new Failure(
        'ledger.region-mismatch',
        `The folder holds the ledger of region ${toHex(region.id)}, not of ${expected}. Nothing more was checked.`,
      );
    this.#held.add(GENESIS_FILE);
    const note = (await this.#read(CHECKPOINT_FILE)).toString('utf8');
    const claimed = await at(CHECKPOINT_FILE, () => claimedHead(note));
    const snapshots = await this.#snapshots(claimed.size);
    if (this.#anchor && this.#anchor.head.size > claimed.size)
      throw new Failure(
        'verify.anchor-ahead',
        `The anchor binds ${counted(this.#anchor.head.size, 'block')}, and this folder ends after ${claimed.size}: take a newer export. A hub that has no newer one has lost or hides blocks.`,
      );
    const history = new HistoryCheck(region, this.#pool, new Set([claimed.state?.size ?? 0, ...snapshots]));
    const open = (): Promise<Checkpoint> => at(CHECKPOINT_FILE, () => history.policies.open(hashParts, verifySignature, note));
    try {
      await this.#checkBundles(history, claimed.size);
      await atBlocks(claimed.size, () => history.end());
    } catch (error) {
      // Who altered the checkpoint made other files look wrong.
      await open();
      throw error;
    }
    const checkpoint = await open();
    checkHead(checkpoint, history);
    const found = await at(CHECKPOINT_FILE, () => checkLines(region, checkpoint, history));
    this.#held.add(CHECKPOINT_FILE);
    for (const size of snapshots) await this.#checkSnapshot(size, region, history);
    const uncovered = await this.#checkOthers(checkpoint.size);
    return {
      region: toHex(region.id),
      regionName: region.genesis.name,
      blocks: checkpoint.size,
      signatures: history.signatures,
      stateRows: history.rows.size,
      files: this.#held.size,
      witnessed: found.witnessed,
      witnessesFound: found.by.length,
      witnessesNeeded: found.needed,
      uncovered,
    };
  }

  async #checkBundles(history: HistoryCheck, size: number): Promise<void> {
    for (const { place, width } of tilesOfLayer('blocks', 0, size)) {
      const blocks = await this.#open({ layer: 'blocks', place, width }, openBlockBundle);
      const entries = await this.#open({ layer: 'entries', place, width }, openEntryBundle);
      const path = tilePath({ layer: 'blocks', place, width });
      const checked = blocks.map((bytes, index) => {
        const hash = blockHash(hashParts, bytes);
        if (!equalBytes(hash, entries[index] as Uint8Array))
          throw broken(path, `the block at position ${place * TILE_WIDTH + index} does not have the hash that its entry names`);
        return { bytes, hash };
      });
      await atBlocks(size, () => this.#add(history, checked));
      await this.#grow(
        0,
        place * TILE_WIDTH,
        checked.map(({ hash }) => leafHash(hashParts, hash)),
        size,
      );
    }
  }

  /** Stops where the anchor ends and looks whether the ledger is the one that it names. */
  async #add(history: HistoryCheck, blocks: readonly CheckedBlock[]): Promise<void> {
    const upTo = (this.#anchor?.head.size ?? 0) - history.head.size;
    if (!this.#anchor || upTo <= 0 || upTo > blocks.length) return history.add(blocks);
    await history.add(blocks.slice(0, upTo));
    if (!equalBytes(history.head.range.root(), this.#anchor.head.root))
      throw new Failure(
        'verify.anchor-broken',
        `This is not the ledger that was anchored: after ${counted(history.head.size, 'block')} it has another root than the one in the ledger of "${this.#anchor.parent.region.genesis.name}". One of the two was made anew.`,
      );
    await history.add(blocks.slice(upTo));
  }

  /** Takes nodes of a level in order, compares each tile that they fill, and hands its root to the level above. */
  async #grow(level: number, from: number, nodes: readonly Uint8Array[], size: number): Promise<void> {
    const waiting = [...(this.#nodes[level] ?? []), ...nodes];
    this.#nodes[level] = waiting;
    const isEnd = from + nodes.length === countInLayer(level, size);
    if (waiting.length < TILE_WIDTH && !isEnd) return;
    const place = Math.floor((from + nodes.length - 1) / TILE_WIDTH);
    const tile = { layer: level, place, width: waiting.length };
    const bytes = await this.#read(tilePath(tile));
    if (!equalBytes(bytes, Buffer.concat(waiting)))
      throw broken(tilePath(tile), 'its hashes are not those that the blocks come to');
    this.#held.add(tilePath(tile));
    if (waiting.length < TILE_WIDTH) return;
    this.#nodes[level] = [];
    await this.#grow(level + 1, place, [rootOfTile(waiting)], size);
  }

  async #open(tile: Tile, open: (bytes: Uint8Array) => Uint8Array[]): Promise<Uint8Array[]> {
    const path = tilePath(tile);
    const bytes = await this.#read(path);
    const items = await at(path, () => open(bytes));
    if (items.length !== tile.width) throw broken(path, `it holds ${items.length} of ${tile.width}`);
    this.#held.add(path);
    return items;
  }

  /** Sizes of the snapshots in the folder that lie under the checkpoint and are whole. */
  async #snapshots(size: number): Promise<number[]> {
    const names = await readdir(join(this.#folder, 'snapshot')).catch(() => []);
    const sizes = names.filter((name) => existsSync(join(this.#folder, 'snapshot', name, 'head'))).map(Number);
    return sizes.filter((at) => at <= size);
  }

  /** A snapshot's rows are those that the events come to, and whoever vouches for it has signed that. */
  async #checkSnapshot(size: number, region: Region, history: HistoryCheck): Promise<void> {
    const path = snapshotPath(size, 'head');
    const bytes = await this.#read(path);
    const head = await at(path, () => openSnapshotHead(bytes));
    const held = history.stateAt(size);
    if (!held?.state || head.size !== size) throw broken(path, 'no checkpoint carries a state root of its size');
    const acts = history.acts.filter(({ position }) => position < size);
    const { effects, range } = held;
    const own = { region: region.id, size, effects, nodes: [...range.nodes], acts, rows: head.rows, pages: head.pages };
    if (!equalBytes(bytes, encodeSnapshotHead(own)))
      throw broken(path, 'its tree, effects or acts are not those that the blocks come to');
    const tree = new StateTree(hashParts);
    for (const [page, name] of head.pages.entries()) {
      const file = snapshotPath(size, page);
      const rows = await this.#read(file);
      if (!equalBytes(hashParts(rows), name)) throw broken(file, 'it is not the page that the head of its snapshot names');
      await at(file, () => {
        for (const row of openRows(rows)) tree.add(row);
      });
      this.#held.add(file);
    }
    if (tree.size !== head.rows || !equalBytes(tree.root(), held.state.root))
      throw broken(path, 'its rows are not the state that the events come to');
    this.#held.add(path);
    const vouched = snapshotPath(size, 'checkpoint');
    if (!existsSync(join(this.#folder, ...vouched.split('/')))) return;
    const note = (await this.#read(vouched)).toString('utf8');
    await at(vouched, () => {
      const checkpoint = history.policies.open(hashParts, verifySignature, note);
      if (checkpoint.state?.size !== size || !equalBytes(checkpoint.state.root, (held.state as { root: Uint8Array }).root))
        throw new Failure('ledger.checkpoint-malformed', 'It carries another state root');
      checkLines(region, checkpoint, history);
    });
    this.#held.add(vouched);
  }

  /** Every other file is an older partial tile, which must be a beginning of what holds, or no part of the ledger. */
  async #checkOthers(size: number): Promise<number> {
    let uncovered = 0;
    const files = await readdir(this.#folder, { recursive: true, withFileTypes: true });
    for (const file of files) {
      if (file.isDirectory()) continue;
      const path = relative(this.#folder, join(file.parentPath, file.name)).split(sep).join('/');
      if (this.#held.has(path)) continue;
      // What a run that was cut short left: never read by anybody.
      if (/^\..*\.tmp$/.test(file.name)) continue;
      const tile = tileAt(path);
      if (!tile && snapshotFileAt(path)) {
        uncovered += 1;
        continue;
      }
      if (!tile) throw broken(path, 'it is no file of a ledger');
      const count = countInLayer(tile.layer, size);
      const covered = Math.min(TILE_WIDTH, count - tile.place * TILE_WIDTH);
      if (tile.width > covered) uncovered += 1;
      else {
        const whole = await this.#read(tilePath({ ...tile, width: covered }));
        const bytes = await this.#read(path);
        if (bytes.length >= whole.length || !equalBytes(bytes, whole.subarray(0, bytes.length)) || !isWhole(tile, bytes))
          throw broken(path, 'it is not a beginning of the tile that took its place');
        this.#held.add(path);
      }
    }
    return uncovered;
  }

  async #read(path: string): Promise<Buffer> {
    return readFile(join(this.#folder, ...path.split('/'))).catch((error: NodeJS.ErrnoException) => {
      throw broken(path, error.code === 'ENOENT' ? 'it is missing' : 'it cannot be read');
    });
  }
}

/** Of a full tile: 256 nodes. */
function rootOfTile(nodes: readonly Uint8Array[]): Uint8Array {
  let row = [...nodes];
  while (row.length > 1) {
    const below = row;
    row = Array.from({ length: below.length / 2 }, (_, at) =>
      nodeHash(hashParts, below[2 * at] as Uint8Array, below[2 * at + 1] as Uint8Array),
    );
  }
  return row[0] as Uint8Array;
}

/** Whether a partial tile has as many items as its name says. */
function isWhole({ layer, width }: Tile, bytes: Uint8Array): boolean {
  if (layer === 'blocks') return openBlockBundle(bytes).length === width;
  return bytes.length === width * (layer === 'entries' ? 34 : 32);
}

function checkHead(checkpoint: Checkpoint, history: HistoryCheck): void {
  const { head } = history;
  if (!equalBytes(checkpoint.root, head.range.root())) throw broken(CHECKPOINT_FILE, 'the blocks do not lie under its root');
  if (!equalBytes(checkpoint.effects, head.effects))
    throw broken(CHECKPOINT_FILE, 'the rules come to other effects than the hub signed');
  const state = checkpoint.state && history.stateAt(checkpoint.state.size)?.state;
  if (checkpoint.state && !(state && equalBytes(checkpoint.state.root, state.root)))
    throw broken(
      CHECKPOINT_FILE,
      `the state after ${counted(checkpoint.state.size, 'block')} is not the one that the hub signed`,
    );
}

/** Every signature line must be of the hub or a witness, and hold. */
function checkLines(region: Region, checkpoint: Checkpoint, { policies }: HistoryCheck): Witnessing {
  const found = policies.witnessing(hashParts, verifySignature, checkpoint);
  const holding = new Set([originOf(region.id)]);
  const names = policies.at(checkpoint.size).witnesses.map((witness) => {
    const name = cosignerName(witness);
    if (found.by.some((by) => by === name || by === toHex(witness.chain))) holding.add(name);
    return name;
  });
  for (const { name } of parseNote(checkpoint.note).signatures) {
    // Each name once: what is under a name that has held already is looked at by nobody.
    if (holding.delete(name)) continue;
    throw new Failure(
      'ledger.cosignature-invalid',
      names.includes(name) || name === originOf(region.id)
        ? `a signature line of ${name} does not hold`
        : `a signature line names ${name}, who is no witness of this region`,
    );
  }
  return found;
}

/** Runs `check` for the file at `path`; what it refuses is named with that file. */
async function at<T>(path: string, check: () => T | Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    const { code, message } = asFailure(error);
    if (code === 'verify.tile' || code.startsWith('internal.')) throw error;
    throw broken(path, `${message} (${code})`);
  }
}

/** The same for blocks of a ledger of `size`: named with the bundle that holds the block in question. */
async function atBlocks(size: number, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    const { position } = asFailure(error).details;
    if (typeof position !== 'number') throw error;
    const [tile] = tilesOfLayer('blocks', position, Math.min(size, (Math.floor(position / TILE_WIDTH) + 1) * TILE_WIDTH));
    await at(tilePath(tile as Tile), () => {
      throw error;
    });
  }
}

const broken = (path: string, why: string): Failure =>
  new Failure('verify.tile', `The file ${path} does not hold: ${why}.`, { details: { path } });
