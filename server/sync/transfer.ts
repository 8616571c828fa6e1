/** What goes to the hub: documents before the blocks that name them, messages, pending blocks with their receipts. What comes from it: `download/`. */
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { openBlock } from '../../shared/ledger/block.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  heldBy,
  openReceipt,
  type Refusal,
  type SubmissionAnswer,
  type SubmissionReceipt,
} from '../../shared/sync/submission.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import type { Database } from '../storage/database.ts';
import { blocksToForward, documentsOfBlock, markForwarded, type WaitingInOrder } from './clinic-host/clinic-blocks.store.ts';
import { erasedToTell, markErasedTold } from './erased.store.ts';
import type { HubClient } from './hub-client.ts';
import { checkWhole } from './own-acts/pending.ts';
import {
  documentsToSend,
  markMessagesSent,
  markReceipts,
  markUploaded,
  markWithdrawalsTold,
  messagesToSend,
  pendingBlocks,
  withdrawalsToTell,
} from './transfer.store.ts';

export interface Transfer {
  readonly database: Database;
  readonly region: Region;
  readonly hash: Hash;
  readonly verify: Verify;
  /** The key that the hub signs with by now; left out, the genesis's. */
  readonly hubKey?: () => Uint8Array;
  /** Looks whether the region has given its hub another key since. */
  readonly renewHubKey?: () => Promise<void>;
  /** At the clinic host the time, by which it is judged what other devices have not brought to the hub themselves. */
  readonly forwards?: (() => number | undefined) | undefined;
}

/** Sealed bytes in one call: half the body limit, since base64 makes them a third longer. */
const BATCH_BYTES = LIMITS.bodyBytes / 2;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');

/** Sends everything that waits; each step is durable on its own, and doing it again is harmless. Gives the blocks sent. */
export async function sendWaiting(transfer: Transfer, hub: HubClient): Promise<number> {
  await excuseDocuments(transfer, hub);
  await sendDocuments(transfer, hub);
  await sendMessages(transfer, hub);
  await tellWithdrawals(transfer, hub);
  const between = await forwardBlocks(transfer, hub);
  return between + (await submitBlocks(transfer, hub));
}

/** The clinic host brings other devices' blocks to the hub that they have not brought themselves after this time. */
const FORWARD_AFTER_MS = 30_000;

/**
 * What waits here of the clinic's other devices goes to the hub with own acts in the order in which they were written, as each may stand on
 * what another desk did: a withdrawal that came before its grant would be refused, and a version before the one it follows be late. Own acts
 * do not wait for what the hub refuses of others, nor for documents that only another desk has: that one may never come back. Gives how
 * many own ones the hub took.
 * @throws {Failure} the hub's refusal code when it takes a block of another desk a moment later: everything waits behind it
 */
async function forwardBlocks(transfer: Transfer, hub: HubClient): Promise<number> {
  const { database, forwards } = transfer;
  const isSending = (await pendingBlocks(database.read, 1, BATCH_BYTES)).length > 0;
  const now = forwards?.();
  if (!isSending && now === undefined) return 0;
  const before = isSending ? Number.MAX_SAFE_INTEGER : (now ?? 0) - FORWARD_AFTER_MS;
  const waiting = await blocksToForward(database.read, before, LIMITS.blocksPerSubmission, BATCH_BYTES);
  let sent = 0;
  const held = new Set<string>();
  for (const { device, blocks, isOwn } of epochRuns(waiting)) {
    if (!isOwn) {
      const left = held.has(device) ? undefined : await forward(transfer, hub, blocks);
      if (left && left.code !== DOCUMENT_MISSING) throw new Failure(left.code, left.message, { retry: true });
      if (left) held.add(device);
      continue;
    }
    const { count, refusal } = await submitOwn(transfer, hub, blocks);
    sent += count;
    // What stands behind a block that the hub did not take would come too early; sending own acts says why it did not.
    if (refusal) break;
  }
  return sent;
}

interface EpochRun {
  /** Hexadecimal. */
  readonly device: string;
  readonly isOwn: boolean;
  readonly blocks: WaitingInOrder[];
}

/**
 * Blocks one after the other of one device and epoch. No more goes into one submission: behind a block that is refused, its height keeps
 * back what follows in its epoch, and nothing keeps back the next epoch, which stands on it all the same.
 */
function epochRuns(waiting: readonly WaitingInOrder[]): EpochRun[] {
  const runs: Array<EpochRun & { readonly epoch: string }> = [];
  for (const block of waiting) {
    const { device, epoch } = chainOf(block);
    const run = runs.at(-1);
    if (run?.device === device && run.epoch === epoch) run.blocks.push(block);
    else runs.push({ device, epoch, isOwn: block.isOwn, blocks: [block] });
  }
  return runs;
}

/** Hexadecimal. An own block that was altered on the disk is named as such when it is about to be sent. */
function chainOf({ bytes, altered }: WaitingInOrder): { device: string; epoch: string } {
  if (altered) return { device: '', epoch: '' };
  const { device, epoch } = openBlock(bytes).block;
  return { device: hex(device), epoch: hex(epoch) };
}

/** The hub lacks a document that a block names. */
const DOCUMENT_MISSING = 'hub.document-missing';

/**
 * Blocks of one epoch of another device. One whose documents are not at the hub is sent again with those that are here. Gives why the hub
 * takes the first of those that wait later, from which on all do; undefined when it has said of each what becomes of it.
 */
async function forward(transfer: Transfer, hub: HubClient, waiting: readonly WaitingInOrder[]): Promise<Reason | undefined> {
  const { database } = transfer;
  let answer = await submit(transfer, hub, waiting);
  if ([...answer.refusals.values()].some(({ retry }) => retry)) {
    for (const { hash } of waiting.filter((_, at) => !answer.receipts.has(at))) {
      const documents = (await documentsOfBlock(database.read, hash)).map(({ handle, sealed, wrap }) => ({
        handle: hex(handle),
        sealed: base64(sealed),
        wrap: base64(wrap),
      }));
      for (const document of documents) await hub.ask('PutDocuments', { documents: [document] });
    }
    answer = await submit(transfer, hub, waiting);
  }
  const { receipts, refusals } = answer;
  const left = waiting.findIndex((_, at) => !receipts.has(at) && refusals.get(at)?.retry !== false);
  const done = left < 0 ? waiting : waiting.slice(0, left);
  await database.write((transaction) =>
    markForwarded(
      transaction,
      done.map(({ hash }) => hash),
    ),
  );
  return left < 0 ? undefined : (refusals.get(left) ?? UNANSWERED);
}

async function sendDocuments({ database }: Transfer, hub: HubClient): Promise<void> {
  for (;;) {
    const waiting = await documentsToSend(database.read, LIMITS.documentsPerCall, BATCH_BYTES);
    if (waiting.length === 0) return;
    const documents = waiting.map(({ handle, sealed, wrap }) => ({
      handle: hex(handle),
      sealed: base64(sealed),
      wrap: base64(wrap),
    }));
    await hub.ask('PutDocuments', { documents });
    await database.write((transaction) =>
      markUploaded(
        transaction,
        waiting.map(({ name }) => name),
      ),
    );
  }
}

/** Tells of documents that were erased before the hub had them: it takes the blocks that name them all the same. */
async function excuseDocuments({ database }: Transfer, hub: HubClient): Promise<void> {
  for (;;) {
    const waiting = await erasedToTell(database.read, LIMITS.documentsPerCall);
    if (waiting.length === 0) return;
    const documents = waiting.map(({ name, handle }) => ({ name: hex(name), handle: hex(handle) }));
    await hub.ask('ExcuseDocuments', { documents });
    await database.write((transaction) =>
      markErasedTold(
        transaction,
        waiting.map(({ name }) => name),
      ),
    );
  }
}

/** Sends messages that wait; a device that is not enrolled yet has nothing else that the hub would take. */
export async function sendMessages({ database }: Transfer, hub: HubClient): Promise<void> {
  for (;;) {
    const waiting = await messagesToSend(database.read, LIMITS.messagesPerCall);
    if (waiting.length === 0) return;
    const messages = waiting.map((message) => ({
      recipientChain: hex(message.recipientChain),
      recipientDevice: hex(message.recipientDevice),
      kind: message.kind,
      body: base64(message.body),
    }));
    await hub.ask('SendMessages', { messages });
    await database.write((transaction) =>
      markMessagesSent(
        transaction,
        waiting.map(({ id }) => id),
      ),
    );
  }
}

async function tellWithdrawals({ database }: Transfer, hub: HubClient): Promise<void> {
  const ids = await withdrawalsToTell(database.read);
  if (ids.length === 0) return;
  await hub.ask('WithdrawMessages', { ids: ids.map(hex) });
  await database.write((transaction) => markWithdrawalsTold(transaction, ids));
}

interface WaitingBlock {
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** What the hub says of each block of a submission, by its place: the receipt that holds for it, or why it was refused. */
interface HubsWord {
  readonly receipts: ReadonlyMap<number, Uint8Array>;
  readonly refusals: ReadonlyMap<number, Refusal>;
}

/** @throws {Failure} `sync.receipt-forged`, `sync.receipt-foreign` when a receipt does not hold; `sync.hub-answer`. */
async function submit(transfer: Transfer, hub: HubClient, waiting: readonly WaitingBlock[]): Promise<HubsWord> {
  const { submit: answer } = await hub.ask<{ submit: SubmissionAnswer }>('Submit', {
    blocks: waiting.map(({ bytes }) => base64(bytes)),
  });
  if (!(answer?.receipts?.length <= waiting.length && answer.refusals?.length <= waiting.length))
    throw new Failure('sync.hub-answer', 'The hub did not say what became of the blocks.', { retry: true });
  const submission = waiting.map(({ hash, bytes }) => ({ hash, block: openBlock(bytes).block }));
  const receipts = new Map<number, Uint8Array>();
  for (const text of answer.receipts) {
    const bytes = Buffer.from(text, 'base64');
    const receipt = await openedReceipt(transfer, bytes);
    for (const at of heldBy(receipt, transfer.region.id, submission)) receipts.set(at, bytes);
  }
  return { receipts, refusals: new Map(answer.refusals.map((refusal) => [refusal.at, refusal])) };
}

/** The hub takes nothing more of an epoch: what waits goes on in a new one. */
export const EPOCH_CLOSED = /^(?:ledger\.equivocation|ledger\.epoch-retired|hub\.epoch-quarantined)$/;
/** The hub finds that a signature on an act does not hold: it is signed anew. */
export const ACT_FORGED = 'ledger.event-signature-invalid';

/**
 * Epoch after epoch, each when the hub has taken what was written before: an act of a later one may stand on it. Only what the hub refuses
 * for good, and what this device cannot mend by itself, holds up no later epoch.
 * @throws {Failure} the hub's refusal code when a block may not enter (later blocks of the device wait behind it);
 * `sync.receipt-forged`, `sync.receipt-foreign` when the hub's receipt does not hold.
 */
async function submitBlocks(transfer: Transfer, hub: HubClient): Promise<number> {
  const { database } = transfer;
  const passed: Uint8Array[] = [];
  let sent = 0;
  let refused: Failure | undefined;
  for (;;) {
    const pending = await pendingBlocks(database.read, LIMITS.blocksPerSubmission, BATCH_BYTES, passed);
    const first = pending[0]?.epoch;
    if (!first && refused) throw refused;
    if (!first) return sent;
    const next = pending.findIndex(({ epoch }) => !epoch.equals(first));
    const { count, refusal } = await submitOwn(transfer, hub, next < 0 ? pending : pending.slice(0, next));
    sent += count;
    if (!refusal) continue;
    const failure = new Failure(refusal.code, refusal.message, { retry: refusal.retry });
    if (failure.retry || EPOCH_CLOSED.test(failure.code) || failure.code === ACT_FORGED) throw failure;
    refused ??= failure;
    passed.push(first);
  }
}

/** Keeps the receipts for own blocks; gives how many there were, and why the first without one has none. */
async function submitOwn(
  transfer: Transfer,
  hub: HubClient,
  waiting: readonly WaitingBlock[],
): Promise<{ count: number; refusal: Reason | undefined }> {
  const { database } = transfer;
  for (const block of waiting) checkWhole(transfer.hash, block);
  const word = await submit(transfer, hub, waiting);
  const receipts = waiting.flatMap(({ hash }, at) => {
    const receipt = word.receipts.get(at);
    return receipt ? [{ hash, receipt }] : [];
  });
  await database.write((transaction) => markReceipts(transaction, receipts));
  const left = waiting.findIndex((_, at) => !word.receipts.has(at));
  return { count: receipts.length, refusal: left < 0 ? undefined : (word.refusals.get(left) ?? UNANSWERED) };
}

/** Why the hub has not taken a block. */
type Reason = Pick<Refusal, 'code' | 'message' | 'retry'>;

const UNANSWERED: Reason = { code: 'sync.hub-answer', message: 'The hub left a block unanswered.', retry: true };

/** A receipt under the hub's key, which may have been replaced by the very blocks that were sent. */
async function openedReceipt(transfer: Transfer, bytes: Uint8Array): Promise<SubmissionReceipt> {
  const { verify, region, hubKey = () => region.genesis.hubKey, renewHubKey } = transfer;
  const key = hubKey();
  try {
    return openReceipt(verify, key, bytes);
  } catch (error) {
    await renewHubKey?.();
    if (equalBytes(hubKey(), key)) throw error;
    return openReceipt(verify, hubKey(), bytes);
  }
}
