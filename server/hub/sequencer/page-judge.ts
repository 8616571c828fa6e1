/** What a group of candidates adds to the ledger: each judged where it would stand, and those left out that may not enter. */
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { decode } from '../../../shared/encoding/codec.ts';
import { policyActBody } from '../../../shared/ledger/policy.ts';
import { headKey, type OpenedBlock, PageView, type Rules } from '../../../shared/ledger/rules.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { activatesRules, type FoldedPage, foldBlocks, openSealed, readsOf } from '../../ledger/fold.ts';
import { GrowingHead } from '../../ledger/growing-head.ts';
import type { LedgerHead, LedgerPage } from '../../ledger/ledger.store.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import { documentNamedBy } from '../../rules-registry.ts';
import type { Database } from '../../storage/database.ts';
import { hashParts } from '../../vault/hash-parts.ts';
import type { SigningKey } from '../../vault/primitives.ts';
import type { PlacedRun } from '../hub.store.ts';
import { excusedDocuments } from '../relay/erasure.store.ts';
import { handlesOfDocuments } from '../relay/relay.store.ts';
import { ACT_FORGED, type Candidate, eachInTurns, stillHold } from './candidates.ts';

/** A candidate that has its place in the page. */
interface Entered {
  readonly candidate: Candidate;
  readonly index: number;
  readonly time: number;
}

interface JudgedPage {
  readonly page: LedgerPage;
  readonly entered: readonly Entered[];
  readonly placed: readonly PlacedRun[];
  /** How many candidates were dealt with: behind a block that activates other rules the rest is to be judged by those. */
  readonly dealtWith: number;
}

export interface PageJudgeOptions {
  readonly database: Database;
  /** The newest version that this program knows, with those before it. */
  readonly rules: Rules;
  readonly clock: () => number;
  /** The key that this hub offers to sign with next, if any. */
  nextHubKey?(): Promise<SigningKey | undefined>;
}

export class PageJudge {
  readonly #options: PageJudgeOptions;
  readonly #quarantined: ReadonlySet<string>;

  /** @param quarantined head keys of epochs that take no more */
  constructor(options: PageJudgeOptions, quarantined: ReadonlySet<string>) {
    this.#options = options;
    this.#quarantined = quarantined;
  }

  /** @param active the rules that judge the block after `start` */
  async judge(start: LedgerHead, active: Rules, candidates: readonly Candidate[]): Promise<JudgedPage> {
    const { database, clock } = this.#options;
    openAnew(active, candidates);
    const opened = candidates.map((candidate) => ({ sealed: candidate.sealed, opened: candidate.opened as OpenedBlock }));
    const nextHubKey = await this.#keyFor(opened.map((each) => each.opened));
    const [rows, missing] = await Promise.all([loadState(database.read, readsOf(opened)), this.#missingDocuments(candidates)]);
    const time = clock();
    let hasEnded = false;
    let { size } = start;
    const growing = new GrowingHead(hashParts, start);
    const placed: PlacedRun[] = [];
    const entered: Entered[] = [];
    const blocks: LedgerPage['blocks'][number][] = [];
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
        const view = new PageView(rows);
        const folded = foldBlocks(hashParts, size, view, [each]);
        if (!stillHold(candidate, folded.bodySignatures)) throw ACT_FORGED;
        this.#checkAbility(folded.acts, nextHubKey);
        hasEnded = folded.blocks.some(activatesRules);
        for (const [key, value] of view.changes) {
          rows.set(key, value);
          changes.set(key, value);
        }
        growing.add(folded.growth);
        blocks.push(...folded.blocks);
        disputes.push(...folded.disputes);
        acts.push(...folded.acts);
        addToRuns(placed, each.opened, size, time);
        entered.push({ candidate, index: size, time });
        size += 1;
      } catch (error) {
        candidate.refusal = asFailure(error);
      }
    });
    const last = entered.at(-1)?.candidate;
    const dealtWith = hasEnded && last ? candidates.indexOf(last) + 1 : candidates.length;
    return { page: { blocks, changes, disputes, acts, ...growing.done() }, entered, placed, dealtWith };
  }

  /** The same over a page that is folded already. @throws {Failure} when this hub cannot do what its acts ask for. */
  async checkPage({ blocks, acts }: FoldedPage): Promise<void> {
    this.#checkAbility(acts, await this.#keyFor(blocks.map(({ opened }) => opened)));
  }

  /** The key that this hub offers to sign with next, where a block may have it do so. */
  async #keyFor(opened: readonly OpenedBlock[]): Promise<SigningKey | undefined> {
    const rotates = opened.some(({ events }) => events.some(({ typed }) => typed.event.type === 'hub.rotated'));
    return rotates ? this.#options.nextHubKey?.() : undefined;
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

  /** Candidates whose events name a document that is not here under their handle. */
  async #missingDocuments(candidates: readonly Candidate[]): Promise<Set<Candidate>> {
    const { read } = this.#options.database;
    const named = candidates.flatMap((candidate) =>
      (candidate.opened as OpenedBlock).events.flatMap((event) => {
        const name = documentNamedBy(event);
        return name ? [{ candidate, name, handle: event.typed.event.handle }] : [];
      }),
    );
    if (named.length === 0) return new Set();
    const names = named.map(({ name }) => name);
    const handles = await handlesOfDocuments(read, names);
    const missing = named.filter(({ handle }, at) => !equalBytes(handle, handles[at] ?? NO_BYTES));
    const excused = await excusedDocuments(read, missing);
    return new Set(missing.filter((_, at) => !excused[at]).map(({ candidate }) => candidate));
  }
}

/** Opens candidates again that were opened before other rules began. */
function openAnew(active: Rules, candidates: readonly Candidate[]): void {
  for (const candidate of candidates) {
    if (candidate.refusal || candidate.opened?.rules === active.version) continue;
    try {
      candidate.opened = openSealed(hashParts, active, candidate.sealed, candidate.name);
    } catch (error) {
      candidate.refusal = asFailure(error);
    }
  }
}

/** Continues the last run, or begins one: a device sends many blocks at once, so that runs are few. */
export function addToRuns(runs: PlacedRun[], { block }: OpenedBlock, position: number, time: number): void {
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

const DOCUMENT_MISSING = new Failure(
  'hub.document-missing',
  'A document that this block names is not at the hub yet. Upload it, then submit the block again.',
  { retry: true },
);
const QUARANTINED = new Failure(
  'hub.epoch-quarantined',
  'This device wrote two different blocks at one height, so this epoch is closed. It goes on in a new epoch.',
);
const RULES_UNKNOWN = new Failure(
  'hub.rules-unknown',
  'This hub does not know that version of the rules. Update the hub first; nothing was changed.',
);
export const KEY_NOT_OFFERED = new Failure(
  'hub.key-not-offered',
  'This hub does not offer that key to sign with. Its administrator makes one with "hub rotate"; nothing was changed.',
);
