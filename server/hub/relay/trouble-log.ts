/**
 * What is wrong with a hub's stores: said in its log when one of them begins to fail, when it fails otherwise, and when that is over, once
 * each; and told to its administrators as long as it lasts, at whichever process of the hub they ask (fleet/processes.ts).
 */
import { Failure } from '../../../shared/outcome/failure.ts';
import type { HubTroubleAnswer } from '../../../shared/sync/fleet-answer.ts';

/** What stands of this process alone. */
type Standing = Omit<HubTroubleAnswer, 'process'>;

export class TroubleLog {
  /** Hears what somebody who keeps the hub running should know. */
  warn: (warning: Failure) => void = () => undefined;
  /** Hears that something else stands than before. */
  onChanged: () => void = () => undefined;
  readonly #clock: () => number;
  readonly #standing = new Map<Standing['store'], Standing>();

  /** @param clock milliseconds since 1970 */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** What stands now, of this process alone. */
  get standing(): Standing[] {
    return [...this.#standing.values()];
  }

  /** How a store is now; undefined when it is well. */
  note(store: Standing['store'], failure: Failure | undefined): void {
    const before = this.#standing.get(store);
    if (failure?.code === before?.code) return;
    if (failure) this.#standing.set(store, { store, code: failure.code, since: this.#clock() });
    else this.#standing.delete(store);
    this.warn(failure ?? new Failure('hub.trouble-over', `The trouble ${before?.code} with the hub's ${store} is over.`));
    this.onChanged();
  }
}
