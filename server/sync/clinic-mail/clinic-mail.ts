/**
 * The vaults of a clinic's desks keep each other current. Every commit of this vault goes through `gateway`: while the clinic
 * has other desks, the rows and keys that it brings go along in the same transaction as sealed messages, one to each desk. They
 * are sealed to the key with which the ledger enrolled that device, by this device's own: one that was revoked can neither
 * open nor write any.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { deviceRow } from '../../../shared/ledger/rows.ts';
import {
  CLINIC_UPDATE,
  type ClinicUpdate,
  encodeClinicUpdate,
  fragmentsOf,
  updateContext,
} from '../../../shared/sync/device-joining.ts';
import type { ReadConnection } from '../../storage/database.ts';
import { sealMessage } from '../../vault/messages.ts';
import { type AgreementKey, randomBytes } from '../../vault/primitives.ts';
import type { KeyEntry, UnlockedKeyStore } from '../../vault/unlocked-key-store.ts';
import { messagesTo } from '../clinic.store.ts';
import type { DeviceGateway, LocalVerdict, LocalWrite, OutgoingMessage, VaultRow } from '../gateway.ts';

interface ClinicMailParts {
  readonly keyStore: UnlockedKeyStore;
  /** Straight to the device service. */
  readonly gateway: DeviceGateway;
  readonly reader: ReadConnection;
  readonly chain: Uint8Array;
  readonly device: Uint8Array;
  /** This device's X25519 key, as the ledger has it. */
  readonly agreement: AgreementKey;
}

/** Another desk of this clinic. */
export interface Desk {
  readonly device: Uint8Array;
  readonly encryptionKey: Uint8Array;
}

/** What belongs to one desk: its own chain of access lines, and work that is under way there. */
const LOCAL_ROWS: ReadonlySet<string> = new Set([
  'access',
  'access-anchor',
  'draft',
  'attachment-upload',
  'import-file',
  'import-file-piece',
  'purge-due',
  'file-pair',
  'program-token',
  'reading-folder',
  'key-owed',
]);
/** Keys that every desk has; the key of the directory comes with the welcome alone. */
const SHARED_KEYS: ReadonlySet<string> = new Set([
  'compartment',
  'grant',
  'recovery',
  'clinic-signing',
  'clinic-encryption',
  'card-pepper',
]);
/** Keys that no commit followed are told on their own after this time. */
const TELL_KEYS_AFTER = 500;
const NOTHING = new Uint8Array(0);

export const isSharedRow = (kind: string): boolean => !LOCAL_ROWS.has(kind);
export const isSharedKey = ({ kind }: Pick<KeyEntry, 'kind'>): boolean => SHARED_KEYS.has(kind);

export class ClinicMail {
  readonly parts: ClinicMailParts;
  /** What everything in the vault commits through. */
  readonly gateway: DeviceGateway;
  #desks: readonly Desk[] = [];
  #untold: KeyEntry[] = [];
  /** Devices (hexadecimal) that are being revoked: nothing more is told to them, and nothing else has to wait for that. */
  readonly #leaving = new Set<string>();
  readonly #arrived = new Set<string>();
  readonly #underWay = new Set<Promise<unknown>>();
  #free: Promise<unknown> = Promise.resolve();
  #telling: NodeJS.Timeout | undefined;

  private constructor(parts: ClinicMailParts) {
    this.parts = parts;
    this.gateway = { ...parts.gateway, commit: (write) => this.#tracked(() => this.#commit(write)) };
    // Where there is no other desk, whoever is let in gets every key with the welcome.
    parts.keyStore.toTell = (entries) => (this.#desks.length > 0 ? entries.filter(this.#isOwn) : []);
    parts.keyStore.onKeysPut = (entries) => this.#noteKeys(entries);
  }

  static async open(parts: ClinicMailParts): Promise<ClinicMail> {
    const mail = new ClinicMail(parts);
    await mail.look();
    // Of an earlier run that ended before it told them.
    const untold = await parts.keyStore.untold();
    if (untold.length > 0) mail.#tell(untold);
    return mail;
  }

  /** Reads from the ledger which other desks there are; what still lies at the hub for one that has gone is destroyed. */
  async look(): Promise<void> {
    const { gateway, chain, device, reader } = this.parts;
    const before = this.#desks;
    const rows = (await gateway.stateList('device/')).map(({ key, value }) => ({
      device: fromHex(key.slice('device/'.length)),
      row: decode(deviceRow, value),
    }));
    this.#desks = rows
      .filter(({ row, device: id }) => {
        return equalBytes(row.chain, chain) && row.kind === 'workstation' && !row.revoked && !equalBytes(id, device);
      })
      .filter(({ device: id }) => !this.#leaving.has(toHex(id)))
      .map(({ device: id, row }) => ({ device: id, encryptionKey: row.encryptionKey }));
    const gone = before.filter(({ device: id }) => !this.#desks.some((desk) => equalBytes(desk.device, id)));
    for (const desk of gone) await gateway.commit({ withdrawMessages: await messagesTo(reader, desk.device) });
  }

  /** Runs `revoke`, which tells `device` nothing more. */
  async without<T>(device: Uint8Array, revoke: () => Promise<T>): Promise<T> {
    const id = toHex(device);
    this.#leaving.add(id);
    this.#desks = this.#desks.filter((desk) => toHex(desk.device) !== id);
    try {
      return await revoke();
    } finally {
      this.#leaving.delete(id);
      await this.look();
    }
  }

  /** Keys that another desk has sent are not told again. */
  expectKeys(entries: readonly KeyEntry[]): void {
    for (const entry of entries) this.#arrived.add(nameOf(entry));
  }

  /**
   * Runs `act` while no other commit of this vault is under way: what it reads is what the clinic has, and what comes after it
   * is told to the desks that it let in. `commit` goes straight to the device service.
   */
  async alone<T>(act: (commit: DeviceGateway['commit']) => Promise<T>): Promise<T> {
    const before = this.#free;
    const mine = before.then(async () => {
      await Promise.allSettled([...this.#underWay]);
      try {
        return await act((write) => this.parts.gateway.commit(write));
      } finally {
        await this.look();
      }
    });
    this.#free = mine.catch(() => undefined);
    return mine;
  }

  /** Commits what another desk's update brings, and hands it on to desks that its sender did not know of. */
  async take(sender: Uint8Array, update: ClinicUpdate, write: LocalWrite): Promise<void> {
    await this.#tracked(() => {
      const known = new Set([sender, ...update.told].map(toHex));
      const desks = this.#desks.filter(({ device }) => !known.has(toHex(device)));
      return this.parts.gateway.commit({ ...write, messages: this.#messages(update, desks) });
    });
  }

  /** Tells what has not been told, and stops. */
  async close(): Promise<void> {
    clearTimeout(this.#telling);
    if (this.#untold.length > 0) await this.gateway.commit({}).catch(() => undefined);
    this.parts.keyStore.toTell = () => [];
    this.parts.keyStore.onKeysPut = () => undefined;
  }

  async #tracked<T>(commit: () => Promise<T>): Promise<T> {
    await this.#free;
    const committing = commit();
    this.#underWay.add(committing);
    try {
      return await committing;
    } finally {
      this.#underWay.delete(committing);
    }
  }

  async #commit({ elsewhere, ...write }: LocalWrite): Promise<readonly LocalVerdict[]> {
    const { gateway } = this.parts;
    const keys = this.#untold;
    this.#untold = [];
    const rows = [...(write.rows ?? []), ...(elsewhere ?? [])].filter(({ kind }) => isSharedRow(kind));
    if (this.#desks.length === 0 || rows.length + keys.length === 0) return gateway.commit(write);
    const documents = (write.documents ?? []).map(({ name }) => name);
    const messages = this.#messages({ told: [], documents, keys, rows: rows.map(toWire) }, this.#desks);
    let verdicts: readonly LocalVerdict[];
    try {
      verdicts = await gateway.commit({ ...write, messages: [...(write.messages ?? []), ...messages] });
    } catch (error) {
      this.#untold = [...keys, ...this.#untold];
      throw error;
    }
    // Told twice is as good as once.
    if (keys.length > 0) await this.parts.keyStore.told(keys).catch(() => undefined);
    return verdicts;
  }

  #messages(update: ClinicUpdate, desks: readonly Desk[]): OutgoingMessage[] {
    if (desks.length === 0) return [];
    const { chain, device, agreement } = this.parts;
    const told = [...update.told, ...desks.map((desk) => desk.device)];
    const fragments = fragmentsOf(randomBytes(16), encodeClinicUpdate({ ...update, told }));
    return desks.flatMap((desk) => {
      const context = updateContext(device, desk.device);
      const parties = { kind: CLINIC_UPDATE, senderChain: chain, recipientChain: chain, context };
      return fragments.map((fragment) => ({
        recipientChain: chain,
        recipientDevice: desk.device,
        kind: CLINIC_UPDATE,
        body: sealMessage(parties, agreement, desk.encryptionKey, fragment),
      }));
    });
  }

  /** Whether it is this desk's to tell. */
  readonly #isOwn = (entry: KeyEntry): boolean => isSharedKey(entry) && !this.#arrived.has(nameOf(entry));

  #noteKeys(entries: readonly KeyEntry[]): void {
    const own = entries.filter(this.#isOwn);
    for (const entry of entries) this.#arrived.delete(nameOf(entry));
    // Kept even while there is no other desk: one may be let in before the commit that these keys belong to.
    if (own.length > 0) this.#tell(own);
  }

  #tell(entries: readonly KeyEntry[]): void {
    this.#untold.push(...entries);
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => void this.gateway.commit({}).catch(() => undefined), TELL_KEYS_AFTER);
    this.#telling.unref();
  }
}

const nameOf = ({ kind, id, epoch }: KeyEntry): string => `${kind}/${toHex(id)}/${epoch}`;

export const toWire = ({ kind, key, tag, sealed }: VaultRow): ClinicUpdate['rows'][number] => {
  return { kind, key, tag, sealed: sealed ?? NOTHING };
};
