/** One code, one browser: the code that the terminal shows opens one session, and a few wrong tries end it. */
import { randomBytes } from 'node:crypto';
import { Failure } from '../../../shared/outcome/failure.ts';
import { OneTimeCode, sameSecret } from './one-time-code.ts';
import type { Admission } from './page-server.ts';

export class BrowserSessions implements Admission {
  readonly #code: OneTimeCode;
  /** Cookies know no ports: each run has a name of its own, so that two workstations in one browser do not end each other. */
  readonly #name = `careledger-session-${randomBytes(4).toString('hex')}`;
  #token: string | undefined;

  /** @param now as `OneTimeCode` */
  constructor(now?: () => number) {
    this.#code = new OneTimeCode(now);
  }

  get code(): string {
    return this.#code.text;
  }

  async open(code: string): Promise<string> {
    if (!this.#code.take(code))
      throw new Failure(
        'host.code-wrong',
        'This is not the code that the terminal shows, or it was used, or is older than a quarter of an hour. Start the workstation again for a new one.',
      );
    this.#token = randomBytes(32).toString('base64url');
    return `${this.#name}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`;
  }

  knows(cookies: string | undefined): boolean {
    const given = cookieOf(cookies, this.#name);
    return this.#token !== undefined && given !== undefined && sameSecret(given, this.#token);
  }
}

/** The value of a cookie, from the header of that name. */
export const cookieOf = (cookies: string | undefined, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([^;]+)`).exec(cookies ?? '')?.[1];
