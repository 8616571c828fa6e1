/**
 * Receipts of what stands in this computer's copy of the ledger, for a desk and for a kiosk: under the newest checkpoint that a quorum has
 * signed, where it has what is asked for, and otherwise under the newest.
 */

import { accessSealedBody } from '../../../shared/access/access-rules.ts';
import { equalBytes, toBase64 } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { openBlock } from '../../../shared/ledger/block.ts';
import { type Checkpoint, claimedHead } from '../../../shared/ledger/checkpoint.ts';
import { decodeEvent, type LedgerEvent } from '../../../shared/ledger/event.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { inclusionProof } from '../../../shared/ledger/merkle.ts';
import type { Receipt } from '../../../shared/ledger/receipt.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { blocksNaming, blocksOfDevice, readBlocks } from '../../ledger/blocks.store.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import { readVerdicts } from '../../ledger/verdicts.store.ts';
import type { ReadConnection } from '../../storage/database.ts';
import type { NamedEvent } from '../../sync/gateway.ts';
import { readAgreed } from '../../sync/witness/witnessed.ts';
import { hashParts } from '../../vault/hash-parts.ts';

export interface ReceiptGround {
  readonly read: ReadConnection;
  readonly region: Region;
  readonly checkpoint: Checkpoint;
}

type SignedSize = Pick<Checkpoint, 'note' | 'size'>;

interface Place {
  readonly position: number;
  readonly event: number;
}

export interface AnchorsOfDevice {
  /** 32 bytes each. */
  readonly device: Uint8Array;
  readonly roots: readonly Uint8Array[];
}

const ACCESS_SEALED = 'access.sealed';
/** Blocks that have what is looked for in them and, by some chance, no such event. */
const LOOKED_AT = 20;
/** Of one consent or reward there are a handful. */
const MOST_NAMING = 200;
const NONE = 'null';

/** For the newest `access.sealed` of a device, as JSON; `null` without one. */
export async function accessReceipt(ground: ReceiptGround, device: Uint8Array): Promise<string> {
  const { read, checkpoint } = ground;
  const blocks = await blocksOfDevice(read, device, ACCESS_SEALED, checkpoint.size, LOOKED_AT);
  const place = await acceptedAmong(ground, blocks, ({ type }) => type === ACCESS_SEALED);
  return place ? receiptAt(ground, place) : NONE;
}

/** For the `access.sealed` of a device that has each of these roots, all under this one checkpoint; undefined where none stands. */
export async function anchorReceipts(
  ground: ReceiptGround,
  { device, roots }: AnchorsOfDevice,
): Promise<Array<string | undefined>> {
  const places: Array<Place | undefined> = roots.map(() => undefined);
  for (let below = ground.checkpoint.size; places.includes(undefined); ) {
    const blocks = await blocksOfDevice(ground.read, device, ACCESS_SEALED, below, MOST_NAMING);
    for (const [at, root] of roots.entries()) {
      const isIt = ({ type, body }: LedgerEvent) =>
        type === ACCESS_SEALED && equalBytes(decode(accessSealedBody, body).root, root);
      places[at] ??= await acceptedAmong(ground, blocks, isIt);
    }
    if (blocks.length < MOST_NAMING) break;
    below = (blocks.at(-1) as { position: number }).position;
  }
  return receiptsAt(ground, places);
}

/** For the newest event of each of these kinds, all under this one checkpoint; undefined where none stands. Reads through the blocks. */
export async function eventReceipts(ground: ReceiptGround, wanted: readonly NamedEvent[]): Promise<Array<string | undefined>> {
  const places: Array<Place | undefined> = [];
  let blocks: Awaited<ReturnType<typeof blocksNaming>> = [];
  let read: Uint8Array | undefined;
  for (const { type, handle, naming } of wanted) {
    // Those that ask for the same id come together.
    if (!read || !equalBytes(read, naming)) blocks = await blocksNaming(ground.read, naming, ground.checkpoint.size, MOST_NAMING);
    read = naming;
    const isIt = (event: LedgerEvent): boolean =>
      event.type === type && equalBytes(event.handle, handle) && Buffer.from(event.body).includes(Buffer.from(naming));
    places.push(await acceptedAmong(ground, blocks, isIt));
  }
  return receiptsAt(ground, places);
}

async function acceptedAmong(
  { read }: ReceiptGround,
  blocks: ReadonlyArray<{ readonly position: number; readonly bytes: Uint8Array }>,
  isIt: (event: LedgerEvent) => boolean,
): Promise<Place | undefined> {
  for (const { position, bytes } of blocks) {
    const verdicts = (await readVerdicts(read, position, position + 1)).get(position);
    const event = openBlock(bytes).block.events.findLastIndex(
      (signed, at) => isIt(decodeEvent(signed.event)) && (verdicts?.[at]?.verdict ?? 'accepted') === 'accepted',
    );
    if (event >= 0) return { position, event };
  }
  return undefined;
}

/** @throws {Failure} `ledger.block-missing`. */
export async function receiptAt(ground: ReceiptGround, place: Place): Promise<string> {
  return receiptUnder(ground, await checkpointOver(ground, [place]), place);
}

/** All under one checkpoint. */
async function receiptsAt(ground: ReceiptGround, places: ReadonlyArray<Place | undefined>): Promise<Array<string | undefined>> {
  const checkpoint = await checkpointOver(
    ground,
    places.flatMap((place) => place ?? []),
  );
  const receipts: Array<string | undefined> = [];
  for (const place of places) receipts.push(place && (await receiptUnder(ground, checkpoint, place)));
  return receipts;
}

/** In a ledger that goes on nobody has signed the newest checkpoint yet. */
async function checkpointOver({ read, checkpoint }: ReceiptGround, places: readonly Place[]): Promise<SignedSize> {
  const note = await readAgreed(read);
  const size = note ? claimedHead(note).size : 0;
  const isOver = size <= checkpoint.size && places.every(({ position }) => position < size);
  return note && isOver ? { note, size } : checkpoint;
}

async function receiptUnder(
  { read, region }: ReceiptGround,
  checkpoint: SignedSize,
  { position, event }: Place,
): Promise<string> {
  const [block] = await readBlocks(read, position, 1);
  if (!block)
    throw new Failure('ledger.block-missing', `The block at position ${position} is missing here: run "careledger verify".`);
  const proof = await inclusionProof(hashParts, position, checkpoint.size, nodeSource(read, hashParts));
  const acts = (await readActs(read)).filter((act) => act.position < checkpoint.size);
  const policies = acts.map((act) => ({ ...act, body: toBase64(act.body) }));
  const receipt: Receipt = {
    careledger: 'receipt/1',
    genesis: toBase64(region.bytes),
    checkpoint: checkpoint.note,
    index: position,
    proof: proof.map(toBase64),
    block: toBase64(block.bytes),
    event,
    ...(policies.length > 0 && { policies }),
  };
  return JSON.stringify(receipt, null, 1);
}
