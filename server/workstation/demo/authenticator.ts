/** The second factor of the demo's people: a time code, as an authenticator on a phone shows it. */
import { asFailure } from '../../../shared/outcome/failure.ts';
import { codeOf, fromBase32, stepAt, stepMessage } from '../../../shared/vault/time-code.ts';
import { hmacSha1 } from '../../vault/primitives.ts';
import { type Desk, until } from './desk.ts';

/** Shows each code once: the present one, the next one (which counts already), and then each as it comes. */
export class Authenticator {
  readonly #secret: Uint8Array;
  #last = stepAt(Date.now()) - 1;

  /** @param secret in base32, as a person would type it */
  constructor(secret: string) {
    this.#secret = fromBase32(secret);
  }

  async next(): Promise<string> {
    await until('the next code counts', async () => this.#last < stepAt(Date.now()) + 1, 60_000);
    this.#last = Math.max(this.#last + 1, stepAt(Date.now()));
    return codeOf(hmacSha1(this.#secret, stepMessage(this.#last)));
  }
}

/** An act that needs a second factor, by somebody who has none yet: it is refused, they set a time code up, and the act passes. */
export async function withFirstFactor<T>(desk: Desk, passphrase: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { code, details } = asFailure(error);
    if (code !== 'vault.second-factor-needed') throw error;
    const { offerSecondFactor } = await desk.ask<{ offerSecondFactor: { secret: string } }>(
      'mutation Offer($passphrase: String!) { offerSecondFactor(passphrase: $passphrase) { secret } }',
      { passphrase },
    );
    await desk.ask(
      'mutation Keep($code: String!, $ceremony: ID) { enrolSecondFactor(code: $code, ceremony: $ceremony) { id } }',
      {
        code: await new Authenticator(offerSecondFactor.secret).next(),
        ceremony: details.ceremony,
      },
    );
    return act();
  }
}
