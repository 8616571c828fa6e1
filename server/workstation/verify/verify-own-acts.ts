/** What this device wrote, as far as columns say it and no ledger does: its blocks, what waits of them, its mail. */
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { ownSignatures } from '../../../shared/ledger/admission.ts';
import { blockHash, openBlock } from '../../../shared/ledger/block.ts';
import { RULES_VERSION } from '../../../shared/ledger/event.ts';
import type { Founding } from '../../../shared/ledger/founding.ts';
import { POLICY_KEY, policyRow } from '../../../shared/ledger/policy.ts';
import { chainKey, deviceKey } from '../../../shared/ledger/rules.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import { careledgerRules } from '../../rules-registry.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { judgeWaiting } from '../../sync/own-acts/lay-pending.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { sha256, verifySignature } from '../../vault/primitives.ts';
import {
  documentsWithoutAct,
  outgoingMessages,
  ownBlockPages,
  type StoredOwnBlock,
  storedPending,
  type WaitingMessage,
} from './verify.store.ts';

/** @param historyFrom the first block that is here. Gives how many blocks of this device there are. */
export async function verifyOwnActs(
  read: ReadConnection,
  founding: Founding | undefined,
  historyFrom: number,
  faults: string[],
): Promise<number> {
  let count = 0;
  let device: Uint8Array | undefined;
  const waiting = new Map<string, string>();
  for await (const page of ownBlockPages(read)) {
    for (const own of page) {
      count += 1;
      const bytes = own.position === null ? own.bytes : own.ledgerBytes;
      if (own.position === null) waiting.set(toHex(own.hash), own.reasons);
      else if (own.position < historyFrom) continue;
      const writer = verifyOwnBlock(own, bytes, faults);
      device ??= writer;
    }
  }
  if (device) await verifyWaiting(read, { founding, device }, waiting, faults);
  for (const { name } of await documentsWithoutAct(read))
    faults.push(`The sealed document ${preview(name)} belongs to an act of this device that is not here.`);
  for await (const page of outgoingMessages(read)) await verifyMessages(read, founding, page, faults);
  return count;
}

/** Mail that waits is whole, and for somebody whom the ledger knows, once it knows this clinic. */
async function verifyMessages(
  read: ReadConnection,
  founding: Founding | undefined,
  messages: readonly WaitingMessage[],
  faults: string[],
): Promise<void> {
  const recipients = messages.map(({ chain, device }) => [
    chainKey(toHex(chain)),
    ...(device.some((byte) => byte !== 0) ? [deviceKey(toHex(device))] : []),
  ]);
  const own = founding && chainKey(toHex(founding.chain));
  const known = await loadOverlaid(read, [...new Set([...recipients.flat(), ...(own ? [own] : [])])]);
  const isAdmitted = own !== undefined && known.get(own) !== undefined;
  for (const [at, { id, body }] of messages.entries()) {
    const isKnown = !isAdmitted || recipients[at]?.every((key) => known.get(key) !== undefined);
    if (!isKnown || !equalBytes(sha256(body), id))
      faults.push(`The message ${preview(id)}, which waits to be sent, was altered on disk.`);
  }
}

const preview = (bytes: Uint8Array): string => toHex(bytes).slice(0, 16);

/** A block of this device: whole, signed, and where its columns say. Gives who wrote it. */
function verifyOwnBlock(own: StoredOwnBlock, bytes: Uint8Array | null, faults: string[]): Uint8Array | undefined {
  const name = `The act ${preview(own.hash)} of this device`;
  if (!bytes) {
    faults.push(`${name} is not where it says that it stands.`);
    return undefined;
  }
  if (!equalBytes(blockHash(hashParts, bytes), own.hash)) {
    faults.push(`${name} was altered on disk.`);
    return undefined;
  }
  try {
    const opened = openBlock(bytes);
    const { block } = opened;
    if (
      own.position === null &&
      !ownSignatures(opened).every(({ key, message, signature }) => verifySignature(key, message, signature))
    )
      faults.push(`${name} carries a signature that does not hold.`);
    if (!equalBytes(block.epoch, own.epoch) || block.height !== own.height)
      faults.push(`${name} lies at another place of its chain than it says.`);
    if (own.position !== null && own.reasons !== reasonsIn(own.verdicts, block.events.length))
      faults.push(`${name} is shown as judged otherwise than the ledger judges it.`);
    return block.device;
  } catch (error) {
    faults.push(`${name} does not open: ${asFailure(error).message}`);
    return undefined;
  }
}

/** As `reasonsOf` writes it. @param verdicts of the ledger; null when every event was accepted. */
function reasonsIn(verdicts: string | null, events: number): string {
  const judged = verdicts === null ? new Array(events).fill({ reason: '' }) : (JSON.parse(verdicts) as Array<{ reason: string }>);
  return JSON.stringify(judged.map(({ reason }) => reason));
}

/** What waits, judged anew: the rows over the state and the reasons that are shown have to be the same. */
async function verifyWaiting(
  read: ReadConnection,
  { founding, device }: { founding: Founding | undefined; device: Uint8Array },
  waiting: ReadonlyMap<string, string>,
  faults: string[],
): Promise<void> {
  try {
    const policy = (await loadState(read, [POLICY_KEY])).get(POLICY_KEY);
    const active = policy ? decode(policyRow, policy).rules : RULES_VERSION;
    const known = careledgerRules();
    const rules = known.at(known.knows(active) ? active : RULES_VERSION);
    const judged = await judgeWaiting(read, { hash: hashParts, device, founding }, rules);
    if (judged.blocks.some(({ hash, reasons }) => waiting.get(toHex(hash)) !== reasons))
      faults.push('An act that waits is shown as judged otherwise than the rules judge it.');
    const stored = await storedPending(read);
    const isSame = ({ key, value }: (typeof stored)[number]): boolean => {
      const due = judged.rows.get(key);
      return judged.rows.has(key) && (value === null ? due === undefined : due !== undefined && equalBytes(due, value));
    };
    if (stored.length !== judged.rows.size || !stored.every(isSame))
      faults.push('What waits at this desk lies otherwise over the ledger than its acts say.');
  } catch (error) {
    faults.push(`What waits at this desk cannot be judged: ${asFailure(error).message}`);
  }
}
