/**
 * One keeper of peppers: counts a try, durably, before it answers. At most ten tries that did not open the card, over every keeper it has
 * heard of; what clears them is the patient's signature. The same at the clinic's desk and at the hub, which differ in where a
 * pepper lies.
 */
import type { CardRow } from '../../shared/care-card/card-rules.ts';
import { cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import {
  askMessage,
  type CardAnswer,
  type CardAsk,
  type CardCount,
  type CardOpened,
  failedTries,
  MOST_TRIES,
  mergedCount,
  openedMessage,
} from '../../shared/care-card/card-tries.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { compartmentKey, compartmentRow, deviceRow, isErased } from '../../shared/ledger/rows.ts';
import { deviceKey } from '../../shared/ledger/rules.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Database, WriteTransaction } from '../storage/database.ts';
import { sha256, verifySignature } from '../vault/primitives.ts';
import { countsAfter, countsOf, lastCount, writeCount } from './card-counts.store.ts';
import { pepperValue } from './card-secrets.ts';

const NO_PROOF = new Uint8Array(64);
const NOTHING = new Uint8Array(0);
/** Counts in one answer. */
const COUNTS_PER_ANSWER = 1000;

interface KeeperParts {
  readonly database: Database;
  /** This keeper's id: a device of the home clinic, or the region. @throws {Failure} while there is none. */
  readonly keeper: () => Uint8Array;
  /** The region's id, under which the hub counts; undefined at a clinic without one. */
  readonly hub: () => Uint8Array | undefined;
  /** Rows of the ledger as they stand here. */
  readonly state: (keys: readonly string[]) => Promise<ReadonlyArray<Uint8Array | undefined>>;
  /** The pepper of a card that may be asked about. @throws {Failure} `card.unknown`. */
  readonly pepper: (transaction: WriteTransaction, card: Uint8Array, row: CardRow | undefined) => Promise<Uint8Array>;
  /** A card that is not on the ledger yet, at a hub: whose clinic asks. Left out: only cards of the ledger are answered. */
  readonly newCards?: boolean;
}

/** What one keeper tells another: counts that changed, and up to where. */
interface CountsPage {
  readonly counts: readonly CardCount[];
  readonly last: number;
}

export class TryCounter {
  readonly #parts: KeeperParts;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  /**
   * Asking again what was asked last costs no try: an answer that got lost is given again.
   * @param asking chain of who asks: the home of a card that the ledger does not have yet
   * @throws {Failure} `card.ask-forged`, `card.unknown`, `card.ended`, `card.no-tries-left`.
   */
  async ask(ask: CardAsk, asking: Uint8Array = NOTHING): Promise<CardAnswer> {
    if (!verifySignature(ask.card, askMessage(ask), ask.proof)) throw forged();
    const row = await this.#living(ask.card);
    const home = row?.custodian ?? asking;
    const keeper = this.#parts.keeper();
    const blind = sha256(ask.blind);
    // One transaction: however many kiosks ask at once, each try is counted before the next is looked at.
    const { pepper, tried, left } = await this.#parts.database.write(async (transaction) => {
      const counts = await countsOf(transaction, ask.card);
      const own = counts.find((count) => equalBytes(count.keeper, keeper));
      const isRepeated = own !== undefined && equalBytes(own.blind, blind);
      if (!isRepeated && failedTries(counts) >= MOST_TRIES) throw noTriesLeft();
      const found = await this.#parts.pepper(transaction, ask.card, row);
      const before = own ?? { card: ask.card, keeper, home, tried: 0, cleared: 0, proof: NO_PROOF, blind: NOTHING };
      const after = isRepeated ? before : { ...before, home, tried: before.tried + 1, blind };
      if (!isRepeated) await writeCount(transaction, after);
      const failed = failedTries([...counts.filter((count) => count !== own), after]);
      return { pepper: found, tried: after.tried, left: Math.max(0, MOST_TRIES - failed) };
    });
    return { value: pepperValue(pepper, ask), keeper, tried, left };
  }

  /** @throws {Failure} `card.unknown`, `card.opened-forged`. */
  async opened({ card, keeper, tried, proof }: CardOpened): Promise<void> {
    const row = await this.#living(card);
    if (!row) throw unknownCard();
    const holds = verifySignature(row.signingKey, openedMessage({ card, keeper, tried }), proof);
    await this.#parts.database.write(async (transaction) => {
      const own = (await countsOf(transaction, card)).find((count) => equalBytes(count.keeper, keeper));
      if (!holds || !own || tried > own.tried) throw openedForged();
      if (tried > own.cleared) await writeCount(transaction, { ...own, cleared: tried, proof });
    });
  }

  /**
   * Takes what another keeper knows. Of each count the larger stands; what clears one has to be signed by the patient, and only desks
   * of the home clinic and the hub count at all. What does not hold is left out.
   */
  async take(counts: readonly CardCount[], mayTell: (count: CardCount, row: CardRow) => boolean = () => true): Promise<void> {
    for (const count of counts) {
      const row = await this.#row(count.card);
      if (!row || !mayTell(count, row) || !(await this.#mayCount(count, row)) || !isProven(count, row)) continue;
      await this.#parts.database.write(async (transaction) => {
        const known = (await countsOf(transaction, count.card)).find((each) => equalBytes(each.keeper, count.keeper));
        const merged = known ? mergedCount(known, count) : count;
        if (known && merged.tried === known.tried && merged.cleared === known.cleared) return;
        await writeCount(transaction, { ...merged, home: row.custodian, blind: known?.blind ?? NOTHING });
      });
    }
  }

  /** Counts of the cards of one home clinic that changed after `after`. */
  async changes(home: Uint8Array, after: number): Promise<CountsPage> {
    const rows = await countsAfter(this.#parts.database.read, home, after, COUNTS_PER_ANSWER);
    const last = rows.length < COUNTS_PER_ANSWER ? await lastCount(this.#parts.database.read) : (rows.at(-1)?.changed ?? after);
    return { counts: rows, last };
  }

  /** Tries that remain, for a screen of the home clinic. */
  async left(card: Uint8Array): Promise<number> {
    return Math.max(0, MOST_TRIES - failedTries(await countsOf(this.#parts.database.read, card)));
  }

  async #row(card: Uint8Array): Promise<CardRow | undefined> {
    const [bytes] = await this.#parts.state([cardKey(toHex(card))]);
    return bytes && decode(cardRow, bytes);
  }

  async #living(card: Uint8Array): Promise<CardRow | undefined> {
    const row = await this.#row(card);
    if (!row && !this.#parts.newCards) throw unknownCard();
    if (!row) return undefined;
    const [home] = await this.#parts.state([compartmentKey(toHex(row.handle))]);
    if (row.ended !== 0 || !home || isErased(decode(compartmentRow, home))) throw cardEnded();
    return row;
  }

  /** The hub, or a desk of the home clinic: nobody else keeps a pepper. */
  async #mayCount({ keeper }: CardCount, { custodian }: CardRow): Promise<boolean> {
    const hub = this.#parts.hub();
    if (hub && equalBytes(keeper, hub)) return true;
    const [device] = await this.#parts.state([deviceKey(toHex(keeper))]);
    const row = device && decode(deviceRow, device);
    return row?.kind === 'workstation' && equalBytes(row.chain, custodian);
  }
}

const isProven = ({ card, keeper, tried, cleared, proof }: CardCount, { signingKey }: CardRow): boolean =>
  cleared <= tried && (cleared === 0 || verifySignature(signingKey, openedMessage({ card, keeper, tried: cleared }), proof));

export const cardEnded = (): Failure =>
  new Failure('card.ended', 'This care card does not count any more. Use the newer one, or ask the reception.');

export const unknownCard = (): Failure =>
  new Failure('card.unknown', 'This care card is not known here. It may be of another region, or too new: sync and try again.');

const noTriesLeft = (): Failure =>
  new Failure(
    'card.no-tries-left',
    'The PIN of this care card was wrong ten times, so the card is shut. Ask the reception for a new card.',
    { details: { left: 0 } },
  );

const forged = (): Failure => new Failure('card.ask-forged', 'Whoever asked does not hold this care card. No try was counted.');

const openedForged = (): Failure =>
  new Failure('card.opened-forged', 'Only the patient’s own key shows that a care card was opened. The count was left as it is.');
