import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TileFolder } from '../../server/ledger/tile-folder.ts';
import type { Queryable } from '../../server/storage/database.ts';
import { verifySignature } from '../../server/vault/primitives.ts';
import { VerifyPool } from '../../server/vault/verify-pool.ts';
import { verifyTiles } from '../../server/workstation/verify/verify-tiles.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { nodeHash } from '../../shared/ledger/merkle.ts';
import { countInLayer, levelsOf, tileAt, tilePath, tilesOfLayer } from '../../shared/ledger/tiles.ts';
import { FilledLedger } from '../support/filled-ledger.ts';
import { act, bytesFor, checkpointOf, cosign, foundClinic, foundRegion, hash } from '../support/ledger-builder.ts';

const north = foundClinic('North');
const south = foundClinic('South');
const region = foundRegion('tiles', [north, south]);
const blocks = Array.from({ length: 600 }, (_, at) => {
  const clinic = at % 3 === 0 ? south : north;
  return clinic.desk.write(act(clinic, 'access.sealed', { root: bytesFor(`root ${at}`), count: at }));
});

let parent: string;
let pool: VerifyPool;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'careledger-tiles-'));
  pool = new VerifyPool(1);
});
afterAll(async () => {
  await pool.close();
  await rm(parent, { recursive: true, force: true });
});

/** A pool that outlives one check: threads take long to start. */
const lent = (): VerifyPool =>
  Object.assign(Object.create(pool), { verify: (claims: never) => pool.verify(claims), close: async () => undefined });

let made = 0;
async function newFolder(): Promise<string> {
  made += 1;
  const folder = join(parent, `folder-${made}`);
  await mkdir(folder);
  return folder;
}

const open = (folder: string, connection: Queryable, of = region) =>
  TileFolder.open({ folder, region: of.region, connection, hash, verify: verifySignature });
const noteOf = ({ head }: FilledLedger, of = region) => checkpointOf(of, { ...head, root: head.range.root() }).note;
const cosigned = (ledger: FilledLedger) => {
  const note = noteOf(ledger);
  return note + cosign(north, note) + cosign(south, note);
};

/** Every file by its path, temporary ones left out. */
async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/')).sort();
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path))] as const)));
}

const verdict = (folder: string): Promise<string> =>
  verifyTiles(folder, toHex(region.region.id), lent()).then(
    () => 'holds',
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

describe('the layout of C2SP tlog-tiles', () => {
  test('a tree of 70,000 has the tiles of the example in the specification', () => {
    const widths = (level: number) => [...tilesOfLayer(level, 0, 70_000)].map(({ width }) => width);
    expect(levelsOf(70_000)).toEqual([0, 1, 2]);
    expect(widths(0)).toEqual([...Array.from({ length: 273 }, () => 256), 112]);
    expect(widths(1)).toEqual([256, 17]);
    expect(widths(2)).toEqual([1]);
    expect([...tilesOfLayer(1, 0, 256)]).toEqual([{ layer: 1, place: 0, width: 1 }]);
    expect(tilePath({ layer: 0, place: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ layer: 'entries', place: 0, width: 5 })).toBe('tile/entries/000.p/5');
  });

  test('each tile has one path, and each path one tile', () => {
    const layer = fc.oneof(fc.nat(63), fc.constantFrom('entries' as const, 'blocks' as const));
    const tile = fc.record({ layer, place: fc.maxSafeNat(), width: fc.integer({ min: 1, max: 256 }) });
    fc.assert(
      fc.property(tile, (each) => {
        expect(tileAt(tilePath(each))).toEqual(each);
      }),
    );
    for (const path of [
      'tile/00/000',
      'tile/64/000',
      'tile/0/0',
      'tile/0/x000/001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/07',
      'tile/0/../checkpoint',
    ])
      expect(tileAt(path)).toBeUndefined();
  });

  test('what a grown tree has is what it had and what came: no tile is written for nothing, none is left out', () => {
    const size = fc.nat(200_000);
    fc.assert(
      fc.property(size, size, fc.constantFrom(0, 1, 2), (a, b, layer) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const all = [...tilesOfLayer(layer, 0, to)];
        const had = [...tilesOfLayer(layer, 0, from)].filter(({ width }) => width === 256).length;
        const grown = countInLayer(layer, to) > countInLayer(layer, from);
        expect([...tilesOfLayer(layer, from, to)]).toEqual(grown ? all.slice(had) : []);
      }),
    );
  });
});

describe('a whole ledger from static files', () => {
  let ledger: FilledLedger;
  let folder: string;
  beforeAll(async () => {
    ledger = await FilledLedger.open(region.region);
    folder = await newFolder();
    const tiles = await open(folder, ledger.database.read);
    // As it grows: partial tiles come, and go when they are full.
    for (const until of [1, 100, 255, 256, 300, 520, 600]) {
      await ledger.add(...blocks.slice(ledger.head.size, until));
      await tiles.write(cosigned(ledger));
      expect(tiles.size).toBe(until);
    }
  });
  afterAll(() => ledger.database.close());

  test('it verifies with nothing else, from the genesis to the cosignatures', async () => {
    const report = await verifyTiles(folder, toHex(region.region.id), lent());
    expect(report).toMatchObject({
      blocks: 600,
      signatures: 600,
      witnessed: true,
      witnessesFound: 2,
      witnessesNeeded: 2,
      uncovered: 0,
    });
    expect(report.regionName).toBe('Region tiles');
    await expect(verifyTiles(folder, toHex(bytesFor('another region')), lent())).rejects.toMatchObject({
      code: 'ledger.region-mismatch',
    });
  });

  test('grown in steps or written at once, the files under the checkpoint are the same, and full tiles leave no partial ones', async () => {
    const once = await newFolder();
    await (await open(once, ledger.database.read)).write(cosigned(ledger));
    const [grown, whole] = [await filesOf(folder), await filesOf(once)];
    for (const [path, bytes] of whole) expect(grown.get(path)?.equals(bytes), path).toBe(true);
    expect([...grown.keys()].filter((path) => /\/00[01]\.p\//.test(path) && !path.startsWith('tile/1'))).toEqual([]);
    expect([...whole.keys()]).toContain('tile/blocks/002.p/88');
    // Nothing to do is nothing done.
    expect(await (await open(once, ledger.database.read)).write(cosigned(ledger))).toEqual({ size: 600, files: 0 });
  });

  test('the root of the checkpoint follows from the hash tiles alone, as any tlog client computes it', async () => {
    const read = (level: number, place: number, width: number) =>
      readFile(join(folder, tilePath({ layer: level, place, width })));
    const nodes = (bytes: Buffer) => Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(32 * at, 32 * at + 32));
    // MTH of RFC 6962 over the leaf hashes.
    const root = (leaves: Uint8Array[]): Uint8Array => {
      if (leaves.length === 1) return leaves[0] as Uint8Array;
      const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
      return nodeHash(hash, root(leaves.slice(0, split)), root(leaves.slice(split)));
    };
    const leaves = [...nodes(await read(0, 0, 256)), ...nodes(await read(0, 1, 256)), ...nodes(await read(0, 2, 88))];
    expect(toHex(root(leaves))).toBe(toHex(ledger.head.range.root()));
    expect(nodes(await read(1, 0, 2)).map(toHex)).toEqual([root(leaves.slice(0, 256)), root(leaves.slice(256, 512))].map(toHex));
  });

  test('a bit flipped anywhere is found, and the file that holds it is named', async () => {
    const copy = await newFolder();
    await cp(folder, copy, { recursive: true });
    const files = [...(await filesOf(copy))];
    const place = fc.record({ file: fc.nat(files.length - 1), at: fc.nat(), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(place, async ({ file, at, bit }) => {
        const [path, bytes] = files[file] as [string, Buffer];
        const flipped = Buffer.from(bytes);
        flipped[at % bytes.length] = (flipped[at % bytes.length] as number) ^ (1 << bit);
        await writeFile(join(copy, path), flipped);
        const found = await verdict(copy);
        await writeFile(join(copy, path), bytes);
        expect(found, `${path}, byte ${at % bytes.length}`).toMatch(/^verify\.tile|^ledger\.region-mismatch/);
        // An altered entry shows where the block that it names does not have its hash.
        if (!/entries|genesis/.test(path) && !/^(?:checkpoint|tile\/blocks)/.test(path)) expect(found).toContain(path);
      }),
      { numRuns: 80 },
    );
    expect(await verdict(copy)).toBe('holds');
  }, 300_000);
});

describe('what is wrong with a folder is named', () => {
  /** 300 blocks, with what `spoil` makes of those after the tenth. */
  async function folderOf(spoil: (block: Uint8Array) => Uint8Array = (block) => block, noteFor = cosigned): Promise<string> {
    const ledger = await FilledLedger.open(region.region);
    await ledger.add(...blocks.slice(0, 299), spoil(blocks[299] as Uint8Array));
    const folder = await newFolder();
    await (await open(folder, ledger.database.read)).write(noteFor(ledger));
    await ledger.database.close();
    return folder;
  }

  test('a block that its hub let in without a valid signature, by its position', async () => {
    const folder = await folderOf((block) => {
      const forged = Uint8Array.from(block);
      forged[forged.length - 1] = (forged.at(-1) as number) ^ 1;
      return forged;
    });
    expect(await verdict(folder)).toMatch(/tile\/blocks\/001\.p\/44 .* position 299 carries a signature that does not hold/);
  });

  test('effects that the rules do not come to, a cosignature of somebody else, a line twice', async () => {
    const effects = await folderOf(
      undefined,
      ({ head }) => checkpointOf(region, { ...head, root: head.range.root(), effects: bytesFor('other effects') }).note,
    );
    expect(await verdict(effects)).toMatch(/checkpoint .* other effects/);
    const east = foundClinic('East');
    const stranger = await folderOf(undefined, (ledger) => noteOf(ledger) + cosign(east, noteOf(ledger)));
    expect(await verdict(stranger)).toMatch(/checkpoint .* no witness of this region/);
    const twice = await folderOf(undefined, (ledger) => cosigned(ledger) + cosign(north, noteOf(ledger), 7));
    expect(await verdict(twice)).toMatch(/checkpoint .* does not hold/);
  });

  test('a checkpoint that the quorum has not signed is said, not hidden', async () => {
    const folder = await folderOf(undefined, (ledger) => noteOf(ledger) + cosign(north, noteOf(ledger)));
    const report = await verifyTiles(folder, undefined, lent());
    expect(report).toMatchObject({ witnessed: false, witnessesFound: 1, witnessesNeeded: 2 });
  });

  test('a file that is missing, cut short, too long, of elsewhere, or no file of a ledger', async () => {
    const folder = await folderOf();
    const path = join(folder, 'tile', 'blocks', '000');
    const bytes = await readFile(path);
    const seen: string[] = [];
    for (const spoilt of [
      bytes.subarray(0, -1),
      Buffer.concat([bytes, bytes.subarray(0, 9)]),
      await readFile(join(folder, 'tile', 'entries', '000')),
    ]) {
      await writeFile(path, spoilt);
      seen.push(await verdict(folder));
    }
    await rm(path);
    seen.push(await verdict(folder));
    await writeFile(path, bytes);
    for (const each of seen) expect(each).toMatch(/^verify\.tile: The file tile\/blocks\/000 does not hold/);
    await writeFile(join(folder, 'tile', 'blocks', '000.p'), 'x');
    expect(await verdict(folder)).toMatch(/tile\/blocks\/000\.p does not hold: it is no file of a ledger/);
    await rm(join(folder, 'tile', 'blocks', '000.p'));
    expect(await verdict(folder)).toBe('holds');
  });

  test('a length in a bundle that no block can have asks for no memory', async () => {
    const folder = await folderOf();
    const path = join(folder, 'tile', 'blocks', '000');
    const bytes = await readFile(path);
    bytes.writeUInt32BE(0xffffffff, 0);
    await writeFile(path, bytes);
    expect(await verdict(folder)).toMatch(/tile\/blocks\/000 .* over the limit/);
  });
});

describe('a folder is written so that it always holds', () => {
  test('cut off at any file, the checkpoint that stood still holds, and the next run goes on', async () => {
    const ledger = await FilledLedger.open(region.region);
    await ledger.add(...blocks.slice(0, 40));
    const folder = await newFolder();
    await (await open(folder, ledger.database.read)).write(cosigned(ledger));
    await ledger.add(...blocks.slice(40, 530));
    /** Reads that end after so many, as a killed process does. */
    const until = (reads: number): Queryable => {
      let left = reads;
      const read = ledger.database.read;
      const dead = async (): Promise<never> => Promise.reject(new Error('killed'));
      return {
        dialect: read.dialect,
        all: (sql, parameters) => (left-- > 0 ? read.all(sql, parameters) : dead()),
        get: (sql, parameters) => (left-- > 0 ? read.get(sql, parameters) : dead()),
      };
    };
    let written = false;
    let uncovered = 0;
    for (let reads = 1; !written; reads++) {
      written = await open(folder, until(reads))
        .then((tiles) => tiles.write(cosigned(ledger)))
        .then(
          () => true,
          () => false,
        );
      const report = await verifyTiles(folder, undefined, lent());
      expect(report.blocks).toBe(written ? 530 : 40);
      uncovered = Math.max(uncovered, report.uncovered);
    }
    expect(uncovered).toBeGreaterThan(3);
    await ledger.database.close();
  });

  test('another region, a shorter ledger and a different one are refused by name and change nothing', async () => {
    const long = await FilledLedger.open(region.region);
    await long.add(...blocks.slice(0, 30));
    const folder = await newFolder();
    await (await open(folder, long.database.read)).write(cosigned(long));
    const before = await filesOf(folder);
    await expect(open(folder, long.database.read, foundRegion('elsewhere', [north]))).rejects.toMatchObject({
      code: 'tiles.other-region',
    });
    const short = await FilledLedger.open(region.region);
    await short.add(...blocks.slice(0, 20));
    await expect((await open(folder, short.database.read)).write(cosigned(short))).rejects.toMatchObject({ code: 'tiles.ahead' });
    const other = await FilledLedger.open(region.region);
    const east = [...blocks.slice(0, 600).filter((_, at) => at % 3 === 0)].slice(0, 40);
    await other.add(...east);
    await expect((await open(folder, other.database.read)).write(cosigned(other))).rejects.toMatchObject({
      code: 'tiles.other-ledger',
    });
    expect(await filesOf(folder)).toEqual(before);
    const full = await newFolder();
    await writeFile(join(full, 'letter.txt'), 'x');
    await expect(open(full, long.database.read)).rejects.toMatchObject({ code: 'tiles.foreign-folder' });
    for (const { database } of [long, short, other]) await database.close();
  });
});
