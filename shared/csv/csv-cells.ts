/** What single cells say: dates by the stated format, numbers with their exact digits, sexes in a few languages. */
import { Failure } from '../outcome/failure.ts';

/** The library's types do not know it yet; what it is given is written as it is. */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

const PARTS = ['YYYY', 'MM', 'DD', 'HH', 'mm', 'ss'] as const;

/**
 * A FHIR date or dateTime.
 * @param format as `DATE_FORMATS`
 * @param zone offset of a local moment, `+01:00`
 * @throws {Failure} `csv.date`.
 */
export function dateIn(cell: string, format: string, zone: (local: string) => string): string {
  const order = PARTS.filter((part) => format.includes(part)).sort((a, b) => format.indexOf(a) - format.indexOf(b));
  const pattern = format
    .replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
    .replace('YYYY', '(\\d{4})')
    .replaceAll(/MM|DD|HH|mm|ss/g, '(\\d{2})');
  const found = new RegExp(`^${pattern}$`).exec(cell);
  if (!found) throw notADate(cell, format);
  const parts = new Map(order.map((part, at) => [part, found[at + 1] as string]));
  const of = (part: (typeof PARTS)[number]): string => parts.get(part) ?? '00';
  const date = `${of('YYYY')}-${of('MM')}-${of('DD')}`;
  const moment = `${date}T${of('HH')}:${of('mm')}:${of('ss')}`;
  const read = new Date(`${moment}Z`);
  // What the calendar does not have, 31 February or 24:00, it would turn into another day.
  if (Number.isNaN(read.getTime()) || !read.toISOString().startsWith(moment)) throw notADate(cell, format);
  return parts.has('HH') ? moment + zone(moment) : date;
}

interface ReadNumber {
  readonly comparator: string | undefined;
  /** For JSON.stringify: the digits as they were written. */
  readonly value: unknown;
}

/** A number, perhaps with a comparator before it (`<0.5`); undefined when the cell is none. @param decimal the mark before its fraction */
export function numberIn(cell: string, decimal: '.' | ','): ReadNumber | undefined {
  const found = /^(<=|>=|<|>)?\s*([+-]?)(\d{1,100})(?:([.,])(\d{1,100}))?$/.exec(cell);
  if (!found || (found[4] !== undefined && found[4] !== decimal)) return undefined;
  const [, comparator, sign, whole = '', , fraction] = found;
  const digits = `${sign === '-' ? '-' : ''}${whole.replace(/^0+(?=\d)/, '')}${fraction === undefined ? '' : `.${fraction}`}`;
  return { comparator, value: rawJSON(digits) };
}

const GENDERS: Readonly<Record<string, readonly string[]>> = {
  male: ['m', 'male', 'man', 'männlich', 'mann', 'h', 'homme', 'masculin'],
  female: ['f', 'w', 'female', 'woman', 'weiblich', 'frau', 'femme', 'féminin'],
  other: ['d', 'o', 'x', 'other', 'divers', 'autre'],
  unknown: ['u', 'unknown', 'unbekannt', 'inconnu', '?', '-'],
};

/** @throws {Failure} `csv.gender`. */
export function genderIn(cell: string): string {
  const found = Object.entries(GENDERS).find(([, words]) => words.includes(cell.toLowerCase()));
  if (found) return found[0];
  throw new Failure('csv.gender', `“${short(cell)}” says no sex: m, f, other or unknown.`);
}

export const short = (cell: string): string => (cell.length > 40 ? `${cell.slice(0, 40)}…` : cell);

function notADate(cell: string, format: string): Failure {
  return new Failure(
    'csv.date',
    `“${short(cell)}” is no date of the form ${format}. Change the cell, or the form in the mapping.`,
  );
}
