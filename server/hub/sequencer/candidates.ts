/** Submitted blocks on their way into the ledger: taken apart, and every signature checked off the main thread. */
import { setImmediate } from 'node:timers/promises';
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { bodySignatures, ownSignatures } from '../../../shared/ledger/admission.ts';
import { KEPT_ACTS } from '../../../shared/ledger/policy-book.ts';
import { chainKey, type OpenedBlock, PageView, type Rules, type SignatureClaim } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { openSealed } from '../../ledger/fold.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Database, Queryable } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import { verifySignature } from '../../vault/primitives.ts';
import { findPlacedRun } from '../hub.store.ts';
import type { SignatureWork } from './signature-pool.ts';

/** A run of fewer has its signatures checked in the time of a look into the database. */
const WORTH_A_LOOK = 4;
/** Milliseconds of work after which the event loop gets its turn. */
const TURN_MS = 5;

/** A block with what is known of it so far; `refusal` once it may not enter, `place` once it has. */
export interface Candidate {
  readonly name: Uint8Array;
  readonly sealed: Uint8Array;
  opened?: OpenedBlock;
  /** Signatures inside event bodies that were found to hold, with the keys of that moment. */
  bodySignatures?: readonly SignatureClaim[];
  /** Where it stands in the ledger, durably, and when it was taken. */
  place?: { readonly index: number; readonly time: number };
  refusal?: Failure;
}

export class CandidateCheck {
  readonly #database: Database;
  readonly #rules: () => Rules;
  readonly #pool: SignatureWork;

  constructor(database: Database, rules: () => Rules, pool: SignatureWork) {
    this.#database = database;
    this.#rules = rules;
    this.#pool = pool;
  }

  /**
   * Opens blocks and checks every signature that they stand on. Blocks that are in the ledger already get their place instead: their bytes
   * are those that were checked when they came first, so that bringing them again, by mistake or as a flood, costs no signature.
   * @param toldUpTo how many blocks of the ledger count as placed
   */
  async check(chain: string, candidates: readonly Candidate[], toldUpTo: () => Promise<number>): Promise<void> {
    await this.#open(chain, candidates);
    await this.#recognise(candidates, toldUpTo);
    await this.#checkSignatures(
      chain,
      candidates.filter(({ opened, refusal, place }) => opened && !refusal && !place),
    );
  }

  async #open(chain: string, candidates: readonly Candidate[]): Promise<void> {
    const rules = this.#rules();
    await eachInTurns(candidates, (candidate) => {
      try {
        const opened = openSealed(hashParts, rules, candidate.sealed, candidate.name);
        if (opened.writer.chain !== chain)
          throw new Failure('hub.block-of-another-clinic', 'A device may submit blocks of its own clinic only.');
        candidate.opened = opened;
      } catch (error) {
        candidate.refusal = asFailure(error);
      }
    });
  }

  async #recognise(candidates: readonly Candidate[], toldUpTo: () => Promise<number>): Promise<void> {
    for (const run of runsOf(candidates)) {
      if (run.length < WORTH_A_LOOK) continue;
      const [size, placed] = await Promise.all([toldUpTo(), placesOf(this.#database.read, run)]);
      for (const candidate of run) {
        const at = placed.get(heightOf(candidate));
        if (at && at.position < size && equalBytes(at.hash, candidate.name))
          candidate.place = { index: at.position, time: at.time };
      }
    }
  }

  async #checkSignatures(chain: string, candidates: readonly Candidate[]): Promise<void> {
    const view = new PageView(await this.#rowsForSignatures(chain, candidates));
    const owners: Candidate[] = [];
    const claims: SignatureClaim[] = [];
    let isKeyChanging = false;
    for (const candidate of candidates) {
      if (!candidate.opened) continue;
      if (candidate.opened.hasBodySignatures && isKeyChanging) {
        candidate.refusal = KEYS_CHANGING;
        continue;
      }
      isKeyChanging ||= candidate.opened.events.some(({ typed }) => KEPT_ACTS.has(typed.event.type));
      if (candidate.opened.hasBodySignatures && !view.get(chainKey(chain))) {
        candidate.refusal = new Failure('ledger.chain-unknown', 'The clinic of this block has not been admitted to the region.');
        continue;
      }
      try {
        candidate.bodySignatures = bodySignatures(view, candidate.opened);
        for (const claim of [...ownSignatures(candidate.opened), ...candidate.bodySignatures]) {
          owners.push(candidate);
          claims.push(claim);
        }
      } catch (error) {
        candidate.refusal = asFailure(error);
      }
    }
    const valid = await this.#pool.verify(chain, claims);
    valid.forEach((holds, at) => {
      const candidate = owners[at] as Candidate;
      if (!holds) candidate.refusal ??= owners[at - 1] === candidate ? ACT_FORGED : BLOCK_FORGED;
    });
  }

  /** Rows that name the keys of signatures inside events, as they stand now: the sequencer looks again where they change in between. */
  #rowsForSignatures(chain: string, candidates: readonly Candidate[]): Promise<Map<string, Uint8Array | undefined>> {
    const keys = new Set([chainKey(chain)]);
    for (const { opened } of candidates) if (opened?.hasBodySignatures) for (const key of opened.reads) keys.add(key);
    return keys.size === 1 ? Promise.resolve(new Map()) : loadState(this.#database.read, [...keys]);
  }
}

const heightOf = ({ opened }: Candidate): number => (opened as OpenedBlock).block.height;

/** Opened candidates of one device and epoch whose heights follow each other. */
export function runsOf(candidates: readonly Candidate[]): Array<readonly Candidate[]> {
  const runs: Candidate[][] = [];
  for (const candidate of candidates) {
    if (!candidate.opened) continue;
    const run = runs.at(-1);
    const before = run?.at(-1)?.opened?.block;
    const { device, epoch, height } = candidate.opened.block;
    const follows =
      before && height === before.height + 1 && equalBytes(device, before.device) && equalBytes(epoch, before.epoch);
    if (run && follows) run.push(candidate);
    else runs.push([candidate]);
  }
  return runs;
}

/** By height what stands in the ledger where a run of candidates would. */
export async function placesOf(
  connection: Queryable,
  run: readonly Candidate[],
): Promise<Map<number, { position: number; time: number; hash: Uint8Array }>> {
  const [first, last] = [run[0], run.at(-1)];
  if (!first?.opened || !last) return new Map();
  const { device, epoch, height } = first.opened.block;
  const placed = await findPlacedRun(connection, { device, epoch, from: height, to: heightOf(last) });
  return new Map(placed.map((each) => [each.height, each]));
}

/** Whether a block's signatures hold with the keys at its place; those that were checked with the same keys are not checked again. */
export function stillHold({ bodySignatures: checked = [] }: Candidate, claims: readonly SignatureClaim[]): boolean {
  return claims.every(({ key, message, signature }, at) => {
    const before = checked[at];
    const isSame =
      checked.length === claims.length &&
      before !== undefined &&
      equalBytes(before.key, key) &&
      equalBytes(before.message, message) &&
      equalBytes(before.signature, signature);
    return isSame || verifySignature(key, message, signature);
  });
}

/** Does `work` on each item and lets the event loop have its turn in between. */
export async function eachInTurns<T>(items: readonly T[], work: (item: T, at: number) => void): Promise<void> {
  let turn = performance.now();
  for (let at = 0; at < items.length; at++) {
    work(items[at] as T, at);
    if (at % 16 !== 15 || performance.now() - turn < TURN_MS) continue;
    await setImmediate();
    turn = performance.now();
  }
}

const BLOCK_FORGED = new Failure('ledger.block-signature-invalid', 'The device signature of this block does not hold.');
export const ACT_FORGED = new Failure(
  'ledger.event-signature-invalid',
  'A signature of a person or a clinic on an act in this block does not hold.',
);
const KEYS_CHANGING = new Failure(
  'hub.keys-changing',
  'A block before this one changes keys that this one is signed with. Send it again.',
  { retry: true },
);
