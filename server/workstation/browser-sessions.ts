/** One code, one browser: the code that the terminal shows opens one session, and a few wrong tries end it. */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

const DIGITS = 8;
const TRIES = 5;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export class BrowserSessions {
  /** Eight digits, shown where no other program of another user sees them. */
  readonly code = Array.from({ length: DIGITS }, () => randomInt(10)).join('');
  /** Cookies know no ports: each run has a name of its own, so that two workstations in one browser do not end each other. */
  readonly #name = `careledger-session-${randomBytes(4).toString('hex')}`;
  #tries = 0;
  #token: string | undefined;

  /** The cookie for the browser that knows the code, once; undefined otherwise. */
  open(code: string): string | undefined {
    if (this.#token || this.#tries >= TRIES) return undefined;
    this.#tries += 1;
    if (!timingSafeEqual(digest(code.replaceAll(/[\s-]/g, '')), digest(this.code))) return undefined;
    this.#token = randomBytes(32).toString('base64url');
    return `${this.#name}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`;
  }

  knows(cookies: string | undefined): boolean {
    const given = new RegExp(`(?:^|;\\s*)${this.#name}=([^;]+)`).exec(cookies ?? '')?.[1];
    return this.#token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(this.#token));
  }
}
