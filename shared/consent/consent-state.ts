/** How a consent stands, for every list that shows it and every act that may follow: by its record and by what the ledger says of its parts. */
import type { GrantRow } from './consent-rules.ts';

export type ConsentState = 'FUTURE' | 'ACTIVE' | 'EXPIRED' | 'WITHDRAWN';

/** Milliseconds; `ends` 0: open end. */
interface ConsentPeriod {
  readonly starts: number;
  readonly ends: number;
}

/**
 * Whether the ledger has ended every part. What another desk or the patient ended stands there before the record that says so arrives.
 * @param rows of those parts that the ledger has
 */
export const isEndedOnLedger = (rows: readonly GrantRow[]): boolean =>
  rows.length > 0 && rows.every(({ withdrawn }) => withdrawn);

/** @param time milliseconds: the later of local and witnessed time */
export function consentState({ starts, ends }: ConsentPeriod, isEnded: boolean, time: number): ConsentState {
  if (isEnded) return 'WITHDRAWN';
  if (ends !== 0 && time >= ends) return 'EXPIRED';
  return time < starts ? 'FUTURE' : 'ACTIVE';
}
