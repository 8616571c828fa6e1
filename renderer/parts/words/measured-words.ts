/** What people read of what was measured: units in everyday signs, and no more digits than a person compares. */

/** UCUM's codes that nobody says. */
const SIGNS: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '[degF]': '°F',
  '[lb_av]': 'lb',
  '[in_i]': 'in',
  '[pH]': 'pH',
};
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A UCUM unit as people read it: `mmHg` for `mm[Hg]`, `10³/µL` for `10*3/uL`, `score` for `{score}`. */
export function shownUnit(unit: string): string {
  const sign = Object.hasOwn(SIGNS, unit) ? SIGNS[unit] : undefined;
  return (
    sign ??
    unit
      .replace(/^\{(.+)\}$/, '$1')
      .replace(/10\*(\d)/, (_, power: string) => `10${RAISED[Number(power)]}`)
      .replace(/(^|\/)u(?=[gLl])/g, '$1µ')
  );
}

/** Decimals of more than four places, parts of versions and of object identifiers left alone. */
const LONG_DECIMAL = /(?<![\d.])\d+\.\d{5,}(?![\d.])/g;

/**
 * Decimals that a program has calculated, at a length that people read: `104.69` for `104.69008722048032`, three digits of what is
 * smaller than one. What is shorter stays as it was recorded, its zeros included. The record itself keeps every digit.
 */
export const shownDecimals = (value: string): string => value.replaceAll(LONG_DECIMAL, shortened);

function shortened(literal: string): string {
  const number = Number(literal);
  if (!Number.isFinite(number) || number === 0) return literal;
  return number < 1 ? plainly(number.toPrecision(3), literal) : number.toFixed(2);
}

/** Without an exponent, which is for machines. */
const plainly = (short: string, literal: string): string => (short.includes('e') ? literal : short);

/** Characters by which a text turns the direction of what follows them (Unicode Standard Annex 9, 2.1 to 2.4). */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

/** Words in the order in which they were written: turned around, `500 mg` can be made to read `005 mg`. The record keeps each character. */
export const inWrittenOrder = (words: string): string => words.replaceAll(TURNS, '');

/** A recorded value beside its unit; a blood pressure or a list of parts has its unit in itself. */
export function measuredWords(value: string, unit: string | null | undefined): string {
  const words = inWrittenOrder(shownDecimals(value)).replaceAll(/(?<=\d )mm\[Hg\]/g, 'mmHg');
  return unit ? `${words} ${shownUnit(unit)}` : words;
}
