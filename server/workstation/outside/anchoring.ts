/** Anchors a region in the ledger of this folder's region, its parent: the hub's newest checkpoint, whenever it has grown, as an act of this device. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import {
  anchorKey,
  anchorRow,
  REGION_ANCHORED,
  type RegionAnchored,
  regionAnchoredBody,
} from '../../../shared/ledger/anchor-rules.ts';
import { encodeEvent } from '../../../shared/ledger/event.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { DeviceService } from '../device/device-service.ts';
import type { RegionHead } from './region-head.ts';

const NOTHING = new Uint8Array(0);

export interface AnchorLook {
  readonly did: 'anchored' | 'unchanged';
  /** Blocks of the anchored ledger. */
  readonly size: number;
  /** Of the newest anchor in the parent's ledger, as JSON: what `careledger verify` judges; undefined while there is none. */
  readonly receipt: string | undefined;
}

/**
 * One look at the region's hub. What was anchored last is read from this replica, so that a hub which goes back or shows another
 * ledger is caught here before it is anchored.
 * @throws {Failure} `anchor.own-region`, `witness.rollback`, `witness.split-view`, `sync.*`.
 */
export async function anchorNewest(service: DeviceService, head: RegionHead): Promise<AnchorLook> {
  const { gateway } = service;
  const { chain, device, region: parent } = await gateway.identity();
  const region = head.region.id;
  if (!parent || equalBytes(parent, region))
    throw new Failure(
      'anchor.own-region',
      'A region is anchored in the ledger of another one. Join the parent region with this folder.',
    );
  const key = anchorKey(toHex(chain), region);
  const [row] = await gateway.state([key]);
  const last = row && decode(anchorRow, row);
  const { checkpoint } = await head.newest(last && { ...last, sequence: 0 });
  const { size, note } = checkpoint;
  const isNew = size > (last?.size ?? 0);
  if (isNew) {
    const body: RegionAnchored = { region, checkpoint: note };
    const event = encodeEvent({
      type: REGION_ANCHORED,
      handle: NOTHING,
      body: encode(regionAnchoredBody, body),
      author: device,
      time: await gateway.time(),
      commitment: NOTHING,
    });
    await gateway.commit({ events: [{ event, signature: NOTHING }] });
  }
  await service.syncOnce();
  const [receipt] = await gateway.eventReceipts([{ type: REGION_ANCHORED, handle: NOTHING, naming: region }]);
  return { did: isNew ? 'anchored' : 'unchanged', size, receipt };
}
