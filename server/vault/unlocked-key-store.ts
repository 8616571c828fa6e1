/**
 * An opened key store: one person is signed in, their signing key and the compartment keys that were asked for are in
 * memory as `KeyObject`s. `lock` drops them all; ending the vault process afterwards gives the memory back.
 */
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type KeyKind, type KeyName, keyEntryAssociatedData } from '../../shared/vault/key-entry.ts';
import { encodeStoreSecrets } from '../../shared/vault/recovery.ts';
import { decodeSlot, encodeSlot, type SlotSecrets } from '../../shared/vault/slot.ts';
import { RECOVERY_STORE_TAG } from '../../shared/vault/vault-tags.ts';
import { checkpointAfterErasure, type Database, type WriteTransaction } from '../storage/database.ts';
import { BOX_OVERHEAD, openBox, sealBox } from './boxes.ts';
import { deviceTierKey } from './device-tier.ts';
import {
  countUses,
  type EntryRow,
  markUntold,
  PACKED_EPOCH_DIGITS,
  PACKED_ID_BYTES,
  readEntries,
  readEntriesAfter,
  readEntriesOfKind,
  readEpochs,
  readPacked,
  readSlot,
  readSlots,
  readUntold,
  removeEntries,
  removeSlot,
  writeEntries,
  writeSlot,
  writeStore,
} from './key-store.store.ts';
import { damaged, lockedNow, notHere } from './key-store-refusals.ts';
import { secretId } from './keychain-secrets.ts';
import {
  NONCE_BYTES,
  newSigningKey,
  randomBytes,
  type SealingKey,
  type SigningKey,
  sealingKey,
  signingKeyFromSeed,
} from './primitives.ts';
import { sealToRecoveryKey } from './recovery-key.ts';
import type { CompartmentKey, CompartmentKeys } from './sealing.ts';
import { SecondFactor } from './second-factor.ts';
import { moveSlot, type NewSlot, openLabel, sealLabel, sealSlot } from './slots.ts';

/** A key and what it belongs to. */
export interface KeyEntry extends KeyName {
  readonly value: Uint8Array;
}

export interface CompartmentKeyEntry {
  readonly handle: Uint8Array;
  readonly epoch: number;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** What the locked key store hands over; see key-store.ts. */
interface Unlocking {
  readonly storeId: Uint8Array;
  readonly secret: Uint8Array | undefined;
  readonly secrets: SlotSecrets;
  keyFor(half: Uint8Array, secret: Uint8Array | undefined): SealingKey;
  clock(): number;
  tryPassphrase(staff: Uint8Array, passphrase: string, secret: Uint8Array | undefined): Promise<SlotSecrets>;
}

/** Random nonces: NIST SP 800-38D section 8.3 bounds what one key may seal; the next replacement starts anew. */
const USES_LIMIT = 2 ** 32;
const PAGE = 5_000;
const PACKED_BYTES = PACKED_ID_BYTES + PACKED_EPOCH_DIGITS + BOX_OVERHEAD + 32;
/** Where there is only one key of a kind. */
const NO_ID = new Uint8Array(0);

export class UnlockedKeyStore {
  /** Staff id of who is signed in. */
  readonly staff: Uint8Array;
  /** Of who is signed in, on this desk. */
  readonly secondFactor: SecondFactor;
  /** Which of these the clinic's other desks have to be told: that is as durable as the keys, until `told`. */
  toTell: (entries: readonly KeyEntry[]) => readonly KeyEntry[] = () => [];
  /** Hears of keys that are durable now. */
  onKeysPut: (entries: readonly KeyEntry[]) => void = () => undefined;
  readonly #database: Database;
  readonly #unlocking: Unlocking;
  #secret: Uint8Array | undefined;
  #key: SealingKey | undefined;
  #signing: SigningKey | undefined;
  /** handle in hex → epoch → key: what was loaded since the unlock. */
  readonly #compartments = new Map<string, Map<number, SealingKey>>();
  readonly #made = new Set<string>();

  constructor(database: Database, unlocking: Unlocking) {
    this.#database = database;
    this.#unlocking = unlocking;
    this.#secret = unlocking.secret;
    this.#key = unlocking.keyFor(unlocking.secrets.half, unlocking.secret);
    this.#signing = signingKeyFromSeed(unlocking.secrets.signingSeed);
    this.staff = this.#signing.publicKey;
    this.secondFactor = new SecondFactor({
      database,
      storeId: unlocking.storeId,
      staff: this.staff,
      signingSeed: unlocking.secrets.signingSeed,
      clock: () => unlocking.clock(),
    });
  }

  /** The key with which the person who is signed in signs. */
  get signingKey(): SigningKey {
    return this.#signing ?? lockedNow();
  }

  /** The key of the device tier on a machine without a keychain: usable from the first unlock on. */
  deviceTierKey(): SealingKey {
    if (this.#key === undefined) return lockedNow();
    return deviceTierKey(this.#unlocking.secrets.half);
  }

  // --- People ----------------------------------------------------------------------------------------------------

  /** Is it still the same person? Counts like an unlock, and fails like one. */
  async confirm(passphrase: string): Promise<void> {
    this.#unlockedKey();
    await this.#unlocking.tryPassphrase(this.staff, passphrase, this.#secret);
  }

  /** Staff ids of everybody who may sign in here. */
  async slots(): Promise<Uint8Array[]> {
    return (await readSlots(this.#database.read)).map(({ staff }) => new Uint8Array(staff));
  }

  /** Lets another person in, who types their passphrase here. Gives their staff id. */
  async addSlot(person: NewSlot): Promise<Uint8Array> {
    this.#unlockedKey();
    const signingSeed = person.signingSeed ?? newSigningKey().seed;
    const { publicKey } = signingKeyFromSeed(signingSeed);
    const inside = { half: this.#unlocking.secrets.half, signingSeed };
    const slot = await sealSlot(this.#unlocking.storeId, publicKey, person.passphrase, inside, this.#secret);
    const label = sealLabel(utf8(person.label), publicKey, this.#secret);
    await this.#database.write((transaction) => writeSlot(transaction, { staff: publicKey, label, slot: encodeSlot(slot) }));
    return publicKey;
  }

  /** @throws {Failure} as an unlock does when `old` is wrong; then nothing changes. */
  async changePassphrase(old: string, next: string): Promise<void> {
    await this.confirm(old);
    const slot = await sealSlot(this.#unlocking.storeId, this.staff, next, this.#unlocking.secrets, this.#secret);
    await this.#database.write(async (transaction) => {
      const row = await readSlot(transaction, this.staff);
      if (row === undefined) throw notHere();
      await writeSlot(transaction, { staff: this.staff, label: row.label, slot: encodeSlot(slot) });
    });
    await checkpointAfterErasure(this.#database);
  }

  /** Somebody left. @throws {Failure} `vault.last-slot`: the last person cannot be removed, or nobody would get in again. */
  async removeSlot(staff: Uint8Array): Promise<void> {
    this.#unlockedKey();
    await this.#database.write(async (transaction) => {
      if ((await removeSlot(transaction, staff)) === 0) throw notHere();
      if ((await readSlots(transaction)).length === 0) {
        throw new Failure('vault.last-slot', 'This is the only person who can sign in here. Let somebody else in first.');
      }
    });
    await checkpointAfterErasure(this.#database);
  }

  // --- Keys of compartments --------------------------------------------------------------------------------------

  /** Durable when it resolves, which must be before anything sealed under them is stored. Thousands at a time. */
  async putCompartmentKeys(entries: readonly CompartmentKeyEntry[], origin: 'made' | 'arrived' = 'made'): Promise<void> {
    await this.putKeys(entries.map(({ handle, epoch, key }) => ({ kind: 'compartment', id: handle, epoch, value: key })));
    for (const { handle, epoch, key } of entries) {
      this.#keep(toHex(handle), epoch, sealingKey(key));
      if (origin === 'made') this.#made.add(toHex(handle));
    }
  }

  /** The compartments (hexadecimal) for which this desk has made keys since it was last asked. */
  takeMade(): Set<string> {
    const made = new Set(this.#made);
    this.#made.clear();
    return made;
  }

  /** Brings every epoch's key of these compartments into memory; those that are there already cost nothing. */
  async loadCompartmentKeys(handles: Iterable<Uint8Array>): Promise<void> {
    this.#unlockedKey();
    const wanted = new Set<string>();
    for (const handle of handles) wanted.add(toHex(handle));
    const missing = [...wanted].filter((handle) => !this.#compartments.has(handle));
    if (missing.length === 0) return;
    const pageFrom = (from: number): Promise<Uint8Array> => {
      return readPacked(this.#database.read, 'compartment', missing.slice(from, from + PAGE));
    };
    let next = pageFrom(0);
    for (let from = 0; from < missing.length; from += PAGE) {
      const packed = await next;
      // The database reads the next page while this one is opened; if that stops early, nobody asks for the page.
      next = pageFrom(from + PAGE);
      next.catch(() => undefined);
      for (let at = 0; at < packed.length; at += PACKED_BYTES) this.#keepPacked(packed.subarray(at, at + PACKED_BYTES));
    }
    await next;
  }

  /** For `openDocument`: the keys in memory. A compartment that was not loaded has none. */
  readonly compartmentKeys: CompartmentKeys = (handle, epoch) => this.#compartments.get(toHex(handle))?.get(epoch);

  /** For `sealDocument`: the newest key of a loaded compartment. */
  currentCompartmentKey(handle: Uint8Array): CompartmentKey | undefined {
    const epochs = this.#compartments.get(toHex(handle));
    if (epochs === undefined || epochs.size === 0) return undefined;
    const epoch = Math.max(...epochs.keys());
    return { epoch, key: epochs.get(epoch) as SealingKey };
  }

  /**
   * Erasure: every epoch of these compartments goes, in memory and on disk. Copies of the file from before stay readable
   * to whoever has keychain and passphrase until `replaceSecret`. Gives how many keys there were.
   */
  async destroyCompartmentKeys(handles: readonly Uint8Array[]): Promise<number> {
    for (const handle of handles) this.#compartments.delete(toHex(handle));
    return this.destroyKeys('compartment', handles);
  }

  // --- Other keys: the clinic's, received grants ------------------------------------------------------------------

  /** Durable when it resolves; entries of the same name are replaced. */
  async putKeys(entries: readonly KeyEntry[]): Promise<void> {
    const untold = this.toTell(entries);
    await this.#database.write(async (transaction) => {
      await this.#write(transaction, entries, this.#unlockedKey());
      if (untold.length > 0) await markUntold(transaction, untold, true);
    });
    this.onKeysPut(entries);
  }

  /** Keys of which the clinic's other desks have to be told still. */
  async untold(): Promise<KeyEntry[]> {
    this.#unlockedKey();
    const rows = await readUntold(this.#database.read);
    return rows.map((row) => ({ ...nameOf(row), value: this.#open(row) }));
  }

  /** They have been told, durably. */
  async told(entries: readonly KeyEntry[]): Promise<void> {
    await this.#database.write((transaction) => markUntold(transaction, entries, false));
  }

  /** Every key that is here, some thousands at a time: for a device that joins the clinic. */
  async *everyKey(): AsyncGenerator<KeyEntry[], void, undefined> {
    let last: Pick<EntryRow, 'kind' | 'id' | 'epoch'> | undefined = { kind: '', id: NO_ID, epoch: 0 };
    while (last !== undefined) {
      const rows: EntryRow[] = await readEntriesAfter(this.#database.read, last, PAGE);
      if (rows.length > 0) yield rows.map((row) => ({ ...nameOf(row), value: this.#open(row) }));
      last = rows.at(-1);
    }
  }

  async getKey(kind: KeyKind, id: Uint8Array = NO_ID, epoch = 0): Promise<Uint8Array | undefined> {
    const all = await this.getKeys(kind, [id]);
    return all.find((entry) => entry.epoch === epoch)?.value;
  }

  /** Every epoch of these ids, oldest first. */
  async getKeys(kind: KeyKind, ids: readonly Uint8Array[] = [NO_ID]): Promise<KeyEntry[]> {
    this.#unlockedKey();
    const rows = await readEntries(this.#database.read, kind, ids.map(toHex));
    const entries = rows.map((row) => ({ kind, id: new Uint8Array(row.id), epoch: row.epoch, value: this.#open(row) }));
    return entries.sort((a, b) => a.epoch - b.epoch);
  }

  /** Every key of a kind, whatever it belongs to, oldest epoch first. For kinds of which there are few. */
  async getAll(kind: KeyKind): Promise<KeyEntry[]> {
    this.#unlockedKey();
    const rows = await readEntriesOfKind(this.#database.read, kind);
    return rows.map((row) => ({ ...nameOf(row), value: this.#open(row) }));
  }

  /** Which keys there are of these ids of 16 bytes, none of them opened: epochs by id in hexadecimal. Ids without a key are left out. */
  async epochsOf(kind: KeyKind, ids: readonly Uint8Array[]): Promise<Map<string, number[]>> {
    this.#unlockedKey();
    return readEpochs(this.#database.read, kind, ids.map(toHex));
  }

  async destroyKeys(kind: KeyKind, ids: readonly Uint8Array[]): Promise<number> {
    this.#unlockedKey();
    const removed = await this.#database.write((transaction) => removeEntries(transaction, kind, ids.map(toHex)));
    await checkpointAfterErasure(this.#database);
    return removed;
  }

  // --- The whole -------------------------------------------------------------------------------------------------

  /**
   * What opens this key store and its slots' outer layers, sealed to the clinic's recovery key, and the id of the keychain's secret
   * that is in it (empty without one).
   */
  sealForRecovery(publicKey: Uint8Array, chain: Uint8Array): { box: Uint8Array; secretId: Uint8Array } {
    this.#unlockedKey();
    const secret = this.#secret ?? NO_ID;
    const inside = encodeStoreSecrets({ id: this.#unlocking.storeId, half: this.#unlocking.secrets.half, secret });
    const box = sealToRecoveryKey(publicKey, RECOVERY_STORE_TAG, chain, inside);
    inside.fill(0);
    return { box, secretId: secret.length > 0 ? secretId(secret) : NO_ID };
  }

  /**
   * Seals everything again under `next`, a secret that the keychain already holds beside the present one: all slots' outer
   * layers, labels and keys, in one transaction. Also how a keychain that came later is put around, and how a restored key
   * store gets to a machine without one (`undefined`).
   */
  async replaceSecret(next: Uint8Array | undefined): Promise<void> {
    const old = this.#unlockedKey();
    const key = this.#unlocking.keyFor(this.#unlocking.secrets.half, next);
    await this.#database.write(async (transaction) => {
      await writeStore(transaction, { id: this.#unlocking.storeId, secretId: next ? secretId(next) : null, uses: 0 });
      for (const row of await readSlots(transaction)) {
        const label = openLabel(row.label, row.staff, this.#secret) ?? damaged();
        const slot = moveSlot(decodeSlot(row.slot), this.#secret, next);
        await writeSlot(transaction, { staff: row.staff, label: sealLabel(label, row.staff, next), slot: encodeSlot(slot) });
      }
      let last: Pick<EntryRow, 'kind' | 'id' | 'epoch'> | undefined = { kind: '', id: NO_ID, epoch: 0 };
      while (last !== undefined) {
        const rows: EntryRow[] = await readEntriesAfter(transaction, last, PAGE);
        const entries = rows.map((row) => ({ ...nameOf(row), value: this.#open(row, old) }));
        if (entries.length > 0) await this.#write(transaction, entries, key);
        last = rows.at(-1);
      }
    });
    this.#key = key;
    this.#secret = next;
    await checkpointAfterErasure(this.#database);
  }

  /** Drops every key. What is asked for afterwards fails with `vault.locked`. */
  lock(): void {
    this.#key = undefined;
    this.#signing = undefined;
    this.secondFactor.lock();
    this.#compartments.clear();
    this.#secret = undefined;
    this.#unlocking.secrets.half.fill(0);
    this.#unlocking.secrets.signingSeed.fill(0);
  }

  #unlockedKey(): SealingKey {
    return this.#key ?? lockedNow();
  }

  #keep(handle: string, epoch: number, key: SealingKey): void {
    this.#unlockedKey();
    const epochs = this.#compartments.get(handle) ?? new Map<number, SealingKey>();
    epochs.set(epoch, key);
    this.#compartments.set(handle, epochs);
  }

  #keepPacked(packed: Uint8Array): void {
    const id = packed.slice(0, PACKED_ID_BYTES);
    const box = packed.subarray(PACKED_ID_BYTES + PACKED_EPOCH_DIGITS);
    const epoch = Number.parseInt(fromUtf8(packed.subarray(PACKED_ID_BYTES, PACKED_ID_BYTES + PACKED_EPOCH_DIGITS)), 16);
    this.#keep(toHex(id), epoch, sealingKey(this.#open({ kind: 'compartment', id, epoch, box })));
  }

  async #write(transaction: WriteTransaction, entries: readonly KeyEntry[], key: SealingKey): Promise<void> {
    if ((await countUses(transaction, entries.length)) > USES_LIMIT) {
      throw new Failure(
        'vault.key-worn',
        'The key of this key store has sealed too much. Renew the keychain secret in the settings.',
      );
    }
    const nonces = randomBytes(NONCE_BYTES * entries.length);
    const rows = entries.map(({ kind, id, epoch, value }, index) => {
      const nonce = nonces.subarray(NONCE_BYTES * index, NONCE_BYTES * (index + 1));
      return { kind, id, epoch, box: sealBox(key, keyEntryAssociatedData({ kind, id, epoch }), value, nonce) };
    });
    await writeEntries(transaction, rows);
  }

  #open(row: EntryRow, key = this.#unlockedKey()): Uint8Array {
    return openBox(key, keyEntryAssociatedData(nameOf(row)), row.box) ?? damaged();
  }
}

function nameOf(row: EntryRow): KeyName {
  return { kind: row.kind as KeyKind, id: new Uint8Array(row.id), epoch: row.epoch };
}
