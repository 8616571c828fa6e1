/** The relay: keeps sealed documents and messages for who may fetch them, and can open none of them. */
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { erasedIn, NO_CUSTODIAN } from '../../../shared/ledger/rows.ts';
import { chainKey } from '../../../shared/ledger/rules.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type DocumentUpload, LIMITS, type MessageUpload } from '../../../shared/sync/wire.ts';
import { HANDLE_BYTES, WRAP_BYTES } from '../../../shared/vault/document.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import { grantInRow } from '../../rules-registry.ts';
import { checkpointAfterErasure, type Database, type Queryable, type WriteTransaction } from '../../storage/database.ts';
import { sha256 } from '../../vault/primitives.ts';
import { tellMail } from '../fellows.ts';
import { atMost, base64, base64Bytes, hexBytes, wholeNumber } from '../line/arguments.ts';
import type { Caller } from '../line/callers.ts';
import { eraseAtHub, erasedCounts, excuseDocuments } from './erasure.store.ts';
import { type OutsideDocuments, settleOutside } from './outside-documents.ts';
import {
  bindHandles,
  type DocumentRow,
  deleteMessages,
  type Mailbox,
  type MessageRow,
  newestMessage,
  readDocuments,
  readMessages,
  type StoredMessage,
  storedBytesOfSender,
  writeDocuments,
  writeGrants,
  writeMessages,
} from './relay.store.ts';
import { isServed, keepersOf, releasedMail } from './served-compartments.ts';

/** Bytes of documents or messages in one answer; base64 and JSON around them stay under the limit of a body. */
const ANSWER_BYTES = 16 * 1024 * 1024;
/** What one device may have lying at the hub; one that asks to be let in says little, and a kiosk, whoever carries it away, nothing else. */
const MAILBOX_QUOTA = { desk: { count: 20_000, bytes: 256 * 1024 * 1024 }, joining: { count: 20, bytes: 1024 * 1024 } };
const NOBODY = new Uint8Array(0);

export class Relay {
  readonly #database: Database;
  readonly #clock: () => number;
  readonly #outside: OutsideDocuments | undefined;
  /** Rises with each message stored: who waits for mail looks again only then. */
  #arrivals = 0;

  /** @param outside where documents lie; left out, in the database */
  constructor(database: Database, clock: () => number, outside?: OutsideDocuments) {
    this.#database = database;
    this.#clock = clock;
    this.#outside = outside;
  }

  /** There is new mail, here or at another process of this hub. */
  arrived(): void {
    this.#arrivals++;
  }

  get arrivals(): number {
    return this.#arrivals;
  }

  /** The rows of grants among state rows, into the table by which documents are served; what a tombstone names is destroyed. */
  async project(transaction: WriteTransaction, changes: ReadonlyMap<string, Uint8Array | undefined>): Promise<void> {
    const grants = [...changes].flatMap(([key, value]) => {
      const grant = value && grantInRow(key, value);
      return grant ? [{ ...grant, id: fromHex(key.slice(key.indexOf('/') + 1)) }] : [];
    });
    await writeGrants(transaction, grants);
    const erased = erasedIn(changes);
    if (erased.length > 0) await eraseAtHub(transaction, erased);
  }

  /**
   * Stores documents of the caller's compartments, all or none, durably. Answers how many of them are there now. Where the store outside
   * fails, those stay that it has taken, and the same call goes on from there.
   * @throws {Failure} `relay.not-yours`, `hub.argument`, `hub.too-many`; `relay.store-*`.
   */
  async put(caller: Caller, uploads: readonly DocumentUpload[]): Promise<number> {
    const chain = fromHex(caller.chain);
    const device = fromHex(caller.device);
    const documents = atMost(uploads, LIMITS.documentsPerCall, 'documents').map(({ handle, sealed, wrap }) => {
      const bytes = base64Bytes(sealed, LIMITS.documentBytes, 'sealed');
      const wrapped = base64Bytes(wrap, WRAP_BYTES, 'wrap');
      return {
        name: sha256(bytes),
        handle: hexBytes(handle, HANDLE_BYTES, 'handle'),
        chain,
        device,
        sealed: bytes,
        wrap: wrapped,
      };
    });
    const handles = [...new Set(uploads.map(({ handle }) => handle))];
    const checkKeepers = async (connection: Queryable): Promise<void> => {
      const keepers = await keepersOf(connection, handles);
      if (keepers.some((keeper) => keeper && !equalBytes(keeper, chain))) throw NOT_YOURS;
    };
    // Before anything is brought outside, and again where it is decided.
    if (this.#outside) await checkKeepers(this.#database.read);
    const brought = await this.#outside?.bring(documents);
    await this.#database.write(
      async (transaction) => {
        await checkKeepers(transaction);
        await bindHandles(transaction, handles.map(fromHex), chain);
        await writeDocuments(transaction, brought?.documents ?? documents);
        if (brought) await settleOutside(transaction, brought.documents);
      },
      { group: true },
    );
    if (brought?.failure) throw brought.failure;
    return documents.length;
  }

  /** What was erased leaves the disk; where somebody is reading just now, with the next erasure or when a clinic asks. */
  async scrub(): Promise<void> {
    await this.#outside?.clear().catch(() => undefined);
    await checkpointAfterErasure(this.#database).catch(() => undefined);
  }

  /**
   * Notes documents of the caller's compartments that were erased before they got here. Answers how many were named.
   * @throws {Failure} `relay.not-yours`, `hub.argument`, `hub.too-many`.
   */
  async excuse(caller: Caller, named: readonly { name: string; handle: string }[]): Promise<number> {
    const documents = atMost(named, LIMITS.documentsPerCall, 'documents').map(({ name, handle }) => {
      return { name: hexBytes(name, 32, 'name'), handle: hexBytes(handle, HANDLE_BYTES, 'handle') };
    });
    const handles = [...new Set(named.map(({ handle }) => handle))];
    await this.#database.write(async (transaction) => {
      const chain = fromHex(caller.chain);
      const keepers = await keepersOf(transaction, handles);
      if (keepers.some((keeper) => keeper && !equalBytes(keeper, chain) && !equalBytes(keeper, NO_CUSTODIAN))) throw NOT_YOURS;
      await bindHandles(transaction, handles.map(fromHex), chain);
      await excuseDocuments(transaction, documents);
    });
    return documents.length;
  }

  /**
   * How many documents of each of these erased compartments were destroyed here, in the order asked for. Erased bytes have left the
   * disk when this answers.
   * @throws {Failure} `relay.not-erased`, `hub.argument`, `hub.too-many`; `storage.busy`, `relay.store-*`.
   */
  async erased(handles: readonly string[]): Promise<Array<{ handle: Uint8Array; documents: number }>> {
    const names = atMost(handles, LIMITS.documentsPerCall, 'handles').map((handle) => hexBytes(handle, HANDLE_BYTES, 'handles'));
    const counts = await erasedCounts(this.#database.read, names);
    const answer = names.flatMap((handle, at) => {
      const documents = counts[at];
      return documents === undefined ? [] : [{ handle, documents }];
    });
    if (answer.length < names.length)
      throw new Failure('relay.not-erased', 'The ledger has no tombstone for one of these compartments yet. Sync first.', {
        retry: true,
      });
    await this.#outside?.clear();
    await checkpointAfterErasure(this.#database);
    return answer;
  }

  /**
   * Documents of a compartment that the caller's clinic keeps or holds a grant on just now.
   * @throws {Failure} `relay.not-available`: the same whether there is such a compartment or not.
   */
  async documents(caller: Caller, handle: string, after: number, limit: number) {
    const bytes = hexBytes(handle, HANDLE_BYTES, 'handle');
    wholeNumber(after, 'after');
    wholeNumber(limit, 'limit', LIMITS.documentsPerCall);
    const connection = this.#database.read;
    // Every question is asked in every case, so that the time of an answer says nothing either.
    const [served, page] = await Promise.all([
      isServed(connection, handle, caller.chain, this.#clock()),
      readDocuments(connection, { handle: bytes }, after, limit, ANSWER_BYTES),
    ]);
    if (!served) throw NOT_AVAILABLE;
    return this.#pageOf(page, after);
  }

  /** Documents that other devices of the caller's clinic have put: what its desks need to show the same charts. */
  async clinicDocuments(caller: Caller, after: number, limit: number) {
    wholeNumber(after, 'after');
    wholeNumber(limit, 'limit', LIMITS.documentsPerCall);
    const whose = { chain: fromHex(caller.chain), notDevice: fromHex(caller.device) };
    return this.#pageOf(await readDocuments(this.#database.read, whose, after, limit, ANSWER_BYTES), after);
  }

  /** A page of documents in the words of the schema. @throws {Failure} `relay.store-*`. */
  async #pageOf({ rows, more }: { rows: readonly DocumentRow[]; more: boolean }, after: number) {
    if (!this.#outside && rows.some(({ place }) => place !== '')) throw ELSEWHERE;
    const opened = (await this.#outside?.open(rows)) ?? rows;
    const documents = opened.map(({ sequence, name, handle, sealed, wrap }) => {
      return { sequence, name: toHex(name), handle: toHex(handle), sealed: base64(sealed), wrap: base64(wrap) };
    });
    return { documents, last: rows.at(-1)?.sequence ?? after, more };
  }

  /**
   * Stores messages; one that was sent before stays as it is. Answers how many of them are there now.
   * @throws {Failure} `relay.recipient-unknown`, `relay.quota`, `hub.argument`, `hub.too-many`.
   */
  async send(caller: Caller, uploads: readonly MessageUpload[]): Promise<number> {
    const messages = atMost(uploads, LIMITS.messagesPerCall, 'messages').map((upload): StoredMessage => {
      const body = base64Bytes(upload.body, LIMITS.messageBytes, 'body');
      if (!/^[a-z][a-z.-]{0,39}$/.test(upload.kind))
        throw new Failure('hub.argument', 'The kind of a message is a word of small letters.');
      return {
        id: sha256(body),
        recipientChain: hexBytes(upload.recipientChain, 32, 'recipientChain'),
        recipientDevice: upload.recipientDevice === '' ? NOBODY : hexBytes(upload.recipientDevice, 32, 'recipientDevice'),
        kind: upload.kind,
        senderChain: caller.enrolled ? fromHex(caller.chain) : NOBODY,
        senderDevice: fromHex(caller.device),
        body,
      };
    });
    await this.#database.write(
      async (transaction) => {
        await this.#checkRecipients(transaction, caller, messages);
        await writeMessages(transaction, messages);
        // What was sent before is not there twice: a device that did not hear the answer sends all of it again.
        await this.#checkQuota(transaction, caller);
        await tellMail(transaction);
      },
      { group: true },
    );
    this.arrived();
    return messages.length;
  }

  async #checkRecipients(connection: Queryable, caller: Caller, messages: readonly StoredMessage[]): Promise<void> {
    const chains = [...new Set(messages.map(({ recipientChain }) => toHex(recipientChain)))];
    const rows = await loadState(connection, chains.map(chainKey));
    const reachable = (chain: string): boolean =>
      rows.get(chainKey(chain)) !== undefined && (isDesk(caller) || chain === caller.chain);
    if (!chains.every(reachable))
      throw new Failure('relay.recipient-unknown', 'There is no clinic in this region to which this message could go.');
  }

  async #checkQuota(connection: Queryable, caller: Caller): Promise<void> {
    const { count, bytes } = await storedBytesOfSender(connection, fromHex(caller.device));
    const quota = isDesk(caller) ? MAILBOX_QUOTA.desk : MAILBOX_QUOTA.joining;
    if (count > quota.count || bytes > quota.bytes)
      throw new Failure(
        'relay.quota',
        'Too much of what this device sent is still at the hub. Withdraw messages that are no longer needed.',
      );
  }

  /** The next ones after `after`; none says that there are no more, so mail that is held back never hides what lies behind it. */
  async messages(caller: Caller, after: number, limit: number) {
    wholeNumber(after, 'after');
    wholeNumber(limit, 'limit', LIMITS.messagesPerCall);
    const released = await this.#released(caller, after, limit);
    return released.map((row) => ({
      sequence: row.sequence,
      id: toHex(row.id),
      kind: row.kind,
      senderChain: toHex(row.sender_chain),
      senderDevice: toHex(row.sender_device),
      body: base64(row.body),
    }));
  }

  /** Of the first page in which there is something to show. */
  async #released(caller: Caller, after: number, limit: number): Promise<MessageRow[]> {
    const connection = this.#database.read;
    for (let from = after; ; ) {
      const rows = await readMessages(connection, mailboxOf(caller), from, limit, ANSWER_BYTES);
      const released = await releasedMail(connection, rows, caller.chain, this.#clock());
      const last = rows.at(-1);
      if (released.length > 0 || !last) return released;
      from = last.sequence;
    }
  }

  /** The highest sequence number in the caller's mailbox; 0 when it is empty. */
  newest(caller: Caller): Promise<number> {
    return newestMessage(this.#database.read, mailboxOf(caller));
  }

  /** Destroys messages that the caller's clinic sent, on the disk too. Answers how many were there. */
  async withdraw(caller: Caller, ids: readonly string[]): Promise<number> {
    const names = atMost(ids, LIMITS.messagesPerCall, 'ids').map((id) => hexBytes(id, 32, 'ids'));
    const gone = await this.#database.write((transaction) => deleteMessages(transaction, fromHex(caller.chain), names), {
      group: true,
    });
    if (gone > 0) await checkpointAfterErasure(this.#database);
    return gone;
  }
}

/** Who writes to other clinics; who does not speaks to its own one. */
const isDesk = ({ enrolled, isKiosk }: Caller): boolean => enrolled && !isKiosk;

const mailboxOf = (caller: Caller): Mailbox => ({
  chain: fromHex(caller.chain),
  device: fromHex(caller.device),
  wholeClinic: caller.enrolled,
});

const NOT_AVAILABLE = new Failure('relay.not-available', 'There is no compartment of that name that this clinic may read.');
const NOT_YOURS = new Failure('relay.not-yours', 'Another clinic keeps one of these compartments, so nothing was stored.');
const ELSEWHERE = new Failure(
  'relay.store-away',
  'This process of the hub was not told of the store in which documents lie. Its administrator starts it again with the settings of the others.',
  { retry: true },
);
