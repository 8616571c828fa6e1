/**
 * Opens a care card: code, PIN and one pepper give the patient's keys. For the process of a patient's session, which forgets them at
 * its end; the program that asks hands in the way to a pepper (card-pepper.ts) and the card's row of the ledger.
 */
import { decodeEnvelope, decodeSeeds, envelopeAltered } from '../../shared/care-card/card-envelope.ts';
import type { CardCompleted, CardRow } from '../../shared/care-card/card-rules.ts';
import { CARD_TAG } from '../../shared/care-card/card-tags.ts';
import type { CardAnswer, CardAsk } from '../../shared/care-card/card-tries.ts';
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { hpkeOpen } from '../vault/hpke.ts';
import { agreementKeyFromSecret, signingKeyFromSeed } from '../vault/primitives.ts';
import { type CardPepper, tellOpened } from './card-pepper.ts';
import { askOf, cardKeyOf, openCopy, type PatientKeys, stretchPin } from './card-secrets.ts';
import { completeCard } from './complete-card.ts';
import { boxContext } from './make-card.ts';
import { cardEnded } from './try-counter.ts';

interface CardToOpen {
  /** Of `readCardCode`. */
  readonly secret: Uint8Array;
  /** Of `pinDigits`. */
  readonly pin: string;
  /** The row `card/<card>` of the card that `cardIdOf` names. */
  readonly row: CardRow;
  /** In the order in which they are asked: the next one when one is out of reach. */
  readonly peppers: readonly CardPepper[];
}

export interface OpenedCard extends PatientKeys {
  /** The key of the patient's box in its epoch of the row: it opens the record in which all other keys are. */
  readonly boxKey: Uint8Array;
  /** Why the keeper could not be told that the card opened: its count goes on from here, nothing else follows. */
  readonly untold: Failure | undefined;
  /** Only of a card that opens at its home clinic alone, where the hub may be asked. See complete-card.ts. */
  readonly complete: (() => Promise<CardCompleted>) | undefined;
}

/** Under which id the ledger has the card of this secret. */
export const cardIdOf = (secret: Uint8Array): Uint8Array => cardKeyOf(secret).publicKey;

/**
 * @throws {Failure} `card.ended`; `card.pin-wrong` with `details.left`, the tries that remain; `card.envelope-altered`;
 * `card.no-hub-copy` when the card opens at its home clinic only; what the pepper throws.
 */
export async function openCard({ secret, pin, row, peppers }: CardToOpen): Promise<OpenedCard> {
  const card = cardKeyOf(secret);
  const envelope = decodeEnvelope(row.envelope);
  if (!equalBytes(card.publicKey, row.card)) throw envelopeAltered();
  if (row.ended !== 0) throw cardEnded();
  const able = peppers.filter(({ keeper }) => envelope[keeper].length > 0);
  if (able.length === 0) throw onlyAtHome();
  const stretched = await stretchPin(pin, secret, envelope);
  const { pepper, answer } = await firstAnswer(able, askOf(card, stretched));
  const seeds = openCopy({ place: row, keeper: pepper.keeper, envelope }, stretched, answer.value);
  if (!seeds) {
    stretched.fill(0);
    throw pinWrong(answer.left);
  }
  const hub = envelope.hub.length === 0 ? peppers.find(({ keeper }) => keeper === 'hub') : undefined;
  const toComplete = hub && { hub, card, row, envelope, stretched: stretched.slice(), seeds: seeds.slice() };
  stretched.fill(0);
  const keys = keysOf(seeds, row);
  return {
    ...keys,
    boxKey: boxKeyOf(row, keys),
    untold: await tellOpened(pepper, keys.signing, row.card, answer),
    complete: toComplete && (() => completeCard(toComplete, keys.signing)),
  };
}

/** Why the next keeper is asked: this one was out of reach, or has no pepper for the card, so it counted nothing. */
const NOT_HERE: ReadonlySet<string> = new Set(['card.no-keeper', 'card.unknown', 'clinic-host.none', 'vault.device-tier-locked']);

async function firstAnswer(
  [pepper, ...others]: readonly CardPepper[],
  ask: CardAsk,
): Promise<{ pepper: CardPepper; answer: CardAnswer }> {
  if (!pepper) throw onlyAtHome();
  try {
    return { pepper, answer: await pepper.ask(ask) };
  } catch (error) {
    if (others.length === 0 || !NOT_HERE.has(asFailure(error).code)) throw error;
    return firstAnswer(others, ask);
  }
}

/** @throws {Failure} `card.envelope-altered` when they are not the keys that the ledger names. */
function keysOf(seeds: Uint8Array, row: CardRow): PatientKeys {
  const { signingSeed, encryptionSecret } = decodeSeeds(seeds);
  const keys = { signing: signingKeyFromSeed(signingSeed), encryption: agreementKeyFromSecret(encryptionSecret) };
  seeds.fill(0);
  const areTheirs =
    equalBytes(keys.signing.publicKey, row.signingKey) && equalBytes(keys.encryption.publicKey, row.encryptionKey);
  if (!areTheirs) throw envelopeAltered();
  return keys;
}

function boxKeyOf({ card, box, boxEpoch, boxKey }: CardRow, { encryption }: PatientKeys): Uint8Array {
  const from = { recipient: encryption, info: CARD_TAG.box };
  return hpkeOpen(from, boxKey.subarray(0, 32), boxContext(card, box, boxEpoch), boxKey.subarray(32));
}

function pinWrong(left: number): Failure {
  const rest = left === 0 ? 'No try is left: ask the reception for a new card.' : `Tries left: ${left}.`;
  return new Failure('card.pin-wrong', `This PIN is not the one of this card. ${rest}`, { details: { left } });
}

const onlyAtHome = (): Failure =>
  new Failure(
    'card.no-hub-copy',
    'This care card was issued while the region’s hub was out of reach, so it opens at its home clinic only. Ask there for a new card.',
  );
