/**
 * Makes evidence of what a hub was caught at: out of what it has signed, what is stored here, and proofs that it is asked for. A
 * hub that gives no proofs leaves none; then what happened is kept and shown without a file.
 */
import { setImmediate } from 'node:timers/promises';
import { compareBytes, equalBytes, fromBase64, toBase64, toHex, utf8 } from '../../../shared/encoding/bytes.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import type { Checkpoint } from '../../../shared/ledger/checkpoint.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { inclusionProof, leafHash, rootAt, verifyInclusion } from '../../../shared/ledger/merkle.ts';
import { parseNote } from '../../../shared/ledger/note.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { type Evidence, MAX_EVIDENCE_BLOCK_BYTES, makeEvidence } from '../../../shared/sync/evidence.ts';
import {
  type EvidenceTools,
  faultOf,
  judgeAlone,
  receiptIn,
  standingIn,
  strictNote,
} from '../../../shared/sync/evidence-verdict.ts';
import { readBlocks } from '../../ledger/blocks.store.ts';
import { readHead } from '../../ledger/ledger.store.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { Replay } from '../../ledger/replay.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import type { Database } from '../../storage/database.ts';
import { CHECKPOINT, readSetting } from '../clinic.store.ts';
import type { HubClient } from '../hub-client.ts';
import type { Caught } from './caught.ts';
import { judgeEvidence } from './judge-evidence.ts';

export interface EvidenceContext extends EvidenceTools {
  readonly database: Database;
  readonly region: Region;
}

const PAGE = 500;

/** The first piece of evidence that holds; undefined when what happened cannot be shown to others. */
export async function gatherEvidence(context: EvidenceContext, failure: Caught, hub: HubClient): Promise<Evidence | undefined> {
  const known = { ...context, acts: await readActs(context.database.read) };
  for (const find of [contradiction, badBlock, badResult]) {
    try {
      const evidence = await find(known, failure, hub);
      if (evidence && (await holds(known, evidence))) return evidence;
    } catch {
      // The hub does not answer, or with something that proves nothing.
    }
  }
  return undefined;
}

/** Only what a judge accepts is kept; what rests on the replica in front of it was recomputed over that replica just now. */
async function holds(context: EvidenceContext, evidence: Evidence): Promise<boolean> {
  try {
    await judgeEvidence(context, evidence);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'evidence.needs-replica';
  }
}

const genesisOf = ({ region }: EvidenceContext): string => toBase64(region.bytes);

function opened(context: EvidenceContext, note: string): Checkpoint {
  return standingIn(context, context.region).book.open(context.hash, context.verify, note);
}

const strict = (context: EvidenceContext, { note }: Checkpoint): string =>
  strictNote(context, standingIn(context, context.region), note);

async function lastCheckpoint(context: EvidenceContext): Promise<Checkpoint | undefined> {
  const note = await readSetting(context.database.read, CHECKPOINT);
  return note && opened(context, note.toString('utf8'));
}

/** Two checkpoints that cannot both be: the last one accepted here, and the one that was shown. */
async function contradiction(context: EvidenceContext, failure: Caught, hub: HubClient): Promise<Evidence | undefined> {
  const last = await lastCheckpoint(context);
  if (!last || failure.shown === undefined) return undefined;
  const shown = opened(context, failure.shown);
  if (shown.size === last.size) return splitView(context, last, shown);
  if (shown.size > last.size) return forkAhead(context, last, shown, hub);
  const root = await rootAt(context.hash, shown.size, nodeSource(context.database.read, context.hash));
  return equalBytes(root, shown.root) ? rollback(context, last, hub) : forkBehind(context, last, shown);
}

function splitView(context: EvidenceContext, last: Checkpoint, shown: Checkpoint): Evidence | undefined {
  const notes = [last, shown].map((checkpoint) => strict(context, checkpoint));
  const [a, b] = notes.sort((x, y) => compareBytes(utf8(parseNote(x).text), utf8(parseNote(y).text))) as [string, string];
  return makeEvidence('split-view', { genesis: genesisOf(context), checkpoints: [a, b] });
}

/** The hub's own larger tree, asked for where the smaller one ends. */
async function forkAhead(
  context: EvidenceContext,
  last: Checkpoint,
  shown: Checkpoint,
  hub: HubClient,
): Promise<Evidence | undefined> {
  if (last.size === 0) return undefined;
  const from = last.size - 1;
  const { blocks } = await hub.ask<{ blocks: { blocks: string[] } }>('Blocks', { from, limit: 1 });
  const entry = blockHash(context.hash, fromBase64(blocks.blocks[0] ?? ''));
  const proof = await askedProof(hub, from, shown.size);
  return forkOf(context, last, shown, entry, proof);
}

async function forkBehind(context: EvidenceContext, last: Checkpoint, shown: Checkpoint): Promise<Evidence | undefined> {
  const { database, hash } = context;
  const [block] = await readBlocks(database.read, shown.size - 1, 1);
  if (!block) return undefined;
  const proof = await inclusionProof(hash, shown.size - 1, last.size, nodeSource(database.read, hash));
  return forkOf(context, shown, last, block.hash, proof);
}

function forkOf(
  context: EvidenceContext,
  smaller: Checkpoint,
  larger: Checkpoint,
  entry: Uint8Array,
  proof: readonly Uint8Array[],
): Evidence {
  return makeEvidence('fork', {
    genesis: genesisOf(context),
    checkpoints: [strict(context, smaller), strict(context, larger)],
    entry: toBase64(entry),
    proof: proof.map(toBase64),
  });
}

async function rollback(context: EvidenceContext, last: Checkpoint, hub: HubClient): Promise<Evidence | undefined> {
  const statement = await askNewest(context, hub, utf8(parseNote(last.note).text));
  const checkpoint = strict(context, last);
  return makeEvidence('rollback', { genesis: genesisOf(context), checkpoint, statement });
}

/** The hub's signed word on its newest size, as base64, to who shows it `seen`. */
async function askNewest({ hash }: EvidenceContext, hub: HubClient, seen: Uint8Array): Promise<string> {
  const { newest } = await hub.ask<{ newest: string }>('Newest', { seen: toHex(hash(seen)) });
  return newest;
}

async function askedProof(hub: HubClient, index: number, size: number): Promise<Uint8Array[]> {
  const { inclusionProof: nodes } = await hub.ask<{ inclusionProof: string[] }>('InclusionProof', { index, size });
  return nodes.map(fromBase64);
}

/** A block that may not stand where the hub has put it: the one that the audit named, or the first in what the hub sent. */
async function badBlock(context: EvidenceContext, failure: Caught, hub: HubClient): Promise<Evidence | undefined> {
  if (!/^sync\.(?:block-invalid|signature-invalid)$/.test(failure.code)) return undefined;
  if (failure.shown === undefined) return auditedBlock(context, failure);
  const shown = opened(context, failure.shown);
  const sent = await askBlocks(context, shown, hub);
  if (!sent) return undefined;
  const bad = await firstBad(context, sent.start, sent.blocks);
  if (bad === undefined) return undefined;
  const index = sent.start + bad;
  const block = sent.blocks[bad] as Uint8Array;
  const proof = await askedProof(hub, index, shown.size);
  return blockEvidence(context, shown, { index, block, proof }, await inFront(context, sent.start, sent.blocks.slice(0, bad)));
}

async function auditedBlock(context: EvidenceContext, failure: Caught): Promise<Evidence | undefined> {
  const { database, hash } = context;
  const last = await lastCheckpoint(context);
  const index = Number(failure.details.position);
  const [stored] = await readBlocks(database.read, index, 1);
  if (!last || stored?.position !== index || index >= last.size) return undefined;
  const proof = await inclusionProof(hash, index, last.size, nodeSource(database.read, hash));
  return blockEvidence(context, last, { index, block: stored.bytes, proof }, await inFront(context, index, []));
}

interface InFront {
  readonly from: number;
  readonly blocks: readonly Uint8Array[];
}

function blockEvidence(
  context: EvidenceContext,
  checkpoint: Checkpoint,
  { index, block, proof }: { index: number; block: Uint8Array; proof: readonly Uint8Array[] },
  front: InFront,
): Evidence | undefined {
  const { hash } = context;
  const leaf = leafHash(hash, blockHash(hash, block));
  const { size, root } = checkpoint;
  if (!verifyInclusion(hash, { leaf, index, size, root, proof })) return undefined;
  // What its own bytes show needs no blocks in front.
  const { from, blocks } = faultOf(context, block) === undefined ? front : { from: index, blocks: [] };
  return makeEvidence('block', {
    genesis: genesisOf(context),
    checkpoint: strict(context, checkpoint),
    index,
    block: toBase64(block),
    proof: proof.map(toBase64),
    from,
    blocks: blocks.map(toBase64),
  });
}

/** Effects or state that the rules do not come to, over the blocks that the hub sent. */
async function badResult(context: EvidenceContext, failure: Caught, hub: HubClient): Promise<Evidence | undefined> {
  const kind = failure.code === 'sync.effects-mismatch' ? 'effects' : 'state';
  if (!/^sync\.(?:effects|state)-mismatch$/.test(failure.code) || failure.shown === undefined) return undefined;
  const shown = opened(context, failure.shown);
  const sent = await askBlocks(context, shown, hub);
  if (!sent || sent.start + sent.blocks.length !== shown.size) return undefined;
  const { from, blocks } = await inFront(context, sent.start, sent.blocks);
  const checkpoint = strict(context, shown);
  return makeEvidence(kind, { genesis: genesisOf(context), checkpoint, from, blocks: blocks.map(toBase64) });
}

/** The blocks that the replica does not hold, once more; undefined when they are too many for a file. */
async function askBlocks(
  { database, hash }: EvidenceContext,
  shown: Checkpoint,
  hub: HubClient,
): Promise<{ start: number; blocks: Uint8Array[] } | undefined> {
  const start = (await readHead(database.read, hash))?.size ?? 0;
  const blocks: Uint8Array[] = [];
  let bytes = 0;
  while (start + blocks.length < shown.size) {
    const page = await hub.ask<{ blocks: { blocks: string[] } }>('Blocks', { from: start + blocks.length, limit: PAGE });
    if (page.blocks.blocks.length === 0) break;
    for (const text of page.blocks.blocks) {
      const block = fromBase64(text);
      blocks.push(block);
      bytes += block.length;
    }
    if (bytes > MAX_EVIDENCE_BLOCK_BYTES) return undefined;
  }
  return { start, blocks };
}

/** Which of the blocks that follow the replica may not enter. */
async function firstBad(context: EvidenceContext, start: number, blocks: readonly Uint8Array[]): Promise<number | undefined> {
  const { database, hash } = context;
  const head = await readHead(database.read, hash);
  if (!head || head.size !== start) return undefined;
  const replay = new Replay(context, { head, rows: new Map(), load: (keys) => loadState(database.read, keys) });
  for (const [at, block] of blocks.entries()) {
    if (at % 100 === 99) await setImmediate();
    try {
      await replay.add(block);
    } catch (error) {
      return asFailure(error).code === 'ledger.update-needed' ? undefined : at;
    }
  }
  return undefined;
}

/** All blocks from the genesis on where a file has room for them; else those from `start` on, for who has a replica. */
async function inFront({ database }: EvidenceContext, start: number, then: readonly Uint8Array[]): Promise<InFront> {
  const own: Uint8Array[] = [];
  let bytes = then.reduce((sum, block) => sum + block.length, 0);
  while (own.length < start) {
    const page = await readBlocks(database.read, own.length, Math.min(PAGE, start - own.length));
    // A replica that began with a snapshot does not hold what came before it.
    if (page[0]?.position !== own.length) return { from: start, blocks: then };
    for (const block of page) {
      own.push(block.bytes);
      bytes += block.bytes.length;
    }
    if (bytes > MAX_EVIDENCE_BLOCK_BYTES) return { from: start, blocks: then };
  }
  return { from: 0, blocks: [...own, ...then] };
}

/** What shows that an acknowledged block is not where its receipt says; undefined when it still may come there. */
export async function missingBlock(
  context: EvidenceContext,
  receipt: Uint8Array,
  hub: HubClient,
): Promise<{ index: number; evidence: Evidence } | undefined> {
  const { database, hash } = context;
  const known = { ...context, acts: await readActs(database.read) };
  const checkpoint = await lastCheckpoint(known);
  if (!checkpoint) return undefined;
  const { index } = receiptIn(known, standingIn(known, context.region), receipt);
  const shared = { genesis: genesisOf(context), receipt: toBase64(receipt) };
  let evidence: Evidence;
  if (index < checkpoint.size) {
    const [there] = await readBlocks(database.read, index, 1);
    const proof = await inclusionProof(hash, index, checkpoint.size, nodeSource(database.read, hash));
    const entry = toBase64(there?.hash ?? new Uint8Array(0));
    evidence = makeEvidence('replaced', { ...shared, checkpoint: strict(known, checkpoint), entry, proof: proof.map(toBase64) });
  } else {
    evidence = makeEvidence('withheld', { ...shared, statement: await askNewest(context, hub, receipt) });
  }
  return holdsAlone(known, evidence) ? { index, evidence } : undefined;
}

/** Whether the file shows it by itself. */
export function holdsAlone(tools: EvidenceTools, evidence: Evidence): boolean {
  try {
    return judgeAlone(tools, evidence) !== undefined;
  } catch {
    return false;
  }
}
