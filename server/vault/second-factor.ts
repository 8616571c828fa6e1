/**
 * The second factor of who is signed in, on this desk alone: time codes of an authenticator. The secret lies in `keys.db` under a
 * key that comes from the signing seed in this person's slot: colleagues who unlock the same desk cannot open it, and no message
 * to another desk carries it.
 */
import { concat } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { CODE_SECRET_BYTES, judgeCode, typedCode } from '../../shared/vault/time-code.ts';
import { SECOND_FACTOR_TAG } from '../../shared/vault/vault-tags.ts';
import { checkpointAfterErasure, type Database } from '../storage/database.ts';
import { openBox, sealBox } from './boxes.ts';
import { hkdf, hmacSha1, randomBytes, type SealingKey, sealingKey } from './primitives.ts';
import {
  readSecondFactor,
  readSecondFactorHolders,
  removeSecondFactor,
  type SecondFactorRow,
  writeSecondFactor,
} from './second-factor.store.ts';
import { delayAfter, waitBefore } from './slots.ts';

/** Milliseconds between a code and the ceremony for which it was shown. */
const SHOWN_FOR = 120_000;

/** By what somebody has shown once more that it is them. */
export type Proof = 'time-code' | 'passphrase';

interface SecondFactorParts {
  readonly database: Database;
  readonly storeId: Uint8Array;
  readonly staff: Uint8Array;
  readonly signingSeed: Uint8Array;
  /** Milliseconds since 1970. */
  clock(): number;
}

export class SecondFactor {
  readonly #parts: SecondFactorParts;
  #key: SealingKey | undefined;
  /** Shown to a person, and not kept until a first code has shown that it was read. */
  #offered: Uint8Array | undefined;
  /** When a code was shown for the next ceremony, by a clock that nobody sets. */
  #shown: number | undefined;

  constructor(parts: SecondFactorParts) {
    this.#parts = parts;
    this.#key = keyFrom(parts.signingSeed, parts.storeId);
  }

  async isEnrolled(): Promise<boolean> {
    return (await this.#row()) !== undefined;
  }

  /** Staff ids of everybody who has one on this desk. */
  holders(): Promise<Uint8Array[]> {
    return readSecondFactorHolders(this.#parts.database.read);
  }

  /** A secret for an authenticator; nothing is kept yet. Ask for the passphrase before. @throws {Failure} `vault.second-factor-there`. */
  async offer(): Promise<Uint8Array> {
    if (await this.isEnrolled())
      throw new Failure(
        'vault.second-factor-there',
        'You have a second factor on this desk. Remove it before you set up another.',
      );
    this.#offered = randomBytes(CODE_SECRET_BYTES);
    return this.#offered;
  }

  /** Keeps what was offered, once a code of it is right. @throws {Failure} `vault.code-wrong`, `vault.second-factor-not-begun`. */
  async enrol(code: string): Promise<void> {
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

  /** Takes a code for the ceremony that comes next. @throws {Failure} as `verify` does. */
  async show(code: string): Promise<void> {
    await this.verify(code);
    this.#shown = performance.now();
  }

  /**
   * In front of a ceremony, last of all that is asked: who has a second factor here has just shown a code, for this one ceremony.
   * Who has none passes. @throws {Failure} `vault.code-needed`.
   */
  async requireShown(): Promise<void> {
    if (!(await this.isEnrolled())) return;
    const isFresh = this.#shown !== undefined && performance.now() - this.#shown < SHOWN_FOR;
    this.#shown = undefined;
    if (!isFresh) throw codeNeeded();
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
    const row = await this.#row();
    if (!row) return;
    const box = sealBox(keyFrom(signingSeed, storeId), boundTo(storeId, staff), this.#opened(row));
    await database.write((transaction) => writeSecondFactor(transaction, { ...row, staff, box }));
  }

  lock(): void {
    this.#key = undefined;
    this.#offered = undefined;
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

function codeNeeded(): Failure {
  return new Failure('vault.code-needed', 'Type the code that your authenticator shows now.');
}

function wrongCode(): Failure {
  return new Failure(
    'vault.code-wrong',
    'This code is not right. Look at the authenticator again; if it stays wrong, the clocks of phone and computer differ by more than half a minute.',
  );
}

function noSecondFactor(): Failure {
  return new Failure('vault.no-second-factor', 'You have no second factor on this desk. Set one up under People.');
}

function delayed(wait: number): Failure {
  const seconds = Math.ceil(wait / 1000);
  return new Failure('vault.code-delayed', `Too many wrong codes. Wait ${seconds} s and try again.`, {
    retry: true,
    details: { seconds },
  });
}
