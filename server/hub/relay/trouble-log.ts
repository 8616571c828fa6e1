/**
 * What is wrong with a hub's stores: said in its log when one of them begins to fail, when it fails otherwise, and when that is over, once
 * each; and told to its administrators as long as it lasts.
 */
import { Failure } from '../../../shared/outcome/failure.ts';
import type { HubTroubleAnswer } from '../../../shared/sync/fleet-answer.ts';

export class TroubleLog {
  /** Hears what somebody who keeps the hub running should know. */
  warn: (warning: Failure) => void = () => undefined;
  readonly #clock: () => number;
  readonly #standing = new Map<HubTroubleAnswer['store'], HubTroubleAnswer>();

  /** @param clock milliseconds since 1970 */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** What stands now, of this process alone. */
  get standing(): HubTroubleAnswer[] {
    return [...this.#standing.values()];
  }

  /** How a store is now; undefined when it is well. */
  note(store: HubTroubleAnswer['store'], failure: Failure | undefined): void {
    const before = this.#standing.get(store);
    if (failure?.code === before?.code) return;
    if (failure) this.#standing.set(store, { store, code: failure.code, since: this.#clock() });
    else this.#standing.delete(store);
    this.warn(failure ?? new Failure('hub.trouble-over', `The trouble ${before?.code} with the hub's ${store} is over.`));
  }
}
