/**
 * What this device and the region's witnesses have to do with each other in a round: it hears how far they have come, says so, and signs
 * as one of them what it has recomputed.
 */
import { type Cosigned, claimedHead } from '../../../shared/ledger/checkpoint.ts';
import type { EngineState } from '../engine-state.ts';
import type { HubClient } from '../hub-client.ts';
import type { Replica } from '../replica.ts';
import { Cosigning, type CosigningOptions } from './cosigning.ts';
import { WitnessWords } from './witness-words.ts';
import { noteWitnessed, readAgreed, type Witnessed, writeAgreed } from './witnessed.ts';

/** What rounds lend it. */
interface WitnessesHost {
  state(): EngineState;
  set(change: Pick<EngineState, 'witnessedSize' | 'witnessedAt'> | Pick<EngineState, 'witnessWaits'>): void;
  /** The witnesses have come further on the ledger here. */
  onWitnessed(replica: Replica): void;
  /** Has a round begin in so many milliseconds. */
  later(milliseconds: number): void;
}

export class Witnesses {
  readonly #options: CosigningOptions;
  readonly #host: WitnessesHost;
  readonly #cosigning: Cosigning;
  readonly #words: WitnessWords;

  /** @param options `isPutBack` as `Cosigning` */
  constructor(options: CosigningOptions & { isPutBack(): Promise<boolean> }, host: WitnessesHost) {
    this.#options = options;
    this.#host = host;
    this.#cosigning = new Cosigning(options, host.later);
    this.#words = new WitnessWords(options);
  }

  /** As `Cosigning.begin`. */
  begin(): Promise<void> {
    return this.#cosigning.begin();
  }

  /** As `WitnessWords.vouching`. */
  vouching(replica: Replica): Cosigned[] {
    return this.#words.vouching(replica);
  }

  /** The ledger here has gone back: what was said of the one before is asked for anew. */
  async goBack(): Promise<void> {
    this.#words.forget();
    await writeAgreed(this.#options.database, '');
  }

  /** Says how far they have come, by what is known of them, if that is news. */
  async note(replica: Replica): Promise<void> {
    // The witness set of a ledger that is not applied here is not known.
    if (replica.isOutdated) return;
    await this.#noteAgreed(replica);
    const newer = await noteWitnessed(this.#options.database, this.#words.newest(replica), this.#witnessed);
    if (!newer) return;
    this.#host.set({ witnessedSize: newer.size, witnessedAt: newer.at });
    this.#host.onWitnessed(replica);
  }

  /** Receipts stand on it: a note that says by itself, to whoever has no ledger, that it is witnessed. */
  async #noteAgreed(replica: Replica): Promise<void> {
    const { database } = this.#options;
    const agreed = this.#words.agreed(replica);
    const before = await readAgreed(database.read);
    if (agreed && agreed.size > (before ? claimedHead(before).size : 0)) await writeAgreed(database, agreed.note);
  }

  /** What is written meanwhile keeps nobody from seeing how far the witnesses have come. */
  async learn(client: HubClient, replica: Replica): Promise<void> {
    const isAll = this.#witnessed.size >= replica.size && !this.#cosigning.isWaiting;
    if (isAll || replica.isOutdated || !(await this.#words.ask(client, replica))) return;
    await this.note(replica);
  }

  /** Signs as one of them, if this device is one and it is time. @param isAsked as `Cosigning.cosign` */
  async cosign(client: HubClient, replica: Replica, isAsked = false): Promise<void> {
    const known = {
      witnessed: this.#witnessed,
      words: () => this.#words.on(replica),
      signed: async () => {
        await this.#words.ask(client, replica, true);
        return this.#words.signed(replica);
      },
    };
    const { auditedSize, witnessWaits } = this.#host.state();
    const note = await this.#cosigning.cosign(client, replica, auditedSize, known, isAsked);
    if (witnessWaits !== this.#cosigning.isWaiting) this.#host.set({ witnessWaits: this.#cosigning.isWaiting });
    if (note !== undefined && (await this.#words.take(note, replica))) await this.note(replica);
  }

  get #witnessed(): Witnessed {
    const { witnessedSize, witnessedAt } = this.#host.state();
    return { size: witnessedSize, at: witnessedAt };
  }
}
