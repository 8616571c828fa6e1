/**
 * The one browser on the clinic's network that a kiosk serves. Who sets it up types a code that the kiosk's terminal shows; from then on the
 * browser is known by a cookie that belongs to this kiosk, this name and this port. Kept: a hash of it, so that a restart needs nobody.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Failure } from '../../../shared/outcome/failure.ts';
import { cookieOf } from '../page/browser-sessions.ts';
import { OneTimeCode, sameSecret } from '../page/one-time-code.ts';
import type { Admission } from '../page/page-server.ts';

/** What is kept of a pairing: who may come, and under which name and port. */
interface Pairing {
  /** SHA-256 of the cookie's value, hexadecimal. */
  readonly digest: string;
  readonly host: string;
}

export interface PairingStore {
  read(): Promise<string | undefined>;
  /** '' when nobody is paired. */
  write(text: string): Promise<void>;
}

/** The longest that Chromium keeps a cookie. */
const COOKIE_SECONDS = 400 * 86_400;

const hashed = (token: string): string => createHash('sha256').update(token).digest('hex');

export class PairedBrowser implements Admission {
  readonly #store: PairingStore;
  readonly #device: string;
  readonly #code: OneTimeCode | undefined;
  #pairing: Pairing | undefined;

  private constructor(store: PairingStore, device: string, clock: () => number, pairing: Pairing | undefined) {
    this.#store = store;
    this.#device = device;
    this.#pairing = pairing;
    this.#code = pairing ? undefined : new OneTimeCode(clock);
  }

  /**
   * @param device the kiosk's device id, hexadecimal
   * @param anew forgets the browser that is paired, which from now on is anybody's
   */
  static async open(store: PairingStore, device: string, clock: () => number, anew: boolean): Promise<PairedBrowser> {
    if (anew) await store.write('');
    const kept = await store.read();
    return new PairedBrowser(store, device, clock, kept ? (JSON.parse(kept) as Pairing) : undefined);
  }

  /** What the browser has to be told, once and within a quarter of an hour; undefined while one is paired. */
  get code(): string | undefined {
    return this.#pairing ? undefined : this.#code?.text;
  }

  async open(code: string, host: string): Promise<string> {
    if (!this.#code?.take(code)) throw WRONG;
    const token = randomBytes(32).toString('base64url');
    const pairing = { digest: hashed(token), host };
    await this.#store.write(JSON.stringify(pairing));
    this.#pairing = pairing;
    return `${this.#cookieName(host)}=${token}; Secure; HttpOnly; SameSite=Strict; Path=/; Max-Age=${COOKIE_SECONDS}`;
  }

  knows(cookies: string | undefined, host: string): boolean {
    const token = this.#pairing?.host === host ? cookieOf(cookies, this.#cookieName(host)) : undefined;
    return token !== undefined && sameSecret(hashed(token), this.#pairing?.digest ?? '');
  }

  /** `__Host-`: only this very host over HTTPS sets it. Browsers give cookies to every port of a host, so the port is in the name. */
  #cookieName(host: string): string {
    return `__Host-careledger-${createHash('sha256').update(`${this.#device} ${host}`).digest('hex').slice(0, 16)}`;
  }
}

const WRONG = new Failure(
  'host.code-wrong',
  'This is not the code that the kiosk’s terminal shows, or it was used, or is older than a quarter of an hour. Start the kiosk again with --pair for a new one.',
);
