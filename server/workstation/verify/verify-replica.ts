/**
 * Checks a data folder as if nothing in it were believed: the database file, every block's hash, link, signatures and verdict from
 * the genesis on, every tree node, the state rows that come out, what this device wrote, and every sealed document's name. With the
 * clinic's keys, what is sealed as well (verify-sealed.ts); without them it opens nothing and needs no passphrase.
 */
import { concat, equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { CompactRange, rootAt } from '../../../shared/ledger/merkle.ts';
import type { PolicyBook, StoredAct } from '../../../shared/ledger/policy-book.ts';
import { openRows } from '../../../shared/ledger/snapshot.ts';
import { StateTree } from '../../../shared/ledger/state-tree.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { readBlocks } from '../../ledger/blocks.store.ts';
import { type LedgerHead, readHead, type StoredBlock } from '../../ledger/ledger.store.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { countState, stateRoot, stateRootOf } from '../../ledger/state-rows.store.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { integrityFaults } from '../../storage/database-copy.ts';
import { CHECKPOINT, documentPages, readSetting } from '../../sync/clinic.store.ts';
import { readSnapshotPage } from '../../sync/download/snapshot.store.ts';
import { beginningOf } from '../../sync/download/snapshot.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { sha256, verifySignature } from '../../vault/primitives.ts';
import type { UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import { VerifyPool } from '../../vault/verify-pool.ts';
import type { Installation } from '../folder/installation.ts';
import { fromGenesis, HistoryCheck, type HistoryStart } from './history-check.ts';
import { countDocuments, nodePages, storedVerdicts } from './verify.store.ts';
import { verifyOwnActs } from './verify-own-acts.ts';
import { type SealedReport, verifySealed } from './verify-sealed.ts';

export interface ReplicaReport {
  readonly blocks: number;
  /** The first block that is here: what is before it stands under a snapshot that the region's quorum has signed. */
  readonly historyFrom: number;
  readonly signatures: number;
  readonly documents: number;
  readonly stateRows: number;
  /** Blocks that this device wrote, those that wait for the hub among them. */
  readonly ownBlocks: number;
  /** What only opens with the clinic's keys; undefined when they were not given. */
  readonly sealed: SealedReport | undefined;
  /** What is wrong; empty when all of it holds. */
  readonly faults: readonly string[];
}

const PAGE = 2000;

export interface VerifyOptions {
  /** Opens what is sealed too. */
  readonly keyStore?: UnlockedKeyStore;
  /** Threads that go on afterwards; without it, one for each core while this lasts. */
  readonly pool?: VerifyPool;
  /** Hears how far it has got. */
  readonly onProgress?: (what: 'blocks' | 'documents' | 'sealed', done: number, of: number) => void;
}

const NO_LEDGER = { blocks: 0, historyFrom: 0, signatures: 0, stateRows: 0 };

/** Looks at all that a replica keeps, as of one moment. What is wrong stands in the report, in words. */
export async function verifyReplica(installation: Installation, options: VerifyOptions = {}): Promise<ReplicaReport> {
  const { database, region } = installation;
  const progress: Progress = options.onProgress ?? (() => undefined);
  const faults: string[] = [];
  for (const complaint of await integrityFaults(database.read))
    faults.push(`The database file clinic.db is damaged: ${complaint}`);
  try {
    // All of one moment, also while a desk goes on working.
    const checked = await database.snapshot(async (read) => {
      const documents = await verifyDocuments(read, progress, faults);
      const ledger = region ? await verifyLedger(read, region, options.pool, progress, faults) : NO_LEDGER;
      const ownBlocks = await verifyOwnActs(read, installation.founding, ledger.historyFrom, faults);
      return { ...ledger, documents, ownBlocks };
    });
    const sealed = await sealedOf(installation, options, faults);
    return { ...checked, sealed, faults };
  } catch (error) {
    // Reading stops where the database file itself does not hold: what was found so far is said with it.
    faults.push(asFailure(error).message);
    return { ...NO_LEDGER, documents: 0, ownBlocks: 0, sealed: undefined, faults };
  }
}

type Progress = NonNullable<VerifyOptions['onProgress']>;

async function sealedOf(
  { database, founding, region }: Installation,
  { keyStore, onProgress }: VerifyOptions,
  faults: string[],
): Promise<SealedReport | undefined> {
  if (!keyStore || !founding) return undefined;
  onProgress?.('sealed', 0, 1);
  return verifySealed({ read: database.read, keyStore, chain: founding.chain, isAlone: !region }, faults);
}

async function verifyLedger(
  read: ReadConnection,
  region: Region,
  lasting: VerifyPool | undefined,
  progress: Progress,
  faults: string[],
): Promise<typeof NO_LEDGER> {
  const pool = lasting ?? new VerifyPool();
  try {
    return await verifyBlocks(read, region, pool, progress, faults);
  } finally {
    if (!lasting) await pool.close();
  }
}

async function verifyBlocks(
  read: ReadConnection,
  region: Region,
  pool: VerifyPool,
  progress: Progress,
  faults: string[],
): Promise<typeof NO_LEDGER> {
  const stored = await readHead(read, hashParts);
  // A desk that has just joined has no ledger before its first download.
  if (!stored && (await readBlocks(read, 0, 1)).length === 0 && (await countState(read)) === 0) return NO_LEDGER;
  const total = stored?.size ?? 0;
  let start = fromGenesis(region);
  try {
    start = (await startOfSnapshot(read, region)) ?? start;
  } catch (error) {
    faults.push(asFailure(error).message);
  }
  const history = new HistoryCheck(region, pool, new Set(), start);
  const nodes = new Map<string, Uint8Array>();
  const verdicts = new Map<number, string>();
  history.onPage = (page) => {
    for (const [level, place, hash] of page.nodes) nodes.set(`${level}/${place}`, hash);
    for (const dispute of page.disputes ?? []) verdicts.set(dispute.position, JSON.stringify(dispute.verdicts));
  };
  try {
    for (;;) {
      const from = history.head.size;
      const stored = await readBlocks(read, from, PAGE);
      if (stored.length === 0) break;
      await history.add(stored.map((block, at) => asStored(block, from + at)));
      progress('blocks', history.head.size, total);
    }
  } catch (error) {
    faults.push(asFailure(error).message);
  }
  await history.end().catch((error: unknown) => faults.push(asFailure(error).message));
  const { head, rows, signatures } = history;
  await verifyEnd(read, history.policies, head, rows, faults);
  await compareNodes(read, nodes, start.head.size > 0, faults);
  await compareVerdicts(read, verdicts, faults);
  await compareActs(read, history.acts, faults);
  return { blocks: head.size, historyFrom: start.head.size, signatures, stateRows: rows.size };
}

/** Where a replica begins that has not the whole ledger: its snapshot, checked again against the checkpoint that vouched for it. */
async function startOfSnapshot(read: ReadConnection, region: Region): Promise<HistoryStart | undefined> {
  const options = { region, hash: hashParts, verify: verifySignature };
  const beginning = await beginningOf(read, options);
  if (!beginning) return undefined;
  const { head, checkpoint } = beginning;
  const tree = new StateTree(hashParts);
  const rows = new Map<string, Uint8Array>();
  for (let page = 0; page < head.pages.length; page++) {
    for (const row of openRows((await readSnapshotPage(read, page)) ?? new Uint8Array(0))) {
      tree.add(row);
      rows.set(row.key, Uint8Array.from(row.value));
    }
  }
  const { state } = checkpoint;
  if (!state || state.size !== head.size || !equalBytes(state.root, tree.root()))
    throw new Failure(
      'verify.snapshot-altered',
      'The snapshot from which this replica began is not the one that was vouched for.',
    );
  const range = new CompactRange(hashParts, head.size, head.nodes);
  return { head: { size: head.size, effects: head.effects, range, state }, rows, acts: head.acts };
}

/** A block as it lies in the database: at its place, under its own hash. */
function asStored({ position, hash, bytes }: StoredBlock, expected: number): { bytes: Uint8Array; hash: Uint8Array } {
  if (position !== expected) throw new Failure('verify.block-missing', `The block at position ${expected} is missing.`);
  if (!equalBytes(blockHash(hashParts, bytes), hash))
    throw new Failure('verify.block-altered', `The block at position ${position} does not have the hash it is stored under.`);
  return { bytes, hash };
}

async function verifyEnd(
  read: ReadConnection,
  policies: PolicyBook,
  head: LedgerHead,
  rows: ReadonlyMap<string, Uint8Array>,
  faults: string[],
): Promise<void> {
  const stored = await readHead(read, hashParts);
  if (!stored || stored.size !== head.size)
    faults.push(`The replica says that it holds ${counted(stored?.size ?? 0, 'block')}; ${head.size} can be checked.`);
  else {
    if (!equalBytes(stored.effects, head.effects)) faults.push('The stored effects chain is not what the rules come to.');
    if (!equalBytes(concat(...stored.range.nodes), concat(...head.range.nodes)))
      faults.push('The stored end of the tree is not what the blocks come to.');
  }
  try {
    const root = await rootAt(hashParts, head.size, nodeSource(read, hashParts));
    if (!equalBytes(root, head.range.root())) faults.push('The stored tree nodes do not lead to the root of the blocks.');
  } catch (error) {
    faults.push(asFailure(error).message);
  }
  if ((await countState(read)) !== rows.size) faults.push('The replica has state rows that no event put, or lacks some.');
  else await compareState(read, rows, faults);
  const note = await readSetting(read, CHECKPOINT);
  if (!note) return;
  try {
    const checkpoint = policies.open(hashParts, verifySignature, note.toString('utf8'));
    if (checkpoint.size === head.size && !equalBytes(checkpoint.root, head.range.root()))
      faults.push("The blocks do not lie under the hub's signed checkpoint.");
    const [here, signed] = [stored?.state, checkpoint.state];
    if (here && signed && here.size === signed.size && !equalBytes(here.root, signed.root))
      faults.push('The stored root of the state is not the one that the hub signed.');
  } catch (error) {
    faults.push(asFailure(error).message);
  }
}

async function compareState(read: ReadConnection, rows: ReadonlyMap<string, Uint8Array>, faults: string[]): Promise<void> {
  const recomputed = stateRootOf(hashParts, rows);
  try {
    const stored = await stateRoot(read, hashParts);
    if (!equalBytes(stored, recomputed)) faults.push('A stored state row is not what the events come to.');
  } catch (error) {
    faults.push(asFailure(error).message);
  }
}

/** @param isLater the replica began with a snapshot, and has nodes of what is before it too */
async function compareNodes(
  read: ReadConnection,
  nodes: ReadonlyMap<string, Uint8Array>,
  isLater: boolean,
  faults: string[],
): Promise<void> {
  let found = 0;
  for await (const page of nodePages(read)) {
    for (const { level, place, hash } of page) {
      const due = nodes.get(`${level}/${place}`);
      if (due) found += 1;
      if (due ? !equalBytes(due, hash) : !isLater)
        faults.push(`The tree node ${level}/${place} is not the one of the blocks under it.`);
    }
  }
  if (found < nodes.size) faults.push(`Missing: ${counted(nodes.size - found, 'tree node')}.`);
}

async function compareVerdicts(read: ReadConnection, verdicts: ReadonlyMap<number, string>, faults: string[]): Promise<void> {
  const stored = await storedVerdicts(read);
  if (stored.length === verdicts.size && stored.every((row) => verdicts.get(row.position) === row.verdicts)) return;
  faults.push('The stored verdicts on events are not the ones that the rules come to.');
}

async function compareActs(read: ReadConnection, acts: readonly StoredAct[], faults: string[]): Promise<void> {
  const stored = await readActs(read);
  const isSame = (act: StoredAct, due: StoredAct | undefined): boolean =>
    due?.position === act.position &&
    due.event === act.event &&
    due.chain === act.chain &&
    due.type === act.type &&
    equalBytes(due.body, act.body);
  if (stored.length === acts.length && stored.every((act, at) => isSame(act, acts[at]))) return;
  faults.push("The stored acts about the region's policy are not those of the ledger.");
}

async function verifyDocuments(read: ReadConnection, progress: Progress, faults: string[]): Promise<number> {
  const total = await countDocuments(read);
  let count = 0;
  for await (const page of documentPages(read)) {
    for (const { name, sealed } of page) {
      count += 1;
      if (!equalBytes(sha256(sealed), name)) faults.push(`The sealed document ${toHex(name).slice(0, 16)} was altered on disk.`);
    }
    progress('documents', count, total);
  }
  return count;
}
