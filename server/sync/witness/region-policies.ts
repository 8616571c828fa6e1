/** The policies of this replica's region as it has folded them, and what the hub shows of those that come. */
import type { Checkpoint, Cosigned, Witnessing } from '../../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../../shared/ledger/founding.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import {
  newestWitnessed,
  vouchingFor,
  type WitnessesAt,
  type WitnessWord,
  wordsOn,
} from '../../../shared/ledger/newest-witnessed.ts';
import { type HeldPolicy, PolicyBook, type StoredAct } from '../../../shared/ledger/policy-book.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import type { Queryable } from '../../storage/database.ts';
import { caught } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';

/** An act as the hub shows it: bytes in base64. */
export interface WireAct extends Omit<StoredAct, 'body'> {
  readonly body: string;
}

export const actOfWire = (act: WireAct): StoredAct => ({ ...act, body: Buffer.from(act.body, 'base64') });

export class RegionPolicies {
  readonly #hash: Hash;
  readonly #verify: Verify;
  #book: PolicyBook;
  /** The newest checkpoint's key came with acts that are not folded here yet. */
  #isAhead = false;

  constructor(hash: Hash, verify: Verify, region: Region) {
    this.#hash = hash;
    this.#verify = verify;
    this.#book = new PolicyBook(region);
  }

  /** With the acts that are folded in this database. */
  static async load(connection: Queryable, hash: Hash, verify: Verify, region: Region): Promise<RegionPolicies> {
    const policies = new RegionPolicies(hash, verify, region);
    for (const act of await readActs(connection)) policies.#book.apply(act);
    return policies;
  }

  get current(): HeldPolicy {
    return this.#book.current;
  }

  get all(): readonly HeldPolicy[] {
    return this.#book.all;
  }

  at(size: number): HeldPolicy {
    return this.#book.at(size);
  }

  /** Opens a checkpoint of what is here. @throws {Failure} as `PolicyBook.open`. */
  open(note: string): Checkpoint {
    return this.#book.open(this.#hash, this.#verify, note);
  }

  /** The cosignatures on these checkpoints that hold. */
  wordsOn(checkpoints: readonly Checkpoint[]): WitnessWord[] {
    return wordsOn(this.#hash, this.#verify, checkpoints, this.#witnessesAt);
  }

  /** Who of the witness set vouches for the first `size` blocks, and when last (seconds): `words` are on checkpoints of what is here. */
  vouchingFor(size: number, words: readonly WitnessWord[]): Cosigned[] {
    return vouchingFor(size, words, this.#witnessesAt);
  }

  /** How far a quorum has come by `words`, as in `vouchingFor`. */
  newestWitnessed(words: readonly WitnessWord[]): { readonly size: number; readonly time: number } | undefined {
    return newestWitnessed(words, this.#witnessesAt);
  }

  witnessing(checkpoint: Checkpoint): Witnessing {
    return this.#book.witnessing(this.#hash, this.#verify, checkpoint);
  }

  /**
   * Opens the hub's newest checkpoint. When its key is not known here, the hub has to show that the quorum gave it to it.
   * @param size of what is folded here
   * @throws {Failure} as `PolicyBook.open`; `ledger.policy-unproven`.
   */
  async openNewest(hub: HubClient, note: string, size: number): Promise<Checkpoint> {
    this.#isAhead = false;
    try {
      return this.#book.open(this.#hash, this.#verify, note);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'ledger.checkpoint-forged') throw error;
      const shown = this.#book.copy();
      const { policyActs } = await hub.ask<{ policyActs?: WireAct[] }>('PolicyActs', { from: size });
      // Without acts to explain another key it is what it looks like.
      if (!Array.isArray(policyActs)) throw error;
      for (const act of policyActs) shown.prove(this.#verify, actOfWire(act));
      const opened = shown.open(this.#hash, this.#verify, note);
      this.#isAhead = true;
      return opened;
    }
  }

  /**
   * Looks at acts that were folded and are to be written: the checkpoint above them has to be signed with the key that they leave.
   * @throws {Failure} `sync.hub-key-replaced` when it is not.
   */
  check(acts: readonly StoredAct[], target: Checkpoint): void {
    // With more acts to come, the whole is looked at when they are here.
    if (acts.length === 0 || this.#isAhead) return;
    const then = this.#book.copy();
    for (const act of acts) then.apply(act);
    this.#signs(then, target);
  }

  /** The same when everything under the checkpoint is folded here. */
  checkEnd(target: Checkpoint): void {
    this.#signs(this.#book, target);
  }

  readonly #witnessesAt: WitnessesAt = (size) => this.at(size).witnesses;

  #signs(book: PolicyBook, target: Checkpoint): void {
    try {
      book.open(this.#hash, this.#verify, target.note);
    } catch {
      throw caught(
        'sync.hub-key-replaced',
        `The hub signs a ledger of ${counted(target.size, 'block')} with a key that the region has replaced: somebody else may hold it.`,
      );
    }
  }

  /** Takes in acts that were written. */
  apply(acts: readonly StoredAct[]): void {
    for (const act of acts) this.#book.apply(act);
  }
}
