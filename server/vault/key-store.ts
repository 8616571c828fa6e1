/**
 * The key store of an installation: `keys.db`, opened by the vault process alone. Locked, it can say who may sign in;
 * unlocked, it holds keys. The key-store key is HKDF(half ‖ keychain secret): a copy of the file opens nothing without both
 * the keychain and a passphrase, and once the keychain's secret is replaced an older copy opens nothing at all.
 */
import { concat, equalBytes, fromUtf8, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { StoreSecrets } from '../../shared/vault/recovery.ts';
import { decodeSlot, encodeSlot, type SlotSecrets } from '../../shared/vault/slot.ts';
import { KEY_STORE_TAG } from '../../shared/vault/vault-tags.ts';
import type { Database } from '../storage/database.ts';
import {
  noteTries,
  openKeyDatabase,
  readSlot,
  readSlots,
  readStore,
  type StoreRow,
  writeSlot,
  writeStore,
} from './key-store.store.ts';
import { chooseSecret, type KeychainSecrets, secretId } from './keychain-secrets.ts';
import { hkdf, newSigningKey, randomBytes, type SealingKey, sealingKey } from './primitives.ts';
import { delayAfter, innerOf, type NewSlot, openLabel, openSlot, sealLabel, sealSlot, waitBefore } from './slots.ts';
import { UnlockedKeyStore } from './unlocked-key-store.ts';

/** Somebody who may sign in here. */
interface SlotSummary {
  /** Staff id: the person's Ed25519 public key. */
  readonly staff: Uint8Array;
  readonly label: string;
  /** False: no keychain protects this slot, which the sign-in screen says. */
  readonly keychain: boolean;
  /** Milliseconds until the next try is taken. */
  readonly wait: number;
}

export class KeyStore {
  readonly #database: Database;
  readonly #clock: () => number;

  private constructor(database: Database, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
  }

  /** Opens or creates the file; nothing in it is readable yet. @param clock milliseconds since 1970. */
  static async open(path: string, clock: () => number = Date.now): Promise<KeyStore> {
    return new KeyStore(await openKeyDatabase(path), clock);
  }

  /** Has nobody a slot here yet? */
  async isNew(): Promise<boolean> {
    return (await readStore(this.#database.read)) === undefined;
  }

  /** Who may sign in, in no order that says anything. Labels show only with the keychain's secret, where there is one. */
  async slots(secrets: KeychainSecrets): Promise<SlotSummary[]> {
    const store = await readStore(this.#database.read);
    if (store === undefined) return [];
    const secret = secretOf(store, secrets);
    const rows = await readSlots(this.#database.read);
    return rows.map(({ staff, label, slot, failures, notBefore }) => ({
      staff: new Uint8Array(staff),
      label: fromUtf8(openLabel(label, staff, secret) ?? new Uint8Array(0)),
      keychain: decodeSlot(slot).layer === 'passphrase and keychain',
      wait: waitBefore(this.#clock(), notBefore, failures),
    }));
  }

  /**
   * The first slot of a new key store, unlocked. The floor of passphrases is `passphraseStrength`, asked by the caller.
   * @param secrets of the keychain; empty on a machine without one.
   * @throws {Failure} `vault.key-store-exists`.
   */
  async create(first: NewSlot, secrets: KeychainSecrets): Promise<UnlockedKeyStore> {
    if (!(await this.isNew())) throw alreadyThere();
    // A copy: `lock` wipes what is kept here.
    const signing = (first.signingSeed ?? newSigningKey().seed).slice();
    const id = randomBytes(16);
    const secret = secrets[0];
    const inside: SlotSecrets = { half: randomBytes(32), signingSeed: signing };
    const store: StoreRow = { id, secretId: secret === undefined ? null : secretId(secret), uses: 0 };
    const unlocked = this.#unlocked(store, inside, secret);
    const slot = await sealSlot(id, unlocked.staff, first.passphrase, inside, secret);
    await this.#database.write(async (transaction) => {
      if ((await readStore(transaction)) !== undefined) throw alreadyThere();
      await writeStore(transaction, store);
      await writeSlot(transaction, {
        staff: unlocked.staff,
        label: sealLabel(utf8(first.label), unlocked.staff, secret),
        slot: encodeSlot(slot),
      });
    });
    return unlocked;
  }

  /**
   * A try is counted, durably, before its verdict is known: killing the program does not give the try back.
   * @throws {Failure} `vault.no-such-slot`; `vault.unlock-delayed` with `details.seconds`; `vault.passphrase-wrong`;
   * `vault.keychain-missing`; `vault.scrypt-floor`, `vault.slot-damaged` when the file was altered.
   */
  async unlock(staff: Uint8Array, passphrase: string, secrets: KeychainSecrets): Promise<UnlockedKeyStore> {
    const store = await readStore(this.#database.read);
    if (store === undefined) throw noSuchSlot();
    const secret = secretOf(store, secrets);
    const inside = await this.#try(staff, passphrase, secret);
    return this.#unlocked(store, inside, secret);
  }

  /**
   * A restored key store: opened by what was sealed to the recovery key, with a signing key that has a slot already or gets one by
   * `addSlot`. Nobody's passphrase is asked for.
   * @throws {Failure} `vault.key-store-damaged` when these secrets are not this key store's.
   */
  async recover(secrets: StoreSecrets, signingSeed: Uint8Array): Promise<UnlockedKeyStore> {
    const store = await readStore(this.#database.read);
    const secret = secrets.secret.length > 0 ? secrets.secret : undefined;
    const isOurs = store !== undefined && equalBytes(store.id, secrets.id) && equalBytes(store.secretId ?? NO_ID, idOf(secret));
    if (!isOurs) {
      throw new Failure(
        'vault.key-store-damaged',
        'The keys in this backup are of another installation or of another time than what was sealed for recovery. Use another backup.',
      );
    }
    return this.#unlocked(store, { half: secrets.half.slice(), signingSeed: signingSeed.slice() }, secret);
  }

  /** After this nothing works any more; unlocked key stores are locked by whoever holds them. */
  close(): Promise<void> {
    return this.#database.close();
  }

  #unlocked(store: StoreRow, inside: SlotSecrets, secret: Uint8Array | undefined): UnlockedKeyStore {
    return new UnlockedKeyStore(this.#database, {
      storeId: new Uint8Array(store.id),
      secret,
      secrets: inside,
      keyFor: (half, under) => keyStoreKey(new Uint8Array(store.id), half, under),
      clock: this.#clock,
      tryPassphrase: (staff, passphrase, current) => this.#try(staff, passphrase, current),
    });
  }

  async #try(staff: Uint8Array, passphrase: string, secret: Uint8Array | undefined): Promise<SlotSecrets> {
    const slot = await this.#database.write(async (transaction) => {
      const row = await readSlot(transaction, staff);
      if (row === undefined) throw noSuchSlot();
      const decoded = decodeSlot(row.slot);
      innerOf(decoded, secret);
      const now = this.#clock();
      const wait = waitBefore(now, row.notBefore, row.failures);
      if (wait > 0) return { wait, now, failures: row.failures };
      await noteTries(transaction, staff, row.failures + 1, now + delayAfter(row.failures + 1));
      return decoded;
    });
    if ('wait' in slot) throw delayed(slot.wait);
    const inside = await openSlot(slot, passphrase, secret);
    await this.#database.write((transaction) => noteTries(transaction, staff, 0, 0));
    return inside;
  }
}

function keyStoreKey(storeId: Uint8Array, half: Uint8Array, secret: Uint8Array | undefined): SealingKey {
  const material = secret === undefined ? half.slice() : concat(half, secret);
  const bytes = hkdf(material, storeId, KEY_STORE_TAG, 32);
  const key = sealingKey(bytes);
  material.fill(0);
  bytes.fill(0);
  return key;
}

const NO_ID = new Uint8Array(0);
const idOf = (secret: Uint8Array | undefined): Uint8Array => (secret ? secretId(secret) : NO_ID);

function secretOf(store: StoreRow, secrets: KeychainSecrets): Uint8Array | undefined {
  return store.secretId === null ? undefined : chooseSecret(secrets, store.secretId);
}

function alreadyThere(): Failure {
  return new Failure('vault.key-store-exists', 'This installation already has its keys. Sign in, or choose another data folder.');
}

function noSuchSlot(): Failure {
  return new Failure(
    'vault.no-such-slot',
    'This person cannot sign in on this desk yet. Somebody who is signed in can let them in.',
  );
}

function delayed(wait: number): Failure {
  const seconds = Math.ceil(wait / 1000);
  return new Failure('vault.unlock-delayed', `Too many wrong passphrases. Wait ${seconds} s and try again.`, {
    retry: true,
    details: { seconds },
  });
}
