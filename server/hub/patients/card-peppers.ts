/**
 * The hub's peppers of care cards. What it is asked about tells it nothing: it comes from a PIN, a printed secret of 128 bits and scrypt.
 * A card's pepper is made of a seed in the hub's key file and a salt in its database; the salt is destroyed when the card ends.
 */
import { decodeEnvelope } from '../../../shared/care-card/card-envelope.ts';
import { type CardRow, cardKey, cardRow } from '../../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../../shared/care-card/card-tags.ts';
import { cardAnswerCodec, cardAskCodec, cardCountsCodec, cardOpenedCodec } from '../../../shared/care-card/card-tries.ts';
import { equalBytes, fromHex, toHex } from '../../../shared/encoding/bytes.ts';
import { decode, encode } from '../../../shared/encoding/codec.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { forgetMaking } from '../../care-card/card-counts.store.ts';
import { TryCounter, unknownCard } from '../../care-card/try-counter.ts';
import { loadState } from '../../ledger/state-rows.store.ts';
import type { Database, WriteTransaction } from '../../storage/database.ts';
import { hkdf, randomBytes } from '../../vault/primitives.ts';
import { base64, base64Bytes, wholeNumber } from '../line/arguments.ts';
import type { Caller } from '../line/callers.ts';
import { destroySalts, saltOf, saltsBegun, writeSalt } from './card-peppers.store.ts';

const DAY = 86_400_000;
/** New cards that one clinic may begin in a day: so many patients no reception sees. */
const NEW_CARDS_A_DAY = 5_000;
const MOST_BYTES = 200_000;

interface HubPepperParts {
  readonly database: Database;
  readonly clock: () => number;
  /** The region's id. @throws {Failure} `hub.not-founded`. */
  readonly region: () => Uint8Array;
  /** 32 bytes from the key file. */
  readonly seed: Uint8Array;
}

export class HubPeppers {
  readonly #parts: HubPepperParts;
  readonly #counter: TryCounter;

  constructor(parts: HubPepperParts) {
    this.#parts = parts;
    this.#counter = new TryCounter({
      database: parts.database,
      keeper: parts.region,
      hub: parts.region,
      newCards: true,
      state: async (keys) => {
        const rows = await loadState(parts.database.read, [...keys]);
        return keys.map((key) => rows.get(key));
      },
      pepper: async (transaction, card) => this.#pepper((await saltOf(transaction, card))?.salt),
    });
  }

  /** @throws {Failure} as `TryCounter.ask`; `hub.argument`; `card.too-many`. */
  async ask(caller: Caller, text: string): Promise<string> {
    const ask = decode(cardAskCodec, base64Bytes(text, MOST_BYTES, 'ask'));
    await this.#begin(fromHex(caller.chain), ask.card);
    return base64(encode(cardAnswerCodec, await this.#counter.ask(ask, fromHex(caller.chain))));
  }

  async opened(text: string): Promise<boolean> {
    await this.#counter.opened(decode(cardOpenedCodec, base64Bytes(text, MOST_BYTES, 'opened')));
    return true;
  }

  /** Takes the caller's own counts, and answers those of its clinic's cards that changed after `after`. */
  async counts(caller: Caller, text: string, after: number): Promise<{ counts: string; last: number }> {
    const own = decode(cardCountsCodec, base64Bytes(text, MOST_BYTES, 'counts'));
    await this.#counter.take(own, ({ keeper }) => toHex(keeper) === caller.device);
    const { counts, last } = await this.#counter.changes(fromHex(caller.chain), wholeNumber(after, 'after'));
    return { counts: base64(encode(cardCountsCodec, [...counts])), last };
  }

  /** With the block that issues a card goes the try that its making cost; with the one that ends it, what its hub copy opens with. */
  async project(transaction: WriteTransaction, changes: ReadonlyMap<string, Uint8Array | undefined>): Promise<void> {
    const prefix = cardKey('');
    const cards = [...changes].flatMap(([key, value]) => (value && key.startsWith(prefix) ? [decode(cardRow, value)] : []));
    const ended = cards.filter((row) => row.ended !== 0);
    await destroySalts(
      transaction,
      ended.map(({ card }) => card),
    );
    for (const { card } of cards.filter((row) => row.ended === 0)) await forgetMaking(transaction, card, this.#parts.region());
  }

  /** A clinic that makes a card asks before the ledger has it: from then on there is a pepper. A card that was made without the hub gets one later. */
  async #begin(chain: Uint8Array, card: Uint8Array): Promise<void> {
    const { database, clock } = this.#parts;
    const [onLedger, known] = await Promise.all([loadState(database.read, [cardKey(toHex(card))]), saltOf(database.read, card)]);
    const stored = onLedger.get(cardKey(toHex(card)));
    const row = stored && decode(cardRow, stored);
    if (row && (row.ended !== 0 || !isWithoutHub(row))) return;
    const home = row?.custodian ?? chain;
    if (known && !equalBytes(known.chain, home)) throw unknownCard();
    if (known) return;
    await database.write(async (transaction) => {
      if ((await saltsBegun(transaction, home, clock() - DAY)) >= NEW_CARDS_A_DAY)
        throw new Failure('card.too-many', 'Too many care cards were begun at this clinic today. Go on tomorrow.');
      if (!(await saltOf(transaction, card)))
        await writeSalt(transaction, { card, chain: home, salt: randomBytes(32), begun: clock() });
    });
  }

  #pepper(salt: Uint8Array | undefined): Uint8Array {
    if (!salt) throw unknownCard();
    return hkdf(this.#parts.seed, salt, CARD_TAG.pepper, 32);
  }
}

/** Nothing is sealed under the hub's pepper yet, so a new one shuts nobody out. */
function isWithoutHub({ envelope }: CardRow): boolean {
  try {
    return decodeEnvelope(envelope).hub.length === 0;
  } catch {
    // Not whole: it opens nowhere.
    return false;
  }
}
