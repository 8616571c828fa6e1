/** Verification for the audit without threads: at once, in this one. */
import { type Claim, VerifyPool } from '../../server/vault/verify-pool.ts';
import type { Check } from './slow-ledger.ts';

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
