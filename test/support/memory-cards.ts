/** Keepers of peppers for tests: a clinic's, and one that stands for the hub. They answer and do not count. */
import { pepperValue } from '../../server/care-card/card-secrets.ts';
import type { CardGateway, ClinicPepper } from '../../server/sync/gateway.ts';
import { cardAnswerCodec, cardAskCodec } from '../../shared/care-card/card-tries.ts';
import { decode, encode } from '../../shared/encoding/codec.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { bytesFor } from './ledger-builder.ts';

/** @param peppers where the clinic's are kept @param hub whether it can be reached */
export function memoryCards(peppers: ClinicPepper[], hub: () => boolean): CardGateway {
  return {
    keep: async (kept) => void peppers.push(...kept.filter(({ id }) => peppers.every((known) => known.id !== id))),
    left: async () => 10,
    ask: async (keeper, ask) => {
      const key = keeper === 'hub' ? hub() && bytesFor('pepper of the hub') : peppers.at(-1)?.key;
      if (!key) throw new Failure('card.no-keeper', 'Nobody counts tries here.', { retry: true });
      const value = pepperValue(key, decode(cardAskCodec, ask));
      return encode(cardAnswerCodec, { value, keeper: bytesFor(keeper), tried: 1, left: 9 });
    },
    opened: async () => undefined,
  };
}
