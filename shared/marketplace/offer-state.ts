/** How an offer stands at a moment, and how many take part, as far as that may be said. */
import { type GrantRow, grantHolds } from '../consent/consent-rules.ts';
import type { OfferRow, ParticipationRow } from './offer-rules.ts';

export type OfferState = 'FUTURE' | 'OPEN' | 'EXPIRED' | 'WITHDRAWN';

/** @param time milliseconds: the later of the local clock and the newest witnessed time. */
export function offerState(offer: OfferRow, time: number): OfferState {
  if (offer.withdrawn) return 'WITHDRAWN';
  if (time >= offer.expires) return 'EXPIRED';
  return time < offer.opens ? 'FUTURE' : 'OPEN';
}

/** Whether a patient takes part now: a consent that ended ends the participation under it, whether or not it was left. */
export const takesPart = (participation: ParticipationRow, grant: GrantRow | undefined, time: number): boolean =>
  participation.active && grant !== undefined && grantHolds(grant, time);

/** How many patients take part over the region; undefined below the offer's smallest group, where a number could point at one. */
export const publishedCount = (offer: OfferRow, count: number): number | undefined =>
  count < offer.minimumGroup ? undefined : count;
