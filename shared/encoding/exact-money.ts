/** Amounts of money without rounding: the digits as typed, counted in the currency's smallest unit. */

/** How many digits of a currency (ISO 4217) stand after the point: 2 for euros, none for yen. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;

const AMOUNT = /^(\d{1,9})(?:[.,](\d{1,3}))?$/;

/** What was typed, in the smallest unit (`12,5` euros are 1250n); undefined where it is no amount of this currency. */
export function amountTyped(typed: string, currency: string): bigint | undefined {
  const [, whole, part = ''] = AMOUNT.exec(typed.trim()) ?? [];
  const decimals = decimalsOf(currency);
  if (whole === undefined || part.length > decimals) return undefined;
  return BigInt(whole) * 10n ** BigInt(decimals) + BigInt(part.padEnd(decimals, '0') || '0');
}

/** A decimal with all its digits: 1250n in euros is `12.50`. */
export function exactAmount(amount: bigint, currency: string): string {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return String(amount);
  const digits = String(amount).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
