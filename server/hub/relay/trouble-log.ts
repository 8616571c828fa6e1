/** Says in the hub's log when one of its stores begins to fail, when it fails otherwise, and when that is over: once each. */
import { Failure } from '../../../shared/outcome/failure.ts';

/** The hub's own database, and where documents lie outside of it. */
type Store = 'database' | 'documents';

export class TroubleLog {
  readonly #warn: (warning: Failure) => void;
  readonly #standing = new Map<Store, string>();

  /** @param warn hears what somebody who keeps the hub running should know */
  constructor(warn: (warning: Failure) => void) {
    this.#warn = warn;
  }

  /** How a store is now; undefined when it is well. */
  note(store: Store, failure: Failure | undefined): void {
    const before = this.#standing.get(store);
    if (failure?.code === before) return;
    if (failure) this.#standing.set(store, failure.code);
    else this.#standing.delete(store);
    this.#warn(failure ?? new Failure('hub.trouble-over', `The trouble ${before} with the store of the ${store} is over.`));
  }
}
