/**
 * Documents whose sealed bytes lie in a store outside of the hub's database. Each upload has a place of its own, which is noted as leaving
 * before anything is brought there and kept in the transaction that stores the document. So whatever dies in between, nothing that a
 * document stands on is ever cleared, and nothing else stays.
 */
import { fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { counted } from '../../../shared/outcome/counted.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { Slice } from '../../ledger/disk-check/disk-check.ts';
import type { Database, Queryable, WriteTransaction } from '../../storage/database.ts';
import { randomBytes } from '../../vault/primitives.ts';
import { type DocumentStore, tryStore } from './document-store.ts';
import {
  countDocuments,
  duePlaces,
  keepPlaces,
  newestOutside,
  noteLeaving,
  outsideBehind,
  placesOfDocuments,
} from './outside-documents.store.ts';
import { type DocumentRow, handlesOfDocuments, type StoredDocument } from './relay.store.ts';

/** Requests to the store at a time, for one call. */
const AT_A_TIME = 16;
/** After this a call brings nothing more, so that its device hears an answer. */
const BRING_MS = 15_000;
/** An upload that has stored its documents by then never will. */
const UNCLAIMED_MS = 3_600_000;
const PLACES = 256;
/** What is asked about the store's state more often than this is answered from memory. */
const TRY_EVERY_MS = 15_000;

interface Outside {
  readonly database: Database;
  readonly store: DocumentStore;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export class OutsideDocuments {
  readonly #outside: Outside;
  #tried: { readonly at: number; readonly answer: Promise<Failure | undefined> } | undefined;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  /**
   * Brings those outside that the hub does not have. Gives what is to be stored in their place, and why it is not all of them.
   * @throws {Failure} storage failures
   */
  async bring(documents: readonly StoredDocument[]): Promise<{ documents: StoredDocument[]; failure: Failure | undefined }> {
    const { database, store, clock } = this.#outside;
    const there = await handlesOfDocuments(
      database.read,
      documents.map(({ name }) => name),
    );
    const byName = new Map(documents.filter((_, at) => !there[at]).map((each) => [toHex(each.name), each]));
    const fresh = [...byName].map(([name, each]) => ({ ...each, place: `${name}/${toHex(randomBytes(8))}` }));
    if (fresh.length === 0) return { documents: [], failure: undefined };
    const places = fresh.map(({ place }) => place);
    await database.write((transaction) => noteLeaving(transaction, places, clock() + UNCLAIMED_MS), { group: true });
    const until = performance.now() + BRING_MS;
    const brought: StoredDocument[] = [];
    const failure = await inTurns(fresh, async ({ place, ...document }) => {
      if (performance.now() > until) throw SLOW;
      await store.put(place, document.sealed);
      brought.push({ ...document, sealed: NO_BYTES, outside: { place, bytes: document.sealed.length } });
    });
    // What was learned in earnest is newer than what is remembered.
    if (!failure) this.#tried = undefined;
    else if (OF_WHOLE_STORE.has(failure.code)) this.#tried = { at: performance.now(), answer: Promise.resolve(failure) };
    return { documents: brought, failure };
  }

  /** The same rows with the bytes that lie outside. @throws {Failure} `relay.store-*`. */
  async open(rows: readonly DocumentRow[]): Promise<DocumentRow[]> {
    const opened = [...rows];
    const failure = await inTurns([...rows.entries()], async ([at, row]) => {
      if (row.place !== '') opened[at] = { ...row, sealed: Buffer.from(await this.#outside.store.get(row.place, row.name)) };
    });
    if (failure) throw failure;
    return opened;
  }

  /** Clears what is due. Once it ends, nothing of what was erased before is in the store. @throws {Failure} `relay.store-*`. */
  async clear(): Promise<void> {
    const { database, store, clock } = this.#outside;
    for (;;) {
      const places = await duePlaces(database.read, clock(), PLACES);
      if (places.length === 0) return;
      const cleared: string[] = [];
      const failure = await inTurns(places, async (place) => {
        await store.remove(place);
        cleared.push(place);
      });
      await database.write(async (transaction) => void (await keepPlaces(transaction, cleared)));
      if (failure) throw failure;
    }
  }

  /**
   * The check of the disk goes on here: documents behind a name (hexadecimal), of which the store must have the very bytes.
   * `elsewhere` fails with `relay.store-*` while it does not answer.
   */
  async look(read: Queryable, after: string): Promise<Slice> {
    const documents = await outsideBehind(read, fromHex(after), AT_A_TIME);
    const last = documents.at(-1);
    return {
      faults: 0,
      next: last && documents.length === AT_A_TIME ? toHex(last.name) : undefined,
      elsewhere: async () => {
        const wrong: Uint8Array[] = [];
        const failure = await inTurns(documents, async ({ name, place }) => {
          if (!(await this.#isWhole(name, place))) wrong.push(name);
        });
        if (failure) throw failure;
        return wrong.length;
      },
    };
  }

  /** Whether the store has a document as it was put there, or has let go of it meanwhile. */
  async #isWhole(name: Uint8Array, place: string): Promise<boolean> {
    const { database, store } = this.#outside;
    try {
      await store.get(place, name);
      return true;
    } catch (error) {
      if (!/^relay\.store-(?:lacks|damaged)$/.test(asFailure(error).code)) throw error;
      const [now] = await placesOfDocuments(database.read, [name]);
      return now !== place;
    }
  }

  /** What is wrong with the store, as of some seconds ago at most. */
  trouble(): Promise<Failure | undefined> {
    const now = performance.now();
    if (!this.#tried || now - this.#tried.at > TRY_EVERY_MS) this.#tried = { at: now, answer: tryStore(this.#outside.store) };
    return this.#tried.answer;
  }
}

/** What was brought outside and stored stays there; what somebody else stored first, or was erased, leaves at once. */
export async function settleOutside(transaction: WriteTransaction, documents: readonly StoredDocument[]): Promise<void> {
  const stored = await placesOfDocuments(
    transaction,
    documents.map(({ name }) => name),
  );
  const kept: string[] = [];
  const left: string[] = [];
  documents.forEach(({ outside }, at) => {
    if (outside) (outside.place === stored[at] ? kept : left).push(outside.place);
  });
  if ((await keepPlaces(transaction, kept)) < kept.length) throw SLOW;
  await noteLeaving(transaction, left, 0);
}

/** @throws {Failure} `hub.documents-elsewhere` when documents lie in a store, and it is not this one. */
export async function requireStore(database: Database, store: DocumentStore | undefined): Promise<void> {
  if (!store) {
    const { outside, leaving } = await countDocuments(database.read);
    if (outside + leaving > 0)
      throw new Failure(
        'hub.documents-elsewhere',
        `This hub keeps ${counted(outside, 'document')} in a store outside of its database, and none is set. Set "documents" as it was; nothing was changed.`,
      );
    return;
  }
  const newest = await newestOutside(database.read);
  if (!newest) return;
  const failure = await store.get(newest.place, newest.name).then(
    () => undefined,
    (error: unknown) => asFailure(error),
  );
  // A store that is away just now comes back; one without our newest document is another one.
  if (failure?.code === 'relay.store-lacks')
    throw new Failure(
      'hub.documents-elsewhere',
      'The store that "documents" names lacks what this hub has put there last. Set the one that has it; nothing was changed.',
      { cause: failure },
    );
}

/** Does `work` on all, some at a time; after a failure nothing new is begun, and the first one is given once all have ended. */
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<Failure | undefined> {
  const waiting = items.values();
  let failure: Failure | undefined;
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (failure) return;
      await work(item).catch((error: unknown) => {
        failure ??= asFailure(error);
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, items.length) }, worker));
  return failure;
}

const NO_BYTES = new Uint8Array(0);
/** Failures of the store as such, and not of one document in it. */
const OF_WHOLE_STORE: ReadonlySet<string> = new Set(['relay.store-away', 'relay.store-refused']);
const SLOW = new Failure(
  'relay.store-slow',
  'The store in which the hub keeps documents is slow. What it has taken stays; send the rest again.',
  { retry: true },
);
