/** How a consent stands, for every list that shows it and every act that may follow: by its record and by what the ledger says of its parts. */
import type { GrantRow } from './consent-rules.ts';

/** `NOT_IN_LEDGER`: the ledger lacks a part of it, which opens nothing: it is on its way from another desk, or was lost with one. */
export type ConsentState = 'NOT_IN_LEDGER' | 'FUTURE' | 'ACTIVE' | 'EXPIRED' | 'WITHDRAWN';

/** What the ledger says of the parts of a consent, and its record. */
export interface ConsentOnLedger {
  /** By its record, or in every part that the ledger has. */
  readonly isEnded: boolean;
  /** Whether the ledger has each part. */
  readonly isWhole: boolean;
}

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
export function consentState({ starts, ends }: ConsentPeriod, { isEnded, isWhole }: ConsentOnLedger, time: number): ConsentState {
  if (isEnded) return 'WITHDRAWN';
  if (ends !== 0 && time >= ends) return 'EXPIRED';
  if (!isWhole) return 'NOT_IN_LEDGER';
  return time < starts ? 'FUTURE' : 'ACTIVE';
}
