/**
 * The clinic host's part of a hub: takes blocks, documents and mail of its own clinic's devices, durably, and tells the others. It orders
 * and signs nothing: what it says is believed by signatures, and the worst that it can do is to keep something to itself.
 */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { ownSignatures } from '../../../shared/ledger/admission.ts';
import { MAX_BLOCK_BYTES } from '../../../shared/ledger/block.ts';
import { type DeviceRow, deviceRow } from '../../../shared/ledger/rows.ts';
import { deviceKey, type OpenedBlock } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { type Refusal, refusalOf } from '../../../shared/sync/submission.ts';
import { type DocumentUpload, LIMITS, type MessageUpload } from '../../../shared/sync/wire.ts';
import { atMost, base64Bytes, hexBytes } from '../../hub/line/arguments.ts';
import { HeadSignal } from '../../hub/sequencer/head-stream.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Database } from '../../storage/database.ts';
import { addHostDocuments } from '../../sync/clinic-host/clinic-route.store.ts';
import type { ClinicLedger } from '../../sync/clinic-ledger.ts';
import { isInLedger } from '../../sync/own-acts/lay-pending.ts';
import { loadOverlaid } from '../../sync/own-acts/pending.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import {
  addEntries,
  entriesFor,
  forgetOld,
  keptBlocks,
  newestEntry,
  type RelayEntry,
  removeBlocks,
  removeMessages,
  storedOf,
  takeBackBlocks,
} from './relay.store.ts';

/** What one device may leave here at most, so that none of them fills the host's disk. */
const QUOTA = { count: 50_000, bytes: 512 * 1024 * 1024 };
const ANSWER_BYTES = LIMITS.bodyBytes / 2;
/** Mail and names of documents are kept for who is away; whoever comes later has them from the hub. */
const KEPT_MS = 30 * 86_400_000;

interface RelayOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly clock: () => number;
}

export class ClinicRelay {
  readonly #options: RelayOptions;
  /** Wakes who waits for something new. */
  readonly heads = new HeadSignal();

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  /**
   * A device of this clinic that is enrolled and not revoked, acts that wait for the hub included; asked again for each request.
   * @param device hexadecimal @throws {Failure} `clinic-host.not-ours`, `hub.device-revoked`.
   */
  async identify(device: string): Promise<string> {
    await this.#rowOf(device);
    return device;
  }

  async #rowOf(device: string): Promise<DeviceRow> {
    const { database, ledger } = this.#options;
    const key = deviceKey(device);
    const bytes = (await loadOverlaid(database.read, [key])).get(key);
    const row = bytes && decode(deviceRow, bytes);
    if (!row || !equalBytes(row.chain, ledger.chain)) throw NOT_OURS;
    if (row.revoked)
      throw new Failure('hub.device-revoked', 'This device has been revoked by its clinic. Its administrator can enrol it anew.');
    return row;
  }

  /** Keeps sealed blocks of the clinic until the ledger has them; gives those that it refuses, which hold up no other. */
  async submit(caller: string, texts: readonly string[]): Promise<Refusal[]> {
    const sealed = atMost(texts, LIMITS.blocksPerSubmission, 'blocks').map((text) =>
      base64Bytes(text, MAX_BLOCK_BYTES, 'blocks'),
    );
    const refusals: Refusal[] = [];
    const entries: RelayEntry[] = [];
    for (const [at, bytes] of sealed.entries()) {
      try {
        const opened = await this.#checked(bytes);
        if (opened.isNew) entries.push({ kind: 'BLOCK', name: opened.hash, device: opened.block.device, bytes });
      } catch (error) {
        refusals.push(refusalOf(at, asFailure(error)));
      }
    }
    await this.#add(caller, entries);
    return refusals;
  }

  /** @throws {Failure} when it is no block of this clinic that could ever enter the ledger. */
  async #checked(sealed: Uint8Array): Promise<OpenedBlock & { isNew: boolean }> {
    const { ledger, database } = this.#options;
    const opened = ledger.open(sealed);
    if (!equalBytes(opened.block.chain, ledger.chain)) throw NOT_OURS;
    await this.identify(opened.writer.device);
    if (!ownSignatures(opened).every(({ key, message, signature }) => verifySignature(key, message, signature)))
      throw new Failure('ledger.block-signature-invalid', 'A signature in this block does not hold.');
    return { ...opened, isNew: !isInLedger(await loadState(database.read, [opened.keys.head]), opened) };
  }

  /** Stores sealed documents of the clinic. Answers how many are here now. */
  async put(caller: string, uploads: readonly DocumentUpload[]): Promise<number> {
    const documents = atMost(uploads, LIMITS.documentsPerCall, 'documents').map(({ handle, sealed, wrap }) => {
      const bytes = base64Bytes(sealed, LIMITS.documentBytes, 'sealed');
      return {
        name: hashParts(bytes),
        handle: hexBytes(handle, 16, 'handle'),
        sealed: bytes,
        wrap: base64Bytes(wrap, 1024, 'wrap'),
      };
    });
    const device = fromHex(caller);
    const stored = await storedOf(this.#options.database.read, device);
    const bytes = documents.reduce((sum, { sealed }) => sum + sealed.length, stored.bytes);
    if (bytes > QUOTA.bytes) throw FULL;
    await this.#add(
      caller,
      documents.map(({ name }) => ({ kind: 'DOCUMENT', name, device })),
      documents,
    );
    return documents.length;
  }

  /** Keeps mail between the clinic's own devices. Answers how many messages are here now. */
  async send(caller: string, uploads: readonly MessageUpload[]): Promise<number> {
    const { chain } = this.#options.ledger;
    const entries = atMost(uploads, LIMITS.messagesPerCall, 'messages').map((upload): RelayEntry => {
      const bytes = base64Bytes(upload.body, LIMITS.messageBytes, 'body');
      if (!/^[a-z][a-z.-]{0,39}$/.test(upload.kind))
        throw new Failure('hub.argument', 'The kind of a message is a word of small letters.');
      if (upload.recipientChain !== toHex(chain)) throw NOT_OURS;
      const recipient =
        upload.recipientDevice === '' ? new Uint8Array(0) : hexBytes(upload.recipientDevice, 32, 'recipientDevice');
      return { kind: 'MESSAGE', name: hashParts(bytes), device: fromHex(caller), recipient, detail: upload.kind, bytes };
    });
    await this.#add(caller, entries);
    return entries.length;
  }

  /** Destroys mail of the clinic: a desk's to ask, as at the hub. @throws {Failure} `hub.not-allowed`. */
  async withdraw(caller: string, ids: readonly string[]): Promise<number> {
    if ((await this.#rowOf(caller)).kind !== 'workstation') throw NOT_A_DESK;
    const names = atMost(ids, LIMITS.messagesPerCall, 'ids').map((id) => hexBytes(id, 32, 'ids'));
    return this.#options.database.write((transaction) => removeMessages(transaction, names));
  }

  async takeBack(caller: string, blocks: readonly string[]): Promise<number> {
    const { database, clock } = this.#options;
    const names = atMost(blocks, LIMITS.blocksPerSubmission, 'blocks').map((name) => hexBytes(name, 32, 'blocks'));
    const gone = await database.write((transaction) => takeBackBlocks(transaction, fromHex(caller), names, clock()));
    if (gone > 0) this.heads.notify();
    return gone;
  }

  arrivals(caller: string, after: number, limit: number) {
    return entriesFor(this.#options.database.read, fromHex(caller), after, limit, ANSWER_BYTES);
  }

  newest(): Promise<number> {
    return newestEntry(this.#options.database.read);
  }

  /** Drops blocks that the ledger has, and what is older than a month. */
  async tidy(): Promise<void> {
    const { database, ledger, clock } = this.#options;
    const kept = (await keptBlocks(database.read)).flatMap(({ name, bytes }) => {
      try {
        return [{ name, opened: ledger.open(bytes) }];
      } catch {
        return [];
      }
    });
    const heads = await loadState(database.read, [...new Set(kept.map(({ opened }) => opened.keys.head))]);
    const settled = kept.filter(({ opened }) => isInLedger(heads, opened)).map(({ name }) => name);
    await database.write(async (transaction) => {
      await removeBlocks(transaction, settled);
      await forgetOld(transaction, clock() - KEPT_MS);
    });
  }

  async #add(
    caller: string,
    entries: readonly RelayEntry[],
    documents: Parameters<typeof addHostDocuments>[1] = [],
  ): Promise<void> {
    if (entries.length === 0) return;
    const { database, clock } = this.#options;
    const stored = await storedOf(database.read, fromHex(caller));
    const bytes = entries.reduce((sum, entry) => sum + (entry.bytes?.length ?? 0), stored.bytes);
    if (stored.count + entries.length > QUOTA.count || bytes > QUOTA.bytes) throw FULL;
    const added = await database.write(async (transaction) => {
      await addHostDocuments(transaction, documents);
      return addEntries(transaction, entries, clock());
    });
    if (added > 0) this.heads.notify();
  }
}

const NOT_OURS = new Failure('clinic-host.not-ours', 'This computer serves the devices of its own clinic only.');
const NOT_A_DESK = new Failure('hub.not-allowed', 'This device may not ask for that: only a desk of the clinic takes mail back.');
const FULL = new Failure(
  'relay.quota',
  'The clinic host holds too much of this device that the hub does not have yet. It goes on when the hub is back.',
  {
    retry: true,
  },
);
