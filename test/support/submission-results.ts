/** What a hub's answer to a submission says of each of its blocks. */
import { fromBase64, toHex } from '../../shared/encoding/bytes.ts';
import { blockHash, openBlock } from '../../shared/ledger/block.ts';
import { heldBy, openReceipt, type SubmissionAnswer } from '../../shared/sync/submission.ts';
import { hash } from './ledger-builder.ts';

/** What became of one block of a submission. */
export interface SubmissionResult {
  block: string;
  /** The receipt that holds for it, perhaps for others too; base64. */
  receipt: string | null;
  refusal: { code: string; message: string; retry: boolean } | null;
}

/** @throws {Failure} when a receipt is for none of the blocks. Whose key signed it is for the tests to look at. */
export function resultsOf(region: Uint8Array, blocks: readonly Uint8Array[], answer: SubmissionAnswer): SubmissionResult[] {
  const submission = blocks.map((sealed) => {
    const name = blockHash(hash, sealed);
    try {
      return { hash: name, block: openBlock(sealed).block };
    } catch {
      return { hash: name, block: NO_CHAIN };
    }
  });
  const results = submission.map((each): SubmissionResult => ({ block: toHex(each.hash), receipt: null, refusal: null }));
  for (const receipt of answer.receipts)
    for (const at of heldBy(
      openReceipt(() => true, NO_BYTES, fromBase64(receipt)),
      region,
      submission,
    ))
      for (const result of results) if (result.block === results[at]?.block) result.receipt = receipt;
  for (const { at, ...refusal } of answer.refusals) (results[at] as SubmissionResult).refusal = refusal;
  return results;
}

const NO_BYTES = new Uint8Array(0);
const NO_CHAIN = { device: NO_BYTES, epoch: NO_BYTES, height: -1, previous: NO_BYTES };
