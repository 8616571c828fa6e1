/** The way to a pepper over the sync schema: the hub's, or a clinic host's on the LAN, which answers the same operations. */
import type { PepperKeeper } from '../../shared/care-card/card-envelope.ts';
import { cardAnswerCodec, cardAskCodec, cardOpenedCodec } from '../../shared/care-card/card-tries.ts';
import { fromBase64, toBase64 } from '../../shared/encoding/bytes.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import type { CardPepper } from './card-pepper.ts';

/** As `HubClient.ask`. */
type AskKeeper = <T>(operation: 'CardPepper' | 'CardOpened', variables: Record<string, unknown>) => Promise<T>;

export function pepperOver(keeper: PepperKeeper, ask: AskKeeper): CardPepper {
  return {
    keeper,
    async ask(question) {
      const { cardPepper } = await ask<{ cardPepper: string }>('CardPepper', { ask: toBase64(encode(cardAskCodec, question)) });
      return decode(cardAnswerCodec, fromBase64(cardPepper));
    },
    async opened(opened) {
      await ask('CardOpened', { opened: toBase64(encode(cardOpenedCodec, opened)) });
    },
  };
}
