/** Verification for the audit: at once in this thread, or in the program's own threads, for which the world waits. */
import { type Claim, VerifyPool } from '../../server/vault/verify-pool.ts';
import type { Check } from './slow-ledger.ts';
import type { World } from './world.ts';

export class InlinePool extends VerifyPool {
  readonly #check: Check;

  constructor(check: Check) {
    super(0);
    this.#check = check;
  }

  override async verify(claims: readonly Claim[]): Promise<Uint8Array> {
    return Uint8Array.from(claims, ({ key, message, signature }) => (this.#check(key, message, signature) ? 1 : 0));
  }
}

export class ThreadPool extends VerifyPool {
  readonly #world: World;

  constructor(world: World) {
    super(1);
    this.#world = world;
  }

  override verify(claims: readonly Claim[]): Promise<Uint8Array> {
    return this.#world.outside(() => super.verify(claims));
  }
}
