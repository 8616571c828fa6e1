import { useTranslation } from 'react-i18next';
import { decimalsOf } from '../../../shared/encoding/exact-money.ts';

export interface Format {
  /** Milliseconds since 1970 as day and time. */
  moment(time: number): string;
  /** Milliseconds since 1970 as the time of a day. */
  time(time: number): string;
  /** Milliseconds since 1970 as a day. */
  day(time: number): string;
  /** An ISO date with the day of the week, as a heading. */
  weekday(date: string): string;
  /** Milliseconds since 1970 as `3 minutes ago`. */
  ago(time: number): string;
  /** How long, in milliseconds, as `2 minutes`: in the largest unit of which it is two or more. */
  span(duration: number): string;
  /** A FHIR date or dateTime, no more exact than it was written. */
  recorded(date: string | null | undefined): string;
  /** The same without the time of the day. */
  recordedDay(date: string | null | undefined): string;
  number(value: number): string;
  bytes(value: number): string;
  percent(fraction: number): string;
  list(items: readonly string[]): string;
  /** @param amount in the smallest unit of an ISO 4217 currency */
  money(amount: number, currency: string): string;
}

const STEPS: readonly (readonly ['day' | 'hour' | 'minute' | 'second', number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The person's own region of the language on screen: an English page in Britain writes dates as Britain does. */
export function regionOf(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0]?.toLowerCase() === language) ?? language;
}

function formatFor(language: string): Format {
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  // A date without a zone is the same day everywhere, so it is read and written in one zone.
  const plainDay = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const plainWeekday = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' });
  const plainMonth = new Intl.DateTimeFormat(language, { year: 'numeric', month: 'short', timeZone: 'UTC' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const recorded = (date: string | null | undefined, instant: Intl.DateTimeFormat): string => {
    if (!date || !/^\d{4}/.test(date)) return date ?? '';
    if (date.length === 4) return date;
    const time = Date.parse(date.length === 7 ? `${date}-01` : date);
    if (Number.isNaN(time)) return date;
    if (date.length === 7) return plainMonth.format(time);
    return (date.includes('T') ? instant : plainDay).format(time);
  };
  return {
    moment: (time) => moment.format(time),
    time: (time) => clock.format(time),
    day: (time) => day.format(time),
    weekday: (date) => plainWeekday.format(Date.parse(date)),
    ago: (time) => {
      const distance = time - Date.now();
      const [unit, size] = STEPS.find(([, step]) => Math.abs(distance) >= step) ?? ['second' as const, 1000];
      return relative.format(Math.round(distance / size), unit);
    },
    span: (duration) => {
      const [unit, size] = STEPS.find(([, step]) => duration >= 2 * step) ?? ['second' as const, 1000];
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.round(duration / size));
    },
    recorded: (date) => recorded(date, moment),
    recordedDay: (date) => recorded(date, day),
    number: (value) => number.format(value),
    bytes: (value) => {
      const step = value < 1 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
      const options = {
        style: 'unit',
        unit: BYTE_UNITS[step] ?? 'byte',
        // The short form of a byte knows no plural.
        unitDisplay: step === 0 ? 'long' : 'short',
        maximumFractionDigits: 1,
      } as const;
      return new Intl.NumberFormat(language, options).format(value / 1000 ** step);
    },
    percent: (fraction) => percent.format(fraction),
    list: (items) => list.format(items),
    money: (amount, currency) => {
      if (!/^[A-Z]{3}$/.test(currency)) return number.format(amount);
      const written = new Intl.NumberFormat(language, { style: 'currency', currency });
      return written.format(amount / 10 ** decimalsOf(currency));
    },
  };
}

/** Made once a language: its nine parts cost half a millisecond, and each row of a table asks. */
const formats = new Map<string, Format>();

/** Dates, numbers and lists as the chosen language writes them. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = regionOf(i18n.language);
  const format = formats.get(language) ?? formatFor(language);
  formats.set(language, format);
  return format;
}
