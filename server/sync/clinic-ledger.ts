/**
 * The clinic's ledger on this device: takes acts from the vault and pages from the hub, and writes each in one durable
 * transaction. It alone writes clinic.db.
 */
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { type ChainPosition, startEpoch } from '../../shared/ledger/admission.ts';
import { type EpochsRow, epochsKey, epochsRow, isRetired } from '../../shared/ledger/epochs.ts';
import { RULES_VERSION } from '../../shared/ledger/event.ts';
import type { Region, Verify } from '../../shared/ledger/founding.ts';
import { POLICY_KEY, policyRow } from '../../shared/ledger/policy.ts';
import { erasedIn } from '../../shared/ledger/rows.ts';
import type { OpenedBlock, Rules } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { Turns } from '../../shared/outcome/turns.ts';
import { type FoldedBlock, openSealed } from '../ledger/fold.ts';
import { type LedgerHead, type LedgerPage, type StoredBlock, writePage } from '../ledger/ledger.store.ts';
import { loadState } from '../ledger/state-rows.store.ts';
import { checkpointAfterErasure, type Database, type WriteTransaction } from '../storage/database.ts';
import { keepBrought } from './clinic-host/brought-blocks.ts';
import type { ClinicBlock } from './clinic-host/clinic-blocks.store.ts';
import { hasErrands, writeErrands, writeSetting } from './clinic-writes.store.ts';
import { goBack, makeAnew } from './download/go-back.ts';
import { withState } from './download/state-at-interval.ts';
import { eraseHandles, hasErased, takeUpTombstones } from './erased.store.ts';
import type { LocalVerdict, LocalWrite, OutgoingEvent } from './gateway.ts';
import { writeAct, writeActOnce } from './own-acts/act.store.ts';
import { hasGap, hasOpenAltered, unacknowledgedBlocks } from './own-acts/altered.store.ts';
import { findAltered, leaveAltered } from './own-acts/altered.ts';
import { addAside } from './own-acts/aside.store.ts';
import { isShared, lastWritten, newestKnown } from './own-acts/continuity.store.ts';
import { breakOf, type ChainMark } from './own-acts/continuity.ts';
import { layPending, type PendingGround } from './own-acts/lay-pending.ts';
import {
  type ChainOptions,
  giveWay,
  moveOn,
  type NewEpoch,
  readNewEpoch,
  settleOwn,
  writeNewEpoch,
} from './own-acts/own-chain.ts';
import { firstPosition, following, portion } from './own-acts/pending.ts';
import { comesBack, findAside } from './own-acts/set-aside.ts';
import { actOf, signAct } from './own-acts/sign-act.ts';

interface ClinicLedgerOptions extends PendingGround, ChainOptions {
  readonly database: Database;
}

/** A page as it was folded; where its blocks are in `runs`, this device's own among them are in `own`, judged. */
export interface PageToApply extends LedgerPage {
  readonly blocks: ReadonlyArray<StoredBlock | FoldedBlock>;
  readonly own?: readonly FoldedBlock[] | undefined;
}

export class ClinicLedger {
  readonly #options: ClinicLedgerOptions;
  #next: ChainPosition;
  #newEpoch: NewEpoch | undefined;
  /** The rules that this device's acts are judged by: the region's, or the newest known here when the region's are newer. */
  #rules: Rules;
  /** This device's epochs as the ledger has them. */
  #epochs: EpochsRow | undefined;
  /** State keys that what is pending was judged by: only a page that changes one of them has it judged again. */
  #ground = new Set<string>();
  /** Erased bytes that a reader kept on the disk: the next act or page tries again. */
  #isScrubDue = false;
  /** Acts that wait were altered on the disk, and it is not known yet whether the hub has them. */
  #isAltered = false;
  /** Acts and pages take turns: an act is judged over what the last one left. */
  readonly #turns = new Turns();

  private constructor(options: ClinicLedgerOptions, next: ChainPosition, newEpoch: NewEpoch | undefined) {
    this.#options = options;
    this.#next = next;
    this.#newEpoch = newEpoch;
    this.#rules = options.rules.at(RULES_VERSION);
  }

  /** Goes on where the folder stopped, or in a new epoch where it cannot prove that it does. */
  static async open(options: ClinicLedgerOptions): Promise<ClinicLedger> {
    const { database, author, continuity, clock, hash } = options;
    await database.write((transaction) => findAltered(transaction, { hash, device: author.device, now: clock() }));
    const last = await lastWritten(database.read);
    const isOvertaken = last !== undefined && (await isShared(database.read, last.epoch));
    const hasLost = last !== undefined && (await hasGap(database.read, last.epoch));
    const left = isOvertaken ? 'ledger-ahead' : hasLost ? 'act-altered' : undefined;
    const why = breakOf(author.device, last, await continuity.last()) ?? left;
    let next = last ? following({ ...last, previous: last.hash }, last.hash) : firstPosition(options.epoch());
    if (why) next = startEpoch(options.epoch(), await newestKnown(database.read));
    if (why) await database.write((transaction) => writeNewEpoch(transaction, { why, at: clock() }));
    const ledger = new ClinicLedger(options, next, await readNewEpoch(database));
    ledger.#judgeBy((await loadState(database.read, [POLICY_KEY])).get(POLICY_KEY));
    await ledger.#readEpochs();
    ledger.#isAltered = await hasOpenAltered(database.read);
    ledger.#ground = await ledger.#turns.take(() => options.database.write((transaction) => ledger.#layPending(transaction)));
    await options.database.write(takeUpTombstones);
    // A crash may have come between an erasure and its leaving the disk.
    if (await hasErased(options.database.read)) await ledger.#turns.take(() => ledger.#scrub());
    return ledger;
  }

  /** As `DeviceGateway.commit`. */
  commit(write: LocalWrite): Promise<readonly LocalVerdict[]> {
    return this.#turns.take(() => this.#commit(write));
  }

  get chain(): Uint8Array {
    return this.#options.author.chain;
  }

  get device(): Uint8Array {
    return this.#options.author.device;
  }

  /** A sealed block, taken apart by the rules that count here. @throws {Failure} when it is none, or of rules that are not known here. */
  open(sealed: Uint8Array): OpenedBlock {
    return openSealed(this.#options.hash, this.#rules, sealed);
  }

  /** Where this device's chain stands. */
  get next(): ChainPosition {
    return this.#next;
  }

  /** The newest time that this device had to go on in a new epoch. */
  get newEpoch(): NewEpoch | undefined {
    return this.#newEpoch;
  }

  /** Whether its clinic has retired the epoch in which this copy of the device's data goes on. */
  get isRetired(): boolean {
    return isRetired(this.#epochs, this.#next.epoch);
  }

  /** Whether the ledger shows that two copies of this device's data are in use. */
  get isInUseTwice(): boolean {
    return (this.#epochs?.beside.length ?? 0) > 0;
  }

  /**
   * Leaves an epoch that the hub or the clinic has closed: all that the hub has not taken goes into a new one, in its order, since what
   * was written in later epochs stands on it.
   */
  async beginAnew(): Promise<void> {
    await this.#turns.take(async () => {
      const moved = await this.#options.database.write(async (transaction) => {
        const next = await moveOn(transaction, this.#options, await unacknowledgedBlocks(transaction), 'closed');
        return { next, ground: await this.#layPending(transaction) };
      });
      await this.#settleAt(moved.next, moved.ground);
    });
  }

  /**
   * Takes acts out of the queue whose signatures by the clinic hold no more, with what stands on them; the rest goes on in a new
   * epoch, since the old blocks are signed and the hub has seen them. Gives how many acts wait to be signed anew.
   */
  setAside(verify: Verify): Promise<number> {
    return this.#turns.take(async () => {
      const { hash, database } = this.#options;
      const moved = await database.write(async (transaction) => {
        const waiting = await unacknowledgedBlocks(transaction);
        const aside = await findAside(transaction, { hash, rules: this.#rules, verify }, waiting);
        if (aside.length === 0) return undefined;
        await addAside(transaction, aside.filter(comesBack));
        const options = { ...this.#options, leaveOut: new Set(aside.map(({ event }) => toHex(event))) };
        const next = await moveOn(transaction, options, waiting, 'keys-changed');
        return { next, ground: await this.#layPending(transaction), count: aside.length };
      });
      if (moved) await this.#settleAt(moved.next, moved.ground);
      return moved?.count ?? 0;
    });
  }

  /** Looks whether acts that wait were altered on the disk since this was opened, and puts right what can be. Gives how many were. */
  findAltered(): Promise<number> {
    return this.#turns.take(async () => {
      const { database, clock, hash } = this.#options;
      const found = await this.#layOver((transaction) => findAltered(transaction, { hash, device: this.device, now: clock() }));
      this.#isAltered = await hasOpenAltered(database.read);
      return found;
    });
  }

  /**
   * To be called between a download and sending: an altered act that the ledger does not have goes aside, and all that waits is signed anew
   * in its order, in a new epoch, as each block names the one before. Gives whether anything about altered acts has changed.
   */
  async leaveAltered(): Promise<boolean> {
    if (!this.#isAltered) return false;
    return this.#turns.take(async () => {
      const { database, clock, continuity } = this.#options;
      const moved = await database.write(async (transaction) => {
        if ((await leaveAltered(transaction, clock())) === 0) return undefined;
        const waiting = await unacknowledgedBlocks(transaction);
        const next = await moveOn(transaction, this.#options, waiting, 'act-altered');
        return { next, ground: await this.#layPending(transaction), last: await lastWritten(transaction) };
      });
      // Where nothing was signed anew, the newest block is one before what went aside: the mark has to say so.
      if (moved?.last) await continuity.advance({ ...moved.last, device: this.device });
      if (moved) await this.#settleAt(moved.next, moved.ground);
      this.#isAltered = await hasOpenAltered(database.read);
      return true;
    });
  }

  /**
   * Writes a page that was folded and checked, moves this device's blocks in it out of what is pending, and lays what is
   * still pending anew over the state when the page changed it. One transaction. Gives the head with its newest state root.
   * @param signed the state root that the hub signed: recomputed when the page reaches its size, and older ones are not
   * Blocks of this device that the folder does not know, of a copy or of a later state of it, are taken in like the rest; what
   * waits here at their heights moves into a new epoch.
   * @throws {Failure} `sync.state-mismatch`; then nothing is written.
   */
  apply(
    page: PageToApply,
    settings: ReadonlyArray<readonly [name: string, value: Uint8Array]> = [],
    signed?: LedgerHead['state'],
  ): Promise<LedgerHead> {
    return this.#turns.take(async () => {
      const erased = erasedIn(page.changes);
      const { head, next, ground } = await this.#options.database.write(async (transaction) => {
        await writePage(transaction, page);
        if (erased.length > 0) await eraseHandles(transaction, erased);
        const head = await withState(transaction, this.#options.hash, page.head, signed);
        for (const setting of settings) await writeSetting(transaction, ...setting);
        if (page.changes.has(POLICY_KEY)) this.#judgeBy(page.changes.get(POLICY_KEY));
        const { settled, learned } = await settleOwn(transaction, this.device, [...page.blocks, ...(page.own ?? [])]);
        const next = learned > 0 ? await giveWay(transaction, this.#options, this.#next) : this.#next;
        const isMoved = settled + learned > 0 || meet(this.#ground, page.changes);
        return { head, next, ground: isMoved ? await this.#layPending(transaction) : this.#ground };
      });
      await this.#settleAt(next, ground);
      if (erased.length > 0 || this.#isScrubDue) await this.#scrub();
      return head;
    });
  }

  /**
   * Takes in blocks of the clinic in the clinic host's order, this device's own among them: those of other devices lie over the replica's
   * state from now on, judged by the rules, until the ledger has them. Whoever calls has checked their authors' signatures.
   * @param takenBack blocks that their device has put into others @param mark is written along
   */
  takeClinicBlocks(
    blocks: readonly ClinicBlock[],
    takenBack: readonly Uint8Array[],
    mark: (transaction: WriteTransaction) => Promise<void>,
  ): Promise<void> {
    return this.#turns.take(async () => {
      const { database, clock } = this.#options;
      const isOwn = ({ opened }: ClinicBlock): boolean => equalBytes(opened.block.device, this.device);
      const ground = await database.write(async (transaction) => {
        const keys = await keepBrought(transaction, { blocks, takenBack, isOwn, now: clock() });
        await mark(transaction);
        return keys === 'lay-anew' ? this.#layPending(transaction) : new Set([...this.#ground, ...keys]);
      });
      this.#ground = ground;
    });
  }

  /** Has `write` put another state in the place of the one that is here, and lays what is pending over it. One transaction. */
  adopt(write: (transaction: WriteTransaction) => Promise<void>): Promise<void> {
    return this.#turns.take(() => this.#layOver(write));
  }

  /**
   * Puts the replica back to its first `size` blocks; own acts behind them are pending again.
   * @throws {Failure} as `goBack`; then nothing is changed.
   */
  goBack(region: Region, size: number): Promise<void> {
    return this.#turns.take(async () => {
      const { hash, rules } = this.#options;
      await this.#layOver(async (transaction) => {
        await goBack(transaction, { hash, rules, region }, size);
        this.#judgeBy((await loadState(transaction, [POLICY_KEY])).get(POLICY_KEY));
      });
      await this.#readEpochs();
    });
  }

  /**
   * State and tree made anew out of the blocks that are here, and what is pending laid over them.
   * @throws {Failure} as `makeAnew`; then nothing is changed.
   */
  makeAnew(region: Region, verify: Verify): Promise<void> {
    const { hash, rules } = this.#options;
    return this.#turns.take(() => this.#layOver((transaction) => makeAnew(transaction, { hash, rules, region, verify })));
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

  #judgeBy(policy: Uint8Array | undefined): void {
    const { rules } = this.#options;
    const active = policy ? decode(policyRow, policy).rules : RULES_VERSION;
    this.#rules = rules.knows(active) ? rules.at(active) : rules;
  }

  async #commit(write: LocalWrite): Promise<readonly LocalVerdict[]> {
    const { database } = this.#options;
    const portions = portion(write.events ?? []);
    // The mark reaches the disk while the act is signed and judged, and before anything of it is written.
    const marking = this.#mark(portions.length);
    marking.catch(() => undefined);
    const signed = await this.#sign(portions).catch(async (error: unknown) => {
      // What was signed is thrown away unseen.
      const before = await marking;
      if (before) await this.#options.continuity.advance(before);
      throw error;
    });
    await marking;
    const { blocks, keys, judgements, changes } = signed;
    const act = actOf(signed, write);
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

  #sign(portions: ReadonlyArray<readonly OutgoingEvent[]>): ReturnType<typeof signAct> {
    const { hash, author, clock, database } = this.#options;
    return signAct({ hash, author, clock, read: database.read, rules: this.#rules, at: this.#next }, portions);
  }

  /** After a transaction that may have moved this device on. */
  async #settleAt(next: ChainPosition, ground: Set<string>): Promise<void> {
    if (!equalBytes(next.epoch, this.#next.epoch)) this.#newEpoch = await readNewEpoch(this.#options.database);
    this.#next = next;
    this.#ground = ground;
    await this.#readEpochs();
  }

  async #readEpochs(): Promise<void> {
    const key = epochsKey(toHex(this.device));
    const row = (await loadState(this.#options.database.read, [key])).get(key);
    this.#epochs = row && decode(epochsRow, row);
  }

  /** Notes outside of the folder that so many blocks are about to be signed; gives the mark before, to take it back. */
  async #mark(blocks: number): Promise<ChainMark | undefined> {
    if (blocks === 0) return undefined;
    const { author, continuity } = this.#options;
    const { epoch, height } = this.#next;
    await continuity.advance({ device: author.device, epoch, height: height + blocks - 1 });
    return height > 0 ? { device: author.device, epoch, height: height - 1 } : undefined;
  }

  /** Has `write` change the state, and lays what is pending over it. One transaction. */
  async #layOver<T>(write: (transaction: WriteTransaction) => Promise<T>): Promise<T> {
    const { done, ground } = await this.#options.database.write(async (transaction) => ({
      done: await write(transaction),
      ground: await this.#layPending(transaction),
    }));
    this.#ground = ground;
    return done;
  }

  #layPending(transaction: WriteTransaction): Promise<Set<string>> {
    return layPending(transaction, this.#options, this.#rules);
  }
}

/** Whether some key is in both. */
function meet(a: ReadonlySet<string>, b: ReadonlyMap<string, unknown>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const key of few.keys()) if (many.has(key)) return true;
  return false;
}
