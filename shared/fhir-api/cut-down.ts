/** A resource cut down to some of its elements, each as it was written (R4 search.html#elements, #summary). */
import { membersOf } from '../fhir/json-cursor.ts';
import { SUMMARY_ELEMENTS } from './summary-elements.ts';

/** `true`: what its definition marks as summary; `text`: the narrative and what it has to have; `data`: all but the narrative. */
const SHORT_FORMS = ['true', 'text', 'data'] as const;
export type ShortForm = (typeof SHORT_FORMS)[number];

export const isShortForm = (value: string): value is ShortForm => SHORT_FORMS.some((each) => each === value);

/** What a program asked to be given of each resource; undefined: all of it. */
export interface Shape {
  readonly elements: readonly string[] | undefined;
  readonly short: ShortForm | undefined;
}

/** @param text as `servedText` gives it, of a resource of this type */
export function cutDown(type: string, text: string, { elements, short }: Shape): string {
  if (elements) return withElements(text, elements);
  switch (short) {
    case undefined:
      return text;
    case 'true':
      return withElements(text, summaryOf(type));
    case 'text':
      return withElements(text, ['text', ...summaryOf(type, '!')]);
    case 'data':
      return withMembers(text, (name) => name !== 'text');
  }
}

/** @param mark of those elements alone that have it */
const summaryOf = (type: string, mark = ''): string[] =>
  (SUMMARY_ELEMENTS[type] ?? '')
    .split(' ')
    .filter((name) => name.endsWith(mark))
    .map((name) => name.replace('!', ''));

/** What an answer says whatever was asked for: which it is, whose, and what changes the meaning of everything else (R4 search.html#elements). */
const ALWAYS: ReadonlySet<string> = new Set([
  ...['resourceType', 'id', 'meta', 'implicitRules', 'modifierExtension', 'subject', 'patient'],
  ...['status', 'intent', 'clinicalStatus', 'verificationStatus', 'doNotPerform', 'active', 'deceased'],
]);
const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** A resource with these elements alone, each as it was written, and the tag that says so. */
function withElements(text: string, elements: readonly string[]): string {
  const wanted = (name: string): boolean => {
    const plain = name.replace(/^_/, '');
    // An element with a choice of types, such as value[x], is asked for by its name alone.
    return [...ALWAYS, ...elements].some(
      (each) => plain === each || (plain.startsWith(each) && /^[A-Z]/.test(plain.slice(each.length))),
    );
  };
  return withMembers(text, wanted);
}

function withMembers(text: string, isWanted: (name: string) => boolean): string {
  const kept = [...membersOf(text, text.indexOf('{'))].filter(({ name }) => isWanted(name));
  const written = kept.map(({ name, start, end }) => {
    const value = text.slice(start, end);
    return `${JSON.stringify(name)}:${name === 'meta' ? withTag(value) : value}`;
  });
  return `{${written.join(',')}}`;
}

function withTag(meta: string): string {
  const { tag, ...others } = JSON.parse(meta) as { readonly tag?: unknown };
  return JSON.stringify({ ...others, tag: [...(Array.isArray(tag) ? (tag as unknown[]) : []), SUBSETTED] });
}
