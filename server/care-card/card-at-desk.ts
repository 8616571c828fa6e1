/** A patient's care card at a desk, the patient beside it: opened for one act, and forgotten when the act is done. */
import { readCardCode } from '../../shared/care-card/card-code.ts';
import type { PepperKeeper } from '../../shared/care-card/card-envelope.ts';
import { type CardRow, cardCompletedBody, cardKey, cardRow } from '../../shared/care-card/card-rules.ts';
import { cardAnswerCodec, cardAskCodec, cardOpenedCodec } from '../../shared/care-card/card-tries.ts';
import { pinDigits } from '../../shared/care-card/pin.ts';
import { equalBytes, toHex } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import type { CardGateway } from '../sync/gateway.ts';
import { deviceEvent } from '../sync/vault-context/device-event.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import type { CardPepper } from './card-pepper.ts';
import { cardIdOf, type OpenedCard, openCard } from './open-card.ts';
import { unknownCard } from './try-counter.ts';

/** What the patient holds and types. */
export interface ShownCard {
  /** As a scanner or the patient typed it. */
  readonly code: string;
  readonly pin: string;
}

/**
 * This clinic's own pepper is asked first for its own patients, then the hub's.
 * @throws {Failure} `card.code-unreadable`, `card.unknown`; as `openCard`; what `act` throws.
 */
export async function withCard<T>(
  context: VaultContext,
  shown: ShownCard,
  act: (opened: OpenedCard, row: CardRow) => Promise<T>,
): Promise<T> {
  const { gateway, chain } = context;
  const secret = readCardCode(shown.code);
  const [stored] = await gateway.state([cardKey(toHex(cardIdOf(secret)))]);
  if (!stored) throw unknownCard();
  const row = decode(cardRow, stored);
  const isOurs = equalBytes(row.custodian, chain);
  const keepers: readonly PepperKeeper[] = isOurs ? ['clinic', 'hub'] : ['hub'];
  const peppers = keepers.map((keeper) => pepperOf(gateway.cards, keeper));
  const opened = await openCard({ secret, pin: pinDigits(shown.pin), row, peppers });
  try {
    if (isOurs) await complete(context, opened, row);
    return await act(opened, row);
  } finally {
    for (const bytes of [secret, opened.boxKey]) bytes.fill(0);
  }
}

/** What the patient came for does not wait for it: the hub may still be away, and the next opening tries again. */
async function complete(context: VaultContext, { complete: made }: OpenedCard, { handle }: CardRow): Promise<void> {
  const body = await made?.().catch(() => undefined);
  if (!body) return;
  await context.gateway.commit({
    events: [deviceEvent(context, { type: 'card.completed', handle, codec: cardCompletedBody, body })],
  });
}

const pepperOf = (cards: CardGateway, keeper: PepperKeeper): CardPepper => ({
  keeper,
  ask: async (ask) => decode(cardAnswerCodec, await cards.ask(keeper, encode(cardAskCodec, ask))),
  opened: (opened) => cards.opened(keeper, encode(cardOpenedCodec, opened)),
});
