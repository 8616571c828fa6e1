/**
 * A receipt: everything that shows, without a network or a database, that one event stands in a region's ledger.
 * JSON with base64 bytes; `careledger verify receipt.json` and docs/protocol.md judge it alike.
 */
import { equalBytes, fromBase64, toHex } from '../encoding/bytes.ts';
import { Failure } from '../outcome/failure.ts';
import { type Block, blockHash, blockMessage, openBlock } from './block.ts';
import type { Checkpoint } from './checkpoint.ts';
import { commitmentOf, decodeEvent, eventMessage, type LedgerEvent } from './event.ts';
import { openGenesis, type Region, type Verify } from './founding.ts';
import { type Hash, leafHash, verifyInclusion } from './merkle.ts';
import { PolicyBook, type StoredAct } from './policy-book.ts';

export interface Receipt {
  readonly careledger: 'receipt/1';
  readonly genesis: string;
  readonly checkpoint: string;
  readonly index: number;
  readonly proof: readonly string[];
  readonly block: string;
  /** Which event of the block this receipt is about, from zero. */
  readonly event: number;
  /** The acts that changed the region's policy since its genesis, when there were any: who witnesses, which key is the hub's. */
  readonly policies?: readonly ReceiptAct[] | undefined;
  /** Opens the event's commitment to who holds the record: its salt and the SHA-256 of its content. */
  readonly opening?: { readonly salt: string; readonly contentHash: string } | undefined;
}

export interface ReceiptAct extends Omit<StoredAct, 'body'> {
  readonly body: string;
}

export interface VerifiedReceipt {
  readonly region: Region;
  readonly checkpoint: Checkpoint;
  readonly block: Block;
  readonly blockHash: string;
  readonly event: LedgerEvent;
  readonly personallySigned: boolean;
  readonly witnessed: boolean;
  readonly witnessesNeeded: number;
  readonly witnessesFound: number;
  /** SHA-256 (hex) of the record's content, when the receipt opens the commitment. */
  readonly contentHash?: string | undefined;
}

const refused = (code: string, message: string): Failure => new Failure(code, message);

/**
 * Judges a receipt. What it can show: these bytes were signed by this device (and person) and stand at this place of the
 * ledger that the genesis founds. Who the region is, the reader compares by its id.
 * @throws {Failure} `receipt.malformed`, `receipt.not-included`, `receipt.signature-invalid`, `receipt.commitment-mismatch`,
 * or what opening genesis, checkpoint or block throws.
 */
export function verifyReceipt(hash: Hash, verify: Verify, value: unknown): VerifiedReceipt {
  const receipt = parseReceipt(value);
  const region = openGenesis(hash, verify, bytesOf(receipt.genesis, 'genesis'));
  const book = new PolicyBook(region);
  for (const act of receipt.policies ?? []) book.prove(verify, { ...act, body: bytesOf(act.body, 'policies') });
  const checkpoint = book.open(hash, verify, receipt.checkpoint);
  const sealed = bytesOf(receipt.block, 'block');
  const name = blockHash(hash, sealed);
  const proof = receipt.proof.map((node) => bytesOf(node, 'proof'));
  if (
    !verifyInclusion(hash, {
      leaf: leafHash(hash, name),
      index: receipt.index,
      size: checkpoint.size,
      root: checkpoint.root,
      proof,
    })
  ) {
    throw refused(
      'receipt.not-included',
      'The proof does not lead from this block to the checkpoint: the block is not in that ledger, or the receipt was altered.',
    );
  }
  const open = openBlock(sealed);
  if (!verify(open.block.device, blockMessage(open.content), open.signature))
    throw refused('receipt.signature-invalid', "The block's signature does not hold.");
  const signed = open.block.events[receipt.event];
  if (!signed) throw refused('receipt.malformed', 'The receipt names an event that its block does not have.');
  const event = decodeEvent(signed.event);
  if (signed.signature.length > 0 && !verify(event.author, eventMessage(open.block.chain, signed.event), signed.signature)) {
    throw refused('receipt.signature-invalid', 'The personal signature on this act does not hold.');
  }
  const witness = book.witnessing(hash, verify, checkpoint);
  return {
    region,
    checkpoint,
    block: open.block,
    blockHash: toHex(name),
    event,
    personallySigned: signed.signature.length > 0,
    witnessed: witness.witnessed,
    witnessesNeeded: witness.needed,
    witnessesFound: witness.by.length,
    contentHash: receipt.opening ? openCommitment(hash, event, receipt.opening) : undefined,
  };
}

function openCommitment(hash: Hash, event: LedgerEvent, opening: NonNullable<Receipt['opening']>): string {
  const contentHash = bytesOf(opening.contentHash, 'contentHash');
  const salt = bytesOf(opening.salt, 'salt');
  // Both have one length: else bytes could move from one to the other under the same hash.
  if (contentHash.length !== 32 || salt.length !== 32)
    throw refused('receipt.malformed', "The receipt's opening is not two values of 32 bytes.");
  if (!equalBytes(commitmentOf(hash, salt, contentHash), event.commitment)) {
    throw refused('receipt.commitment-mismatch', 'The content that this receipt names is not what the event committed to.');
  }
  return toHex(contentHash);
}

const FIELDS: ReadonlySet<string> = new Set([
  'careledger',
  'genesis',
  'checkpoint',
  'index',
  'proof',
  'block',
  'event',
  'opening',
  'policies',
]);

const ACT_FIELDS = ['position', 'event', 'chain', 'type', 'body'];

/** Whether an act has the form in which files carry it. */
export function isReceiptAct(act: Partial<ReceiptAct> | null): boolean {
  return (
    Number.isSafeInteger(act?.position) &&
    Number.isSafeInteger(act?.event) &&
    [act?.chain, act?.type, act?.body].every((each) => typeof each === 'string') &&
    /^[0-9a-f]{64}$/.test(act?.chain ?? '') &&
    Object.keys(act ?? {}).every((field) => ACT_FIELDS.includes(field))
  );
}

function parseReceipt(value: unknown): Receipt {
  const receipt = value as Partial<Receipt> | null;
  const texts = [receipt?.genesis, receipt?.checkpoint, receipt?.block];
  const right =
    receipt?.careledger === 'receipt/1' &&
    texts.every((each) => typeof each === 'string') &&
    Number.isSafeInteger(receipt.index) &&
    Number.isSafeInteger(receipt.event) &&
    Array.isArray(receipt.proof) &&
    receipt.proof.length <= 64 &&
    receipt.proof.every((each) => typeof each === 'string') &&
    (receipt.policies === undefined || (Array.isArray(receipt.policies) && receipt.policies.every(isReceiptAct))) &&
    Object.keys(receipt).every((field) => FIELDS.has(field));
  if (!right)
    throw refused('receipt.malformed', 'This is not a Careledger receipt (version 1). Check that the whole file was copied.');
  return receipt as Receipt;
}

function bytesOf(text: string, field: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw new Failure('receipt.malformed', `The receipt's "${field}" is not base64.`, { cause });
  }
}
