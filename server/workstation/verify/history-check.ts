/**
 * A ledger checked from its genesis on as if nothing of it were believed: hashes, links, verdicts, tree, effects and state are
 * computed anew, and each signature is verified on every core while the next blocks are folded.
 */
import { ownSignatures } from '../../../shared/ledger/admission.ts';
import type { Region } from '../../../shared/ledger/founding.ts';
import { bearsOnPolicy, PolicyBook, type StoredAct } from '../../../shared/ledger/policy-book.ts';
import type { OpenedBlock, SignatureClaim } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { activatesRules, type FoldedPage, foldPage, genesisPage, openSealed, readsOf, roomInPage } from '../../ledger/fold.ts';
import type { LedgerHead, LedgerPage } from '../../ledger/ledger.store.ts';
import { stateRootOf } from '../../ledger/state-rows.store.ts';
import { careledgerRules } from '../../rules-registry.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import type { VerifyPool } from '../../vault/verify-pool.ts';

/** Pages of signatures in flight: enough to keep each verification thread busy. */
const PAGES_AHEAD = 4;

export interface CheckedBlock {
  readonly bytes: Uint8Array;
  /** H of the sealed block, computed by the caller. */
  readonly hash: Uint8Array;
}

/** Where a check begins: the genesis, or a snapshot that was checked before. */
export interface HistoryStart {
  readonly head: LedgerHead;
  readonly rows: ReadonlyMap<string, Uint8Array>;
  readonly acts: readonly StoredAct[];
}

export const fromGenesis = (region: Region): HistoryStart => {
  const { head, changes } = genesisPage(hashParts, region);
  return { head, rows: changes as ReadonlyMap<string, Uint8Array>, acts: [] };
};

export class HistoryCheck {
  readonly #pool: VerifyPool;
  readonly #rules = careledgerRules();
  readonly #rows: Map<string, Uint8Array>;
  /** Heads at the sizes whose state root is asked for. */
  readonly #states = new Map<number, LedgerHead>();
  readonly #stateSizes: ReadonlySet<number>;
  readonly #inFlight: Promise<void>[] = [];
  readonly #policies: PolicyBook;
  readonly #acts: StoredAct[];
  #head: LedgerHead;
  #signatures = 0;
  /** Hears what each page came to: tree nodes, disputes, acts. */
  onPage: (page: Pick<LedgerPage, 'nodes' | 'disputes'>) => void = () => undefined;

  /** @param stateSizes where the state root is to be computed on the way: multiples of 65,536. */
  constructor(region: Region, pool: VerifyPool, stateSizes: ReadonlySet<number> = new Set(), start = fromGenesis(region)) {
    this.#pool = pool;
    this.#policies = new PolicyBook(region);
    this.#acts = [...start.acts];
    for (const act of start.acts) this.#policies.apply(act);
    this.#rows = new Map(start.rows);
    this.#head = start.head;
    this.#stateSizes = stateSizes;
  }

  /** Size, tree and effects so far. */
  get head(): LedgerHead {
    return this.#head;
  }

  /** The head, state root included, as it stood at one of the sizes asked for. */
  stateAt(size: number): LedgerHead | undefined {
    return this.#states.get(size);
  }

  /** State rows as the events so far leave them. */
  get rows(): ReadonlyMap<string, Uint8Array> {
    return this.#rows;
  }

  /** The region's policies as the events so far leave them: who witnesses, which key is the hub's. */
  get policies(): PolicyBook {
    return this.#policies;
  }

  /** Accepted acts that bear on the policy, in order. */
  get acts(): readonly StoredAct[] {
    return this.#acts;
  }

  /** Signatures that were taken in to be verified. */
  get signatures(): number {
    return this.#signatures;
  }

  /** The next blocks. @throws {Failure} what does not hold, with its position; also of earlier blocks, whose signatures took longer. */
  async add(blocks: readonly CheckedBlock[]): Promise<void> {
    for (let done = 0; done < blocks.length; ) {
      const page = blocks.slice(done, done + roomInPage(this.#head.size));
      done += await this.#addPage(page);
    }
  }

  /** Ends when every signature was verified. @throws {Failure} as `add`. */
  async end(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  /** Gives how many were taken in: a page ends where other rules begin. */
  async #addPage(blocks: readonly CheckedBlock[]): Promise<number> {
    const from = this.#head.size;
    const { opened, broken } = this.#open(blocks, from);
    const keys = readsOf(opened);
    const folded = this.#fold(opened, keys);
    for (const [key, value] of folded.changes) {
      if (value === undefined) this.#rows.delete(key);
      else this.#rows.set(key, value);
    }
    this.#head = folded.head;
    this.onPage(folded);
    const { size } = folded.head;
    if (this.#stateSizes.has(size))
      this.#states.set(size, { ...folded.head, state: { size, root: stateRootOf(hashParts, this.#rows) } });
    for (const act of folded.acts ?? []) {
      this.#policies.apply(act);
      if (bearsOnPolicy(act)) this.#acts.push(act);
    }
    const verified = this.#verify(
      from,
      folded.blocks.map(({ opened: block }) => ownSignatures(block)),
      folded.bodySignatures,
    );
    verified.catch(() => undefined);
    this.#inFlight.push(verified);
    if (this.#inFlight.length > PAGES_AHEAD) await this.#inFlight.shift();
    const last = folded.blocks.at(-1);
    if (broken && !(last && activatesRules(last))) throw broken;
    return folded.blocks.length;
  }

  /** Blocks opened under the rules in force, up to the first that these do not know. */
  #open(blocks: readonly CheckedBlock[], from: number) {
    const rules = this.#rules.at(this.#policies.current.rules);
    const opened: { sealed: Uint8Array; opened: OpenedBlock }[] = [];
    for (const [at, { bytes, hash }] of blocks.entries()) {
      try {
        opened.push({ sealed: bytes, opened: placed(from + at, () => openSealed(hashParts, rules, bytes, hash)) });
      } catch (error) {
        if (at === 0) throw error;
        return { opened, broken: asFailure(error) };
      }
    }
    return { opened, broken: undefined };
  }

  #fold(opened: ReadonlyArray<{ sealed: Uint8Array; opened: ReturnType<typeof openSealed> }>, keys: string[]): FoldedPage {
    const rows = new Map(keys.map((key) => [key, this.#rows.get(key)]));
    try {
      return foldPage(hashParts, this.#head, rows, opened);
    } catch (error) {
      // Once more, one by one, to say where.
      let head = this.#head;
      for (const each of opened) {
        const { changes, head: next } = placed(head.size, () => foldPage(hashParts, head, rows, [each]));
        for (const [key, value] of changes) rows.set(key, value);
        head = next;
      }
      throw error;
    }
  }

  async #verify(from: number, own: readonly SignatureClaim[][], inBodies: readonly SignatureClaim[]): Promise<void> {
    const claims = [...own.flat(), ...inBodies];
    this.#signatures += claims.length;
    const bad = (await this.#pool.verify(claims)).indexOf(0);
    if (bad < 0) return;
    let position = from;
    let left = bad;
    for (const { length } of own) {
      if (left < length) break;
      left -= length;
      position += 1;
    }
    const end = from + own.length;
    throw position < end
      ? invalid(`The block at position ${position} carries a signature that does not hold.`, position)
      : invalid(`Between positions ${from} and ${end} a signature inside an event does not hold.`, from);
  }
}

const invalid = (message: string, position: number): Failure =>
  new Failure('verify.signature-invalid', message, { details: { position } });

/** What `judge` throws, with the place where. */
function placed<T>(position: number, judge: () => T): T {
  try {
    return judge();
  } catch (error) {
    const { code, message } = asFailure(error);
    throw new Failure(code, `The block at position ${position} may not stand there: ${message}`, { details: { position } });
  }
}
