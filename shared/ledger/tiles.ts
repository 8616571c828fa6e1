/**
 * The static layout of a ledger after C2SP tlog-tiles: which files a tree of a size has, what they are called and what is in
 * them. The entries of our tree are block hashes; the blocks lie beside them in bundles of their own, since a block may be longer
 * than the 65,535 bytes that a bundle of entries allows. Arithmetic and bytes only.
 */
import { type Codec, opaque, Reader, written } from '../encoding/codec.ts';
import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';
import { MAX_BLOCK_BYTES } from './block.ts';

/** Hashes, entries or blocks in a full tile. */
export const TILE_WIDTH = 256;
const HASH_BYTES = 32;

/** The hashes of a tree level (a tile of level l holds nodes of height 8 · l), or what hangs under level 0. */
export type TileLayer = number | 'entries' | 'blocks';

export interface Tile {
  readonly layer: TileLayer;
  /** Counted from 0 in its layer. */
  readonly place: number;
  /** How much of it there is: 256, or less at the right edge of the tree. */
  readonly width: number;
}

/** `x001/x234/067` for 1,234,067: three digits a folder. */
function placePath(place: number): string {
  const digits = String(place);
  const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/[0-9]{3}/g) ?? [];
  return parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/');
}

/** Where a tile lies under the prefix, with `/` between folders. */
export function tilePath({ layer, place, width }: Tile): string {
  return `tile/${layer}/${placePath(place)}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/** The tile at `path`, or undefined where no tile may lie. */
export function tileAt(path: string): Tile | undefined {
  const parts = /^tile\/(entries|blocks|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (!parts) return undefined;
  const [, layer, place, width] = parts;
  const tile: Tile = {
    layer: layer === 'entries' || layer === 'blocks' ? layer : Number(layer),
    place: Number(place?.replaceAll(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  // One tile has one path: no zeros in front, no width that says "full".
  return tile.width > 0 && tilePath(tile) === path ? tile : undefined;
}

/** How many hashes, entries or blocks `layer` has in a tree of `size` entries. */
export const countInLayer = (layer: TileLayer, size: number): number =>
  typeof layer === 'number' ? Math.floor(size / TILE_WIDTH ** layer) : size;

/** The tiles of `layer` that a tree of `size` has and a tree of `from` has not, in order. */
export function* tilesOfLayer(layer: TileLayer, from: number, size: number): Generator<Tile, void, undefined> {
  const count = countInLayer(layer, size);
  const before = countInLayer(layer, from);
  if (count === before) return;
  for (let place = Math.floor(before / TILE_WIDTH); place * TILE_WIDTH < count; place++)
    yield { layer, place, width: Math.min(TILE_WIDTH, count - place * TILE_WIDTH) };
}

/** The levels of which a tree of `size` has tiles. */
export function levelsOf(size: number): number[] {
  const levels: number[] = [];
  for (let level = 0; countInLayer(level, size) > 0; level++) levels.push(level);
  return levels;
}

const entryCodec = opaque(65_535);
/** As the codec of a list of fixed prefix 4, whatever the limit of a block. */
const sealedCodec: Codec<Uint8Array> = {
  write: (out, value) => {
    out.uint(4, value.length);
    out.raw(value);
  },
  read: (input) => {
    const length = input.uint(4);
    if (length > MAX_BLOCK_BYTES)
      throw new Failure(
        'ledger.block-too-large',
        `A block of ${counted(length, 'byte')} is over the limit of ${MAX_BLOCK_BYTES}.`,
      );
    return input.raw(length);
  },
};

const bundle = (item: Codec<Uint8Array>, items: readonly Uint8Array[]): Uint8Array =>
  written((out) => {
    for (const each of items) item.write(out, each);
  });

function unbundled(item: Codec<Uint8Array>, bytes: Uint8Array): Uint8Array[] {
  const input = new Reader(bytes);
  const items: Uint8Array[] = [];
  while (input.left > 0) items.push(item.read(input));
  return items;
}

/** An entry bundle (C2SP tlog-tiles, "Log entries"): u16 length and entry for each; ours are block hashes of 32 bytes. */
export const entryBundle = (hashes: readonly Uint8Array[]): Uint8Array => bundle(entryCodec, hashes);

/** @throws {Failure} `encoding.malformed`. */
export function openEntryBundle(bytes: Uint8Array): Uint8Array[] {
  const entries = unbundled(entryCodec, bytes);
  if (entries.some((entry) => entry.length !== HASH_BYTES))
    throw new Failure('encoding.malformed', 'An entry of the ledger is a block hash of 32 bytes.');
  return entries;
}

/** A bundle of sealed blocks: u32 length and block for each. */
export const blockBundle = (blocks: readonly Uint8Array[]): Uint8Array => bundle(sealedCodec, blocks);

/** @throws {Failure} `encoding.malformed`, `ledger.block-too-large`. */
export const openBlockBundle = (bytes: Uint8Array): Uint8Array[] => unbundled(sealedCodec, bytes);
