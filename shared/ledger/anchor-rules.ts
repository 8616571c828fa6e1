/** Anchors: a region's checkpoints as entries of another region's ledger, its parent, so that its history is bound to that one too. */
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, struct, text, u64 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { claimedHead, originOf, type TreeHead } from './checkpoint.ts';
import { parseNote } from './note.ts';
import { accepted, disputed, type EventRule, putRow, readRow } from './rules.ts';

export const REGION_ANCHORED = 'region.anchored';
const MAX_CHECKPOINT_BYTES = 8_192;

/** `region`: whose; `checkpoint`: as its hub signed it, with the lines of its witnesses (C2SP signed note): root only, no block. */
export const regionAnchoredBody = struct({ region: fixed(32), checkpoint: text(MAX_CHECKPOINT_BYTES) });
export type RegionAnchored = Decoded<typeof regionAnchoredBody>;

/** Key `anchor/<chain>/<region>`: how far that chain has anchored that region. */
export const anchorRow = struct({ size: u64, root: fixed(32) });
export const anchorKey = (chain: string, region: Uint8Array): string => `anchor/${chain}/${toHex(region)}`;

/**
 * What an anchor claims. Its signatures are judged by who has the region's genesis: a parent knows no region's keys.
 * @throws {Failure} `ledger.checkpoint-*`, `ledger.note-*`.
 */
export function anchoredHead({ region, checkpoint }: RegionAnchored): TreeHead {
  if (parseNote(checkpoint).text.split('\n')[0] !== originOf(region))
    throw new Failure('ledger.checkpoint-foreign', 'An anchor names another region than its checkpoint.');
  return claimedHead(checkpoint);
}

function headOf(body: RegionAnchored): TreeHead | undefined {
  try {
    return anchoredHead(body);
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

const regionAnchored: EventRule<RegionAnchored> = {
  type: REGION_ANCHORED,
  kind: 'fact',
  body: regionAnchoredBody,
  personal: 'optional',
  handle: 'none',
  reads: ({ body }, writer) => [anchorKey(writer.chain, body.region)],
  judge: (view, { body }, writer) => {
    const head = headOf(body);
    if (!head) return disputed('anchor-malformed');
    const key = anchorKey(writer.chain, body.region);
    const before = readRow(view, key, anchorRow);
    // The two stay in the ledger beside each other: whoever has both has shown what the region's hub did.
    if (before && head.size < before.size) return disputed('anchor-shrank');
    if (before && head.size === before.size && !equalBytes(head.root, before.root)) return disputed('anchor-changed');
    return accepted(putRow(key, anchorRow, { size: head.size, root: head.root }));
  },
};

export const anchorRules: ReadonlyArray<EventRule<unknown>> = [regionAnchored];
