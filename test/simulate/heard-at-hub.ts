/** What an honest hub answers, held against what it may say, and what is to be remembered of it. */

import type { LocalWrite } from '../../server/sync/gateway.ts';
import { sha256 } from '../../server/vault/primitives.ts';
import { equalBytes, fromBase64, fromHex, toHex } from '../../shared/encoding/bytes.ts';
import type { SubmissionAnswer } from '../../shared/sync/submission.ts';
import { resultsOf } from '../support/submission-results.ts';
import type { LyingDevice } from './lying-device.ts';
import { grantOpens } from './replica-checks.ts';
import type { SimulatedDesk } from './simulated-desk.ts';
import type { Asked, HubAnswer } from './simulated-hub.ts';
import type { SlowLedger } from './slow-ledger.ts';
import { Violation } from './world.ts';

export class HeardAtHub {
  readonly #truth: SlowLedger;
  /** Id of the region. */
  readonly #region: Uint8Array;
  /** Who first put a document of a compartment at the hub. */
  readonly keepers = new Map<string, string>();
  /** Recipients of each message, by its name. */
  readonly #recipients = new Map<string, string>();
  /** Witness clinics that have cosigned, by size. */
  readonly #cosigned = new Map<number, Set<number>>();
  /** Blocks that were acknowledged since somebody last looked. */
  readonly receipts: { block: string; device: string }[] = [];

  constructor(truth: SlowLedger, region: Uint8Array) {
    this.#truth = truth;
    this.#region = region;
  }

  /** Clinics whose cosignatures of that size or a larger one have come to the hub, whether or not its answers were heard. */
  cosigners(size: number): ReadonlySet<number> {
    return cosignersFrom(size, this.#cosigned);
  }

  /** A question arrives: what the hub makes of a cosignature stays, also when its process ends before it answers. */
  arrived(desk: SimulatedDesk, { operation, variables }: Asked): void {
    if (operation !== 'Cosign') return;
    const size = Number(variables.size);
    this.#cosigned.set(size, (this.#cosigned.get(size) ?? new Set()).add(desk.options.index));
  }

  /** A desk writes messages: the hub may give them to nobody else. */
  written(write: LocalWrite): void {
    for (const { body, recipientChain } of write.messages ?? []) this.#recipients.set(toHex(sha256(body)), toHex(recipientChain));
  }

  /** @param time by the hub's clock */
  answered(desk: SimulatedDesk, { operation, variables }: Asked, answer: HubAnswer, time: number, liar?: LyingDevice): void {
    if ('failure' in answer) {
      if (answer.failure.code.startsWith('internal.')) throw answer.failure.cause ?? answer.failure;
      return;
    }
    if (operation === 'PutDocuments')
      for (const { handle } of variables.documents as { handle: string }[])
        if (!this.keepers.has(handle)) this.keepers.set(handle, desk.chain);
    if (operation === 'Documents') {
      this.#mayRead(desk, String(variables.handle), time);
      const { documents } = answer.data.documents as { documents: readonly unknown[] };
      if (documents.length > 0 && this.#truth.rowsAt(this.#truth.size).has(`erased/${variables.handle}`))
        throw new Violation('erased stays erased', `the hub served ${desk.name} documents of a compartment that was erased`);
    }
    if (operation === 'Messages')
      for (const { id } of answer.data.messages as { id: string }[])
        if ((this.#recipients.get(id) ?? liar?.sent.get(id)) !== desk.chain)
          throw new Violation('only consented keys', `the hub gave ${desk.name} a message that is not for its clinic`);
    if (operation === 'Submit')
      for (const { block, receipt, refusal } of resultsOf(
        this.#region,
        (variables.blocks as string[]).map(fromBase64),
        answer.data.submit as SubmissionAnswer,
      )) {
        if (receipt) this.receipts.push({ block, device: desk.name });
        else if (!refusal) throw new Violation('acknowledged stays', `the hub left a block of ${desk.name} unanswered`);
      }
  }

  /** The hub serves a compartment to who keeps it, and to whom a grant holds that it has in its ledger just now. */
  #mayRead(desk: SimulatedDesk, handle: string, time: number): void {
    const rows = this.#truth.rowsAt(this.#truth.size);
    const custodian = rows.get(`compartment/${handle}`);
    const keeper = custodian ? toHex(custodian) : this.keepers.get(handle);
    if (keeper === desk.chain || isGranted(rows, desk, handle, time)) return;
    throw new Violation('only consented keys', `the hub served ${desk.name} a compartment without a grant that holds`);
  }
}

/** Whether a grant of these rows opens the compartment to the desk's clinic at `time`. */
export function isGranted(rows: ReadonlyMap<string, Uint8Array>, desk: SimulatedDesk, handle: string, time: number): boolean {
  const bytes = fromHex(handle);
  return [...rows].some(
    ([key, row]) =>
      key.startsWith('grant/') &&
      equalBytes(row.subarray(32, 48), bytes) &&
      toHex(row.subarray(48, 80)) === desk.chain &&
      grantOpens(row, time),
  );
}

/** Who has cosigned `size` blocks or more: a witness's word on a ledger holds for each of its beginnings. */
export const cosignersFrom = (size: number, bySize: ReadonlyMap<number, ReadonlySet<number>>): ReadonlySet<number> =>
  new Set([...bySize].flatMap(([cosigned, who]) => (cosigned >= size ? [...who] : [])));
