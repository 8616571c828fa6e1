/**
 * Folding: blocks in ledger order become verdicts, state rows, tree and effects chain. The hub folds what it admits, a
 * replica what it downloads; both run this and must come to the same head.
 */

import { concat } from '../../shared/encoding/bytes.ts';
import { written } from '../../shared/encoding/codec.ts';
import { admitBlock, bodySignatures } from '../../shared/ledger/admission.ts';
import { blockHash, type OpenBlock, openBlock } from '../../shared/ledger/block.ts';
import { foundingRows } from '../../shared/ledger/enrolment-rules.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { CompactRange, type Hash, leafHash } from '../../shared/ledger/merkle.ts';
import { KEPT_ACTS, type StoredAct } from '../../shared/ledger/policy-book.ts';
import { REGION_KEY, regionRow } from '../../shared/ledger/rows.ts';
import {
  type ChangingView,
  effectsStart,
  type Judgement,
  judgeBlock,
  type OpenedBlock,
  openEvents,
  PageView,
  putRow,
  type Rules,
  type SignatureClaim,
  writeOutcome,
} from '../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { GrowingHead, type Growth } from './growing-head.ts';
import type { LedgerHead, LedgerPage, StoredBlock } from './ledger.store.ts';
import type { BlockVerdicts } from './verdicts.store.ts';

export interface BlockToFold {
  readonly sealed: Uint8Array;
  readonly opened: OpenedBlock;
}

export interface FoldedBlock extends StoredBlock {
  readonly opened: OpenedBlock;
  readonly judgements: readonly Judgement[];
}

export interface FoldedBlocks {
  readonly blocks: readonly FoldedBlock[];
  /** Signatures inside event bodies, with the keys that the rows name at each block's place: they are to be verified here. */
  readonly bodySignatures: readonly SignatureClaim[];
  /** What they add to the head, still to be hashed. */
  readonly growth: Growth;
  /** Those of which not every event was accepted. */
  readonly disputes: readonly BlockVerdicts[];
  /** Accepted acts that bear on the region's policy. */
  readonly acts: readonly StoredAct[];
}

export interface FoldedPage extends LedgerPage, Pick<FoldedBlocks, 'bodySignatures'> {
  readonly blocks: readonly FoldedBlock[];
}

/** A sealed block with its hash, taken apart. */
export function openSealed(hash: Hash, rules: Rules, sealed: Uint8Array, known?: Uint8Array): OpenedBlock {
  const open: OpenBlock = openBlock(sealed);
  return openEvents(rules, open, known ?? blockHash(hash, sealed));
}

/** The rows and head with which the ledger of a region begins, at size 0. */
export function genesisPage(hash: Hash, region: Region): LedgerPage {
  const rows = [
    putRow(REGION_KEY, regionRow, { region: region.id, witnesses: region.genesis.witnesses }),
    ...region.founders.flatMap(foundingRows),
  ];
  return {
    blocks: [],
    nodes: [],
    changes: new Map(rows),
    head: { size: 0, effects: effectsStart(hash, region.id), range: new CompactRange(hash) },
  };
}

/** How many blocks may follow `size` in one page: a page ends where a state root is due. */
export const roomInPage = (size: number): number => STATE_INTERVAL - (size % STATE_INTERVAL);

/**
 * Folds opened blocks onto `head`; `loaded` holds the state rows that they read. It ends with a block that activates another
 * version of the rules: those behind it are to be opened and judged by that.
 * @throws {Failure} as `admitBlock`, when one may not enter: a replica that meets this has caught its hub.
 */
export function foldPage(
  hash: Hash,
  head: LedgerHead,
  loaded: Map<string, Uint8Array | undefined>,
  blocks: readonly BlockToFold[],
): FoldedPage {
  const view = new PageView(loaded);
  const { blocks: folded, bodySignatures, growth, disputes, acts } = foldBlocks(hash, head.size, view, blocks);
  const growing = new GrowingHead(hash, head);
  growing.add(growth);
  return { blocks: folded, bodySignatures, disputes, acts, changes: view.changes, ...growing.done() };
}

/**
 * The same from position `from` on, over a view that goes on to serve the blocks after these, and without the hashing that nothing
 * here waits for. Where this throws, the view is of no more use: part of what the blocks change may be in it.
 * @param leaves 32 bytes for each block, its leaf hash, where they are known already
 */
export function foldBlocks(
  hash: Hash,
  from: number,
  view: ChangingView,
  blocks: readonly BlockToFold[],
  leaves?: Uint8Array,
): FoldedBlocks {
  const claims: SignatureClaim[] = [];
  const disputes: BlockVerdicts[] = [];
  const folded: FoldedBlock[] = [];
  const ends: number[] = [];
  const outcomes = written((out) => {
    for (const { sealed, opened } of blocks) {
      admitBlock(view, opened);
      if (opened.hasBodySignatures) claims.push(...bodySignatures(view, opened));
      const judgements = judgeBlock(view, opened);
      writeOutcome(out, judgements);
      ends.push(out.length);
      const block = { position: from + folded.length, hash: opened.hash, bytes: sealed, opened, judgements };
      if (!judgements.every(isAccepted)) disputes.push(disputeOf(block));
      folded.push(block);
      if (activatesRules(block)) break;
    }
  });
  const known = leaves?.slice(0, 32 * folded.length) ?? concat(...folded.map((block) => leafHash(hash, block.hash)));
  const growth = { leaves: known, outcomes, ends: Uint32Array.from(ends) };
  const acts = folded.filter(({ opened }) => opened.hasBodySignatures).flatMap(actsOf);
  return { blocks: folded, bodySignatures: claims, growth, disputes, acts };
}

/** Whether what comes behind this block is judged by another version of the rules. */
export const activatesRules = (block: FoldedBlock): boolean =>
  block.opened.hasBodySignatures && actsOf(block).some(({ type }) => type === 'rules.activate');

/** Accepted events of a block that bear on the region's policy. */
function actsOf({ position, opened, judgements }: FoldedBlock): StoredAct[] {
  return opened.events.flatMap(({ typed: { event } }, at): StoredAct[] => {
    if (!KEPT_ACTS.has(event.type) || judgements[at]?.verdict !== 'accepted') return [];
    return [{ position, event: at, chain: opened.writer.chain, type: event.type, body: event.body }];
  });
}

const isAccepted = ({ verdict }: Judgement): boolean => verdict === 'accepted';

const disputeOf = ({ position, judgements }: FoldedBlock): BlockVerdicts => ({
  position,
  verdicts: judgements.map(({ verdict, reason }) => ({ verdict, reason: reason ?? '' })),
});

/** Each key once. */
export function readsOf(blocks: ReadonlyArray<{ opened: OpenedBlock }>): string[] {
  const keys = new Set<string>();
  for (const { opened } of blocks) for (const key of opened.reads) keys.add(key);
  return [...keys];
}
