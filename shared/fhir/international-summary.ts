/**
 * The International Patient Summary (HL7 IPS 2.0, FHIR R4): a document Bundle whose Composition lists what a clinician abroad needs to know first.
 * Resources stand in it as they were written, digit by digit, but for whom they are about. Codes and texts are not translated, and no
 * terminology is checked here. Pure.
 */
import { sliceAt } from './json-cursor.ts';
import type { ResourceSummary } from './summary.ts';

/** A resource of the record that belongs in a section. */
export interface SummarizedResource {
  readonly section: string;
  readonly resourceType: string;
  /** Logical id, or a name in its place; what has none cannot be pointed at and is left out. */
  readonly id: string;
  /** One line for people. */
  readonly title: string;
  /** A problem that is over. Papers of before say nothing of it. */
  readonly isPast?: boolean;
  /** As it was written. */
  readonly json: string;
  /** What the patient says against it. */
  readonly disagreements?: readonly SummarizedStatement[];
  /** The Medication that it refers to. */
  readonly medication?: { readonly id: string; readonly json: string };
}

/** A statement of disagreement: a Communication of the record. */
interface SummarizedStatement {
  readonly id: string;
  readonly words: string;
  readonly json: string;
}

export interface SummarySubject {
  /** Of the document, 32 hexadecimal digits. */
  readonly id: string;
  /** Milliseconds. */
  readonly time: number;
  readonly clinic: string;
  /** The Patient as it was written, and its logical id. */
  readonly patient: { readonly id: string; readonly json: string };
}

/** A record as a chart lists it, under its logical id or a name in its place, and its resource as it was written. */
interface WrittenRecord {
  readonly entry: ResourceSummary & { readonly record: string };
  readonly id: string;
  readonly json: string;
  /** The Medication that it refers to, where that is a resource of its own. */
  readonly medication?: { readonly id: string; readonly title: string; readonly json: string } | undefined;
}

/** An entry in one line. */
export const lineOf = ({ title, value }: ResourceSummary): string => (value ? `${title}: ${value.text}` : title);

/** Statuses that a line leaves unsaid: what has another one was stopped, is over, or was never done. */
const ORDINARY: ReadonlySet<string> = new Set(['', 'active', 'final', 'amended', 'corrected']);
/** Of a Condition (clinicalStatus). */
const OVER: ReadonlySet<string> = new Set(['inactive', 'remission', 'resolved']);

/** What a summary has of these records, in their order: each with what the patient says against it, none that was entered in error. */
export function summarized(written: readonly WrittenRecord[]): SummarizedResource[] {
  const said = Map.groupBy(written, ({ entry }) => entry.about?.record);
  return written
    .filter(({ entry }) => entry.status !== 'entered-in-error' && entry.about === undefined)
    .map(({ entry, id, json, medication }) => ({
      section: entry.section,
      resourceType: entry.resourceType,
      id,
      title: titleOf(entry, medication?.title),
      json,
      ...(medication && { medication: { id: medication.id, json: medication.json } }),
      ...(entry.section === 'problem' && OVER.has(entry.status) && { isPast: true }),
      disagreements: (said.get(entry.record) ?? []).map((each) => ({
        id: each.id,
        words: each.entry.about?.words ?? '',
        json: each.json,
      })),
    }));
}

/** @param medicine of a record that does not say it by itself */
function titleOf(entry: ResourceSummary, medicine: string | undefined): string {
  const isNamed = entry.title !== entry.resourceType;
  const line = lineOf(isNamed || medicine === undefined ? entry : { ...entry, title: medicine });
  return ORDINARY.has(entry.status) ? line : `${line} (${entry.status})`;
}

/**
 * The desk's screens name a patient by the vault's id, which leads to nobody in a paper that leaves: there the Patient has the id that it
 * came with.
 * @param json a resource about them @param own the vault's id, 32 hexadecimal digits @param id the Patient's own
 */
export const namingPatient = (json: string, own: string, id: string): string =>
  json.replaceAll(`"Patient/${own}"`, () => `"Patient/${id}"`);

/** Relative references resolve against it (FHIR R4, Bundle). */
const BASE = 'https://records.invalid/fhir';
const LOINC = 'http://loinc.org';
const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition';
const MOST_IN_SECTION = 40;

interface Section {
  readonly of: string;
  readonly isPast?: boolean;
  /** Of the chart's section, what IPS takes into this one. */
  readonly types: readonly string[];
  readonly code: string;
  readonly display: string;
  readonly title: string;
  /** IPS requires it, even when it is empty. */
  readonly required: boolean;
}

const SECTIONS: readonly Section[] = [
  {
    of: 'problem',
    types: ['Condition'],
    code: '11450-4',
    display: 'Problem list - Reported',
    title: 'Problems',
    required: true,
  },
  {
    of: 'allergy',
    types: ['AllergyIntolerance'],
    code: '48765-2',
    display: 'Allergies and adverse reactions Document',
    title: 'Allergies and intolerances',
    required: true,
  },
  {
    of: 'medication',
    types: ['MedicationStatement', 'MedicationRequest', 'MedicationAdministration', 'MedicationDispense'],
    code: '10160-0',
    display: 'History of Medication use Narrative',
    title: 'Medications',
    required: true,
  },
  {
    of: 'immunization',
    types: ['Immunization'],
    code: '11369-6',
    display: 'History of Immunization note',
    title: 'Immunizations',
    required: false,
  },
  {
    of: 'procedure',
    types: ['Procedure'],
    code: '47519-4',
    display: 'History of Procedures Document',
    title: 'Procedures',
    required: false,
  },
  {
    of: 'result',
    types: ['Observation', 'DiagnosticReport'],
    code: '30954-2',
    display: 'Relevant diagnostic tests/laboratory data note',
    title: 'Results',
    required: false,
  },
  { of: 'vital', types: ['Observation'], code: '8716-3', display: 'Vital signs note', title: 'Vital signs', required: false },
  {
    of: 'problem',
    isPast: true,
    types: ['Condition'],
    code: '11348-0',
    display: 'History of Past illness note',
    title: 'Past illnesses',
    required: false,
  },
];

/** The resources of a section, the newest first as they came. */
const foundFor = ({ of, isPast = false, types }: Section, usable: readonly SummarizedResource[]): SummarizedResource[] =>
  usable
    .filter((each) => each.section === of && (each.isPast ?? false) === isPast && types.includes(each.resourceType))
    .slice(0, MOST_IN_SECTION);

/** Those of which a summary may have an entry: no more than its sections hold. */
export const summaryEntries = (resources: readonly SummarizedResource[]): SummarizedResource[] =>
  SECTIONS.flatMap((section) => foundFor(section, resources));

/** @param resources the newest of each section first @param withheld sections that are kept back. Gives the Bundle as JSON. */
export function internationalSummary(
  subject: SummarySubject,
  resources: readonly SummarizedResource[],
  withheld: ReadonlySet<string> = new Set(),
): string {
  const { id, time, clinic, patient } = subject;
  const usable = resources.filter((resource) => resource.id !== '' && !withheld.has(resource.section));
  const filled = SECTIONS.map((section) => ({
    section,
    found: foundFor(section, usable),
  })).filter(({ section, found }) => section.required || found.length > 0);
  const statements = filled.flatMap(({ found }) => found.flatMap(({ disagreements = [] }) => disagreements));
  const medications = new Map(
    filled.flatMap(({ found }) =>
      found.flatMap(({ medication }) => (medication ? [[medication.id, medication.json] as const] : [])),
    ),
  );
  const date = new Date(time).toISOString();
  const uuid = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
  const composition = {
    resourceType: 'Composition',
    id: uuid,
    meta: { profile: [`${IPS}/Composition-uv-ips`] },
    status: 'final',
    type: { coding: [{ system: LOINC, code: '60591-5', display: 'Patient summary Document' }] },
    subject: { reference: `Patient/${patient.id}` },
    date,
    author: [{ display: clinic }],
    custodian: { display: clinic },
    title: 'International Patient Summary',
    section: [
      ...filled.map(({ section, found }) => sectionOf(section, found, withheld.has(section.of))),
      ...statementSection(statements),
    ],
  };
  const entries = [
    entry('Composition', uuid, JSON.stringify(composition)),
    entry('Patient', patient.id, patient.json),
    ...filled.flatMap(({ found }) => found.map((each) => entry(each.resourceType, each.id, aboutPatient(each.json, patient.id)))),
    ...[...medications].map(([medication, json]) => entry('Medication', medication, json)),
    ...statements.map(({ id: statement, json }) => entry('Communication', statement, aboutPatient(json, patient.id))),
  ];
  const identifier = JSON.stringify({ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid}` });
  return `{"resourceType":"Bundle","meta":{"profile":["${IPS}/Bundle-uv-ips"]},"type":"document","identifier":${identifier},"timestamp":"${date}","entry":[${entries.join(',')}]}`;
}

/** All of it lies in this patient's chart: named by an address or a `urn:uuid` of the Bundle it was imported with, they would be nobody here. */
function aboutPatient(json: string, id: string): string {
  const place = sliceAt(json, 'subject.reference') ?? sliceAt(json, 'patient.reference');
  return place ? `${json.slice(0, place.start)}${JSON.stringify(`Patient/${id}`)}${json.slice(place.end)}` : json;
}

const entry = (type: string, id: string, json: string): string =>
  `{"fullUrl":${JSON.stringify(`${BASE}/${type}/${id}`)},"resource":${json}}`;

function sectionOf({ title, code, display }: Section, found: readonly SummarizedResource[], isWithheld: boolean) {
  const head = { title, code: { coding: [{ system: LOINC, code, display }] } };
  if (found.length === 0)
    return {
      ...head,
      text: narrative([isWithheld ? 'Withheld by the patient' : 'No information']),
      // That nothing is written says nothing of whether there is anything.
      emptyReason: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason', code: isWithheld ? 'withheld' : 'unavailable' },
        ],
      },
    };
  return {
    ...head,
    // What the patient says against a record stands with it, not only in a part of its own.
    text: narrative(
      found.map(({ title: line, disagreements = [] }) =>
        [line, ...disagreements.map(({ words }) => `Patient disagrees: ${words}`)].join(' – '),
      ),
    ),
    entry: found.map((each) => ({ reference: `${each.resourceType}/${each.id}` })),
  };
}

/** IPS has no section for them and forbids none beside its own. */
const statementSection = (statements: readonly SummarizedStatement[]) =>
  statements.length === 0
    ? []
    : [
        {
          title: 'Statements of disagreement by the patient',
          code: { text: 'Statements of disagreement' },
          text: narrative(statements.map(({ words }) => words)),
          entry: statements.map(({ id }) => ({ reference: `Communication/${id}` })),
        },
      ];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] as string);

const narrative = (lines: readonly string[]) => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml"><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></div>`,
});
