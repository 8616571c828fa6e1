/**
 * The second factor of who is signed in, on this desk alone: passkeys (passkeys.ts) and time codes of an authenticator. The secret lies in
 * `keys.db` under a key that comes from the signing seed in this person's slot: colleagues who unlock the same desk cannot open it, and no
 * message to another desk carries it. What was shown counts for the ceremony that it was asked for, once.
 */
import { concat, equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type Ceremony, ceremonyParts } from '../../shared/vault/ceremony.ts';
import { CODE_SECRET_BYTES, judgeCode, typedCode } from '../../shared/vault/time-code.ts';
import { SECOND_FACTOR_TAG } from '../../shared/vault/vault-tags.ts';
import { checkpointAfterErasure, type Database } from '../storage/database.ts';
import { openBox, sealBox } from './boxes.ts';
import { hashParts } from './hash-parts.ts';
import { readPasskeyHolders } from './passkey.store.ts';
import { type NewPasskey, PasskeyRequests } from './passkey-request.ts';
import { Passkeys } from './passkeys.ts';
import { hkdf, hmacSha1, randomBytes, type SealingKey, sealingKey } from './primitives.ts';
import {
  readSecondFactor,
  readSecondFactorHolders,
  removeSecondFactor,
  type SecondFactorRow,
  writeSecondFactor,
} from './second-factor.store.ts';
import { delayAfter, waitBefore } from './slots.ts';

/** Milliseconds between a proof and the ceremony for which it was shown. */
const SHOWN_FOR = 120_000;
/** Ceremonies that wait for a proof. */
const MOST_ASKED = 32;

interface Shown {
  /** Hash of the ceremony, hexadecimal. */
  readonly ceremony: string;
  readonly by: 'time-code' | 'passkey';
  /** By a clock that nobody sets. */
  readonly at: number;
}

interface SecondFactorParts {
  readonly database: Database;
  readonly storeId: Uint8Array;
  readonly staff: Uint8Array;
  readonly signingSeed: Uint8Array;
  /** Milliseconds since 1970. */
  clock(): number;
}

export class SecondFactor {
  readonly passkeys: Passkeys;
  readonly requests: PasskeyRequests;
  readonly #parts: SecondFactorParts;
  #key: SealingKey | undefined;
  /** Shown to a person, and not kept until a first code has shown that it was read. */
  #offered: Uint8Array | undefined;
  /** Ceremonies that were refused for want of a proof, by their hash in hexadecimal. */
  readonly #asked = new Map<string, Ceremony>();
  #shown: Shown | undefined;

  constructor(parts: SecondFactorParts) {
    this.#parts = parts;
    this.#key = keyFrom(parts.signingSeed, parts.storeId);
    const { database, storeId, staff } = parts;
    this.passkeys = new Passkeys({ database, storeId, staff, clock: () => parts.clock(), key: () => this.#unlockedKey() });
    this.requests = new PasskeyRequests(this.passkeys, parts, (ceremony) => this.#note(ceremony, 'passkey'));
  }

  async isEnrolled(): Promise<boolean> {
    return (await this.hasTimeCode()) || (await this.passkeys.count()) > 0;
  }

  async hasTimeCode(): Promise<boolean> {
    return (await this.#row()) !== undefined;
  }

  /** Staff ids of everybody who has one on this desk. */
  async holders(): Promise<Uint8Array[]> {
    const { read } = this.#parts.database;
    const coded = await readSecondFactorHolders(read);
    const keyed = (await readPasskeyHolders(read)).filter((id) => !coded.some((each) => equalBytes(each, id)));
    return [...coded, ...keyed];
  }

  /** A secret for an authenticator; nothing is kept yet. Ask for the passphrase before. @throws {Failure} `vault.second-factor-there`. */
  async offer(): Promise<Uint8Array> {
    if (await this.hasTimeCode())
      throw new Failure('vault.second-factor-there', 'You have a time code on this desk. Remove it before you set up another.');
    this.#offered = randomBytes(CODE_SECRET_BYTES);
    return this.#offered;
  }

  /**
   * Keeps what was offered, once a code of it is right.
   * @param ceremony the one that led to it (its hash, hexadecimal): this first code counts for it, as the next would half a minute later
   * @throws {Failure} `vault.code-wrong`, `vault.second-factor-not-begun`, `vault.ceremony-unknown`.
   */
  async enrol(code: string, ceremony?: string): Promise<void> {
    if (ceremony !== undefined) this.#wanted(ceremony);
    const secret = this.#offered;
    if (!secret)
      throw new Failure('vault.second-factor-not-begun', 'Begin again: the desk was locked since the QR code was shown.');
    const verdict = judgeCode(typedCode(code), macWith(secret), this.#parts.clock(), 0);
    if (!('accepted' in verdict)) throw wrongCode();
    const { database, staff, storeId } = this.#parts;
    const box = sealBox(this.#unlockedKey(), boundTo(storeId, staff), secret);
    await database.write((transaction) =>
      writeSecondFactor(transaction, { staff, box, lastStep: verdict.accepted, failures: 0, notBefore: 0 }),
    );
    this.#offered = undefined;
    if (ceremony !== undefined) this.#note(ceremony, 'time-code');
  }

  /**
   * Takes a code, once. A wrong one is counted, durably, before anybody hears the verdict, and makes the next try wait.
   * @throws {Failure} `vault.code-needed`, `vault.code-wrong`, `vault.code-used`; `vault.code-delayed` with `details.seconds`;
   * `vault.no-second-factor`.
   */
  async verify(code: string): Promise<void> {
    const typed = typedCode(code);
    if (typed === '') throw codeNeeded();
    const { database, staff, clock } = this.#parts;
    const verdict = await database.write(async (transaction) => {
      const row = await readSecondFactor(transaction, staff);
      if (!row) throw noSecondFactor();
      const now = clock();
      const wait = waitBefore(now, row.notBefore, row.failures);
      if (wait > 0) return { wait };
      const judged = judgeCode(typed, macWith(this.#opened(row)), now, row.lastStep);
      const failures = 'accepted' in judged ? 0 : row.failures + 1;
      const lastStep = 'accepted' in judged ? judged.accepted : row.lastStep;
      await writeSecondFactor(transaction, { ...row, lastStep, failures, notBefore: now + delayAfter(failures) });
      return judged;
    });
    if ('wait' in verdict) throw delayed(verdict.wait);
    if ('accepted' in verdict) return;
    if (verdict.refused === 'used')
      throw new Failure('vault.code-used', 'This code has been used. Wait until your authenticator shows the next one.', {
        retry: true,
      });
    throw wrongCode();
  }

  /**
   * Takes a code for a ceremony that was refused for want of one.
   * @param ceremony its hash, hexadecimal @throws {Failure} as `verify` does; `vault.ceremony-unknown`.
   */
  async show(code: string, ceremony: string): Promise<void> {
    this.#wanted(ceremony);
    await this.verify(code);
    this.#note(ceremony, 'time-code');
  }

  /** Asks a key for a ceremony that was refused for want of a proof; gives the ticket for its page. @throws {Failure} `vault.ceremony-unknown`. */
  askKey(ceremony: string): string {
    return this.requests.begin(this.#wanted(ceremony));
  }

  /** Asks for a new key; gives the ticket for its page. Ask for passphrase and second factor before. */
  askNewKey(added: NewPasskey): string {
    return this.requests.begin({ act: 'add-passkey', about: [added.name] }, added);
  }

  /**
   * In front of a ceremony, last of all that is asked: who is signed in has just shown their second factor, for this one ceremony. Gives
   * by what. @throws {Failure} `vault.code-needed`; `vault.second-factor-needed` who has none here. Both with `details.act` and
   * `details.ceremony`: once it is set up or shown, the same act passes.
   */
  async requireShown(ceremony: Ceremony): Promise<Shown['by']> {
    const hash = toHex(hashParts(...ceremonyParts(ceremony)));
    const shown = this.#shown;
    this.#shown = undefined;
    if (shown?.ceremony === hash && performance.now() - shown.at < SHOWN_FOR) return shown.by;
    this.#asked.set(hash, ceremony);
    for (const oldest of [...this.#asked.keys()].slice(0, -MOST_ASKED)) this.#asked.delete(oldest);
    const details = { act: ceremony.act, ceremony: hash };
    throw (await this.isEnrolled()) ? codeNeeded(details) : noneYet(details);
  }

  /** Ask for passphrase and code before. */
  async remove(): Promise<void> {
    const { database, staff } = this.#parts;
    await database.write((transaction) => removeSecondFactor(transaction, staff));
    await checkpointAfterErasure(database);
  }

  /** The same second factor for the key that this person has from now on. @param signingSeed of the new key, whose staff id is `staff` */
  async carryTo(staff: Uint8Array, signingSeed: Uint8Array): Promise<void> {
    const { database, storeId } = this.#parts;
    const key = keyFrom(signingSeed, storeId);
    await this.passkeys.carryTo(staff, key);
    const row = await this.#row();
    if (!row) return;
    const box = sealBox(key, boundTo(storeId, staff), this.#opened(row));
    await database.write((transaction) => writeSecondFactor(transaction, { ...row, staff, box }));
  }

  lock(): void {
    this.#key = undefined;
    this.#offered = undefined;
    this.#shown = undefined;
    this.#asked.clear();
    this.requests.end();
  }

  #note(ceremony: string, by: Shown['by']): void {
    this.#asked.delete(ceremony);
    this.#shown = { ceremony, by, at: performance.now() };
  }

  #wanted(ceremony: string): Ceremony {
    const wanted = this.#asked.get(ceremony);
    if (wanted) return wanted;
    throw new Failure('vault.ceremony-unknown', 'Nothing waits for this any more. Begin the act again.');
  }

  #row(): Promise<SecondFactorRow | undefined> {
    return readSecondFactor(this.#parts.database.read, this.#parts.staff);
  }

  #opened({ box }: SecondFactorRow): Uint8Array {
    const { storeId, staff } = this.#parts;
    const secret = openBox(this.#unlockedKey(), boundTo(storeId, staff), box);
    if (secret) return secret;
    throw new Failure(
      'vault.second-factor-damaged',
      'Your second factor in the key file of this desk was altered. Ask an administrator to take your access away and let you in anew.',
    );
  }

  #unlockedKey(): SealingKey {
    if (this.#key) return this.#key;
    throw new Failure('vault.locked', 'The vault is locked. Unlock it with your passphrase.');
  }
}

const keyFrom = (signingSeed: Uint8Array, storeId: Uint8Array): SealingKey =>
  sealingKey(hkdf(signingSeed, storeId, SECOND_FACTOR_TAG, 32));

/** Associated data of the sealed secret: of which key store, and whose. */
const boundTo = (storeId: Uint8Array, staff: Uint8Array): Uint8Array => concat(SECOND_FACTOR_TAG, storeId, staff);

const macWith = (secret: Uint8Array) => (message: Uint8Array) => hmacSha1(secret, message);

function codeNeeded(details: Record<string, string> = {}): Failure {
  return new Failure('vault.code-needed', 'Confirm with your key, or type the code that your authenticator shows now.', {
    details,
  });
}

function noneYet(details: Record<string, string>): Failure {
  return new Failure(
    'vault.second-factor-needed',
    'This act needs a second factor, and you have none on this desk. Set up a key or a time code under Staff, then begin again.',
    { details },
  );
}

function wrongCode(): Failure {
  return new Failure(
    'vault.code-wrong',
    'This code is not right. Look at the authenticator again; if it stays wrong, the clocks of phone and computer differ by more than half a minute.',
  );
}

function noSecondFactor(): Failure {
  return new Failure(
    'vault.no-second-factor',
    'You have no time code on this desk. Set one up under Staff, or confirm with your key.',
  );
}

function delayed(wait: number): Failure {
  const seconds = Math.ceil(wait / 1000);
  return new Failure('vault.code-delayed', `Too many wrong codes. Wait ${seconds} s and try again.`, {
    retry: true,
    details: { seconds },
  });
}
