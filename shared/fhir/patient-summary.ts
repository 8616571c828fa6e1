/** What lists and search need of a Patient. */
import type { FhirResource } from './fhir-resource.ts';
import { replacedBy } from './patient-link.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './strict-json.ts';
import { wordsOf } from './summary.ts';

export interface PatientSummary {
  /** The logical id; '' when the resource has none. */
  readonly id: string;
  readonly family: string;
  readonly given: readonly string[];
  /** In the order in which the person's culture says it; '' when the record holds no name. */
  readonly fullName: string;
  /** YYYY, YYYY-MM or YYYY-MM-DD as written; '' when unknown. */
  readonly birthDate: string;
  readonly gender: string;
  readonly deceased: boolean;
  /** As written, when the record says when. */
  readonly deceasedAt?: string;
  readonly identifiers: readonly { readonly system: string; readonly value: string; readonly type: string }[];
  readonly city: string;
  readonly phone: string;
  /** Logical id of the patient who replaces this one, as the record says it; left out when nobody does. */
  readonly replacedBy?: string;
}

/** Which of several names a person goes by, best first; a maiden or old name only when there is no other. */
const NAME_USES: readonly (string | undefined)[] = [
  'official',
  'usual',
  undefined,
  'nickname',
  'anonymous',
  'temp',
  'maiden',
  'old',
];
/** Scripts that put the family name first and write no space. */
const FAMILY_FIRST = /^[\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$/;

/** @param resource a checked Patient. */
export function patientSummary(resource: FhirResource): PatientSummary {
  const names = objects(resource.name);
  const name =
    NAME_USES.map((use) => names.find((candidate) => candidate.use === use)).find((found) => found !== undefined) ?? names[0];
  const family = text(name?.family);
  const given = texts(name?.given);
  const address = objects(resource.address);
  const deceasedAt = text(resource.deceasedDateTime);
  const replacing = replacedBy(resource);
  return {
    id: text(resource.id),
    family,
    given,
    fullName: text(name?.text) || joined(family, given),
    birthDate: text(resource.birthDate),
    gender: text(resource.gender),
    deceased: resource.deceasedBoolean === true || deceasedAt !== '',
    ...(deceasedAt === '' ? {} : { deceasedAt }),
    identifiers: objects(resource.identifier)
      .filter((identifier) => typeof identifier.value === 'string')
      .map(({ system, value, type }) => ({ system: text(system), value: text(value), type: wordsOf(type) ?? '' })),
    city: text((address.find(({ use }) => use === 'home') ?? address[0])?.city),
    phone: text(objects(resource.telecom).find(({ system }) => system === 'phone' || system === 'sms')?.value),
    ...(replacing === undefined ? {} : { replacedBy: replacing }),
  };
}

function joined(family: string, given: readonly string[]): string {
  if (FAMILY_FIRST.test(family)) return family + given.join('');
  return [...given, family].filter((part) => part !== '').join(' ');
}

/**
 * Everything a patient is looked up by, folded, separated by blanks: all names, birth date, identifiers (as written and
 * without punctuation), telephone numbers, city.
 */
export function searchTerms(resource: FhirResource): string {
  const terms = new Set<string>();
  const add = (value: string): void => {
    const folded = foldText(value);
    if (folded !== '') terms.add(folded);
  };
  for (const name of objects(resource.name)) {
    for (const part of [...texts(name.given), text(name.family), text(name.text)]) add(part);
    if (FAMILY_FIRST.test(text(name.family))) add(joined(text(name.family), texts(name.given)));
  }
  add(text(resource.birthDate));
  for (const numbered of [...objects(resource.identifier), ...objects(resource.telecom)]) {
    add(text(numbered.value));
    add(text(numbered.value).replace(/[^\p{L}\p{N}]/gu, ''));
  }
  for (const address of objects(resource.address)) add(text(address.city));
  return [...terms].join(' ');
}

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
};

/**
 * The form in which names are compared: lower case, without the accents of Latin, Greek and Cyrillic and the vowel points
 * of Hebrew and Arabic. Marks that are letters of their own (Indic vowels, kana voicing) stay. Fold the question too.
 */
export function foldText(value: string): string {
  const bare = value
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g, '')
    .toLowerCase();
  return bare
    .replace(/[ßæœøłđðþıħ]/g, (letter) => LETTERS[letter] as string)
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function texts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
