/** What a patient chooses when sharing records, checked and brought into the one form from which the text is made. */
import type { RecordCategory } from '../fhir/patient-compartment.ts';
import { Failure } from '../outcome/failure.ts';
import { CATEGORIES, isCategory } from './category.ts';
import type { Provision } from './provision.ts';
import { PURPOSES, type Purpose } from './purpose.ts';
import { LABELS, type Label } from './security-label.ts';

/** The languages in which a consent can be read and signed. */
export const CONSENT_LANGUAGES = ['en', 'de', 'es', 'fr', 'ar', 'uk'] as const;
export type ConsentLanguage = (typeof CONSENT_LANGUAGES)[number];

/**
 * What stays closed inside the categories: entries with a security label, of one author (staff id, hexadecimal), or of one visit (a
 * reference, `Encounter/…`). `name` is what a text calls it; a label has its words there.
 */
export type ConsentException =
  | { readonly kind: 'label'; readonly value: Label; readonly name: '' }
  | { readonly kind: 'author' | 'encounter'; readonly value: string; readonly name: string };

export interface ConsentChoices {
  /** Patient id, 32 hexadecimal digits. */
  readonly patient: string;
  /** Chain id of the clinic that may read, in hexadecimal. */
  readonly recipient: string;
  /** In the order of `CATEGORIES`; `identity` is always among them. */
  readonly categories: readonly RecordCategory[];
  /** In the order of kinds and values. */
  readonly exceptions: readonly ConsentException[];
  readonly purpose: Purpose;
  /** Milliseconds since 1970. */
  readonly starts: number;
  /** Milliseconds; 0 = until withdrawn. */
  readonly ends: number;
  /** How the patient's wish was established: one line for a person to read. */
  readonly verification: string;
  readonly language: ConsentLanguage;
}

/** The same as it comes from a form: nothing of it is checked yet. */
export interface ConsentWish {
  readonly patient: string;
  readonly recipient: string;
  readonly categories: readonly string[];
  readonly exceptions?: ReadonlyArray<{ readonly kind: string; readonly value: string }>;
  readonly purpose: string;
  readonly starts: number;
  readonly ends: number | null | undefined;
  readonly verification: string;
  readonly language: string;
}

const LONGEST_VERIFICATION = 200;
/** 9999-12-31T23:59:59Z: what a FHIR date can say. */
const LATEST = 253_402_300_799_000;

/**
 * Checks a wish, adds `identity` (the recipient could not say otherwise whose record it has) and sorts the categories.
 * @throws {Failure} `consent.recipient-malformed`, `consent.patient-malformed`, `consent.nothing-chosen`,
 * `consent.category-unknown`, `consent.exception-unknown`, `consent.purpose-unknown`, `consent.period-empty`, `consent.verification-missing`,
 * `consent.language-unknown`.
 */
export function chosen(wish: ConsentWish): ConsentChoices {
  if (!/^[0-9a-f]{32}$/.test(wish.patient))
    throw new Failure('consent.patient-malformed', 'This is not the id of a patient. Choose the patient again.');
  if (!/^[0-9a-f]{64}$/.test(wish.recipient))
    throw new Failure('consent.recipient-malformed', 'This is not the id of a clinic. Choose the recipient again.');
  if (wish.categories.length === 0)
    throw new Failure('consent.nothing-chosen', 'No category of records is chosen. Choose what may be read.');
  const unknown = wish.categories.find((category) => !isCategory(category));
  if (unknown !== undefined)
    throw new Failure('consent.category-unknown', 'One of these is no category of records. Choose them again.');
  const wanted = new Set<string>([...wish.categories, 'identity']);
  const purpose = PURPOSES.find((known) => known === wish.purpose);
  if (!purpose) throw new Failure('consent.purpose-unknown', 'This is no purpose of use. Choose one.');
  const language = CONSENT_LANGUAGES.find((known) => known === wish.language);
  if (!language) throw new Failure('consent.language-unknown', 'There is no consent text in this language. Choose another one.');
  const ends = wish.ends ?? 0;
  const sensible = [wish.starts, ends].every((time) => Number.isInteger(time) && time >= 0 && time <= LATEST);
  if (!sensible || (ends !== 0 && ends <= wish.starts))
    throw new Failure('consent.period-empty', 'The period ends before it begins. Choose a later end.');
  return {
    patient: wish.patient,
    recipient: wish.recipient,
    categories: CATEGORIES.filter((category) => wanted.has(category)),
    exceptions: exceptionsOf(wish.exceptions ?? []),
    purpose,
    starts: wish.starts,
    ends,
    verification: oneLine(wish.verification),
    language,
  };
}

/** It becomes part of a signed text, so it must not be able to look like another line of it. */
function oneLine(verification: string): string {
  const line = verification.trim();
  if (line.length === 0 || line.length > LONGEST_VERIFICATION || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line) || !line.isWellFormed())
    throw new Failure(
      'consent.verification-missing',
      `Say in one line of at most ${LONGEST_VERIFICATION} characters how the patient's wish was established.`,
    );
  return line;
}

const MOST_EXCEPTIONS = 50;

/** Each once and in one order, so that the same wish is the same consent. Their names are still to be found. */
function exceptionsOf(wished: ReadonlyArray<{ kind: string; value: string }>): ConsentException[] {
  const each = new Map(wished.map((one) => [`${one.kind} ${one.value}`, one]));
  if (each.size > MOST_EXCEPTIONS)
    throw new Failure('consent.exception-unknown', `At most ${MOST_EXCEPTIONS} things can be left out of one consent.`);
  return [...each.keys()].sort().map((key) => {
    const { kind, value } = each.get(key) as { kind: string; value: string };
    const label = LABELS.find((known) => known === value);
    if (kind === 'label' && label) return { kind, value: label, name: '' };
    if (kind === 'author' && /^[0-9a-f]{64}$/.test(value)) return { kind, value, name: '' };
    if (kind === 'encounter' && /^Encounter\/[A-Za-z0-9.-]{1,64}$/.test(value)) return { kind, value, name: '' };
    throw unknownException();
  });
}

/** Whom or what was named is said by nobody: an encounter's id is a part of a record. */
export const unknownException = (): Failure =>
  new Failure('consent.exception-unknown', 'One of these cannot be left out of a consent. Choose them again.');

/** The rule that an exception is. */
export function exceptionRule({ kind, value }: ConsentException): Provision {
  if (kind === 'label') return { type: 'deny', labels: [value], provisions: [] };
  if (kind === 'author') return { type: 'deny', authors: [{ kind: 'person', id: value }], provisions: [] };
  return { type: 'deny', encounters: [value], provisions: [] };
}
