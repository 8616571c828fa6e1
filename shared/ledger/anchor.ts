/** What the receipt of an anchor shows, with neither hub nor database: whose ledger a parent's ledger bound, and how far. */
import { toHex } from '../encoding/bytes.ts';
import { decode } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { anchoredHead, REGION_ANCHORED, type RegionAnchored, regionAnchoredBody } from './anchor-rules.ts';
import type { TreeHead } from './checkpoint.ts';
import type { Verify } from './founding.ts';
import type { Hash } from './merkle.ts';
import { type VerifiedReceipt, verifyReceipt } from './receipt.ts';

export interface Anchor {
  /** Whose ledger is bound: region id, hexadecimal. */
  readonly region: string;
  /** How far, and with which root. */
  readonly head: TreeHead;
  /** The checkpoint as the region's hub signed it. */
  readonly checkpoint: string;
  /** Where it stands in the parent's ledger, and who vouches for that. */
  readonly parent: VerifiedReceipt;
}

/** The anchor that a judged receipt is about; undefined when it is about something else. */
export function anchorOf(parent: VerifiedReceipt): Anchor | undefined {
  if (parent.event.type !== REGION_ANCHORED) return undefined;
  const body: RegionAnchored = decode(regionAnchoredBody, parent.event.body);
  return { region: toHex(body.region), head: anchoredHead(body), checkpoint: body.checkpoint, parent };
}

/** @throws {Failure} `receipt.*` as `verifyReceipt`; `receipt.no-anchor`. */
export function openAnchor(hash: Hash, verify: Verify, value: unknown): Anchor {
  const anchor = anchorOf(verifyReceipt(hash, verify, value));
  if (!anchor) throw new Failure('receipt.no-anchor', 'This receipt is about another act: it anchors no region.');
  return anchor;
}
