/**
 * The replica follows the hub's ledger and believes none of it: each page is hashed, linked, folded and proved to lie
 * under the signed checkpoint before it is stored; the rules' effects must come out as the checkpoint says.
 */
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { ownSignatures } from '../../shared/ledger/admission.ts';
import { blockMessage } from '../../shared/ledger/block.ts';
import { type Checkpoint, claimedHead } from '../../shared/ledger/checkpoint.ts';
import { MAX_WITNESSES, type Region, type Verify } from '../../shared/ledger/founding.ts';
import { type Hash, rootAt, verifyConsistency } from '../../shared/ledger/merkle.ts';
import type { JudgedEvent, OpenedBlock, Rules, SignatureClaim } from '../../shared/ledger/rules.ts';
import { counted } from '../../shared/outcome/counted.ts';
import { asFailure } from '../../shared/outcome/failure.ts';
import { newestBlocks } from '../ledger/blocks.store.ts';
import { activatesRules, type FoldedBlock, foldBlocks, genesisPage, openSealed } from '../ledger/fold.ts';
import { type LedgerHead, readHead } from '../ledger/ledger.store.ts';
import { nodeSource } from '../ledger/tree-nodes.store.ts';
import type { Database } from '../storage/database.ts';
import { CHECKPOINT, readSetting } from './clinic.store.ts';
import type { ClinicLedger, PageToApply } from './clinic-ledger.ts';
import { proofOf } from './download/download.ts';
import { DownloadThread, growHere } from './download/download-thread.ts';
import { fetchBlocks } from './download/fetch-blocks.ts';
import { GrowingPage } from './download/growing-page.ts';
import { beginOf, believed, openedSlices, type Slice } from './download/opened-slices.ts';
import { RecentRows } from './download/recent-rows.ts';
import { type Beginning, beginFromSnapshot, beginningOf } from './download/snapshot.ts';
import { Unapplied } from './download/unapplied.ts';
import { caught, under } from './evidence/caught.ts';
import type { HubClient } from './hub-client.ts';
import { RecentHeads } from './witness/recent-heads.ts';
import { RegionPolicies } from './witness/region-policies.ts';

interface ReplicaOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly hash: Hash;
  readonly verify: Verify;
  readonly rules: Rules;
  /** Bytes of blocks after which what was folded is written: each commit writes most of the state's pages anew. */
  readonly commitBytes?: number;
}

/** Acts that release keys: their signatures are checked before use, even while the audit is behind. */
const RELEASES_KEYS = /^(?:chain|clinic|device|staff|consent|participation|policy|rules|hub)\./;
/** The same for each type that was met. */
const releasingTypes = new Map<string, boolean>();

const COMMIT_BYTES = 4_500_000;
/** A download of more blocks than this is worth a thread of its own. */
const LONG_DOWNLOAD = 4_000;
/** The newest block of each device and epoch: its signature vouches for the whole chain behind it. */
type Newest = Map<string, Pick<OpenedBlock, 'block' | 'content' | 'signature'>>;

export class Replica {
  readonly #options: ReplicaOptions;
  #head: LedgerHead;
  #checkpoint: Checkpoint | undefined;
  /** The snapshot from which this replica began, where it has not the whole ledger. */
  #beginning: Beginning | undefined;
  readonly #unapplied: Unapplied;
  readonly #recent = new RecentHeads();
  /** The type of an event in the next block that no version of the rules known here has: what lies behind is proved, not applied. */
  #newerType: string | undefined;
  /** Who witnesses, who signs and which rules are active, by the size of the ledger. */
  readonly policies: RegionPolicies;

  private constructor(options: ReplicaOptions, head: LedgerHead, policies: RegionPolicies, unapplied: Unapplied) {
    this.#options = options;
    this.#head = head;
    this.policies = policies;
    this.#unapplied = unapplied;
  }

  /** What is here may have been altered on the disk, so that it does not open: the blocks say what it was. */
  static async open(options: ReplicaOptions): Promise<Replica> {
    try {
      return await Replica.#opened(options);
    } catch (error) {
      if (!asFailure(error).code.startsWith('ledger.')) throw error;
      await options.ledger.makeAnew(options.region, options.verify);
      return Replica.#opened(options);
    }
  }

  static async #opened(options: ReplicaOptions): Promise<Replica> {
    // The first pages fill the small heap of a young process, from which V8 concludes that opened blocks live long and puts them
    // where dead ones keep their parts alive: a fifth more time and a third more memory, measured.
    setFlagsFromString('--no-allocation-site-pretenuring');
    const { database, hash, verify, region, ledger } = options;
    let head = await readHead(database.read, hash);
    if (!head) {
      const genesis = genesisPage(hash, region);
      await ledger.apply(genesis);
      head = genesis.head;
    }
    const policies = await RegionPolicies.load(database.read, hash, verify, region);
    const replica = new Replica(options, head, policies, await Unapplied.open(database, hash, verify));
    const note = await readSetting(database.read, CHECKPOINT);
    replica.#checkpoint = note && policies.open(note.toString('utf8'));
    replica.#beginning = await beginningOf(database.read, options);
    return replica;
  }

  get size(): number {
    return this.#head.size;
  }

  /** The rules version that the region has activated and this program does not know; what lies behind is proved, not applied. */
  get updateNeeded(): number | undefined {
    const { rules } = this.policies.current;
    return this.#options.rules.knows(rules) ? undefined : rules;
  }

  /** Whether this program is too old for what comes next: a version of the rules, or an event's type, that it does not know. */
  get isOutdated(): boolean {
    return this.updateNeeded !== undefined || this.#newerType !== undefined;
  }

  /** How far the ledger is proved: beyond `size` only while an update is needed. */
  get provedSize(): number {
    return Math.max(this.#head.size, this.#unapplied.size);
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#checkpoint;
  }

  /** The first position whose block is here: earlier ones are proved on demand. */
  get historyFrom(): number {
    return this.#beginning?.head.size ?? 0;
  }

  /**
   * Goes on to the hub's newest checkpoint. A new replica begins with a snapshot, where one is vouched for. `onPage` hears of each
   * page that is durable.
   * @throws {Failure} `sync.rollback`, `sync.split-view`, `sync.blocks-missing`, `sync.block-invalid`, `sync.root-mismatch`,
   * `sync.effects-mismatch`, `sync.state-mismatch`, `sync.signature-invalid`, `sync.hub-key-replaced`, `sync.snapshot-poisoned` when
   * the hub is caught; network failures, after which the next call goes on where this one stopped.
   */
  async catchUp(hub: HubClient, onPage: (size: number, target: number) => void = () => undefined): Promise<Checkpoint> {
    const { checkpoint: note } = await hub.ask<{ checkpoint: string }>('Checkpoint');
    // Looked at anew each time: a block that was altered on its way may seem to be of a newer program as well.
    this.#newerType = undefined;
    return under(note, async () => {
      const newest = await this.#open(hub, note);
      if (this.provedSize === 0 && newest.state) await this.#begin(hub);
      // What vouched for the snapshot vouches for its effects as well: they must come out at its size, not only at a later one.
      const vouching = this.#beginning?.checkpoint;
      if (vouching && this.#head.size < vouching.size && vouching.size <= newest.size)
        await under(vouching.note, () => this.#follow(hub, vouching, onPage));
      return this.#follow(hub, newest, onPage);
    });
  }

  /**
   * The checkpoints of what is here that the hub shows with cosignatures: in a ledger at work the newest of all is always too new for them.
   * One of more than is here is left out.
   * @throws {Failure} as `PolicyBook.open`; `sync.split-view` when one is not of this ledger; network failures.
   */
  async cosigned(hub: HubClient): Promise<Checkpoint[]> {
    const { cosignedCheckpoints: notes } = await hub.ask<{ cosignedCheckpoints?: string[] }>('CosignedCheckpoints');
    if (!Array.isArray(notes)) return [];
    const opened: Checkpoint[] = [];
    // A hub that talks nonsense has said nothing: it could have withheld them as well.
    for (const note of notes.slice(0, MAX_WITNESSES).filter((each) => typeof each === 'string')) {
      const { size } = claimedHead(note);
      // Before a snapshot there are no nodes to make its root of.
      if (size > 0 && size <= this.#head.size && size >= this.historyFrom)
        opened.push(await under(note, () => this.#openSame(note)));
    }
    return opened;
  }

  async #openSame(note: string): Promise<Checkpoint> {
    const checkpoint = this.policies.open(note);
    if (await this.holds(checkpoint)) return checkpoint;
    throw caught('sync.split-view', `The hub has signed two different ledgers of ${counted(checkpoint.size, 'block')}.`);
  }

  /** Whether the ledger here begins with the one of `checkpoint`, which is no larger. */
  async holds({ size, root }: Checkpoint): Promise<boolean> {
    const { database, hash } = this.#options;
    return equalBytes(await rootAt(hash, size, nodeSource(database.read, hash)), root);
  }

  /** Whether tree, effects and state of `checkpoint`, which is no larger than what is here, were recomputed here, and came out as it says. */
  async recomputed(checkpoint: Checkpoint): Promise<boolean> {
    return this.#recent.agreesWith(checkpoint) && (await this.holds(checkpoint));
  }

  async #begin(hub: HubClient): Promise<void> {
    const { database, hash } = this.#options;
    this.#beginning = await beginFromSnapshot(this.#options, hub);
    this.#head = (await readHead(database.read, hash)) ?? this.#head;
    this.policies.apply(this.#beginning?.head.acts ?? []);
  }

  async #follow(hub: HubClient, target: Checkpoint, onPage: (size: number, target: number) => void): Promise<Checkpoint> {
    while (this.#head.size < target.size && !this.isOutdated) await this.#download(hub, target, onPage);
    if (this.#head.size < target.size) {
      await this.#unapplied.prove(hub, this.#head.range, target);
      return target;
    }
    await this.#unapplied.applied(this.#head.size);
    this.#checkSame(target);
    this.policies.checkEnd(target);
    if (target.note !== this.#checkpoint?.note)
      await this.#keep({ blocks: [], nodes: [], changes: new Map(), head: this.#head }, target);
    return target;
  }

  async #open(hub: HubClient, note: string): Promise<Checkpoint> {
    const target = await this.policies.openNewest(hub, note, this.#head.size);
    const last = this.#checkpoint;
    // What is here may reach beyond the last checkpoint: a download that was cut short, under a later one.
    if (target.size < Math.max(this.provedSize, last?.size ?? 0))
      throw caught(
        'sync.rollback',
        `The hub shows a ledger of ${counted(target.size, 'block')}, after one of at least ${this.provedSize}.`,
      );
    if (last && target.size === last.size && !equalBytes(target.root, last.root))
      throw caught('sync.split-view', `The hub has signed two different ledgers of ${counted(target.size, 'block')}.`);
    return target;
  }

  /** Folds blocks while those before are written and the rows of the next are read; ends early where this program or its rules end. */
  async #download(hub: HubClient, target: Checkpoint, onPage: (size: number, target: number) => void): Promise<void> {
    const { database, hash, rules, commitBytes = COMMIT_BYTES } = this.#options;
    const newest = await this.#unvouched();
    const count = target.size - this.#head.size;
    const isLong = count > LONG_DOWNLOAD;
    // Rows of blocks are mostly one for each event, of which a block has a few.
    const recent = isLong ? await RecentRows.forMany(database.read, 2 * count) : new RecentRows(database.read);
    // What answers out of a file has no place where a thread could ask.
    const thread = hub.place && isLong ? new DownloadThread(hub, hash) : undefined;
    const slices = openedSlices({
      hub,
      fetch: this.#unapplied.fetch(thread?.fetch ?? ((from, limit) => fetchBlocks(hub, from, limit))),
      from: this.#head.size,
      target,
      hash,
      rules: () => rules.at(this.policies.current.rules),
      newest: rules,
      recent,
      commitBytes,
    });
    const pageOn = (head: LedgerHead): GrowingPage => new GrowingPage(head, thread?.grow(head) ?? growHere(hash, head));
    let writing: Promise<void> = Promise.resolve();
    try {
      let page = pageOn(this.#head);
      for await (const slice of slices) {
        const isLast = await this.#fold(slice, page, recent, newest);
        if (isLast && page.size === this.#head.size) break;
        // Writing what was folded before goes on in this thread too, a statement at a time.
        await setImmediate();
        const closes = isLast ? proofOf(hub, page.size, target.size) : slice.closes;
        if (!closes) continue;
        const { page: grown, passed } = await page.done();
        const { head } = grown;
        if (head.size === target.size) this.#checkEnd(head, target, newest);
        else this.#checkPage(head, await closes, target);
        this.policies.check(grown.acts ?? [], target);
        const changes = recent.turn();
        await writing;
        this.#head = { ...head, state: this.#head.state };
        writing = this.#keep({ ...grown, changes, head: this.#head }, target).then(() => {
          this.#recent.passed(head.size, passed);
          onPage(head.size, target.size);
        });
        writing.catch(() => undefined);
        page = pageOn(head);
        if (isLast) break;
      }
      await writing;
    } catch (error) {
      await writing.catch(() => undefined);
      this.#head = (await readHead(database.read, hash)) ?? this.#head;
      throw error;
    } finally {
      await thread?.close();
    }
  }

  /** Newest blocks behind the last checkpoint: an earlier download ended before they were vouched for. */
  async #unvouched(): Promise<Newest> {
    const { database, hash, rules } = this.#options;
    const stored = await newestBlocks(database.read, this.#checkpoint?.size ?? 0);
    // Only their signatures and places are asked for: the newest rules know every type there was.
    const opened = stored.map(({ hash: name, bytes }) => openSealed(hash, rules, bytes, name));
    return new Map(opened.map((each) => [each.keys.head, each]));
  }

  /** Whether other rules begin behind what was folded, or what this program does not know. */
  async #fold(slice: Slice, page: GrowingPage, recent: RecentRows, newest: Newest): Promise<boolean> {
    await slice.rows;
    const folded = believed(slice.from, () => {
      const result = foldBlocks(this.#options.hash, page.size, recent, slice.blocks, slice.leaves);
      this.#checkActs(slice.from, result.blocks, result.bodySignatures);
      return result;
    });
    for (const { opened } of folded.blocks) newest.set(opened.keys.head, opened);
    const own = folded.blocks.filter(({ opened }) => equalBytes(opened.block.device, this.#options.ledger.device));
    const last = folded.blocks.at(-1);
    const isLastOfRules = last !== undefined && activatesRules(last);
    if (!isLastOfRules) this.#newerType = slice.newerType;
    const isLast = isLastOfRules || this.#newerType !== undefined;
    if (slice.broken !== undefined && !isLast) throw slice.broken;
    if (isLast) page.add(folded, own, beginOf(slice.page, page.size + folded.blocks.length - slice.page.from));
    else page.add(folded, own, slice.isLast ? slice.page : undefined);
    return isLast;
  }

  /** Signatures inside bodies are checked here and nowhere later: only now the rows name the keys of this place. */
  #checkActs(from: number, blocks: readonly FoldedBlock[], bodySignatures: readonly SignatureClaim[]): void {
    const releasing = blocks.filter(({ opened }) => opened.events.some(releasesKeys));
    for (const { key, message, signature } of [...releasing.flatMap(({ opened }) => ownSignatures(opened)), ...bodySignatures]) {
      if (!this.#options.verify(key, message, signature))
        throw caught('sync.signature-invalid', 'The hub let in an act that releases keys without a valid signature.', {
          from,
        });
    }
  }

  #checkPage(head: LedgerHead, proof: readonly string[], target: Checkpoint): void {
    const claim = {
      oldSize: head.size,
      newSize: target.size,
      oldRoot: head.range.root(),
      newRoot: target.root,
      proof: proof.map((node) => Buffer.from(node, 'base64')),
    };
    if (!verifyConsistency(this.#options.hash, claim))
      throw caught(
        'sync.root-mismatch',
        `Blocks up to position ${head.size} do not lie under the checkpoint that the hub signed.`,
      );
  }

  /** The end of a download: root and effects as signed, and each device's newest block vouching for its whole chain. */
  #checkEnd(head: LedgerHead, target: Checkpoint, newest: Newest): void {
    if (!equalBytes(head.range.root(), target.root))
      throw caught(
        'sync.root-mismatch',
        `The blocks do not lie under the checkpoint of size ${target.size} that the hub signed.`,
      );
    if (!equalBytes(head.effects, target.effects))
      throw caught('sync.effects-mismatch', `The rules come to another result here than the hub signed at size ${target.size}.`);
    for (const { block, content, signature } of newest.values()) {
      if (!this.#options.verify(block.device, blockMessage(content), signature)) {
        throw caught('sync.signature-invalid', 'The hub let in a block whose device signature does not hold.', {
          device: toHex(block.device).slice(0, 16),
        });
      }
    }
  }

  /** Everything is here: the checkpoint must be the one that this replica comes to. */
  #checkSame(target: Checkpoint): void {
    if (!equalBytes(this.#head.range.root(), target.root) || !equalBytes(this.#head.effects, target.effects)) {
      throw caught('sync.split-view', `The hub signs a ledger of ${counted(target.size, 'block')} that is not the one it sent.`);
    }
    const { state } = this.#head;
    if (target.state && state && state.size === target.state.size && !equalBytes(state.root, target.state.root)) {
      throw caught('sync.state-mismatch', `The state after ${counted(state.size, 'block')} differs from what the hub signed.`);
    }
  }

  /** Writes a page that was checked; the checkpoint comes with the last one. The state root of `target` is recomputed when its size is reached. */
  async #keep(page: PageToApply, target: Checkpoint): Promise<void> {
    const isLast = page.head.size === target.size;
    const settings = isLast ? [[CHECKPOINT, Buffer.from(target.note, 'utf8')] as const] : [];
    const head = await this.#options.ledger.apply(page, settings, target.state);
    this.#head = { ...this.#head, state: head.state };
    if (head.state) this.#recent.cameTo(head.state);
    this.policies.apply(page.acts ?? []);
    if (isLast) this.#checkpoint = target;
  }
}

function releasesKeys({ typed }: JudgedEvent): boolean {
  const { type } = typed.event;
  let releases = releasingTypes.get(type);
  if (releases === undefined) {
    releases = RELEASES_KEYS.test(type);
    releasingTypes.set(type, releases);
  }
  return releases;
}
