/**
 * What a reconciliation of medications leaves behind: a FHIR R4 List of code `medications` whose mode says that it tells changes, with
 * the words that were signed as its narrative.
 */
import { MEDICATION_LIST } from '../fhir/medication-list.ts';
import { plainWords } from '../fhir/soap-note.ts';
import { isJsonObject, type JsonObject } from '../fhir/strict-json.ts';
import type { MedicationFate } from './medication-lines.ts';

/** Patient Medicine Change Types, the example of FHIR's `List.entry.flag`. */
const CHANGE_TYPES = 'urn:oid:1.2.36.1.2001.1001.101.104.16592';
const RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R', display: 'restricted' };

/** The security of a record that stands beside protected ones. */
export const restricted = { security: [RESTRICTED] };

const FLAGS: Readonly<Record<MedicationFate, JsonObject>> = {
  'goes-on': { coding: [{ system: CHANGE_TYPES, code: '01', display: 'Unchanged' }], text: 'Goes on' },
  'taken-over': { text: 'Taken over' },
  stopped: { coding: [{ system: CHANGE_TYPES, code: '05', display: 'Ceased' }], text: 'Stopped' },
  'not-taken': { text: 'Not taken by the patient' },
  'listed-once': { text: 'Listed once, by another record' },
};

/** In the order in which the signed words tell them. */
const FATES = ['goes-on', 'taken-over', 'stopped', 'not-taken', 'listed-once'] as const;
const ends = (fate: MedicationFate): boolean => fate !== 'goes-on' && fate !== 'taken-over';
/** A flag's words in the record. */
export const fateWords = (fate: MedicationFate): string => FLAGS[fate].text as string;

export interface ReconciledMedication {
  readonly title: string;
  /** The dosage in words; '' when it says none. */
  readonly dosage: string;
  /** `MedicationRequest/<record>`; undefined for a record of another clinic, which lies in no chart of this one. */
  readonly reference: string | undefined;
  /** Where it came from, in words; '' for what the chart had. */
  readonly from: string;
  readonly fate: MedicationFate;
}

interface Reconciled {
  /** FHIR dateTime. */
  readonly at: string;
  readonly patient: { readonly id: string; readonly name: string; readonly birthDate: string };
  /** Staff id in hexadecimal, and name. */
  readonly signer: { readonly id: string; readonly name: string };
  readonly medications: readonly ReconciledMedication[];
}

/** The exact text that signing covers; lines end in U+000A. */
export function reconciledText({ at, patient, signer, medications }: Reconciled): string {
  const born = patient.birthDate === '' ? '' : `, born ${patient.birthDate}`;
  const told = FATES.flatMap((fate) => {
    const lines = medications.filter((each) => each.fate === fate).map((each) => `  ${sentence(each)}`);
    return lines.length === 0 ? [] : [`${fateWords(fate)}:`, ...lines];
  });
  const head = [
    'MEDICATIONS RECONCILED',
    `Patient: ${plainWords(patient.name)}${born} (${patient.id})`,
    `Date: ${plainWords(at)}`,
  ];
  return `${[...head, ...told, `Signed by: ${plainWords(signer.name)}`].join('\n')}\n`;
}

function sentence({ title, dosage, from }: ReconciledMedication): string {
  const said = dosage === '' ? plainWords(title) : `${plainWords(title)}: ${plainWords(dosage)}`;
  return from === '' ? said : `${said} (${plainWords(from)})`;
}

/** @param div the signed words as a narrative @param encounter reference of the one that is under way */
export function reconciledList(
  { at, patient, signer, medications }: Reconciled,
  div: string,
  { encounter, isProtected }: { readonly encounter: string | undefined; readonly isProtected: boolean },
): string {
  return JSON.stringify({
    resourceType: 'List',
    meta: isProtected ? restricted : undefined,
    text: { status: 'generated', div },
    status: 'current',
    mode: 'changes',
    title: 'Medication reconciliation',
    code: MEDICATION_LIST,
    subject: { reference: `Patient/${patient.id}` },
    encounter: encounter === undefined ? undefined : { reference: encounter },
    date: at,
    source: { type: 'Practitioner', identifier: { system: 'urn:careledger:staff', value: signer.id }, display: signer.name },
    entry: medications.map(({ fate, reference, title }) => ({
      flag: FLAGS[fate],
      deleted: ends(fate) ? true : undefined,
      item: { reference, display: title },
    })),
  });
}

/** The records (ids) that a list says something about. */
export function recordsListed({ entry }: JsonObject): string[] {
  const entries = Array.isArray(entry) ? entry.filter(isJsonObject) : [];
  return entries.flatMap(({ item }) => {
    const reference = isJsonObject(item) && typeof item.reference === 'string' ? item.reference : '';
    return reference === '' ? [] : [reference.slice(reference.indexOf('/') + 1)];
  });
}
