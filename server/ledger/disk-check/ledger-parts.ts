/** What of a ledger the check of the disk looks at, in slices of some milliseconds: what nobody would notice where it lies, and without any key. */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import { CompactRange, type Hash, leafHash, rootAt } from '../../../shared/ledger/merkle.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { readBlocks } from '../blocks.store.ts';
import { readHead } from '../ledger.store.ts';
import { alteredRows } from '../state-rows.store.ts';
import { NODE_STEP, nodeSource, readNodes } from '../tree-nodes.store.ts';
import { alteredVerdicts } from '../verdicts.store.ts';
import { documentsBehind, firstBlock, higherNodes, tableFaults, tableNames } from './disk-check.store.ts';
import type { Look, Slice } from './disk-check.ts';

const STATE_ROWS = 2_000;
const VERDICTS = 'verdicts ';
const DOCUMENTS = 50;
const GROUP = 2 ** NODE_STEP;

export type LedgerPart = 'STATE' | 'BLOCKS' | 'TREE' | 'DOCUMENTS';

/** In the order in which they are looked at. */
export const ledgerParts = (hash: Hash): Readonly<Record<LedgerPart, Look>> => ({
  STATE: lookAtState,
  BLOCKS: (read, place) => lookAtBlocks(hash, read, place),
  TREE: (read, place) => lookAtTree(hash, read, place),
  DOCUMENTS: (read, place) => lookAtDocuments(hash, read, place),
});

/** SQLite's own check, a table at a time. */
export async function lookAtTables(read: ReadConnection, place: string): Promise<Slice> {
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
async function lookAtBlocks(hash: Hash, read: ReadConnection, place: string): Promise<Slice> {
  const size = (await readHead(read, hash))?.size ?? 0;
  const from = place ? Number(place) : ((await firstBlock(read)) ?? size);
  const end = Math.min(size, from - (from % GROUP) + GROUP);
  const blocks = await readBlocks(read, from, end - from);
  let faults = end - from - blocks.length;
  for (const stored of blocks) if (!equalBytes(blockHash(hash, stored.bytes), stored.hash)) faults += 1;
  if (faults === 0 && end - from === GROUP) {
    const [node] = await readNodes(read, NODE_STEP, from / GROUP, from / GROUP + 1);
    const leaves = blocks.map((stored) => leafHash(hash, stored.hash));
    if (!node || !equalBytes(rootOver(hash, leaves), node)) faults += 1;
  }
  return { faults, next: end < size ? String(end) : undefined };
}

/** Kept nodes that stand on kept nodes, and the whole: as the head says. */
async function lookAtTree(hash: Hash, read: ReadConnection, place: string): Promise<Slice> {
  const [node] = await higherNodes(read, place, NODE_STEP);
  if (node) {
    const under = await readNodes(read, node.level - NODE_STEP, node.place * GROUP, (node.place + 1) * GROUP);
    // A replica that began with a snapshot has not what is under its first nodes.
    const isSame = under.length < GROUP || equalBytes(rootOver(hash, under), node.hash);
    return { faults: isSame ? 0 : 1, next: `${node.level}/${node.place}` };
  }
  const head = await readHead(read, hash);
  if (!head) return { faults: 0, next: undefined };
  const root = await rootAt(hash, head.size, nodeSource(read, hash)).catch(() => undefined);
  return { faults: root && equalBytes(root, head.range.root()) ? 0 : 1, next: undefined };
}

/** Each sealed document lies under its hash, at a desk and at the hub. */
async function lookAtDocuments(hash: Hash, read: ReadConnection, place: string): Promise<Slice> {
  const documents = await documentsBehind(read, place, DOCUMENTS);
  const faults = documents.filter(({ name, sealed }) => !equalBytes(hash(sealed), name)).length;
  const last = documents.at(-1);
  return { faults, next: last && documents.length === DOCUMENTS ? last.name.toString('hex') : undefined };
}

function rootOver(hash: Hash, nodes: readonly Uint8Array[]): Uint8Array {
  const range = new CompactRange(hash);
  for (const node of nodes) range.append(node);
  return range.root();
}
