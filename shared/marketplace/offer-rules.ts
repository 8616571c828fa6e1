/** Rules of research offers: published to the region, joined and left per patient under a matching consent. */

import { grantHolds, grantKey, grantRow } from '../consent/consent-rules.ts';
import { fromHex, toHex } from '../encoding/bytes.ts';
import { type Decoded, fixed, flag, list, struct, text, u32, u64 } from '../encoding/codec.ts';
import { compartmentKey, compartmentRow, isErased } from '../ledger/rows.ts';
import { accepted, type EventRule, putRow, readRow, refused } from '../ledger/rules.ts';

/** Plain public terms; `purposes` are GA4GH DUO codes (DUO:0000042 …), `opens` and `expires` milliseconds. */
const terms = {
  title: text(200),
  description: text(2000),
  purposes: list(text(20), 10),
  categories: list(text(20), 10),
  criteria: text(1000),
  reward: text(200),
  minimumGroup: u32,
  opens: u64,
  expires: u64,
};
export const offerPublishedBody = struct({ offer: fixed(16), ...terms });
export type OfferPublished = Decoded<typeof offerPublishedBody>;

/** Key `offer/<offer>`: who published it, what it says, and whether it was taken back. */
export const offerRow = struct({ publisher: fixed(32), ...terms, withdrawn: flag });
export type OfferRow = Decoded<typeof offerRow>;
/** Key `participation/<offer>/<handle>`: `handle` is the compartment that the grant opens; `since` the time of joining. */
export const participationRow = struct({ custodian: fixed(32), grant: fixed(16), since: u64, active: flag });
export type ParticipationRow = Decoded<typeof participationRow>;

export const offerKey = (offer: string): string => `offer/${offer}`;
export const participationKey = (offer: string, handle: string): string => `participation/${offer}/${handle}`;

/** Below this many patients an answer could point at one of them. */
export const SMALLEST_GROUP = 5;

const offerPublished: EventRule<OfferPublished> = {
  type: 'offer.published',
  kind: 'right',
  body: offerPublishedBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => [offerKey(toHex(body.offer))],
  judge: (view, { body }, writer) => {
    if (view.get(offerKey(toHex(body.offer)))) return refused('offer-id-used-before');
    if (body.expires <= body.opens) return refused('period-empty');
    if (body.minimumGroup < SMALLEST_GROUP) return refused('group-too-small');
    if (body.purposes.length === 0 || body.purposes.some((purpose) => !/^DUO:[0-9]{7}$/.test(purpose)))
      return refused('purpose-unknown');
    return accepted(
      putRow(offerKey(toHex(body.offer)), offerRow, { ...body, publisher: fromHex(writer.chain), withdrawn: false }),
    );
  },
};

export const offerWithdrawnBody = struct({ offer: fixed(16) });

const offerWithdrawn: EventRule<Decoded<typeof offerWithdrawnBody>> = {
  type: 'offer.withdrawn',
  kind: 'right',
  body: offerWithdrawnBody,
  personal: 'required',
  handle: 'none',
  reads: ({ body }) => [offerKey(toHex(body.offer))],
  judge: (view, { body }, writer) => {
    const offer = readRow(view, offerKey(toHex(body.offer)), offerRow);
    if (!offer || toHex(offer.publisher) !== writer.chain) return refused('offer-of-another');
    return accepted(putRow(offerKey(toHex(body.offer)), offerRow, { ...offer, withdrawn: true }));
  },
};

/** `grant` is the consent for research that lets the publisher of the offer use the compartment. */
export const participationJoinedBody = struct({ offer: fixed(16), grant: fixed(16) });
type ParticipationJoined = Decoded<typeof participationJoinedBody>;

const participationJoined: EventRule<ParticipationJoined> = {
  type: 'participation.joined',
  kind: 'right',
  body: participationJoinedBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body, handle }) => [
    offerKey(toHex(body.offer)),
    grantKey(toHex(body.grant)),
    participationKey(toHex(body.offer), handle),
    compartmentKey(handle),
  ],
  judge: (view, { body, event, handle }, writer) => {
    const offer = readRow(view, offerKey(toHex(body.offer)), offerRow);
    if (!offer) return refused('offer-unpublished');
    if (event.time < offer.opens) return refused('offer-not-open-yet');
    if (offer.withdrawn || event.time >= offer.expires) return refused('offer-over');
    const compartment = readRow(view, compartmentKey(handle), compartmentRow);
    if (compartment && isErased(compartment)) return refused('compartment-erased');
    const grant = readRow(view, grantKey(toHex(body.grant)), grantRow);
    const matches =
      grant && toHex(grant.custodian) === writer.chain && toHex(grant.handle) === handle && grant.purpose === 'HRESCH';
    if (!matches || toHex(grant.recipient) !== toHex(offer.publisher) || !grantHolds(grant, event.time))
      return refused('no-matching-consent');
    const key = participationKey(toHex(body.offer), handle);
    if (readRow(view, key, participationRow)?.active) return refused('joined-already');
    const { grant: used } = body;
    return accepted(
      putRow(key, participationRow, { custodian: fromHex(writer.chain), grant: used, since: event.time, active: true }),
    );
  },
};

export const participationLeftBody = struct({ offer: fixed(16) });

const participationLeft: EventRule<Decoded<typeof participationLeftBody>> = {
  type: 'participation.left',
  kind: 'right',
  body: participationLeftBody,
  personal: 'required',
  handle: 'required',
  reads: ({ body, handle }) => [participationKey(toHex(body.offer), handle)],
  judge: (view, { body, handle }, writer) => {
    const key = participationKey(toHex(body.offer), handle);
    const participation = readRow(view, key, participationRow);
    if (!participation?.active || toHex(participation.custodian) !== writer.chain) return refused('not-joined');
    return accepted(putRow(key, participationRow, { ...participation, active: false }));
  },
};

export const offerRules: ReadonlyArray<EventRule<unknown>> = [
  offerPublished,
  offerWithdrawn,
  participationJoined,
  participationLeft,
];
