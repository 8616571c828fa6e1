/** What comes from the hub beside the ledger: messages to this clinic or device, and documents of compartments that it may read. */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import type { Hash } from '../../../shared/ledger/merkle.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { LIMITS } from '../../../shared/sync/wire.ts';
import type { HubClient } from '../hub-client.ts';
import {
  addClinicDocuments,
  addFetchedDocuments,
  addIncomingMessages,
  type FetchedDocument,
  followedHandles,
  lastClinicDocument,
  lastMessage,
} from '../transfer.store.ts';
import type { Transfer } from '../transfer.ts';

type Fetching = Pick<Transfer, 'database' | 'hash'>;

interface WireMessage {
  readonly sequence: number;
  readonly id: string;
  readonly kind: string;
  readonly senderChain: string;
  readonly senderDevice: string;
  readonly body: string;
}

/** Fetches messages to this clinic or device; gives how many came. What their bodies are worth, the vault decides. */
export async function fetchMessages({ database, hash }: Fetching, hub: HubClient): Promise<number> {
  let fetched = 0;
  // Counted on from here: what is kept may say less, as a welcome that is not taken in yet is asked for again.
  for (let after = await lastMessage(database.read); ; ) {
    const { messages } = await hub.ask<{ messages: WireMessage[] }>('Messages', { after, limit: LIMITS.messagesPerCall });
    const rows = messages.map((message) => ({
      sequence: message.sequence,
      id: Buffer.from(message.id, 'hex'),
      kind: message.kind,
      senderChain: Buffer.from(message.senderChain, 'hex'),
      senderDevice: Buffer.from(message.senderDevice, 'hex'),
      body: Buffer.from(message.body, 'base64'),
    }));
    for (const row of rows) {
      if (!equalBytes(hash(row.body), row.id) || row.sequence <= after)
        throw new Failure('sync.hub-answer', 'The hub sent a message under a wrong name. Nothing of it was used.', {
          retry: true,
        });
      after = row.sequence;
    }
    // A page may be short by its bytes or by what the hub holds back: only an empty one is the end.
    if (rows.length === 0) return fetched;
    await database.write((transaction) => addIncomingMessages(transaction, rows));
    fetched += rows.length;
  }
}

interface WireDocument {
  readonly sequence: number;
  readonly name: string;
  readonly handle: string;
  readonly sealed: string;
  readonly wrap: string;
}

interface WirePage {
  readonly documents: readonly WireDocument[];
  readonly last: number;
  readonly more: boolean;
}

/** Documents of a page, if their names are theirs. @throws {Failure} `sync.hub-answer`. */
function checkedPage(hash: Hash, page: WirePage, after: number): FetchedDocument[] {
  const rows = page.documents.map(({ name, handle, sealed, wrap }) => ({
    name: Buffer.from(name, 'hex'),
    handle: Buffer.from(handle, 'hex'),
    sealed: Buffer.from(sealed, 'base64'),
    wrap: Buffer.from(wrap, 'base64'),
  }));
  for (const row of rows) {
    if (!equalBytes(hash(row.sealed), row.name))
      throw new Failure('sync.hub-answer', 'The hub sent a document under a wrong name. Nothing of it was used.', {
        retry: true,
      });
  }
  if (page.more && page.last <= after)
    throw new Failure('sync.hub-answer', 'The hub sends the same documents again and again.', { retry: true });
  return rows;
}

/** Fetches what other devices of this clinic have put; gives how many documents came. */
export async function fetchClinicDocuments({ database, hash }: Fetching, hub: HubClient): Promise<number> {
  let fetched = 0;
  let last = await lastClinicDocument(database.read);
  for (let more = true; more; ) {
    const { clinicDocuments: page } = await hub.ask<{ clinicDocuments: WirePage }>('ClinicDocuments', {
      after: last,
      limit: LIMITS.documentsPerCall,
    });
    const rows = checkedPage(hash, page, last);
    ({ last, more } = page);
    if (rows.length > 0) await database.write((transaction) => addClinicDocuments(transaction, rows, last));
    fetched += rows.length;
  }
  return fetched;
}

/**
 * Fetches documents of the compartments that this replica follows; gives how many came. Their names are checked. The hub closes a
 * compartment by its own clock when a grant ends, this clinic forgets it by witnessed time, which may come much later: until then
 * it holds up nothing else.
 */
export async function fetchDocuments(transfer: Fetching, hub: HubClient): Promise<number> {
  let fetched = 0;
  for (const { handle, after } of await followedHandles(transfer.database.read)) {
    try {
      fetched += await fetchCompartment(transfer, hub, handle, after);
    } catch (error) {
      if (asFailure(error).code !== 'relay.not-available') throw error;
    }
  }
  return fetched;
}

async function fetchCompartment({ database, hash }: Fetching, hub: HubClient, handle: Buffer, after: number): Promise<number> {
  let fetched = 0;
  for (let last = after, more = true; more; ) {
    const { documents: page } = await hub.ask<{ documents: WirePage }>('Documents', {
      handle: handle.toString('hex'),
      after: last,
      limit: LIMITS.documentsPerCall,
    });
    const rows = checkedPage(hash, page, last).map((row) => ({ ...row, handle }));
    last = page.last;
    more = page.more;
    if (rows.length > 0) await database.write((transaction) => addFetchedDocuments(transaction, rows, handle, last));
    fetched += rows.length;
  }
  return fetched;
}
