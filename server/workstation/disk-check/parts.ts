/** What the check of the disk looks at, in slices of some milliseconds: what nobody would notice where it lies, and without any key. */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import { CompactRange, leafHash, rootAt } from '../../../shared/ledger/merkle.ts';
import { alteredRows, alteredVerdicts, NODE_STEP, nodeSource, readBlocks, readHead } from '../../ledger/ledger.store.ts';
import { readNodes } from '../../ledger/tiles.store.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { sha256 } from '../../vault/primitives.ts';
import type { Installation } from '../installation.ts';
import { documentsBehind, firstBlock, higherNodes, tableFaults, tableNames } from '../verify.store.ts';
import { verifyOwnActs } from '../verify-own-acts.ts';

/** One look: how many things were not as they should be, and where to go on; undefined at the end of the part. */
export interface Slice {
  readonly faults: number;
  readonly next: string | undefined;
}

/** @param place where the slice before ended; empty at the beginning of the part */
type Look = (read: ReadConnection, place: string, installation: Installation) => Promise<Slice>;

const STATE_ROWS = 2_000;
const VERDICTS = 'verdicts ';
const DOCUMENTS = 50;
const GROUP = 2 ** NODE_STEP;

/** In the order in which they are looked at. */
export const PARTS = {
  /** SQLite's own check, a table at a time. */
  FILE: lookAtTables,
  STATE: lookAtState,
  BLOCKS: lookAtBlocks,
  TREE: lookAtTree,
  DOCUMENTS: lookAtDocuments,
  ACTS: lookAtActs,
} satisfies Record<string, Look>;

export type Part = keyof typeof PARTS;

async function lookAtTables(read: ReadConnection, place: string): Promise<Slice> {
  const [table, next] = await tableNames(read, place);
  return { faults: table === undefined ? 0 : await tableFaults(read, table), next: next && table };
}

/** Rows by their sums, then the verdicts on blocks: no key of a row begins like the places of these. */
async function lookAtState(read: ReadConnection, place: string): Promise<Slice> {
  if (!place.startsWith(VERDICTS)) {
    const { altered, last } = await alteredRows(read, place, STATE_ROWS);
    return { faults: altered.length, next: last ?? VERDICTS };
  }
  const { altered, last } = await alteredVerdicts(read, Number(place.slice(VERDICTS.length)), STATE_ROWS);
  return { faults: altered.length, next: last === undefined ? undefined : `${VERDICTS}${last + 1}` };
}

/** Blocks under one kept node of the tree: each has the hash that it is stored under, and together they come to that node. */
async function lookAtBlocks(read: ReadConnection, place: string): Promise<Slice> {
  const size = (await readHead(read, hashParts))?.size ?? 0;
  const from = place ? Number(place) : ((await firstBlock(read)) ?? size);
  const end = Math.min(size, from - (from % GROUP) + GROUP);
  const blocks = await readBlocks(read, from, end - from);
  let faults = end - from - blocks.length;
  for (const { hash, bytes } of blocks) if (!equalBytes(blockHash(hashParts, bytes), hash)) faults += 1;
  if (faults === 0 && end - from === GROUP) {
    const [node] = await readNodes(read, NODE_STEP, from / GROUP, from / GROUP + 1);
    const leaves = blocks.map(({ hash }) => leafHash(hashParts, hash));
    if (!node || !equalBytes(rootOver(leaves), node)) faults += 1;
  }
  return { faults, next: end < size ? String(end) : undefined };
}

/** Kept nodes that stand on kept nodes, and the whole: as the head says. */
async function lookAtTree(read: ReadConnection, place: string): Promise<Slice> {
  const [node] = await higherNodes(read, place, NODE_STEP);
  if (node) {
    const under = await readNodes(read, node.level - NODE_STEP, node.place * GROUP, (node.place + 1) * GROUP);
    // A replica that began with a snapshot has not what is under its first nodes.
    const isSame = under.length < GROUP || equalBytes(rootOver(under), node.hash);
    return { faults: isSame ? 0 : 1, next: `${node.level}/${node.place}` };
  }
  const head = await readHead(read, hashParts);
  if (!head) return { faults: 0, next: undefined };
  const root = await rootAt(hashParts, head.size, nodeSource(read, hashParts)).catch(() => undefined);
  return { faults: root && equalBytes(root, head.range.root()) ? 0 : 1, next: undefined };
}

async function lookAtDocuments(read: ReadConnection, place: string): Promise<Slice> {
  const documents = await documentsBehind(read, Number(place || 0), DOCUMENTS);
  const faults = documents.filter(({ name, sealed }) => !equalBytes(sha256(sealed), name)).length;
  const last = documents.at(-1);
  return { faults, next: last && documents.length === DOCUMENTS ? String(last.place) : undefined };
}

/** What this device wrote and how far it has got, in one look: the columns of each act are compared with the ledger. */
async function lookAtActs(read: ReadConnection, _place: string, { founding }: Installation): Promise<Slice> {
  const faults: string[] = [];
  await verifyOwnActs(read, founding, (await firstBlock(read)) ?? 0, faults);
  return { faults: faults.length, next: undefined };
}

function rootOver(nodes: readonly Uint8Array[]): Uint8Array {
  const range = new CompactRange(hashParts);
  for (const node of nodes) range.append(node);
  return range.root();
}
