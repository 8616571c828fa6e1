/**
 * An act of a hub's administrator on the ledger, as its author signed it: every replica then holds it, and the hub cannot let it disappear.
 * A hub administrator's desk brings it. Whether it stands in the hub's own list, and whether its author was named there, is followed by
 * whoever reads (`act-history.ts`): the hub's keys are no rows of the state.
 */
import { equalBytes, toHex } from '../encoding/bytes.ts';
import { encode } from '../encoding/codec.ts';
import type { Hash } from '../ledger/merkle.ts';
import { REGION_KEY, regionRow, staffRow } from '../ledger/rows.ts';
import { accepted, type EventRule, putRow, readRow, refused, staffKey } from '../ledger/rules.ts';
import { actMessage, readAct, type SignedAct, signedActCodec } from './administration.ts';

/** Key `hub-act/<SHA-256 of the signed act>`: the signed act. */
export const HUB_ACT = 'hub-act/';
const hubActKey = (hash: Hash, signed: SignedAct): string => `${HUB_ACT}${toHex(hash(encode(signedActCodec, signed)))}`;

export const hubActedBody = signedActCodec;

/** @param hash SHA-256 */
export function hubActRules(hash: Hash): ReadonlyArray<EventRule<unknown>> {
  const hubActed: EventRule<SignedAct> = {
    type: 'hub.acted',
    kind: 'right',
    body: hubActedBody,
    personal: 'required',
    handle: 'none',
    reads: ({ author, body }) => [REGION_KEY, staffKey(author), staffKey(toHex(readAct(body).author)), hubActKey(hash, body)],
    signatures: (_, { body }) => [{ key: readAct(body).author, message: actMessage(body), signature: body.signature }],
    judge: (view, { author, body }) => {
      const act = readAct(body);
      const region = readRow(view, REGION_KEY, regionRow);
      if (!region || !equalBytes(region.region, act.region)) return refused('hub-act-of-another-region');
      if (readRow(view, staffKey(author), staffRow)?.role !== 'hub-administrator') return refused('not-a-hub-administrator');
      const person = readRow(view, staffKey(toHex(act.author)), staffRow);
      if (person && person.role !== 'hub-administrator') return refused('hub-act-by-another-role');
      // Two desks may bring the same one: it is there once.
      return accepted(putRow(hubActKey(hash, body), signedActCodec, body));
    },
  };
  return [hubActed];
}
