/**
 * The Merkle tree of RFC 9162 section 2.1 (RFC 6962): arithmetic only. Hashing is handed in; nodes are 32 bytes.
 */
import { equalBytes } from '../encoding/bytes.ts';
import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';

/** SHA-256 over the concatenation of its arguments. */
export type Hash = (...parts: Uint8Array[]) => Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** RFC 9162 section 2.1.1: the hash of one leaf. */
export const leafHash = (hash: Hash, entry: Uint8Array): Uint8Array => hash(LEAF, entry);

/** RFC 9162 section 2.1.1: the hash of an inner node. */
export const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array => hash(NODE, left, right);

/** The root of a tree without leaves. */
export const emptyRoot = (hash: Hash): Uint8Array => hash();

/**
 * The right edge of a growing tree: the roots of its complete subtrees, largest first. Appending costs one node hash
 * on average, and the state of a tree of any size is at most 53 nodes.
 */
export class CompactRange {
  readonly #hash: Hash;
  #size: number;
  #nodes: Uint8Array[];

  constructor(hash: Hash, size = 0, nodes: readonly Uint8Array[] = []) {
    if (nodes.length !== bitCount(size) || !nodes.every(isHash))
      throw new Failure(
        'ledger.range-malformed',
        `A tree of ${counted(size, 'leaf', 'leaves')} does not have ${counted(nodes.length, 'subtree')}.`,
      );
    this.#hash = hash;
    this.#size = size;
    this.#nodes = [...nodes];
  }

  get size(): number {
    return this.#size;
  }

  /** Copies of the subtree roots, largest first. */
  get nodes(): readonly Uint8Array[] {
    return [...this.#nodes];
  }

  /** Adds a leaf hash; `onNode(level, index, hash)` hears of each subtree that became complete, leaves included. */
  append(leaf: Uint8Array, onNode?: (level: number, index: number, hash: Uint8Array) => void): void {
    let node = leaf;
    let level = 0;
    let index = this.#size;
    onNode?.(0, index, node);
    while (index % 2 === 1) {
      node = nodeHash(this.#hash, this.#nodes.pop() as Uint8Array, node);
      level += 1;
      index = (index - 1) / 2;
      onNode?.(level, index, node);
    }
    this.#nodes.push(node);
    this.#size += 1;
  }

  root(): Uint8Array {
    let root = this.#nodes.at(-1);
    if (root === undefined) return emptyRoot(this.#hash);
    for (let at = this.#nodes.length - 2; at >= 0; at--) root = nodeHash(this.#hash, this.#nodes[at] as Uint8Array, root);
    return root;
  }

  clone(): CompactRange {
    return new CompactRange(this.#hash, this.#size, this.#nodes);
  }
}

function bitCount(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0) throw new Failure('ledger.range-malformed', `${size} is not a tree size.`);
  let count = 0;
  for (let left = size; left > 0; left = Math.floor(left / 2)) count += left % 2;
  return count;
}

/** One node of the tree by level (0 = leaves) and index; complete subtrees only. A proof asks for all it needs at once. */
export type NodeSource = (level: number, index: number) => Promise<Uint8Array>;

/** The largest power of two below `size` (`size` > 1): where RFC 9162 splits a tree. */
function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

const levelOf = (width: number): number => Math.round(Math.log2(width));

async function subtreeRoot(hash: Hash, start: number, size: number, node: NodeSource): Promise<Uint8Array> {
  const level = levelOf(size);
  if (2 ** level === size && start % size === 0) return node(level, start / size);
  const split = splitPoint(size);
  const [left, right] = await Promise.all([
    subtreeRoot(hash, start, split, node),
    subtreeRoot(hash, start + split, size - split, node),
  ]);
  return nodeHash(hash, left, right);
}

/** The root of the first `size` leaves. */
export async function rootAt(hash: Hash, size: number, node: NodeSource): Promise<Uint8Array> {
  return size === 0 ? emptyRoot(hash) : subtreeRoot(hash, 0, size, node);
}

/**
 * RFC 9162 section 2.1.3.1: the inclusion proof of leaf `index` in the tree of the first `size` leaves.
 * @throws {Failure} `ledger.proof-range` when there is no such leaf.
 */
export async function inclusionProof(hash: Hash, index: number, size: number, node: NodeSource): Promise<Uint8Array[]> {
  if (index < 0 || index >= size) throw new Failure('ledger.proof-range', `Leaf ${index} is not in a tree of ${size}.`);
  const path = async (at: number, start: number, width: number): Promise<Uint8Array[]> => {
    if (width === 1) return [];
    const split = splitPoint(width);
    const [below, beside] = await Promise.all(
      at < split
        ? [path(at, start, split), subtreeRoot(hash, start + split, width - split, node)]
        : [path(at - split, start + split, width - split), subtreeRoot(hash, start, split, node)],
    );
    return [...below, beside];
  };
  return path(index, 0, size);
}

/**
 * RFC 9162 section 2.1.4.1: the proof that the tree of `size` leaves extends the tree of `from` leaves.
 * @throws {Failure} `ledger.proof-range` when `from` is not between 0 and `size`.
 */
export async function consistencyProof(hash: Hash, from: number, size: number, node: NodeSource): Promise<Uint8Array[]> {
  if (from < 0 || from > size) throw new Failure('ledger.proof-range', `A tree of ${size} does not extend one of ${from}.`);
  if (from === 0 || from === size) return [];
  const proof = async (old: number, start: number, width: number, whole: boolean): Promise<Uint8Array[]> => {
    if (old === width) return whole ? [] : [await subtreeRoot(hash, start, width, node)];
    const split = splitPoint(width);
    const [below, beside] = await Promise.all(
      old <= split
        ? [proof(old, start, split, whole), subtreeRoot(hash, start + split, width - split, node)]
        : [proof(old - split, start + split, width - split, false), subtreeRoot(hash, start, split, node)],
    );
    return [...below, beside];
  };
  return proof(from, 0, size, true);
}

const isHash = (node: Uint8Array): boolean => node.length === 32;

/** RFC 9162 section 2.1.3.2. True when `proof` shows that `leaf` stands at `index` under `root`; never throws. */
export function verifyInclusion(
  hash: Hash,
  claim: { leaf: Uint8Array; index: number; size: number; root: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  const { leaf, index, size, root, proof } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  if (!isHash(leaf) || !isHash(root) || !proof.every(isHash)) return false;
  let at = index;
  let last = size - 1;
  let node = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(hash, sibling, node);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      node = nodeHash(hash, node, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(node, root);
}

/**
 * The root of the first `index` + 1 leaves, out of an inclusion proof that holds: the leaf with the subtrees left of it, which
 * are those of that smaller tree.
 */
export function prefixRoot(
  hash: Hash,
  { leaf, index, size, proof }: { leaf: Uint8Array; index: number; size: number; proof: readonly Uint8Array[] },
): Uint8Array {
  let at = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of proof) {
    if (at % 2 === 1 || at === last) {
      root = nodeHash(hash, sibling, root);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return root;
}

/**
 * RFC 9162 section 2.1.4.2. True when `proof` shows that the tree under `newRoot` begins with the one under `oldRoot`.
 * A tree without leaves proves nothing, so a proof from size 0 is refused. Never throws.
 */
export function verifyConsistency(
  hash: Hash,
  claim: { oldSize: number; newSize: number; oldRoot: Uint8Array; newRoot: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 1 || oldSize > newSize) return false;
  if (!isHash(oldRoot) || !isHash(newRoot) || !proof.every(isHash)) return false;
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let at = oldSize - 1;
  let last = newSize - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  let oldNode = first;
  let newNode = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldNode = nodeHash(hash, sibling, oldNode);
      newNode = nodeHash(hash, sibling, newNode);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newNode = nodeHash(hash, newNode, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(oldNode, oldRoot) && equalBytes(newNode, newRoot);
}

// Counted, not by logarithm: log2 of large sizes rounds to a whole number beside the powers of two as well.
const isPowerOfTwo = (size: number): boolean => bitCount(size) === 1;
