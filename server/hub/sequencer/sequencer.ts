/**
 * The one place that puts blocks in order. Submissions are opened and their signatures verified off the main thread as
 * they come; then groups of them are judged in turn, stored with their effects in one durable transaction, and only
 * after that acknowledged and signed. A block that may not enter is refused by itself and holds nobody up.
 *
 * Several processes may share the ledger. One at a time has its turn; what it stores is taken only where the stored head is the one
 * that it knows, so that the head itself is the token that keeps out who lost its turn without noticing.
 */
import { setImmediate } from 'node:timers/promises';
import { equalBytes, toHex } from '../../../shared/encoding/bytes.ts';
import { blockHash } from '../../../shared/ledger/block.ts';
import { type Checkpoint, signCheckpoint, type TreeHead } from '../../../shared/ledger/checkpoint.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { rootAt } from '../../../shared/ledger/merkle.ts';
import type { PolicyBook } from '../../../shared/ledger/policy-book.ts';
import { headKey, type OpenedBlock, type Rules } from '../../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../../shared/ledger/state-interval.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import { endsOfRuns, type Refusal, refusalOf, signReceipt } from '../../../shared/sync/submission.ts';
import { type FoldedPage, roomInPage } from '../../ledger/fold.ts';
import { type LedgerHead, type LedgerPage, readHead, writeHead, writePage } from '../../ledger/ledger.store.ts';
import { readActs } from '../../ledger/policy-acts.store.ts';
import { loadState, stateRoot } from '../../ledger/state-rows.store.ts';
import { nodeSource } from '../../ledger/tree-nodes.store.ts';
import type { WriteTransaction } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { type SigningKey, sign } from '../../vault/primitives.ts';
import { deviceChangesSince } from '../device-changes.store.ts';
import { tellHead } from '../fellows.ts';
import { listEquivocations, type PlacedRun, writeEquivocation, writePlaced } from '../hub.store.ts';
import { type Candidate, CandidateCheck, placesOf, runsOf } from './candidates.ts';
import { addToRuns, KEY_NOT_OFFERED, PageJudge, type PageJudgeOptions } from './page-judge.ts';
import type { SignatureWork } from './signature-pool.ts';
import { SubmissionLine } from './submission-line.ts';

/** What a submission came to. */
interface Submitted {
  /** Signed, for the last block of each run of those that were accepted. */
  readonly receipts: readonly Uint8Array[];
  readonly refusals: Refusal[];
}

/** What a commit changed, told before its submitters are answered; of another process's commit the rows of devices alone. */
export interface Committed {
  readonly changes: ReadonlyMap<string, Uint8Array | undefined>;
  readonly checkpoint: Checkpoint;
}

interface SequencerOptions extends PageJudgeOptions {
  readonly region: Region;
  /** The region's policies as far as they are folded; the sequencer goes on with them. */
  readonly policies: PolicyBook;
  /** The key of the policy in force. */
  readonly hubKey: SigningKey;
  /** The region has taken the offered key: from now on it signs. Ends when that is durable. */
  onHubKey?(key: SigningKey): Promise<void>;
  readonly signatures: SignatureWork;
  /** Why nothing may be ordered now; undefined when it may. */
  refusal?(): Promise<Failure | undefined>;
  /** Writes what hangs on a page's state rows into the same transaction. @param size of the ledger with it */
  project(transaction: WriteTransaction, changes: LedgerPage['changes'], size: number): Promise<void>;
  onCommitted(committed: Committed): void;
  /** Hears why blocks could not be judged or stored, none of which is at fault. */
  onFailed(failure: Failure): void;
  /** The state root of `size` blocks is durable; the ledger stands still until this resolves. */
  onStateDue?(size: number): Promise<void> | undefined;
}

export class Sequencer {
  readonly #options: SequencerOptions;
  readonly #pool: SignatureWork;
  readonly #check: CandidateCheck;
  readonly #judge: PageJudge;
  readonly #line = new SubmissionLine();
  readonly #quarantined: Set<string>;
  #committing: Promise<void> | undefined;
  /** Whether this process has its turn, so that nobody else can have moved the ledger on. */
  #hasTurn = false;
  /** What changes the head here goes one after the other. */
  readonly #moves = new Turns();
  #looking: Promise<void> | undefined;
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
    this.#judge = new PageJudge(options, quarantined);
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

  /** Submits sealed blocks of one clinic in order; answers when all of them are durable or refused. */
  async submit(chain: string, blocks: readonly Uint8Array[]): Promise<Submitted> {
    const candidates = blocks.map((sealed): Candidate => ({ name: blockHash(hashParts, sealed), sealed }));
    if (this.#closed || !this.#line.hasRoom(chain, blocks.length))
      return { receipts: [], refusals: blocks.map((_, at) => refusalOf(at, BUSY)) };
    await this.#line.holding(chain, blocks.length, () =>
      this.#line.inOrder(
        chain,
        this.#check.check(chain, candidates, () => this.#toldUpTo()),
        () => this.#commit(chain, candidates),
      ),
    );
    return {
      receipts: this.#receiptsFor(candidates),
      refusals: candidates.flatMap(({ refusal }, at) => (refusal ? [refusalOf(at, refusal)] : [])),
    };
  }

  /** How far the ledger has got, and the rules that judge the next block. */
  get place(): { readonly head: LedgerHead; readonly rules: Rules } {
    return { head: this.#head, rules: this.#rules };
  }

  /**
   * Takes in what other processes have added to the ledger, up to now at least: whoever was answered by them is answered no less here.
   * @throws {Failure} `hub.ledger-moved` when the stored ledger does not go on from the one that was signed here.
   */
  catchUp(): Promise<void> {
    if (!this.#options.database.share || this.#hasTurn) return CAUGHT_UP;
    // One look serves all who ask before it has begun.
    this.#looking ??= this.#moves.take(() => {
      this.#looking = undefined;
      return this.#takeIn();
    });
    return this.#looking;
  }

  /** The checkpoint of a head that another process has stored, if this one signs with the key that is in force there. */
  signOf(head: TreeHead): Checkpoint | undefined {
    const { activeHubKey } = this.#options.policies.at(head.size);
    return equalBytes(activeHubKey, this.#hubKey.publicKey) ? this.#signTree(head) : undefined;
  }

  /**
   * Puts back a page that this ledger has had, as `Recovery` has proved; gives the size that it has then.
   * @throws {Failure} `hub.key-not-offered`, `hub.rules-unknown`, `hub.ledger-moved`.
   */
  async putBack(page: FoldedPage): Promise<number> {
    await this.#judge.checkPage(page);
    const placed: PlacedRun[] = [];
    for (const { opened, position } of page.blocks) addToRuns(placed, opened, position, this.#options.clock());
    await this.#inTurn(async () => {
      if (page.blocks[0]?.position !== this.#head.size) throw MOVED;
      await this.#store(page, placed);
    });
    return this.#head.size;
  }

  /** Takes no more, finishes what was taken, and ends. */
  async close(): Promise<void> {
    this.#closed = true;
    while (!this.#line.isQuiet || this.#committing) await (this.#committing ?? setImmediate());
    await this.#pool.close();
  }

  /** How much of the ledger has places that may be told now: none while nothing may be ordered. */
  async #toldUpTo(): Promise<number> {
    return (await this.#options.refusal?.()) ? 0 : this.#head.size;
  }

  /** Puts checked candidates in line; ends when they are durable or refused. */
  async #commit(chain: string, checked: readonly Candidate[]): Promise<void> {
    const candidates = checked.filter(({ place }) => !place);
    if (candidates.length === 0) return;
    const settled = this.#line.join(chain, candidates);
    this.#committing ??= this.#commitAll();
    await settled;
  }

  async #commitAll(): Promise<void> {
    // Whoever is ready within this turn of the event loop shares the first commit.
    await setImmediate();
    for (const group of this.#line.groups()) {
      const open = group.candidates.filter((candidate) => !candidate.refusal);
      await this.#commitGroup(open);
      // The next group does not wait for the answers of this one.
      void this.#findRepeated(open).then(group.settle);
    }
    // Here and not a moment later: whoever joins the line from now on has to begin anew.
    this.#committing = undefined;
  }

  /** Ends when each of them has its place or its refusal. */
  async #commitGroup(candidates: readonly Candidate[]): Promise<void> {
    try {
      await this.#inTurn(async () => {
        for (let done = 0; done < candidates.length; ) {
          const page = candidates.slice(done, done + roomInPage(this.#head.size));
          done += await this.#commitPage(page);
        }
      });
    } catch (error) {
      this.#refuse(candidates, error);
    }
  }

  /** Those that have no place yet. */
  #refuse(candidates: readonly Candidate[], error: unknown): void {
    const failure = asFailure(error);
    this.#options.onFailed(failure);
    for (const candidate of candidates) if (!candidate.place) candidate.refusal ??= failure;
  }

  /** Runs `work` while no other process orders anything, from the newest head on. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const { share } = this.#options.database;
    if (!share) return work();
    await share.inTurn(async () => {
      await this.#moves.take(() => this.#takeIn());
      this.#hasTurn = true;
      try {
        await work();
      } finally {
        this.#hasTurn = false;
      }
    });
  }

  /** What was stored since by others: head, policy, devices, closed epochs. */
  async #takeIn(): Promise<void> {
    const { database, policies, onCommitted, onStateDue } = this.#options;
    const { read } = database;
    const from = this.#head;
    const head = await readHead(read, hashParts);
    if (!head || head.size <= from.size) return;
    const [before, acts, devices, evidence] = await Promise.all([
      rootAt(hashParts, from.size, nodeSource(read, hashParts)),
      readActs(read, from.size),
      deviceChangesSince(read, from.size).then((keys) => loadState(read, keys)),
      listEquivocations(read),
    ]);
    if (!equalBytes(before, from.range.root())) throw MOVED;
    for (const { device, epoch } of evidence) this.#quarantined.add(headKey(toHex(device), { epoch }));
    for (const act of acts) if (act.position < head.size) policies.apply(act);
    this.#head = head;
    await this.#takeHubKey();
    this.#checkpoint = this.#sign(head);
    onCommitted({ changes: devices, checkpoint: this.#checkpoint });
    if (head.state?.size === head.size) void onStateDue?.(head.size);
  }

  /** Judges a page, stores what may enter, and signs it; gives how many were dealt with. When storing fails, all of it is refused and nothing has changed. */
  async #commitPage(candidates: readonly Candidate[]): Promise<number> {
    try {
      const refusal = await this.#options.refusal?.();
      if (refusal) throw refusal;
      const { page, entered, placed, dealtWith } = await this.#judge.judge(this.#head, this.#rules, candidates);
      if (entered.length > 0) await this.#store(page, placed);
      for (const { candidate, index, time } of entered) candidate.place = { index, time };
      return dealtWith;
    } catch (error) {
      this.#refuse(candidates, error);
      return candidates.length;
    }
  }

  #store(page: LedgerPage, placed: readonly PlacedRun[]): Promise<void> {
    return this.#moves.take(() => this.#storeNow(page, placed));
  }

  async #storeNow(page: LedgerPage, placed: readonly PlacedRun[]): Promise<void> {
    const { database, project, onCommitted, policies } = this.#options;
    let head = page.head;
    await database.write(async (transaction) => {
      const stored = await readHead(transaction, hashParts);
      if (stored?.size !== this.#head.size || !equalBytes(stored.effects, this.#head.effects)) throw MOVED;
      await writePage(transaction, page);
      await writePlaced(transaction, placed);
      await project(transaction, page.changes, head.size);
      if (head.size % STATE_INTERVAL === 0) {
        head = { ...head, state: { size: head.size, root: await stateRoot(transaction, hashParts) } };
        await writeHead(transaction, head);
      }
      await tellHead(transaction, head);
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
  }

  /** For the blocks that have their place, new and old. */
  #receiptsFor(candidates: readonly Candidate[]): Uint8Array[] {
    const region = this.#options.region.id;
    const hubKey = this.#hubKey;
    const placed = candidates.flatMap(({ name, opened, place }) =>
      opened && place ? [{ hash: name, block: opened.block, place }] : [],
    );
    return endsOfRuns(placed).map(({ hash, block: { device, epoch, height }, place }) =>
      signReceipt({ region, device, epoch, height, block: hash, ...place }, (message) => sign(hubKey, message)),
    );
  }

  /** A block that is in the ledger already keeps its place; another at its height is evidence and closes the epoch. */
  async #findRepeated(candidates: readonly Candidate[]): Promise<void> {
    const repeated = candidates.filter(({ refusal }) => refusal && MAY_BE_REPEATED.has(refusal.code));
    for (const run of runsOf(repeated))
      try {
        const placed = await placesOf(this.#options.database.read, run);
        for (const candidate of run) await this.#takeRepeated(candidate, placed);
      } catch (error) {
        for (const candidate of run) if (!candidate.place) candidate.refusal = asFailure(error);
      }
  }

  async #takeRepeated(candidate: Candidate, placed: Awaited<ReturnType<typeof placesOf>>): Promise<void> {
    const { database, clock } = this.#options;
    const { block, writer } = candidate.opened as OpenedBlock;
    const { device, epoch, height } = block;
    const there = placed.get(height);
    if (!there) return;
    if (equalBytes(there.hash, candidate.name)) {
      candidate.place = { index: there.position, time: there.time };
      delete candidate.refusal;
    } else if (!this.#quarantined.has(headKey(writer.device, block))) {
      const evidence = { device, epoch, height, bytes: candidate.sealed, time: clock() };
      await database.write((transaction) => writeEquivocation(transaction, evidence));
      this.#quarantined.add(headKey(writer.device, block));
    }
  }

  #sign({ size, range, effects, state }: LedgerHead): Checkpoint {
    return this.#signTree({ size, root: range.root(), effects, state });
  }

  #signTree(head: TreeHead): Checkpoint {
    const hubKey = this.#hubKey;
    return signCheckpoint(hashParts, this.#options.region.id, head, hubKey.publicKey, (message) => sign(hubKey, message));
  }
}

const CAUGHT_UP = Promise.resolve();
const MAY_BE_REPEATED = new Set(['ledger.block-repeated', 'ledger.equivocation', 'hub.epoch-quarantined']);

const BUSY = new Failure('hub.busy', 'The hub has as much work waiting as it can keep. Try again in a moment.', { retry: true });
const MOVED = new Failure(
  'hub.ledger-moved',
  'The ledger on disk is not where this hub left it, so nothing was accepted. Restart the hub and run "careledger verify".',
  { retry: true },
);
