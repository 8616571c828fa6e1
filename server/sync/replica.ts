/**
 * The replica follows the hub's ledger and believes none of it: each page is hashed, linked, folded and proved to lie
 * under the signed checkpoint before it is stored; the rules' effects must come out as the checkpoint says.
 */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { signaturesOf } from '../../shared/ledger/admission.ts';
import { blockMessage } from '../../shared/ledger/block.ts';
import { type Checkpoint, openCheckpoint } from '../../shared/ledger/checkpoint.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import { type Hash, verifyConsistency } from '../../shared/ledger/merkle.ts';
import { type OpenedBlock, PageView, type Rules } from '../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import { type FoldedPage, foldPage, genesisPage, openSealed, readsOf, roomInPage } from '../ledger/fold.ts';
import { type LedgerHead, loadState, readHead } from '../ledger/ledger.store.ts';
import type { Database } from '../storage/database.ts';
import { readSetting } from './clinic.store.ts';
import type { ClinicLedger } from './clinic-ledger.ts';
import type { HubClient } from './hub-client.ts';

export interface ReplicaOptions {
  readonly database: Database;
  readonly ledger: ClinicLedger;
  readonly region: Region;
  readonly hash: Hash;
  readonly verify: Verify;
  readonly rules: Rules;
}

/** Name of the setting that holds the newest checkpoint accepted here. */
export const CHECKPOINT = 'checkpoint';
const PAGES_AHEAD = 2;

/** What the hub did that it must not do: kept, shown, and syncing stops. */
export function caught(code: string, message: string, details: Record<string, string | number> = {}): Failure {
  return new Failure(code, `${message} Syncing has stopped; nothing of it was used. Tell your region's administrators.`, {
    details,
  });
}

/** Acts that release keys: their signatures are checked before use, even while the audit is behind. */
const RELEASES_KEYS = /^(?:chain|device|staff|consent|participation)\./;

interface Page {
  readonly from: number;
  readonly blocks: Promise<string[]>;
  readonly proof: Promise<string[]>;
}

export class Replica {
  readonly #options: ReplicaOptions;
  #head: LedgerHead;
  #checkpoint: Checkpoint | undefined;
  /** Rows of pages that are folded but not yet committed. */
  #uncommitted: ReadonlyMap<string, Uint8Array | undefined> = new Map();

  private constructor(options: ReplicaOptions, head: LedgerHead, checkpoint: Checkpoint | undefined) {
    this.#options = options;
    this.#head = head;
    this.#checkpoint = checkpoint;
  }

  static async open(options: ReplicaOptions): Promise<Replica> {
    const { database, hash, verify, region, ledger } = options;
    let head = await readHead(database.read, hash);
    if (!head) {
      const genesis = genesisPage(hash, region);
      await ledger.apply(genesis, []);
      head = genesis.head;
    }
    const note = await readSetting(database.read, CHECKPOINT);
    const checkpoint = note && openCheckpoint(hash, verify, region.id, region.genesis.hubKey, note.toString('utf8'));
    return new Replica(options, head, checkpoint);
  }

  get size(): number {
    return this.#head.size;
  }

  get checkpoint(): Checkpoint | undefined {
    return this.#checkpoint;
  }

  /**
   * Goes on to the hub's newest checkpoint. `onPage` hears of each page that is durable.
   * @throws {Failure} `sync.rollback`, `sync.split-view`, `sync.block-invalid`, `sync.root-mismatch`, `sync.effects-mismatch`,
   * `sync.signature-invalid` when the hub is caught; network failures, after which the next call goes on where this one stopped.
   */
  async catchUp(hub: HubClient, onPage: (size: number, target: number) => void = () => undefined): Promise<Checkpoint> {
    const { checkpoint: note } = await hub.ask<{ checkpoint: string }>('Checkpoint');
    const target = this.#open(note);
    const newest = new Map<string, OpenedBlock>();
    const pages = this.#pages(hub, target.size);
    let committing: Promise<void> = Promise.resolve();
    try {
      for (const page of pages) {
        const folded = await this.#fold(page, target, newest);
        const isLast = folded.head.size === target.size;
        if (isLast) this.#checkEnd(folded.head, target, newest);
        await committing;
        this.#uncommitted = folded.changes;
        this.#head = folded.head;
        committing = this.#commit(folded, isLast ? target : undefined).then(() => onPage(folded.head.size, target.size));
        committing.catch(() => undefined);
      }
      await committing;
    } catch (error) {
      await committing.catch(() => undefined);
      this.#head = (await readHead(this.#options.database.read, this.#options.hash)) ?? this.#head;
      this.#uncommitted = new Map();
      throw error;
    }
    this.#uncommitted = new Map();
    if (this.#head.size === target.size) this.#checkSame(target);
    if (note !== this.#checkpoint?.note)
      await this.#options.ledger.apply({ blocks: [], nodes: [], changes: new Map(), head: this.#head }, [
        [CHECKPOINT, Buffer.from(note, 'utf8')],
      ]);
    this.#checkpoint = target;
    return target;
  }

  #open(note: string): Checkpoint {
    const { hash, verify, region } = this.#options;
    const target = openCheckpoint(hash, verify, region.id, region.genesis.hubKey, note);
    const last = this.#checkpoint;
    if (last && target.size < last.size)
      throw caught('sync.rollback', `The hub shows a ledger of ${target.size} blocks, after one of ${last.size}.`);
    if (last && target.size === last.size && !equalBytes(target.root, last.root))
      throw caught('sync.split-view', `The hub has signed two different ledgers of ${target.size} blocks.`);
    return target;
  }

  /** Requests pages ahead of their use; the generator is consumed in order. */
  *#pages(hub: HubClient, target: number): Generator<Page> {
    const queue: Page[] = [];
    let from = this.#head.size;
    const more = (): void => {
      while (from < target && queue.length <= PAGES_AHEAD) {
        const limit = Math.min(LIMITS.blocksPerPage, roomInPage(from), target - from);
        const end = from + limit;
        const blocks = hub.ask<{ blocks: { blocks: string[] } }>('Blocks', { from, limit }).then((data) => data.blocks.blocks);
        const proof =
          end === target
            ? Promise.resolve([])
            : hub
                .ask<{ consistencyProof: string[] }>('ConsistencyProof', { from: end, size: target })
                .then((data) => data.consistencyProof);
        for (const promise of [blocks, proof]) promise.catch(() => undefined);
        queue.push({ from, blocks, proof });
        from = end;
      }
    };
    for (more(); queue.length > 0; more()) yield queue.shift() as Page;
  }

  async #fold(page: Page, target: Checkpoint, newest: Map<string, OpenedBlock>): Promise<FoldedPage> {
    const { hash, rules } = this.#options;
    const texts = await page.blocks;
    const expected = Math.min(LIMITS.blocksPerPage, roomInPage(page.from), target.size - page.from);
    if (texts.length !== expected)
      throw caught('sync.blocks-missing', `The hub sent ${texts.length} of ${expected} blocks from position ${page.from}.`);
    let folded: FoldedPage;
    try {
      const blocks = texts.map((text) => {
        const sealed = Buffer.from(text, 'base64');
        return { sealed, opened: openSealed(hash, rules, sealed) };
      });
      const loaded = await this.#load(readsOf(blocks));
      folded = foldPage(hash, this.#head, loaded, blocks);
      for (const { opened } of blocks) {
        newest.set(opened.writer.device, opened);
        if (opened.events.some(({ typed }) => RELEASES_KEYS.test(typed.event.type)))
          this.#checkSignatures(opened, new PageView(new Map([...loaded, ...folded.changes])));
      }
    } catch (error) {
      const failure = asFailure(error);
      if (/^(?:storage|sync|internal)\./.test(failure.code)) throw failure;
      throw caught(
        'sync.block-invalid',
        `A block from position ${page.from} on breaks the rules (${failure.code}: ${failure.message}).`,
        { from: page.from },
      );
    }
    if (folded.head.size < target.size) await this.#checkPage(folded, page, target);
    return folded;
  }

  async #load(keys: readonly string[]): Promise<Map<string, Uint8Array | undefined>> {
    const uncommitted = this.#uncommitted;
    const rows = await loadState(this.#options.database.read, keys);
    for (const key of keys) if (uncommitted.has(key)) rows.set(key, uncommitted.get(key));
    return rows;
  }

  async #checkPage(folded: FoldedPage, page: Page, target: Checkpoint): Promise<void> {
    const proof = (await page.proof).map((node) => Buffer.from(node, 'base64'));
    const claim = {
      oldSize: folded.head.size,
      newSize: target.size,
      oldRoot: folded.head.range.root(),
      newRoot: target.root,
      proof,
    };
    if (!verifyConsistency(this.#options.hash, claim))
      throw caught(
        'sync.root-mismatch',
        `Blocks up to position ${folded.head.size} do not lie under the checkpoint that the hub signed.`,
      );
  }

  /** The end of a download: root and effects as signed, and each device's newest block vouching for its whole chain. */
  #checkEnd(head: LedgerHead, target: Checkpoint, newest: ReadonlyMap<string, OpenedBlock>): void {
    if (!equalBytes(head.range.root(), target.root))
      throw caught(
        'sync.root-mismatch',
        `The blocks do not lie under the checkpoint of size ${target.size} that the hub signed.`,
      );
    if (!equalBytes(head.effects, target.effects))
      throw caught('sync.effects-mismatch', `The rules come to another result here than the hub signed at size ${target.size}.`);
    for (const opened of newest.values()) {
      if (!this.#options.verify(opened.block.device, blockMessage(opened.content), opened.signature)) {
        throw caught('sync.signature-invalid', 'The hub let in a block whose device signature does not hold.', {
          device: toHex(opened.block.device).slice(0, 16),
        });
      }
    }
  }

  #checkSignatures(opened: OpenedBlock, view: PageView): void {
    for (const { key, message, signature } of signaturesOf(view, opened)) {
      if (!this.#options.verify(key, message, signature))
        throw caught('sync.signature-invalid', 'The hub let in an act that releases keys without a valid signature.', {
          block: toHex(opened.hash).slice(0, 16),
        });
    }
  }

  /** Nothing to download: the checkpoint must be the one that this replica comes to. */
  #checkSame(target: Checkpoint): void {
    if (!equalBytes(this.#head.range.root(), target.root) || !equalBytes(this.#head.effects, target.effects)) {
      throw caught('sync.split-view', `The hub signs a ledger of ${target.size} blocks that is not the one it sent.`);
    }
    const state = this.#head.state;
    if (target.state && state && state.size === target.state.size && !equalBytes(state.root, target.state.root)) {
      throw caught('sync.state-mismatch', `The state after ${state.size} blocks differs from what the hub signed.`);
    }
  }

  async #commit(folded: FoldedPage, target: Checkpoint | undefined): Promise<void> {
    await this.#options.ledger.apply(folded, target ? [[CHECKPOINT, Buffer.from(target.note, 'utf8')]] : []);
  }
}
