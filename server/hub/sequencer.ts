/**
 * The one place that puts blocks in order. Submissions are opened and their signatures verified off the main thread as
 * they come; then groups of them are judged in turn, stored with their effects in one durable transaction, and only
 * after that acknowledged and signed. A block that may not enter is refused by itself and holds nobody up.
 */
import { setImmediate } from 'node:timers/promises';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { blockHash } from '../../shared/ledger/block.ts';
import { type Checkpoint, signCheckpoint } from '../../shared/ledger/checkpoint.ts';
import type { Region } from '../../shared/ledger/founding.ts';
import { policyActBody } from '../../shared/ledger/policy.ts';
import type { PolicyBook } from '../../shared/ledger/policy-book.ts';
import { headKey, type OpenedBlock, type Rules } from '../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { activatesRules, foldPage, openSealed, readsOf, roomInPage } from '../ledger/fold.ts';
import {
  type LedgerHead,
  type LedgerPage,
  loadState,
  readHead,
  stateRoot,
  writeHead,
  writePage,
} from '../ledger/ledger.store.ts';
import { documentNamedBy } from '../rules-registry.ts';
import type { Database, WriteTransaction } from '../storage/database.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { type SigningKey, sign } from '../vault/primitives.ts';
import { ACT_FORGED, type Candidate, CandidateCheck, eachInTurns, stillHold } from './candidates.ts';
import { excusedDocuments } from './erasure.store.ts';
import { FairQueue } from './fair-queue.ts';
import { findPlaced, listEquivocations, type PlacedRun, writeEquivocation, writePlaced } from './hub.store.ts';
import { handlesOfDocuments } from './relay.store.ts';
import type { SignatureWork } from './signature-pool.ts';

/** What one block came to: a signed receipt, or why it was refused. */
export interface Submission {
  /** The block's hash. */
  readonly name: Uint8Array;
  readonly receipt?: Uint8Array | undefined;
  readonly refusal?: Failure | undefined;
}

/** What a commit changed, told before its submitters are answered. */
export interface Committed {
  readonly changes: ReadonlyMap<string, Uint8Array | undefined>;
  readonly checkpoint: Checkpoint;
}

export interface SequencerOptions {
  readonly database: Database;
  /** The newest version that this program knows, with those before it. */
  readonly rules: Rules;
  readonly region: Region;
  /** The region's policies as far as they are folded; the sequencer goes on with them. */
  readonly policies: PolicyBook;
  /** The key of the policy in force. */
  readonly hubKey: SigningKey;
  /** The key that this hub offers to sign with next, if any. */
  nextHubKey?(): Promise<SigningKey | undefined>;
  /** The region has taken the offered key: from now on it signs. Ends when that is durable. */
  onHubKey?(key: SigningKey): Promise<void>;
  readonly clock: () => number;
  readonly signatures: SignatureWork;
  /** Writes what hangs on a page's state rows into the same transaction. */
  project(transaction: WriteTransaction, changes: LedgerPage['changes']): Promise<void>;
  onCommitted(committed: Committed): void;
  /** The state root of `size` blocks is durable; the ledger stands still until this resolves. */
  onStateDue?(size: number): Promise<void> | undefined;
}

/** Blocks of one commit: the cost of one fsync is shared, and the first need not wait long for the last. */
const GROUP_BLOCKS = 2000;
const GROUP_BYTES = 8 * 1024 * 1024;
/** Blocks of one clinic, and of all, that may wait at once; more are told to come back. */
const PENDING_BLOCKS_OF_CHAIN = 4000;
const PENDING_BLOCKS = 40_000;

/** A candidate that has its place in the page. */
interface Entered {
  readonly candidate: Candidate;
  readonly index: number;
  readonly time: number;
}

interface Batch {
  readonly candidates: readonly Candidate[];
  settle(): void;
}

export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #pool: SignatureWork;
  readonly #check: CandidateCheck;
  readonly #ready = new FairQueue<Batch>();
  readonly #pending = new Map<string, number>();
  #pendingBlocks = 0;
  /** Keeps the submissions of one clinic in the order in which they came, though their signatures are checked at once. */
  readonly #lastOfChain = new Map<string, Promise<void>>();
  readonly #quarantined: Set<string>;
  #committing: Promise<void> | undefined;
  #closed = false;
  #head: LedgerHead;
  #hubKey: SigningKey;
  #checkpoint: Checkpoint;

  private constructor(options: SequencerOptions, head: LedgerHead, quarantined: Set<string>) {
    this.#options = options;
    this.#pool = options.signatures;
    this.#check = new CandidateCheck(options.database, () => this.#rules, this.#pool);
    this.#head = head;
    this.#quarantined = quarantined;
    this.#hubKey = options.hubKey;
    this.#checkpoint = this.#sign(head);
  }

  /** @throws {Failure} `hub.ledger-missing` when the database has a region but no head. */
  static async open(options: SequencerOptions): Promise<Sequencer> {
    const head = await readHead(options.database.read, hashParts);
    if (!head)
      throw new Failure('hub.ledger-missing', 'The hub has a region but no ledger: its database is damaged. Restore a backup.');
    const evidence = await listEquivocations(options.database.read);
    return new Sequencer(options, head, new Set(evidence.map(({ device, epoch }) => headKey(toHex(device), { epoch }))));
  }

  /** The key that signs by now. */
  get hubKey(): SigningKey {
    return this.#hubKey;
  }

  /** The rules that judge the next block. */
  get #rules(): Rules {
    return this.#options.rules.at(this.#options.policies.current.rules);
  }

  /** The newest checkpoint, signed after it was durable; without cosignatures. */
  get checkpoint(): Checkpoint {
    return this.#checkpoint;
  }

  /** Submits sealed blocks of one clinic in order; answers in the same order when all of them are durable or refused. */
  async submit(chain: string, blocks: readonly Uint8Array[]): Promise<Submission[]> {
    const candidates = blocks.map((sealed): Candidate => ({ name: blockHash(hashParts, sealed), sealed, documents: [] }));
    const waiting = this.#pending.get(chain) ?? 0;
    if (this.#closed || waiting + blocks.length > PENDING_BLOCKS_OF_CHAIN || this.#pendingBlocks + blocks.length > PENDING_BLOCKS)
      return candidates.map(({ name }) => ({ name, refusal: BUSY }));
    this.#pending.set(chain, waiting + blocks.length);
    this.#pendingBlocks += blocks.length;
    try {
      await this.#inOrder(chain, this.#check.check(chain, candidates), () => this.#commit(chain, candidates));
    } finally {
      const left = (this.#pending.get(chain) as number) - blocks.length;
      if (left === 0) this.#pending.delete(chain);
      else this.#pending.set(chain, left);
      this.#pendingBlocks -= blocks.length;
    }
    return candidates.map(({ name, receipt, refusal }) => ({ name, receipt, refusal }));
  }

  /** Takes no more, finishes what was taken, and ends. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#pendingBlocks > 0 || this.#committing) await (this.#committing ?? setImmediate());
    await this.#pool.close();
  }

  /** `then` runs when `checked` has ended and the same clinic's earlier submissions are in line. */
  async #inOrder(chain: string, checked: Promise<void>, then: () => Promise<void>): Promise<void> {
    const before = this.#lastOfChain.get(chain);
    let letNext = (): void => undefined;
    const inLine = new Promise<void>((resolve) => {
      letNext = resolve;
    });
    this.#lastOfChain.set(chain, inLine);
    let done: Promise<void>;
    try {
      await checked;
      await before;
      done = then();
    } finally {
      letNext();
      if (this.#lastOfChain.get(chain) === inLine) this.#lastOfChain.delete(chain);
    }
    await done;
  }

  /** Puts checked candidates in line; ends when they are durable or refused. */
  #commit(chain: string, candidates: readonly Candidate[]): Promise<void> {
    return new Promise((settle) => {
      this.#ready.push(chain, { candidates, settle });
      this.#committing ??= this.#commitAll().finally(() => {
        this.#committing = undefined;
      });
    });
  }

  async #commitAll(): Promise<void> {
    // Whoever is ready within this turn of the event loop shares the first commit.
    await setImmediate();
    while (!this.#ready.isEmpty) {
      const batches: Batch[] = [];
      const group: Candidate[] = [];
      for (let bytes = 0; group.length < GROUP_BLOCKS && bytes < GROUP_BYTES; ) {
        const batch = this.#ready.take();
        if (!batch) break;
        batches.push(batch);
        for (const candidate of batch.candidates) {
          group.push(candidate);
          bytes += candidate.sealed.length;
        }
      }
      const open = group.filter((candidate) => !candidate.refusal);
      for (let done = 0; done < open.length; ) {
        const page = open.slice(done, done + roomInPage(this.#head.size));
        done += await this.#commitPage(page);
      }
      // The next group does not wait for the receipts of this one.
      void this.#answer(open).then(() => {
        for (const batch of batches) batch.settle();
      });
    }
  }

  /**
   * Judges a page, stores what may enter, and signs it. When storing fails, all of it is refused and nothing has changed.
   * Gives how many were dealt with: behind a block that activates other rules the rest is to be judged by those.
   */
  async #commitPage(candidates: readonly Candidate[]): Promise<number> {
    const placed: PlacedRun[] = [];
    const entered: Entered[] = [];
    let judged = candidates.length;
    try {
      const page = await this.#judge(candidates, entered, placed);
      const last = entered.at(-1)?.candidate;
      if (last && page.acts?.some(({ type }) => type === 'rules.activate')) judged = candidates.indexOf(last) + 1;
      if (entered.length > 0) await this.#store(page, placed);
    } catch (error) {
      const failure = asFailure(error);
      for (const candidate of candidates) candidate.refusal ??= failure;
      return candidates.length;
    }
    for (const { candidate, index, time } of entered) candidate.place = { index, time };
    return judged;
  }

  /** Opens candidates again that were opened before other rules began. */
  #openAnew(candidates: readonly Candidate[]): void {
    const rules = this.#rules;
    for (const candidate of candidates) {
      if (candidate.refusal || candidate.opened?.rules === rules.version) continue;
      try {
        candidate.opened = openSealed(hashParts, rules, candidate.sealed, candidate.name);
      } catch (error) {
        candidate.refusal = asFailure(error);
      }
    }
  }

  /** @throws {Failure} when an act would have this hub do what it cannot: sign with a key, or judge by rules, that it has not. */
  #checkAbility(acts: LedgerPage['acts'], nextHubKey: SigningKey | undefined): void {
    for (const { type, body } of acts ?? []) {
      if (type === 'clinic.rotated') continue;
      const { policy } = decode(policyActBody, body);
      if (type === 'rules.activate' && !this.#options.rules.knows(policy.rules)) throw RULES_UNKNOWN;
      if (type === 'hub.rotated' && !(nextHubKey && equalBytes(nextHubKey.publicKey, policy.hubKey))) throw KEY_NOT_OFFERED;
    }
  }

  /** What `candidates` add to the ledger, those left out that may not enter. */
  async #judge(candidates: readonly Candidate[], entered: Entered[], placed: PlacedRun[]): Promise<LedgerPage> {
    const { database, clock } = this.#options;
    this.#openAnew(candidates);
    const opened = candidates.map((candidate) => ({ sealed: candidate.sealed, opened: candidate.opened as OpenedBlock }));
    const rotates = opened.some((each) => each.opened.events.some(({ typed }) => typed.event.type === 'hub.rotated'));
    const nextHubKey = rotates ? await this.#options.nextHubKey?.() : undefined;
    let hasEnded = false;
    const [rows, missing] = await Promise.all([loadState(database.read, readsOf(opened)), this.#missingDocuments(candidates)]);
    const time = clock();
    let head = this.#head;
    const blocks: LedgerPage['blocks'][number][] = [];
    const nodes: LedgerPage['nodes'][number][] = [];
    const disputes: NonNullable<LedgerPage['disputes']>[number][] = [];
    const acts: NonNullable<LedgerPage['acts']>[number][] = [];
    const changes = new Map<string, Uint8Array | undefined>();
    await eachInTurns(opened, (each, at) => {
      const candidate = candidates[at] as Candidate;
      const { block, writer } = each.opened;
      if (missing.has(candidate)) candidate.refusal = DOCUMENT_MISSING;
      else if (this.#quarantined.has(headKey(writer.device, block))) candidate.refusal = QUARANTINED;
      if (candidate.refusal || hasEnded) return;
      try {
        // One block at a time: what throws has changed nothing.
        const page = foldPage(hashParts, head, rows, [each]);
        if (!stillHold(candidate, page.bodySignatures)) throw ACT_FORGED;
        this.#checkAbility(page.acts, nextHubKey);
        hasEnded = page.blocks.some(activatesRules);
        for (const [key, value] of page.changes) {
          rows.set(key, value);
          changes.set(key, value);
        }
        blocks.push(...page.blocks);
        nodes.push(...page.nodes);
        disputes.push(...(page.disputes ?? []));
        acts.push(...(page.acts ?? []));
        addToRuns(placed, each.opened, head.size, time);
        entered.push({ candidate, index: head.size, time });
        head = page.head;
      } catch (error) {
        candidate.refusal = asFailure(error);
      }
    });
    return { blocks, nodes, changes, head, disputes, acts };
  }

  /** Candidates whose events name a document that is not here under their handle. */
  async #missingDocuments(candidates: readonly Candidate[]): Promise<Set<Candidate>> {
    const named = candidates.flatMap((candidate) =>
      (candidate.opened as OpenedBlock).events.flatMap((event) => {
        const name = documentNamedBy(event);
        return name ? [{ candidate, name, handle: event.typed.event.handle }] : [];
      }),
    );
    if (named.length === 0) return new Set();
    const handles = await handlesOfDocuments(
      this.#options.database.read,
      named.map(({ name }) => name),
    );
    const missing = named.filter(({ handle }, at) => !equalBytes(handle, handles[at] ?? NO_BYTES));
    const excused = await excusedDocuments(this.#options.database.read, missing);
    return new Set(missing.filter((_, at) => !excused[at]).map(({ candidate }) => candidate));
  }

  async #store(page: LedgerPage, placed: readonly PlacedRun[]): Promise<void> {
    const { database, project, onCommitted, policies } = this.#options;
    let head = page.head;
    await database.write(async (transaction) => {
      const stored = await readHead(transaction, hashParts);
      if (stored?.size !== this.#head.size || !equalBytes(stored.effects, this.#head.effects)) throw MOVED;
      await writePage(transaction, page);
      await writePlaced(transaction, placed);
      await project(transaction, page.changes);
      if (head.size % STATE_INTERVAL === 0) {
        head = { ...head, state: { size: head.size, root: await stateRoot(transaction, hashParts) } };
        await writeHead(transaction, head);
      }
    });
    this.#head = head;
    for (const act of page.acts ?? []) policies.apply(act);
    await this.#takeHubKey();
    this.#checkpoint = this.#sign(head);
    onCommitted({ changes: page.changes, checkpoint: this.#checkpoint });
    if (head.state?.size === head.size) await this.#options.onStateDue?.(head.size);
  }

  /** From the block on that gives the hub another key, that key signs. */
  async #takeHubKey(): Promise<void> {
    const { policies, nextHubKey, onHubKey } = this.#options;
    if (equalBytes(policies.current.activeHubKey, this.#hubKey.publicKey)) return;
    const next = await nextHubKey?.call(this.#options);
    if (!next || !equalBytes(next.publicKey, policies.current.activeHubKey)) throw KEY_NOT_OFFERED;
    await onHubKey?.call(this.#options, next);
    this.#hubKey = next;
    this.#pool.rekey?.(next);
  }

  /** Receipts for the blocks that have their place, new and old. */
  async #answer(candidates: readonly Candidate[]): Promise<void> {
    await this.#findRepeated(candidates);
    const drafts = candidates.flatMap((candidate) => {
      const { name, place, documents } = candidate;
      return place ? [{ candidate, draft: { block: name, ...place, documents } }] : [];
    });
    try {
      const receipts = await this.#pool.sign(drafts.map(({ draft }) => draft));
      drafts.forEach(({ candidate }, at) => {
        candidate.receipt = receipts[at] as Uint8Array;
      });
    } catch (error) {
      // They are in the ledger; sent again, they get their receipts.
      for (const { candidate } of drafts) candidate.refusal = asFailure(error);
    }
  }

  /** A block that is in the ledger already gets the receipt it had; another at its height is evidence and closes the epoch. */
  async #findRepeated(candidates: readonly Candidate[]): Promise<void> {
    const { database, clock } = this.#options;
    for (const candidate of candidates) {
      if (!candidate.refusal || !MAY_BE_REPEATED.has(candidate.refusal.code)) continue;
      const { block, writer } = candidate.opened as OpenedBlock;
      const { device, epoch, height } = block;
      try {
        const placed = await findPlaced(database.read, device, epoch, height);
        if (!placed) continue;
        if (equalBytes(placed.hash, candidate.name)) {
          candidate.place = { index: placed.position, time: placed.time };
          delete candidate.refusal;
        } else if (!this.#quarantined.has(headKey(writer.device, block))) {
          await database.write((transaction) =>
            writeEquivocation(transaction, { device, epoch, height, bytes: candidate.sealed, time: clock() }),
          );
          this.#quarantined.add(headKey(writer.device, block));
        }
      } catch (error) {
        candidate.refusal = asFailure(error);
      }
    }
  }

  #sign(head: LedgerHead): Checkpoint {
    const { region } = this.#options;
    const hubKey = this.#hubKey;
    const { size, effects, state } = head;
    return signCheckpoint(hashParts, region.id, { size, root: head.range.root(), effects, state }, hubKey.publicKey, (message) =>
      sign(hubKey, message),
    );
  }
}

/** Continues the last run, or begins one: a device sends many blocks at once, so that runs are few. */
function addToRuns(runs: PlacedRun[], { block }: OpenedBlock, position: number, time: number): void {
  const { device, epoch, height } = block;
  const run = runs.at(-1);
  const follows =
    run &&
    position === run.position + run.count &&
    height === run.height + run.count &&
    equalBytes(epoch, run.epoch) &&
    equalBytes(device, run.device);
  if (follows) run.count += 1;
  else runs.push({ device, epoch, height, position, count: 1, time });
}

const NO_BYTES = new Uint8Array(0);
const MAY_BE_REPEATED = new Set(['ledger.block-repeated', 'ledger.equivocation', 'hub.epoch-quarantined']);

const BUSY = new Failure('hub.busy', 'The hub has as much work waiting as it can keep. Try again in a moment.', { retry: true });
const DOCUMENT_MISSING = new Failure(
  'hub.document-missing',
  'A document that this block names is not at the hub yet. Upload it, then submit the block again.',
  { retry: true },
);
const QUARANTINED = new Failure(
  'hub.epoch-quarantined',
  'This device wrote two different blocks at one height, so this epoch is closed. It goes on in a new epoch.',
);
const MOVED = new Failure(
  'hub.ledger-moved',
  'The ledger on disk is not where this hub left it, so nothing was accepted. Restart the hub and run "careledger verify".',
  { retry: true },
);
const RULES_UNKNOWN = new Failure(
  'hub.rules-unknown',
  'This hub does not know that version of the rules. Update the hub first; nothing was changed.',
);
const KEY_NOT_OFFERED = new Failure(
  'hub.key-not-offered',
  'This hub does not offer that key to sign with. Its administrator makes one with "hub rotate"; nothing was changed.',
);
