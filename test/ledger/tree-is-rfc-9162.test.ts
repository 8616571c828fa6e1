import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import {
  CompactRange,
  consistencyProof,
  inclusionProof,
  leafHash,
  type NodeSource,
  nodeHash,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from '../../shared/ledger/merkle.ts';
import { hash } from '../support/ledger-builder.ts';
import { consistency, path, treeHash } from './reference-tree.ts';

const LARGEST = 256;
const entries = Array.from({ length: LARGEST }, (_, at) => utf8(`entry ${at}`));
const leaves = entries.map((entry) => leafHash(hash, entry));
const roots = Array.from({ length: LARGEST + 1 }, (_, size) => treeHash(entries.slice(0, size)));
const leafAt = (index: number): Uint8Array => leaves[index] as Uint8Array;
const rootOf = (size: number): Uint8Array => roots[size] as Uint8Array;
const nodes = new Map<string, Uint8Array>();
const node: NodeSource = async (level, index) => nodes.get(`${level}/${index}`) ?? Promise.reject(new Error(`${level}/${index}`));

beforeAll(() => {
  const range = new CompactRange(hash);
  for (const leaf of leaves) range.append(leaf, (level, index, value) => nodes.set(`${level}/${index}`, value));
});

/** The eight entries with which every RFC 6962 log is tested, and the roots of the first n of them. */
const PUBLISHED = {
  entries: ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'],
  roots: [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
};

describe('the root', () => {
  test('of the published entries is the published one, at each size', () => {
    const range = new CompactRange(hash);
    PUBLISHED.roots.forEach((root, size) => {
      expect(toHex(range.root())).toBe(root);
      if (size < PUBLISHED.entries.length) range.append(leafHash(hash, fromHex(PUBLISHED.entries[size] as string)));
    });
  });

  test('is the slow twin’s at each size, folded or from nodes', async () => {
    const range = new CompactRange(hash);
    for (let size = 0; size <= LARGEST; size++) {
      expect(range.size).toBe(size);
      expect(range.root()).toEqual(rootOf(size));
      expect(await rootAt(hash, size, node)).toEqual(rootOf(size));
      expect(new CompactRange(hash, size, range.nodes).root()).toEqual(rootOf(size));
      if (size < LARGEST) range.append(leafAt(size));
    }
  });

  test('of a range taken up with the wrong nodes is refused', () => {
    expect(() => new CompactRange(hash, 3, [leafAt(0)])).toThrowError(
      expect.objectContaining({ code: 'ledger.range-malformed' }),
    );
    expect(() => new CompactRange(hash, 1, [new Uint8Array(31)])).toThrowError(
      expect.objectContaining({ code: 'ledger.range-malformed' }),
    );
    expect(() => new CompactRange(hash, -1, [])).toThrowError(expect.objectContaining({ code: 'ledger.range-malformed' }));
  });

  test('of a clone goes its own way', () => {
    const range = new CompactRange(hash);
    range.append(leafAt(0));
    const clone = range.clone();
    clone.append(leafAt(1));
    expect(range.root()).toEqual(rootOf(1));
    expect(clone.root()).toEqual(rootOf(2));
  });

  test('keeps leaves and nodes apart', () => {
    const [left, right] = [leafAt(0), leafAt(1)];
    expect(leafHash(hash, new Uint8Array([...left, ...right]))).not.toEqual(nodeHash(hash, left, right));
  });
});

describe('inclusion', () => {
  test('is proved as the standard says, for each leaf of each size up to 256', { timeout: 60_000 }, async () => {
    for (let size = 1; size <= LARGEST; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(hash, index, size, node);
        if (size <= 40 || index === size - 1) expect(proof).toEqual(path(index, entries.slice(0, size)));
        expect(verifyInclusion(hash, { leaf: leafAt(index), index, size, root: rootOf(size), proof })).toBe(true);
      }
    }
  });

  test('does not hold at another place, in another size, under another root, for another leaf, or with another proof', async () => {
    for (let size = 1; size <= 33; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(hash, index, size, node);
        const claim = { leaf: leafAt(index), index, size, root: rootOf(size), proof };
        const wrong = [
          ...[index - 1, index + 1, index + size, index ^ 2, -1, 0.5].map((other) => ({ ...claim, index: other })),
          { ...claim, root: rootOf(size - 1) },
          { ...claim, root: rootOf(0) },
          { ...claim, root: claim.root.slice(1) },
          { ...claim, leaf: leafAt(index + 1) },
          { ...claim, proof: [...proof, rootOf(size)] },
          { ...claim, proof: [leafAt(index), ...proof] },
          ...proof.map((_, at) => ({ ...claim, proof: proof.toSpliced(at, 1) })),
          ...proof.map((each, at) => ({
            ...claim,
            proof: proof.with(
              at,
              each.map((byte, place) => (place === 7 ? byte ^ 1 : byte)),
            ),
          })),
          ...proof.map((each, at) => ({ ...claim, proof: proof.with(at, each.slice(0, 31)) })),
        ];
        for (const each of wrong) expect(verifyInclusion(hash, each), `${index} of ${size}`).toBe(false);
      }
    }
  });

  test('does not hold for another size, unless that tree has the same path from this leaf to this root', async () => {
    // RFC 9162 proofs do not bind the size beyond the shape of the path: a checkpoint binds size and root together.
    for (let size = 1; size <= 33; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(hash, index, size, node);
        const claim = { leaf: leafAt(index), index, size, root: rootOf(size), proof };
        for (const other of [0, index, size * 2 + 1, 2 ** 53])
          expect(verifyInclusion(hash, { ...claim, size: other })).toBe(false);
      }
    }
  });

  test('holds between hashes of 32 bytes only', () => {
    const short = leafAt(0).slice(0, 31);
    expect(verifyInclusion(hash, { leaf: short, index: 0, size: 1, root: short, proof: [] })).toBe(false);
    expect(verifyConsistency(hash, { oldSize: 1, newSize: 1, oldRoot: short, newRoot: short, proof: [] })).toBe(false);
  });

  test('of what is not there cannot be asked for', async () => {
    await expect(inclusionProof(hash, 5, 5, node)).rejects.toMatchObject({ code: 'ledger.proof-range' });
    await expect(inclusionProof(hash, -1, 5, node)).rejects.toMatchObject({ code: 'ledger.proof-range' });
  });
});

describe('consistency', () => {
  test('is proved as the standard says, for each pair of sizes up to 256', { timeout: 60_000 }, async () => {
    for (let newSize = 1; newSize <= LARGEST; newSize++) {
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = await consistencyProof(hash, oldSize, newSize, node);
        if (newSize <= 40) expect(proof).toEqual(consistency(oldSize, entries.slice(0, newSize)));
        expect(verifyConsistency(hash, { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: rootOf(newSize), proof })).toBe(
          true,
        );
      }
    }
  });

  test('does not hold with other roots, exchanged sizes, or another proof', async () => {
    for (let newSize = 1; newSize <= 33; newSize++) {
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = await consistencyProof(hash, oldSize, newSize, node);
        const claim = { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: rootOf(newSize), proof };
        const wrong = [
          { ...claim, oldSize: 0 },
          { ...claim, oldSize: -1 },
          { ...claim, oldSize: newSize + 1 },
          { ...claim, newSize: 0 },
          { ...claim, oldRoot: rootOf(oldSize - 1) },
          { ...claim, newRoot: rootOf(newSize - 1) },
          { ...claim, newRoot: claim.newRoot.slice(1) },
          { ...claim, proof: [...proof, rootOf(newSize)] },
          { ...claim, proof: [rootOf(oldSize), ...proof] },
          ...proof.map((_, at) => ({ ...claim, proof: proof.toSpliced(at, 1) })),
          ...proof.map((each, at) => ({
            ...claim,
            proof: proof.with(
              at,
              each.map((byte, place) => (place === 31 ? byte ^ 128 : byte)),
            ),
          })),
        ];
        for (const each of wrong) expect(verifyConsistency(hash, each), `${oldSize} to ${newSize}`).toBe(false);
      }
    }
  });

  test('is refused from a tree without leaves, which every tree extends', async () => {
    expect(await consistencyProof(hash, 0, 5, node)).toEqual([]);
    expect(verifyConsistency(hash, { oldSize: 0, newSize: 5, oldRoot: rootOf(0), newRoot: rootOf(5), proof: [] })).toBe(false);
    await expect(consistencyProof(hash, 6, 5, node)).rejects.toMatchObject({ code: 'ledger.proof-range' });
  });

  test('does not hold between histories that part anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), async (newSize, a, b) => {
        const oldSize = 1 + (a % (newSize - 1));
        const other = entries.slice(0, newSize).with(b % oldSize, utf8('another'));
        const proof = consistency(oldSize, other);
        const claim = { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: treeHash(other), proof };
        expect(verifyConsistency(hash, claim)).toBe(false);
      }),
    );
  });

  test('counts exactly in trees of any size', () => {
    // 2^48 + 1 is not a power of two, though its binary logarithm rounds to 48. All leaves of this tree are alike.
    const leaf = leafAt(0);
    let perfect = leaf;
    for (let level = 0; level < 48; level++) perfect = nodeHash(hash, perfect, perfect);
    const oldRoot = nodeHash(hash, perfect, leaf);
    const newRoot = nodeHash(hash, perfect, nodeHash(hash, leaf, leaf));
    const claim = { oldSize: 2 ** 48 + 1, newSize: 2 ** 48 + 2, oldRoot, newRoot, proof: [leaf, leaf, perfect] };
    expect(verifyConsistency(hash, claim)).toBe(true);
    expect(verifyConsistency(hash, { ...claim, oldSize: 2 ** 48 })).toBe(false);
  });
});
