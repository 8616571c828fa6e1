/** Days and moments as a person of a language writes and types them, whatever language the browser's own fields speak. */
import { dayHere, localInstant } from '../../../shared/encoding/wall-clock.ts';

interface DateShape {
  readonly withTime: boolean;
  /** A year, or a year and month, is enough: what a patient remembers. */
  readonly partial: boolean;
}

type Part = 'day' | 'month' | 'year';

const SAMPLE = Date.UTC(2026, 10, 27);
/** Digits and calendar of FHIR, in the order of the language. */
const PLAIN = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  timeZone: 'UTC',
} as const;

interface Writers {
  readonly day: Intl.DateTimeFormat;
  readonly moment: Intl.DateTimeFormat;
  readonly order: readonly Part[];
}

/** Made once a language: each takes longer than a key may. */
const made = new Map<string, Writers>();

function writersOf(language: string): Writers {
  const known = made.get(language);
  if (known) return known;
  const day = new Intl.DateTimeFormat(language, PLAIN);
  const order = day
    .formatToParts(SAMPLE)
    .map(({ type }) => type)
    .filter(isPart);
  const writers = { day, moment: new Intl.DateTimeFormat(language, { ...PLAIN, hour: '2-digit', minute: '2-digit' }), order };
  made.set(language, writers);
  return writers;
}

const isPart = (type: string): type is Part => type === 'day' || type === 'month' || type === 'year';
const two = (part: number): string => String(part).padStart(2, '0');

/** @param words for each part, as `dd`: what is to be typed, as `dd/mm/yyyy` */
export function patternOf(language: string, words: Readonly<Record<Part, string>>): string {
  return writersOf(language)
    .day.formatToParts(SAMPLE)
    .map(({ type, value }) => (isPart(type) ? words[type] : value))
    .join('');
}

/** @param local `2026`, `2026-11`, `2026-11-27` or `2026-11-27T15:20` */
export function writeDate(language: string, local: string): string {
  if (/^\d{4}$/.test(local)) return local;
  if (/^\d{4}-\d\d$/.test(local)) return `${local.slice(5)}/${local.slice(0, 4)}`;
  const isMoment = local.includes('T');
  const time = Date.parse(isMoment ? `${local}Z` : local);
  return Number.isNaN(time) ? local : writersOf(language)[isMoment ? 'moment' : 'day'].format(time);
}

/** What was typed, as {@link writeDate} takes it; undefined where it is no day. ISO 8601 is understood in every language. */
export function readDate(language: string, typed: string, { withTime, partial }: DateShape): string | undefined {
  const text = typed.trim();
  if (partial) {
    if (/^\d{4}$/.test(text)) return text;
    const [, month, year] = /^(\d{1,2})[./-](\d{4})$/.exec(text) ?? [];
    const [, isoYear, isoMonth] = /^(\d{4})-(\d\d)$/.exec(text) ?? [];
    const found = [year ?? isoYear, Number(month ?? isoMonth)] as const;
    if (found[0] !== undefined) return found[1] >= 1 && found[1] <= 12 ? `${found[0]}-${two(found[1])}` : undefined;
  }
  const [, head, tail = ''] = /^([\d./-]+)(?:[\sT,]+(.*))?$/.exec(text) ?? [];
  const day = head === undefined ? undefined : dayOf(language, head);
  if (day === undefined || !withTime) return tail === '' ? day : undefined;
  const time = timeOf(tail);
  return time === undefined ? undefined : `${day}T${time}`;
}

function dayOf(language: string, text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const { order } = writersOf(language);
  const digits = new RegExp(`^${order.map((part) => (part === 'year' ? '(\\d{4})' : '(\\d\\d)')).join('')}$`);
  const parted = /^(\d+)[./-](\d+)[./-](\d+)$/;
  const found = (digits.exec(text) ?? parted.exec(text))?.slice(1);
  if (!found) return undefined;
  const partOf = (part: Part): string => found[order.indexOf(part)] ?? '';
  // Two digits do not say which century somebody was born in.
  return partOf('year').length === 4
    ? existing(Number(partOf('year')), Number(partOf('month')), Number(partOf('day')))
    : undefined;
}

function existing(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? `${year}-${two(month)}-${two(day)}` : undefined;
}

function timeOf(text: string): string | undefined {
  const [, hours, minutes, half] = /^(\d{1,2})[:.]?(\d\d)\s*([ap]m)?$/i.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const turn = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return turn < 24 && Number(minutes) < 60 ? `${two(turn)}:${minutes}` : undefined;
}

/** Whether an ISO date, a month or a year of it, or a moment is still to come. @param now in milliseconds since 1970 */
export function isToCome(value: string, now: number): boolean {
  if (value.includes('T')) return Date.parse(value) > now;
  return value > dayHere(localInstant(now)).slice(0, value.length);
}

/** Whether the day of an ISO date or a moment is over. @param now in milliseconds since 1970 */
export const isOver = (value: string, now: number): boolean => value !== '' && dayHere(value) < dayHere(localInstant(now));
