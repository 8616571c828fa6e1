/** How a question is read: words that begin somewhere in a name or number, and birth dates in the spellings of a desk. */
import { foldText } from '../fhir/patient-summary.ts';

/** Marks a birth date among the search words, so that `1980` in an identifier is no birth date: `b19800517`. */
const BIRTH = 'b';

/** The word under which a birth date (YYYY, YYYY-MM, YYYY-MM-DD) is found; '' for none. */
export const birthDateWord = (birthDate: string): string => (birthDate === '' ? '' : BIRTH + birthDate.replaceAll('-', ''));

/** One thing that was asked for: any of these beginnings will do. */
type SearchTerm = readonly string[];

const MOST_TERMS = 8;
const LONGEST_TERM = 64;

/**
 * Reads what somebody typed: each term has to be found. What can be a date stands for it in every order that people write.
 * Terms are folded and made of letters, marks and digits only.
 */
export function searchTermsOf(question: string): SearchTerm[] {
  const terms = foldText(question.slice(0, 200))
    .split(/[\s,;]+/u)
    .flatMap((word): SearchTerm[] => {
      const dates = datesIn(word).map((date) => BIRTH + date);
      if (dates.length > 0 && /\D/.test(word)) return [dates];
      return wordsIn(word).map((part) => [part.slice(0, LONGEST_TERM), ...dates]);
    });
  return terms.slice(0, MOST_TERMS);
}

/** The words of a text as the index cuts them (unicode61: letters and numbers). */
const wordsIn = (text: string): string[] => text.split(/[^\p{L}\p{N}\p{Co}]+/u).filter((word) => word !== '');

/** YYYY, YYYYMM or YYYYMMDD that `word` may mean, more than one where day and month may be exchanged. */
function datesIn(word: string): string[] {
  const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?-?$/.exec(word);
  if (iso) return dated(iso[1] ?? '', iso[2], iso[3]);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(word);
  if (compact) return dated(compact[1] ?? '', compact[2], compact[3]);
  const parted = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(word);
  if (!parted) return [];
  const [, first = '', second = '', year = ''] = parted;
  // 17.05.1980 names the day first; with a stroke both orders are in use.
  const dayFirst = dated(year, second, first);
  return word.includes('.') ? dayFirst : [...new Set([...dayFirst, ...dated(year, first, second)])];
}

/** A month or day of one digit that ends the word is still being typed: `1980-0` is left to the year. */
function dated(year: string, month: string | undefined, day: string | undefined): string[] {
  if (month === undefined || Number(month) < 1 || Number(month) > 12) return month === undefined || month === '0' ? [year] : [];
  if (day === undefined) return month.length === 1 ? [year + month, year + two(month)] : [year + month];
  if (Number(day) === 0 && day.length === 1) return [year + two(month) + day];
  if (Number(day) < 1 || Number(day) > 31) return [];
  return [...new Set([year + two(month) + two(day), ...(day.length === 1 && Number(day) <= 3 ? [year + two(month) + day] : [])])];
}

const two = (digits: string): string => digits.padStart(2, '0');
