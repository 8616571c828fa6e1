/**
 * A patient's statement of disagreement (45 CFR 164.526(d)): a FHIR R4 Communication beside the record that it is about, in the same
 * compartment, so that whoever may read the record reads it and it goes wherever the record goes. It names the record, not a version.
 */
import type { FhirResource } from './fhir-resource.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './strict-json.ts';

/** Kind of the envelope: what an import or a program brings is never of it. */
export const STATEMENT_KIND = 'statement';

/** Kinds of records whose content is a FHIR resource that goes out as it is. */
export const isResourceKind = (kind: string): boolean => kind === 'fhir' || kind === STATEMENT_KIND;

const SYSTEM = 'urn:careledger:statement';
const RECORD = 'urn:careledger:record';
const [AUTHOR, WRITTEN, DATE] = ['author', 'written', 'date'].map((name) => `${RECORD}-${name}`) as [string, string, string];
const CONFIDENTIALITY: ReadonlySet<string> = new Set(['U', 'L', 'M', 'N', 'R', 'V']);

/** What a statement is about, and what it says. A consent or a restriction that reaches the record reaches it as well. */
export interface StatementAbout {
  /** Id of the record, hexadecimal; of who wrote it likewise. */
  readonly record: string;
  readonly author: string;
  /** When it was written, milliseconds, and the FHIR date of what it tells. */
  readonly written: number;
  readonly date: string;
  readonly words: string;
}

/** The record as the chart lists it. */
interface DisputedRecord {
  readonly record: string;
  readonly resourceType: string;
  readonly title: string;
  /** Under which the record is served. */
  readonly reference: string;
  readonly author: string;
  readonly time: number;
  readonly date: string;
  readonly code?: { readonly system: string; readonly code: string };
  readonly encounter?: string;
  readonly labels?: readonly string[];
}

interface StatementWords {
  /** Hexadecimal; that of the request which the ledger holds. */
  readonly id: string;
  readonly patient: string;
  readonly words: string;
  /** Name of who said it for the patient; '' where they did themselves. */
  readonly by: string;
  /** Milliseconds. */
  readonly sentAt: number;
  /** Who wrote it down at a desk from the patient's own paper; undefined of what was said at a kiosk. */
  readonly writer?: string | undefined;
}

export function statementResource(
  { id, patient, words, by, sentAt, writer }: StatementWords,
  about: DisputedRecord,
): FhirResource {
  const { record, resourceType, title, reference, author, time, date, code, encounter, labels = [] } = about;
  const person = { reference: `Patient/${patient}` };
  const security = labels.map((label) => ({ system: systemOf(label), code: label }));
  return {
    resourceType: 'Communication',
    ...(security.length > 0 ? { meta: { security } } : {}),
    identifier: [{ system: SYSTEM, value: id }],
    status: 'completed',
    category: [{ coding: [{ system: SYSTEM, code: 'disagreement' }], text: 'Statement of disagreement' }],
    subject: person,
    topic: { ...(code ? { coding: [{ ...(code.system ? { system: code.system } : {}), code: code.code }] } : {}), text: title },
    about: [
      {
        extension: [
          { url: AUTHOR, valueString: author },
          { url: WRITTEN, valueInstant: new Date(time).toISOString() },
          ...(date ? [{ url: DATE, valueString: date }] : []),
        ],
        reference,
        type: resourceType,
        identifier: { system: RECORD, value: record },
        display: title,
      },
    ],
    ...(encounter ? { encounter: { reference: encounter } } : {}),
    sent: new Date(sentAt).toISOString(),
    sender: by === '' ? person : { type: 'RelatedPerson', display: by },
    payload: [{ contentString: words }],
    ...(writer === undefined
      ? {}
      : { note: [{ authorString: writer, text: 'Written down at the desk from the patient’s own paper' }] }),
  } as FhirResource;
}

/** Undefined for what names no record. Ask only of a record of `STATEMENT_KIND`. */
export function statementIn(resource: JsonObject): StatementAbout | undefined {
  const about = first(resource.about);
  const identifier = isJsonObject(about?.identifier) ? about.identifier : undefined;
  if (!about || identifier?.system !== RECORD || typeof identifier.value !== 'string') return undefined;
  return {
    record: identifier.value,
    author: extension(about, AUTHOR, 'valueString'),
    written: Date.parse(extension(about, WRITTEN, 'valueInstant')) || 0,
    date: extension(about, DATE, 'valueString'),
    words: text(first(resource.payload)?.contentString),
  };
}

const systemOf = (label: string): string =>
  `http://terminology.hl7.org/CodeSystem/${CONFIDENTIALITY.has(label) ? 'v3-Confidentiality' : 'v3-ActCode'}`;

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

function first(value: JsonValue | undefined): JsonObject | undefined {
  const [found] = Array.isArray(value) ? value : [];
  return isJsonObject(found) ? found : undefined;
}

function extension({ extension: all }: JsonObject, url: string, name: string): string {
  const found = (Array.isArray(all) ? all : []).find((each) => isJsonObject(each) && each.url === url);
  return isJsonObject(found) ? text(found[name]) : '';
}
