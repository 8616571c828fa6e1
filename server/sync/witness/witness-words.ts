/**
 * What the witnesses have said of the ledger here, as far as the hub has shown it. While the ledger goes on each of them signs another
 * checkpoint, and the newest of all is always too new: the hub is asked for the newest that each has signed (docs/protocol.md, section 13).
 */
import type { Checkpoint, Cosigned } from '../../../shared/ledger/checkpoint.ts';
import { MAX_WITNESSES } from '../../../shared/ledger/founding.ts';
import type { WitnessWord } from '../../../shared/ledger/newest-witnessed.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { isCaught, isUnanswered } from '../evidence/caught.ts';
import type { HubClient } from '../hub-client.ts';
import type { Replica } from '../replica.ts';
import type { SignedCheckpoint } from './agreement.ts';
import { COSIGN_EVERY, type CosigningOptions } from './cosigning.ts';

/** A hub of an earlier version, which does not say who has cosigned what, is asked again after this. */
const HUB_MAY_LEARN_MS = 600_000;

export class WitnessWords {
  readonly #options: Pick<CosigningOptions, 'clock' | 'cosignEvery'>;
  /** Checkpoints of what is here with the cosignatures that the hub has shown. */
  #cosigned: readonly Checkpoint[] = [];
  /** When it is asked for them again, milliseconds. */
  #askAt = 0;

  constructor(options: Pick<CosigningOptions, 'clock' | 'cosignEvery'>) {
    this.#options = options;
  }

  /** Those that hold, on the newest checkpoint here and on earlier ones. */
  on({ checkpoint, policies }: Replica): WitnessWord[] {
    return policies.wordsOn(checkpoint ? [checkpoint, ...this.#cosigned] : []);
  }

  /** Who of the witness set vouches for the ledger here, and when last (seconds). */
  vouching(replica: Replica): Cosigned[] {
    const { policies } = replica;
    return policies.vouchingFor(policies.current.size, this.on(replica));
  }

  /** How far a quorum has come, as in `newestWitnessed`. */
  newest(replica: Replica): { readonly size: number; readonly time: number } | undefined {
    return replica.policies.newestWitnessed(this.on(replica));
  }

  /** The newest checkpoint of the ledger here that has the lines of a quorum. */
  agreed({ checkpoint, policies }: Replica): Checkpoint | undefined {
    const all = checkpoint ? [checkpoint, ...this.#cosigned] : [];
    return all.sort((a, b) => b.size - a.size).find((each) => policies.witnessing(each).witnessed);
  }

  /** The ledger here has gone back: what was said of the one before is asked for anew. */
  forget(): void {
    this.#cosigned = [];
  }

  /** The checkpoints that it has shown, of the size of the newest and below, and who has signed each. */
  signed({ policies }: Replica): SignedCheckpoint[] {
    return this.#cosigned.map((checkpoint) => {
      const { by, needed } = policies.witnessing(checkpoint);
      return { checkpoint, by, needed };
    });
  }

  /**
   * Asks the hub, no more often than witnesses sign, and once more when this one is about to; false when nothing was heard.
   * @throws {Failure} as `Replica.cosigned`, of a hub that was caught.
   */
  async ask(client: HubClient, replica: Replica, isAboutToSign = false): Promise<boolean> {
    const { clock, cosignEvery = COSIGN_EVERY } = this.#options;
    const wait = this.#askAt - clock();
    if (wait > (isAboutToSign ? cosignEvery : 0) && wait <= HUB_MAY_LEARN_MS) return false;
    this.#askAt = clock() + cosignEvery;
    try {
      this.#cosigned = await replica.cosigned(client);
    } catch (error) {
      const failure = asFailure(error);
      if (isCaught(failure) || !isUnanswered(failure)) throw error;
      if (failure.code === 'graphql.operation-unknown') this.#askAt = clock() + HUB_MAY_LEARN_MS;
      return false;
    }
    return true;
  }

  /** Takes in a checkpoint that this device has cosigned, as the hub then has it; false when it is not of the ledger here. */
  async take(note: string, replica: Replica): Promise<boolean> {
    const signed = replica.policies.open(note);
    if (signed.size > replica.size || !(await replica.holds(signed))) return false;
    this.#cosigned = [...this.#cosigned.filter(({ size }) => size !== signed.size), signed].slice(-MAX_WITNESSES);
    return true;
  }
}
