/**
 * Who is about to accuse its hub doubts itself first: a bit that turned on this disk makes an honest hub look like a liar. What the
 * blocks here lead to is made anew from them; where that changes anything, the disk was at fault and the round is tried again.
 */
import type { Region, Verify } from '../../../shared/ledger/founding.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { Slice } from '../../ledger/disk-check/disk-check.ts';
import { ledgerParts } from '../../ledger/disk-check/ledger-parts.ts';
import type { Database } from '../../storage/database.ts';
import type { ClinicLedger } from '../clinic-ledger.ts';
import { forgetUnapplied } from '../download/unapplied.store.ts';
import { isCaught } from './caught.ts';
import { replicaPrint } from './own-doubt.store.ts';

export interface DoubtOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly hash: Hash;
  readonly verify: Verify;
}

/** What a damaged replica leads to and a hub cannot be caught at. */
const OWN_FAULT = /^ledger\.(?:node-missing|checkpoint-forged|policy-unproven)$/;

/** An act that waits here was altered on the disk. */
export const ACT_ALTERED = 'storage.act-altered';

/** The disk was at fault, and what it had altered is as it was again: the round can be tried once more. */
export const MENDED = new Failure(
  'storage.ledger-mended',
  'Part of this computer’s copy of the region’s ledger was altered on its disk, and was made anew from the ledger’s blocks. Nothing was lost; if this comes back, the disk is failing.',
  { retry: true },
);

/** Whether a failed round was the fault of this disk rather than the hub's. */
export class OwnDoubt {
  readonly #options: DoubtOptions;
  #hasDoubted = false;
  /** The blocks on this disk are not as they were: no round begins before the next start, as each would accuse the hub. */
  altered: Failure | undefined;

  constructor(options: DoubtOptions) {
    this.#options = options;
  }

  /**
   * What was at fault on this disk: `MENDED` (whoever has the replica open opens it again) or why it cannot be mended. Undefined when
   * the disk was not at fault, or nothing speaks for it.
   */
  async explain(failure: Failure): Promise<Failure | undefined> {
    if (failure.code === ACT_ALTERED) return (await this.#options.ledger.findAltered()) > 0 ? MENDED : undefined;
    if (!isCaught(failure) && !this.#isDoubtful(failure)) return undefined;
    try {
      return (await wasAltered(this.#options)) ? MENDED : undefined;
    } catch (error) {
      this.altered = asFailure(error);
      return this.altered;
    }
  }

  /** Looked into once a start, as anybody can answer a desk with it. */
  #isDoubtful({ code }: Failure): boolean {
    if (this.#hasDoubted || !OWN_FAULT.test(code)) return false;
    this.#hasDoubted = true;
    return true;
  }
}

/**
 * Makes this replica anew. Gives whether anything of it was not as it was written; then it is mended.
 * @throws {Failure} `ledger.blocks-altered` when the blocks themselves are not.
 */
async function wasAltered({ database, ledger, region, hash, verify }: DoubtOptions): Promise<boolean> {
  const faults = await countFaults(database, hash);
  const before = await replicaPrint(database.read);
  await ledger.makeAnew(region, verify);
  // What waits for newer rules was proved and not applied: it is brought again.
  await database.write(forgetUnapplied);
  return faults > 0 || (await replicaPrint(database.read)) !== before;
}

async function countFaults(database: Database, hash: Hash): Promise<number> {
  const { STATE, BLOCKS, TREE } = ledgerParts(hash);
  let count = 0;
  for (const look of [STATE, BLOCKS, TREE]) {
    let place: string | undefined = '';
    while (place !== undefined) {
      const from: string = place;
      const slice: Slice = await database.snapshot((read) => look(read, from)).catch(() => UNREADABLE);
      count += slice.faults;
      place = slice.next;
    }
  }
  return count;
}

const UNREADABLE: Slice = { faults: 1, next: undefined };
