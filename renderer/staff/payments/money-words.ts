import { amountTyped } from '../../../shared/encoding/exact-money.ts';
import type { Format } from '../../parts/words/use-format.ts';

/** An exact decimal as the language writes money; one that is none as it stands. */
export function moneyWords(format: Format, amount: string, currency: string): string {
  const counted = /^[A-Z]{3}$/.test(currency) ? amountTyped(amount, currency) : undefined;
  return counted === undefined ? `${amount} ${currency}` : format.money(Number(counted), currency);
}
