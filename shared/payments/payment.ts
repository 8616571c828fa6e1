/** What a patient paid, as somebody says it, and whether a receipt can be written of it: exact amounts, no rounding. */
import { amountTyped, exactAmount } from '../encoding/exact-money.ts';
import { Failure } from '../outcome/failure.ts';

export const PAYMENT_MEANS = ['CASH', 'CARD', 'TRANSFER'] as const;
export type PaymentMeans = (typeof PAYMENT_MEANS)[number];

/** `amount` with the digits as typed, or as they stand in the record. */
export interface PaymentLine {
  readonly what: string;
  readonly amount: string;
}

/** What was paid, as somebody says it. */
export interface Payment {
  readonly means: PaymentMeans;
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly PaymentLine[];
}

/** A payment whose amounts have all digits of their currency, with their sum. */
export interface CheckedPayment extends Payment {
  readonly total: string;
}

const MOST_LINES = 30;
const LONGEST_WORDS = 200;

/** @throws {Failure} `payments.receipt` by the name of the field. */
export function checkedPayment({ means, currency, lines }: Payment): CheckedPayment {
  if (!/^[A-Z]{3}$/.test(currency)) throw wrong('currency');
  if (lines.length === 0 || lines.length > MOST_LINES) throw wrong('lines');
  let sum = 0n;
  const checked = lines.map(({ what, amount }) => {
    const counted = amountTyped(amount, currency);
    if (counted === undefined || counted === 0n) throw wrong('amount');
    sum += counted;
    return { what: checkedWords(what, 'what'), amount: exactAmount(counted, currency) };
  });
  return { means, currency, lines: checked, total: exactAmount(sum, currency) };
}

/** @throws {Failure} `payments.receipt`: who takes a receipt back says why. */
export const checkedReason = (reason: string): string => checkedWords(reason, 'reason');

function checkedWords(words: string, field: string): string {
  const trimmed = words.trim();
  if (trimmed !== '' && trimmed.length <= LONGEST_WORDS && !/\p{Cc}/u.test(trimmed) && trimmed.isWellFormed()) return trimmed;
  throw wrong(field);
}

function wrong(field: string): Failure {
  const message = `The receipt cannot be written like this: look at "${field}". It is missing, malformed, or too long.`;
  return new Failure('payments.receipt', message, { details: { field } });
}
