/**
 * One thing at a time is asked of a key: to be made, or to confirm a ceremony. The browser page that asks is let in by a ticket, once; its
 * answer is taken once. What was asked is forgotten after three minutes, and at lock.
 */
import { toHex } from '../../shared/encoding/bytes.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { type Ceremony, ceremonyParts } from '../../shared/vault/ceremony.ts';
import { PASSKEY_CHALLENGE_TAG } from '../../shared/vault/vault-tags.ts';
import { hashParts } from './hash-parts.ts';
import type { Passkeys } from './passkeys.ts';
import { randomBytes } from './primitives.ts';

/** Milliseconds in which a person finds the key and uses it. */
const LASTS = 180_000;

/** What the page of a key shows and asks the browser. */
export interface PasskeyTask {
  /** The page answers under this, not under the ticket, which others may have seen in an address. */
  readonly answerTo: string;
  readonly kind: 'add' | 'confirm';
  readonly act: Ceremony['act'];
  /** Hexadecimal; its check number stands on the desk's screen too. */
  readonly ceremony: string;
  /** For `navigator.credentials`, as JSON. */
  readonly options: object;
}

/** A new key's name and whose it is; without one a ceremony is confirmed. */
export interface NewPasskey {
  readonly name: string;
  readonly person: string;
}

interface Request {
  readonly ticket: string;
  readonly ceremony: Ceremony;
  readonly hash: Uint8Array;
  readonly added: NewPasskey | undefined;
  readonly timer: NodeJS.Timeout;
  readonly done: Promise<void>;
  settle(failure?: Failure): void;
  /** Once a page has come for it. */
  page: { readonly answerTo: string; readonly origin: string; readonly challenge: Uint8Array } | undefined;
  isAnswered: boolean;
}

export class PasskeyRequests {
  readonly #keys: Passkeys;
  readonly #parts: { readonly storeId: Uint8Array; readonly staff: Uint8Array };
  readonly #confirmed: (ceremony: string) => void;
  #request: Request | undefined;

  /** @param confirmed hears of each ceremony (hash, hexadecimal) that a key has confirmed */
  constructor(keys: Passkeys, parts: { storeId: Uint8Array; staff: Uint8Array }, confirmed: (ceremony: string) => void) {
    this.#keys = keys;
    this.#parts = parts;
    this.#confirmed = confirmed;
  }

  /** Gives the ticket for a page; what was asked before ends. */
  begin(ceremony: Ceremony, added?: NewPasskey): string {
    this.end(new Failure('vault.passkey-ended', 'Something else was asked of your key since. Begin again.'));
    const { promise: done, resolve, reject } = Promise.withResolvers<void>();
    // Nobody may be waiting.
    done.catch(() => undefined);
    const timer = setTimeout(() => this.end(tooLate()), LASTS).unref();
    const settle = (failure?: Failure): void => (failure ? reject(failure) : resolve());
    const ticket = toHex(randomBytes(16));
    const hash = hashParts(...ceremonyParts(ceremony));
    this.#request = { ticket, ceremony, hash, added, timer, done, settle, page: undefined, isAnswered: false };
    return ticket;
  }

  /** Waits for what was asked under this ticket. @throws {Failure} why it was not confirmed; `vault.passkey-ended`. */
  async done(ticket: string): Promise<void> {
    if (this.#request?.ticket !== ticket) throw gone();
    await this.#request.done;
  }

  /** For the first page that brings the ticket. @param origin of that page @throws {Failure} `vault.passkey-ended`. */
  async take(ticket: string, origin: string): Promise<PasskeyTask> {
    const request = this.#request;
    if (!request || request.ticket !== ticket || request.page) throw gone();
    const { storeId, staff } = this.#parts;
    const challenge = hashParts(PASSKEY_CHALLENGE_TAG, storeId, staff, randomBytes(32), request.hash);
    const answerTo = toHex(randomBytes(16));
    request.page = { answerTo, origin, challenge };
    const { added, ceremony, hash } = request;
    const options = added
      ? await this.#keys.creationOptions(challenge, added.person, LASTS)
      : await this.#keys.requestOptions(challenge, LASTS);
    return { answerTo, kind: added ? 'add' : 'confirm', act: ceremony.act, ceremony: toHex(hash), options };
  }

  /**
   * Takes the one answer; whatever it says, the request is over.
   * @param response of the browser, as it came
   * @throws {Failure} `vault.passkey-ended`; as `Passkeys.add` and `verify` do.
   */
  async answer(answerTo: string, origin: string, response: unknown): Promise<void> {
    const request = this.#request;
    if (!request?.page || request.isAnswered || request.page.answerTo !== answerTo || request.page.origin !== origin)
      throw gone();
    request.isAnswered = true;
    try {
      if (request.added) await this.#keys.add(request.added.name, response, request.page);
      else {
        await this.#keys.verify(response, request.page);
        this.#confirmed(toHex(request.hash));
      }
      request.settle();
    } catch (error) {
      request.settle(asFailure(error));
      throw error;
    }
  }

  /** Nothing is asked any more. */
  end(why = new Failure('vault.passkey-ended', 'It was given up. Begin again.')): void {
    if (this.#request) clearTimeout(this.#request.timer);
    this.#request?.settle(why);
    this.#request = undefined;
  }
}

const gone = (): Failure =>
  new Failure('vault.passkey-ended', 'This page has been used, or it came too late. Go back to the workstation and begin again.');

const tooLate = (): Failure =>
  new Failure('vault.passkey-ended', 'Three minutes went by without an answer of your key. Begin again.');
