/**
 * Whether this device still trusts its hub. A round that failed is first looked into as a fault of this disk; what is left of it and
 * means a lying hub is kept in the book of lies before anything else happens, and no further round begins until a person resolves it.
 */
import type { Failure } from '../../../shared/outcome/failure.ts';
import type { HubClient } from '../hub-client.ts';
import { isCaught } from './caught.ts';
import type { EvidenceRow } from './evidence.store.ts';
import { EvidenceBook, type EvidenceBookOptions } from './evidence-book.ts';
import { ACT_ALTERED, type DoubtOptions, OwnDoubt } from './own-doubt.ts';

interface TrustOptions extends EvidenceBookOptions, DoubtOptions {}

interface TrustHost {
  connect(): HubClient;
  /** What nobody has resolved, whenever that may have changed. */
  onAlarms(alarms: readonly EvidenceRow[]): void;
}

export class HubTrust {
  readonly #host: TrustHost;
  readonly #book: EvidenceBook;
  readonly #doubt: OwnDoubt;
  /** What the hub was caught at, here or before this start. */
  #caught: Failure | undefined;

  private constructor(options: TrustOptions, host: TrustHost, book: EvidenceBook) {
    this.#host = host;
    this.#book = book;
    this.#doubt = new OwnDoubt(options);
    this.#caught = book.stopping;
  }

  static async open(options: TrustOptions, host: TrustHost): Promise<HubTrust> {
    return new HubTrust(options, host, await EvidenceBook.open(options));
  }

  /** What the hub was caught at and nobody has resolved. */
  get caught(): Failure | undefined {
    return this.#caught;
  }

  /** Why no round may begin: the hub was caught, or the blocks on this disk would accuse it wrongly. */
  get stopping(): Failure | undefined {
    return this.#caught ?? this.#doubt.altered;
  }

  /** As in `EvidenceBook`. */
  get alarms(): readonly EvidenceRow[] {
    return this.#book.alarms;
  }

  /** What a failed round comes to, as in `OwnDoubt.explain`; what the hub is caught at is durable, and on the screens, by then. */
  async judge(failure: Failure): Promise<Failure> {
    if (failure === this.#caught) return failure;
    const own = await this.#doubt.explain(failure);
    if (failure.code === ACT_ALTERED) await this.reread();
    if (own || !isCaught(failure)) return own ?? failure;
    this.#caught = failure;
    this.#caught = await this.#book.keepCaught(failure, this.#host.connect());
    this.#show();
    return this.#caught;
  }

  /** A person has seen an alarm. `staff`: the person's id. */
  async acknowledge(id: number, staff: string): Promise<void> {
    await this.#book.acknowledge(id, staff);
    this.#show();
  }

  /** A person answers for further rounds with a hub that was caught. */
  async resolve(staff: string): Promise<void> {
    await this.#book.resolve(staff);
    this.#caught = undefined;
    this.#show();
  }

  /** As in `EvidenceBook`. */
  async checkReceipts(hub: HubClient): Promise<void> {
    await this.#book.checkReceipts(hub);
    this.#show();
  }

  /** As in `EvidenceBook`. */
  async fetchEquivocations(hub: HubClient, now = false): Promise<void> {
    await this.#book.fetchEquivocations(hub, now);
    this.#show();
  }

  /** Raises the alarm that the witnessed ledger has stood still for too long, or ends it. */
  async watchFreeze(witnessedAt: number, isConnected: boolean): Promise<void> {
    await this.#book.watchFreeze(witnessedAt, isConnected);
    this.#show();
  }

  /** Somebody else wrote into the book of lies. */
  async reread(): Promise<void> {
    await this.#book.reread();
    this.#show();
  }

  #show(): void {
    this.#host.onAlarms(this.#book.alarms);
  }
}
