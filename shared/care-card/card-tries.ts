/**
 * Tries at a card's PIN. Who keeps a pepper counts: each counter has ten tries, counted durably before it answers. What clears a
 * counter is the patient's own signature, which only an opened card can make; so counts only rise, and two that meet take the larger.
 *
 *     ask    = card[32] ‖ blind[32], signed by the card: who does not hold it uses up no tries
 *     opened = card[32] ‖ keeper[32] ‖ tried u32, signed by the patient's key
 *
 * A keeper is a device of the home clinic (its id) or the hub (the region's id).
 */
import { concat } from '../encoding/bytes.ts';
import { type Decoded, encode, fixed, list, struct, u32 } from '../encoding/codec.ts';
import { CARD_TAG } from './card-tags.ts';

export const MOST_TRIES = 10;

/** `proof` is the card's signature over `askMessage`. */
export const cardAskCodec = struct({ card: fixed(32), blind: fixed(32), proof: fixed(64) });
export type CardAsk = Decoded<typeof cardAskCodec>;

/** `value` is the pepper's HMAC; `tried` and `keeper` are what the opened card signs; `left` how many tries remain if it stays shut. */
export const cardAnswerCodec = struct({ value: fixed(32), keeper: fixed(32), tried: u32, left: u32 });
export type CardAnswer = Decoded<typeof cardAnswerCodec>;

/** That a card opened at try `tried` of a keeper. `proof` is the patient's signature over `openedMessage`. */
export const cardOpenedCodec = struct({ card: fixed(32), keeper: fixed(32), tried: u32, proof: fixed(64) });
export type CardOpened = Decoded<typeof cardOpenedCodec>;

/** One keeper's count of one card: `tried` only rises, `cleared` is the newest try that `proof` shows to have opened it (zeros: none). */
const cardCountCodec = struct({ card: fixed(32), keeper: fixed(32), tried: u32, cleared: u32, proof: fixed(64) });
export type CardCount = Decoded<typeof cardCountCodec>;
export const cardCountsCodec = list(cardCountCodec, 1000);

export const askMessage = ({ card, blind }: Pick<CardAsk, 'card' | 'blind'>): Uint8Array => concat(CARD_TAG.ask, card, blind);

export const openedMessage = ({ card, keeper, tried }: Omit<CardOpened, 'proof'>): Uint8Array =>
  concat(CARD_TAG.opened, card, keeper, encode(u32, tried));

/** Failed tries since a card last opened, over every keeper that is known: two keepers that have met share the ten. */
export const failedTries = (counts: readonly Pick<CardCount, 'tried' | 'cleared'>[]): number =>
  counts.reduce((sum, { tried, cleared }) => sum + tried - cleared, 0);

/** What two that have met know together of one keeper: the larger of each count. Proofs were checked before. */
export function mergedCount(one: CardCount, other: CardCount): CardCount {
  const clearer = other.cleared > one.cleared ? other : one;
  return { ...clearer, tried: Math.max(one.tried, other.tried, clearer.cleared) };
}
