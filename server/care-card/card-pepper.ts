/** Who keeps a pepper, as the process that opens a card sees them. */
import type { PepperKeeper } from '../../shared/care-card/card-envelope.ts';
import { type CardAnswer, type CardAsk, type CardOpened, openedMessage } from '../../shared/care-card/card-tries.ts';
import { asFailure, type Failure } from '../../shared/outcome/failure.ts';
import { type SigningKey, sign } from '../vault/primitives.ts';

/** The way to who keeps a pepper: this clinic's host on the LAN, or the hub. Both count ten tries before they answer. */
export interface CardPepper {
  readonly keeper: PepperKeeper;
  /** @throws {Failure} `card.no-tries-left`, `card.ended`, `card.unknown`; when the keeper is out of reach. */
  ask(ask: CardAsk): Promise<CardAnswer>;
  /** Tells the keeper that the card opened: its tries begin anew. */
  opened(opened: CardOpened): Promise<void>;
}

/** Tells a keeper that its answer opened the card, by the patient's own key. Gives why it could not be told. */
export async function tellOpened(
  pepper: CardPepper,
  signing: SigningKey,
  card: Uint8Array,
  { keeper, tried }: CardAnswer,
): Promise<Failure | undefined> {
  const opened = { card, keeper, tried };
  try {
    await pepper.opened({ ...opened, proof: sign(signing, openedMessage(opened)) });
    return undefined;
  } catch (error) {
    return asFailure(error);
  }
}
