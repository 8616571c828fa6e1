/**
 * The clinic's ledger on this device: takes acts from the vault and pages from the hub, and writes each in one durable
 * transaction. It alone writes clinic.db.
 */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import type { ChainPosition } from '../../shared/ledger/admission.ts';
import { foundingRows } from '../../shared/ledger/enrolment-rules.ts';
import type { Founding } from '../../shared/ledger/founding.ts';
import type { Hash } from '../../shared/ledger/merkle.ts';
import { chainKey, type Judgement, type Rules } from '../../shared/ledger/rules.ts';
import { STATE_INTERVAL } from '../../shared/ledger/state-interval.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { type FoldedBlock, openSealed } from '../ledger/fold.ts';
import {
  type LedgerHead,
  type LedgerPage,
  loadState,
  type StoredBlock,
  stateRoot,
  writeHead,
  writePage,
} from '../ledger/ledger.store.ts';
import { checkpointAfterErasure, type Database, type WriteTransaction } from '../storage/database.ts';
import { type Act, writeAct, writeActOnce } from './act.store.ts';
import { caught } from './caught.ts';
import {
  hasErrands,
  lastOwnBlock,
  replacePendingRows,
  settleOwnBlock,
  unsettledBlocks,
  writeErrands,
  writeSetting,
} from './clinic-writes.store.ts';
import { erasedIn, eraseHandles, hasErased } from './erased.store.ts';
import type { LocalVerdict, LocalWrite } from './gateway.ts';
import {
  type BlockAuthor,
  firstPosition,
  following,
  judgePending,
  loadOverlaid,
  portion,
  type SealedBlock,
  sealBlock,
} from './pending.ts';

export interface ClinicLedgerOptions {
  readonly database: Database;
  readonly hash: Hash;
  readonly rules: Rules;
  readonly author: BlockAuthor;
  /**
   * This clinic's founding: its rows stand under what is pending until the region has admitted the clinic. A further device
   * has none before it is let in, and its clinic is in the region.
   */
  readonly founding: Founding | undefined;
  /** 64 random bits for a new epoch. */
  readonly epoch: () => Uint8Array;
  readonly clock: () => number;
}

/** A page as it was folded; where its blocks are in `runs`, this device's own among them are in `own`, judged. */
export interface PageToApply extends LedgerPage {
  readonly blocks: ReadonlyArray<StoredBlock | FoldedBlock>;
  readonly own?: readonly FoldedBlock[] | undefined;
}

export class ClinicLedger {
  readonly #options: ClinicLedgerOptions;
  #next: ChainPosition;
  /** State keys that what is pending was judged by: only a page that changes one of them has it judged again. */
  #ground = new Set<string>();
  /** Erased bytes that a reader kept on the disk: the next act or page tries again. */
  #isScrubDue = false;
  /** Acts and pages take turns: an act is judged over what the last one left. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: ClinicLedgerOptions, next: ChainPosition) {
    this.#options = options;
    this.#next = next;
  }

  static async open(options: ClinicLedgerOptions): Promise<ClinicLedger> {
    const last = await lastOwnBlock(options.database.read);
    const next = last
      ? following({ epoch: last.epoch, height: last.height, previous: last.hash }, last.hash)
      : firstPosition(options.epoch());
    const ledger = new ClinicLedger(options, next);
    ledger.#ground = await ledger.#inTurn(() => options.database.write((transaction) => ledger.#layPending(transaction)));
    // A crash may have come between an erasure and its leaving the disk.
    if (await hasErased(options.database.read)) await ledger.#inTurn(() => ledger.#scrub());
    return ledger;
  }

  /** As `DeviceGateway.commit`. */
  commit(write: LocalWrite): Promise<readonly LocalVerdict[]> {
    return this.#inTurn(() => this.#commit(write));
  }

  get device(): Uint8Array {
    return this.#options.author.device;
  }

  /** Where this device's chain stands. */
  get next(): ChainPosition {
    return this.#next;
  }

  /**
   * Writes a page that was folded and checked, moves this device's blocks in it out of what is pending, and lays what is
   * still pending anew over the state when the page changed it. One transaction. Gives the head with its newest state root.
   * @param signed the state root that the hub signed: recomputed when the page reaches its size, and older ones are not
   * @throws {Failure} `sync.state-mismatch`, `sync.own-block-unknown`; then nothing is written.
   */
  apply(
    page: PageToApply,
    settings: ReadonlyArray<readonly [name: string, value: Uint8Array]> = [],
    signed?: LedgerHead['state'],
  ): Promise<LedgerHead> {
    return this.#inTurn(async () => {
      const erased = erasedIn(page.changes);
      const { head, ground } = await this.#options.database.write(async (transaction) => {
        await writePage(transaction, page);
        if (erased.length > 0) await eraseHandles(transaction, erased);
        const head = await this.#withState(transaction, page.head, signed);
        for (const setting of settings) await writeSetting(transaction, ...setting);
        const settled = await this.#settleOwn(transaction, page);
        const isMoved = settled > 0 || meet(this.#ground, page.changes);
        return { head, ground: isMoved ? await this.#layPending(transaction) : this.#ground };
      });
      this.#ground = ground;
      if (erased.length > 0 || this.#isScrubDue) await this.#scrub();
      return head;
    });
  }

  async #withState(transaction: WriteTransaction, head: LedgerHead, signed: LedgerHead['state']): Promise<LedgerHead> {
    const { size } = head;
    if (size === 0 || size % STATE_INTERVAL > 0 || head.state?.size === size || (signed && signed.size !== size)) return head;
    const root = await stateRoot(transaction, this.#options.hash);
    if (signed && !equalBytes(root, signed.root))
      throw caught('sync.state-mismatch', `The state after ${size} blocks differs from what the hub signed.`);
    const withState = { ...head, state: { size, root } };
    await writeHead(transaction, withState);
    return withState;
  }

  /** What was erased leaves the disk now, or with the next act when somebody is reading: the erasure itself is durable. */
  async #scrub(): Promise<void> {
    this.#isScrubDue = true;
    try {
      await checkpointAfterErasure(this.#options.database);
      this.#isScrubDue = false;
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'storage.busy')) throw error;
    }
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #commit(write: LocalWrite): Promise<readonly LocalVerdict[]> {
    const { database } = this.#options;
    const blocks = this.#seal(write);
    const keys = [...new Set(blocks.flatMap(({ opened }) => opened.reads))];
    const rows = keys.length > 0 ? await loadOverlaid(database.read, keys) : new Map<string, Uint8Array | undefined>();
    const opened = blocks.map((block) => block.opened);
    const { judgements, changes } = judgePending(this.#options.hash, rows, opened);
    for (const judgement of judgements.flat()) refuseRights(judgement);
    const act: Act = {
      blocks: blocks.map(({ sealed, opened: { hash: name, block } }, at) => ({
        hash: name,
        epoch: block.epoch,
        height: block.height,
        bytes: sealed,
        reasons: reasonsOf(judgements[at] ?? []),
      })),
      pending: changes,
      write,
      places: placesOf(write, blocks),
    };
    const erased = erasedIn(changes);
    if (hasErrands(write) || erased.length > 0) {
      await database.write(
        async (transaction) => {
          await writeAct(transaction, act);
          await writeErrands(transaction, write, this.#options.hash);
          if (erased.length > 0) await eraseHandles(transaction, erased);
        },
        { group: true },
      );
    } else await writeActOnce(database, act);
    for (const key of keys) this.#ground.add(key);
    const last = blocks.at(-1);
    if (last) this.#next = following({ ...this.#next, height: last.opened.block.height }, last.opened.hash);
    if (write.forgetHandles?.length || erased.length > 0 || this.#isScrubDue) await this.#scrub();
    return judgements
      .flat()
      .map(({ verdict, reason }) => ({ verdict: verdict === 'disputed' ? 'disputed' : 'accepted', reason }));
  }

  #seal(write: LocalWrite): SealedBlock[] {
    const { hash, rules, author, clock } = this.#options;
    let at = this.#next;
    return portion(write.events ?? []).map((events) => {
      const block = sealBlock(hash, rules, author, at, clock(), events);
      at = following(at, block.opened.hash);
      return block;
    });
  }

  /** Gives how many blocks of this device the page has. */
  async #settleOwn(transaction: WriteTransaction, page: PageToApply): Promise<number> {
    const device = toHex(this.#options.author.device);
    let own = 0;
    const blocks: readonly (StoredBlock | FoldedBlock)[] = [...page.blocks, ...(page.own ?? [])];
    for (const block of blocks) {
      if (!('opened' in block) || block.opened.writer.device !== device) continue;
      const reasons = JSON.stringify(block.outcome.judgements.map((judgement) => judgement.reason ?? ''));
      const settled = await settleOwnBlock(transaction, block.hash, block.position, reasons);
      // A block of ours that we do not know: a clone of this folder, or a copy restored from the past, has written it.
      if (settled === 0)
        throw new Failure(
          'sync.own-block-unknown',
          'The ledger holds a block of this device that this data folder does not know: the folder was restored from a copy, or runs on two machines. Stop here and ask your administrator.',
        );
      own += 1;
    }
    return own;
  }

  /** Judges this device's pending blocks again and writes what they change over the state; gives the keys that all this stands on. */
  async #layPending(transaction: WriteTransaction): Promise<Set<string>> {
    const { hash, rules, founding } = this.#options;
    const chain = founding && chainKey(toHex(founding.chain));
    const admitted = !chain || (await loadState(transaction, [chain])).get(chain) !== undefined;
    const base = new Map<string, Uint8Array | undefined>(admitted ? [] : foundingRows(founding));
    const stored = await unsettledBlocks(transaction);
    const opened = stored.map(({ hash: name, bytes }) => openSealed(hash, rules, bytes, name));
    const keys = new Set(opened.flatMap((block) => block.reads));
    const rows = await loadState(transaction, [...keys]);
    for (const [key, value] of base) rows.set(key, value);
    const { judgements, changes } = judgePending(hash, rows, opened);
    await replacePendingRows(transaction, new Map([...base, ...changes]));
    for (const [at, { hash: name }] of stored.entries())
      await settleOwnBlock(transaction, name, null, reasonsOf(judgements[at] ?? []));
    return chain ? keys.add(chain) : keys;
  }
}

/** Whether some key is in both. */
function meet(a: ReadonlySet<string>, b: ReadonlyMap<string, unknown>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const key of few.keys()) if (many.has(key)) return true;
  return false;
}

function refuseRights(judgement: Judgement): void {
  if (judgement.verdict !== 'refused') return;
  throw new Failure('ledger.refused', `The rules of the ledger refuse this: ${judgement.reason ?? 'no reason given'}.`, {
    details: { reason: judgement.reason ?? '' },
  });
}

const reasonsOf = (judgements: readonly Judgement[]): string =>
  JSON.stringify(judgements.map((judgement) => judgement.reason ?? ''));

/** Which block and event each document of a write belongs to, by hexadecimal name. */
function placesOf(write: LocalWrite, blocks: readonly SealedBlock[]): Map<string, { block: Uint8Array; event: number }> {
  const places = new Map<string, { block: Uint8Array; event: number }>();
  let block = 0;
  let event = 0;
  for (const { document } of write.events ?? []) {
    if (event === blocks[block]?.opened.events.length) {
      block += 1;
      event = 0;
    }
    if (document) places.set(toHex(document), { block: (blocks[block] as SealedBlock).opened.hash, event });
    event += 1;
  }
  return places;
}
