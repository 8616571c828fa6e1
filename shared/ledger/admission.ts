/**
 * What a block must be before it enters the ledger: written by an enrolled device of an admitted chain, next in its own
 * chain, and with every signature valid. The hub refuses it otherwise; a replica that meets one has caught its hub.
 */
import { equalBytes } from '../encoding/bytes.ts';
import { decode } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';
import { blockMessage, NO_BLOCK, type OpenBlock } from './block.ts';
import { epochsRow, isRetired, isTheOnly, MOST_BESIDE, withBegun, withGrown } from './epochs.ts';
import { decodeEvent, eventMessage } from './event.ts';
import { deviceRow, headRow } from './rows.ts';
import {
  type ChangingView,
  encodeRow,
  type OpenedBlock,
  readKeptRow,
  readRow,
  type SignatureClaim,
  type StateView,
} from './rules.ts';

/**
 * Checks enrolment and link, and moves the device's head and epochs on.
 * @throws {Failure} `ledger.chain-unknown`, `ledger.device-unknown`, `ledger.device-revoked`, `ledger.block-repeated`,
 * `ledger.equivocation`, `ledger.height-gap`, `ledger.previous-mismatch`, `ledger.epoch-retired`, `ledger.epochs-too-many`.
 */
export function admitBlock(view: ChangingView, opened: OpenedBlock): void {
  const { block, keys } = opened;
  checkEnrolment(view, opened);
  const head = readRow(view, keys.head, headRow);
  if (head) checkNext(head, opened);
  else if (block.height !== 0) throw refusal('ledger.height-gap', `An epoch begins at height 0, not at ${block.height}.`, opened);
  moveEpochs(view, opened, head !== undefined);
  view.put(keys.head, encodeRow(headRow, { height: block.height, hash: opened.hash }));
}

function checkEnrolment(view: StateView, opened: OpenedBlock): void {
  const { keys } = opened;
  if (!view.get(keys.chain))
    throw refusal('ledger.chain-unknown', 'The clinic of this block has not been admitted to the region.', opened);
  const device = readKeptRow(view, keys.device, deviceRow);
  if (!device || !equalBytes(device.chain, opened.block.chain))
    throw refusal('ledger.device-unknown', 'The device of this block is not enrolled in its clinic.', opened);
  if (device.revoked) throw refusal('ledger.device-revoked', 'The device of this block has been revoked by its clinic.', opened);
}

function checkNext(head: { height: number; hash: Uint8Array }, opened: OpenedBlock): void {
  const { block, hash } = opened;
  if (block.height <= head.height) {
    if (block.height === head.height && equalBytes(head.hash, hash))
      throw refusal('ledger.block-repeated', 'This block is in the ledger already.', opened);
    throw refusal('ledger.equivocation', `The device has another block at height ${block.height} of this epoch.`, opened);
  }
  if (block.height > head.height + 1)
    throw refusal('ledger.height-gap', `Height ${head.height + 1} comes next, not ${block.height}.`, opened);
  if (!equalBytes(block.previous, head.hash))
    throw refusal('ledger.previous-mismatch', 'The block does not name the one before it.', opened);
}

/** Notes that an epoch begins, or that an older one grows beside the newest. */
function moveEpochs(view: ChangingView, opened: OpenedBlock, isBegun: boolean): void {
  const { epoch } = opened.block;
  const key = opened.keys.epochs;
  const bytes = view.get(key);
  if (bytes && isBegun && isTheOnly(bytes, epoch)) return;
  const row = bytes && decode(epochsRow, bytes);
  if (isRetired(row, epoch))
    throw refusal(
      'ledger.epoch-retired',
      'The clinic of this device has retired this copy of its data: nothing more of it enters the ledger.',
      opened,
    );
  const moved = isBegun ? withGrown(row, epoch) : withBegun(row, epoch);
  if (!moved) return;
  if (moved.beside.length > MOST_BESIDE)
    throw refusal('ledger.epochs-too-many', 'The data of this device is in use on too many machines: retire some.', opened);
  view.put(key, encodeRow(epochsRow, moved));
}

function refusal(code: string, message: string, opened: OpenedBlock): Failure {
  return new Failure(code, message, { details: { device: opened.writer.device.slice(0, 16), height: opened.block.height } });
}

/** The device's signature and those of its events' authors: their keys are in the block itself, and no rule is asked. */
export function ownSignatures({ block, content, signature }: OpenBlock): SignatureClaim[] {
  const claims: SignatureClaim[] = [{ key: block.device, message: blockMessage(content), signature }];
  for (const { event, signature: personal } of block.events) {
    if (personal.length > 0)
      claims.push({ key: decodeEvent(event).author, message: eventMessage(block.chain, event), signature: personal });
  }
  return claims;
}

/** Signatures inside event bodies: their keys are those of the rows as they stand before this block's events. */
export function bodySignatures(view: StateView, opened: OpenedBlock): SignatureClaim[] {
  if (!opened.hasBodySignatures) return [];
  return opened.events.flatMap(({ typed, rule }) => rule.signatures?.(view, typed, opened.writer) ?? []);
}

/** Where a device's chain stands: the block that comes next names this. */
export interface ChainPosition {
  readonly epoch: Uint8Array;
  readonly height: number;
  readonly previous: Uint8Array;
}

/** The first position of a new epoch; `last` is the hash of the last block the device knows of, if any. */
export const startEpoch = (epoch: Uint8Array, last: Uint8Array = NO_BLOCK): ChainPosition => ({
  epoch,
  height: 0,
  previous: last,
});
