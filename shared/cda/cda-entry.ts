/** What the readers of entries have in common: the resource that an element makes, or why it makes none. */
import type { Json } from '../hl7/hl7-datatypes.ts';
import { asFailure, Failure } from '../outcome/failure.ts';
import { type CdaReading, isSaid } from './cda-datatypes.ts';
import { all, at, attribute, type XmlElement } from './cda-xml.ts';

/** Whose entries these are, and how what they make is named. */
export interface EntryReading extends CdaReading {
  /** With its id, its patient and the document's age. Fields that say nothing are left out. */
  readonly resource: (type: string, element: XmlElement, fields: Json) => Json & { readonly id: string };
}

/** Where it stands, and what it makes. */
export type Made =
  | { readonly element: XmlElement; readonly resource: Json & { readonly id: string } }
  | { readonly element: XmlElement; readonly failure: Failure };

/** What is wrong with one entry does not stop the others. */
export function attempt(element: XmlElement, make: () => Json & { readonly id: string }): Made {
  try {
    return { element, resource: make() };
  } catch (error) {
    return { element, failure: asFailure(error) };
  }
}

/** Statements inside an entry by element name, those of this relation alone where one is named. */
export function related(element: XmlElement, name: string, typeCode?: string): XmlElement[] {
  return all(element, 'entryRelationship')
    .filter((each) => typeCode === undefined || attribute(each, 'typeCode') === typeCode)
    .flatMap((each) => all(each, name));
}

/** The observation inside an entry that answers this question (a code of LOINC, or ActCode). */
export const answer = (element: XmlElement, code: string): XmlElement | undefined =>
  related(element, 'observation').find((each) => attribute(at(each, 'code'), 'code') === code);

/** A concern (act) holds what it is about; some systems write that alone. */
export function observationsOf(entry: XmlElement): XmlElement[] {
  if (entry.name === 'observation') return [entry];
  const inside = related(entry, 'observation', 'SUBJ');
  return inside.length > 0 ? inside : related(entry, 'observation');
}

/** Whether the entry says what was, and not what is intended: its mood is that of an event, which is what no mood means. */
export const hasHappened = (entry: XmlElement): boolean => ['', 'EVN'].includes(attribute(entry, 'moodCode'));

/** Whether the entry says that something is not so. */
export const isNegated = (element: XmlElement): boolean => attribute(element, 'negationInd') === 'true';

export const codeIn = (element: XmlElement | undefined): string => (isSaid(element) ? attribute(element, 'code') : '');

export function missing(what: string): Failure {
  return new Failure('cda.element-missing', `This entry does not say ${what}. The document itself is kept.`);
}
