/**
 * The second copy of a card that was issued while the hub was out of reach. It takes the PIN, so it is made when the patient opens the card
 * at home and the hub is there; from then on the card opens in the whole region.
 */
import { type CardEnvelope, encodeEnvelope } from '../../shared/care-card/card-envelope.ts';
import { type CardCompleted, type CardRow, completionMessage } from '../../shared/care-card/card-rules.ts';
import { type SigningKey, sign } from '../vault/primitives.ts';
import { type CardPepper, tellOpened } from './card-pepper.ts';
import { askOf, sealCopy } from './card-secrets.ts';

interface CardToComplete {
  readonly hub: CardPepper;
  readonly card: SigningKey;
  readonly row: CardRow;
  readonly envelope: CardEnvelope;
  /** Wiped when this is done, as the seeds are. */
  readonly stretched: Uint8Array;
  readonly seeds: Uint8Array;
}

/** The body of `card.completed`. @throws {Failure} what the hub's pepper throws; then the card stays as it was. */
export async function completeCard(toComplete: CardToComplete, signing: SigningKey): Promise<CardCompleted> {
  const { hub, card, row, envelope, stretched, seeds } = toComplete;
  try {
    const answer = await hub.ask(askOf(card, stretched));
    const copy = sealCopy({ place: row, keeper: 'hub', envelope }, stretched, answer.value, seeds);
    await tellOpened(hub, signing, row.card, answer);
    const body = { card: row.card, envelope: encodeEnvelope({ ...envelope, hub: copy }) };
    return { ...body, proof: sign(signing, completionMessage(row.custodian, body)) };
  } finally {
    stretched.fill(0);
    seeds.fill(0);
  }
}
