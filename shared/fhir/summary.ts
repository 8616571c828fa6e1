/** The one row that a chart shows of a resource: what, when, how it stands, and its value with the digits as written. */
import type { FhirResource } from './fhir-resource.ts';
import { decimalAt } from './json-cursor.ts';
import { isMedicationList } from './medication-list.ts';
import { soapTexts } from './soap-note.ts';
import type { StatementAbout } from './statement.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './strict-json.ts';

export type ChartSection =
  | 'problem'
  | 'allergy'
  | 'medication'
  | 'immunization'
  | 'encounter'
  | 'result'
  | 'vital'
  | 'procedure'
  | 'document'
  | 'note'
  | 'consent'
  | 'device'
  | 'other';

interface ValueSummary {
  /** What a person reads: `6.30 mmol/L`, `122/84 mm[Hg]`, `Positive`. */
  readonly text: string;
  /** The exact literal of a single quantity; turn it into a number for plots only. */
  readonly number?: string;
  /** As a person reads it. */
  readonly unit?: string;
  /** Its UCUM code, where that is another text than `unit`. */
  readonly ucum?: string;
  /** Limits of the first reference range, exact literals. */
  readonly low?: string;
  readonly high?: string;
}

const UCUM = 'http://unitsofmeasure.org';

export interface ResourceSummary {
  readonly resourceType: string;
  /** In the record's own words; the type's name when it has none. */
  readonly title: string;
  readonly code?: { readonly system: string; readonly code: string };
  /** As written: a year, a month, a day or a moment; '' when the record says none. */
  readonly date: string;
  readonly status: string;
  readonly value?: ValueSummary;
  /** Reference to the encounter, as written. */
  readonly encounter?: string;
  /** Codes of its security labels; left out when it has none. */
  readonly labels?: readonly string[];
  /** Of a patient's statement of disagreement. */
  readonly about?: StatementAbout;
  readonly section: ChartSection;
}

interface Shape {
  readonly section: ChartSection;
  /** Elements that name the thing, best first: concepts, references with a display, or texts. */
  readonly title: readonly string[];
  readonly date: readonly string[];
}

const SHAPES: Readonly<Record<string, Shape>> = {
  AllergyIntolerance: {
    section: 'allergy',
    title: ['code'],
    date: ['onsetDateTime', 'onsetPeriod', 'recordedDate', 'lastOccurrence'],
  },
  Appointment: { section: 'encounter', title: ['description', 'serviceType', 'appointmentType'], date: ['start', 'created'] },
  CarePlan: { section: 'other', title: ['title', 'category', 'description'], date: ['period', 'created'] },
  ClinicalImpression: {
    section: 'note',
    title: ['code', 'description', 'summary'],
    date: ['effectiveDateTime', 'effectivePeriod', 'date'],
  },
  Communication: { section: 'note', title: ['topic', 'reasonCode', 'category'], date: ['sent', 'received'] },
  Composition: { section: 'note', title: ['title', 'type'], date: ['date'] },
  Condition: { section: 'problem', title: ['code'], date: ['onsetDateTime', 'onsetPeriod', 'recordedDate', 'abatementDateTime'] },
  Consent: { section: 'consent', title: ['category', 'scope'], date: ['dateTime'] },
  Device: { section: 'device', title: ['type', 'deviceName', 'distinctIdentifier'], date: ['manufactureDate'] },
  DeviceMetric: { section: 'device', title: ['type'], date: [] },
  DeviceUseStatement: { section: 'device', title: ['device'], date: ['timingDateTime', 'timingPeriod', 'recordedOn'] },
  DiagnosticReport: { section: 'result', title: ['code'], date: ['effectiveDateTime', 'effectivePeriod', 'issued'] },
  DocumentReference: { section: 'document', title: ['description', 'type', 'category'], date: ['date'] },
  Encounter: { section: 'encounter', title: ['type', 'reasonCode', 'serviceType', 'class'], date: ['period'] },
  EpisodeOfCare: { section: 'encounter', title: ['type'], date: ['period'] },
  FamilyMemberHistory: { section: 'other', title: ['relationship', 'name'], date: ['date'] },
  ImagingStudy: { section: 'result', title: ['description', 'procedureCode', 'modality'], date: ['started'] },
  Immunization: { section: 'immunization', title: ['vaccineCode'], date: ['occurrenceDateTime', 'occurrenceString', 'recorded'] },
  Media: { section: 'document', title: ['type', 'modality'], date: ['createdDateTime', 'createdPeriod', 'issued'] },
  MedicationAdministration: {
    section: 'medication',
    title: ['medicationCodeableConcept', 'medicationReference'],
    date: ['effectiveDateTime', 'effectivePeriod'],
  },
  MedicationDispense: {
    section: 'medication',
    title: ['medicationCodeableConcept', 'medicationReference'],
    date: ['whenHandedOver', 'whenPrepared'],
  },
  MedicationRequest: { section: 'medication', title: ['medicationCodeableConcept', 'medicationReference'], date: ['authoredOn'] },
  MedicationStatement: {
    section: 'medication',
    title: ['medicationCodeableConcept', 'medicationReference'],
    date: ['effectiveDateTime', 'effectivePeriod', 'dateAsserted'],
  },
  MolecularSequence: { section: 'result', title: ['referenceSeq', 'type'], date: [] },
  Observation: {
    section: 'result',
    title: ['code'],
    date: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued'],
  },
  Procedure: { section: 'procedure', title: ['code'], date: ['performedDateTime', 'performedPeriod', 'performedString'] },
  QuestionnaireResponse: { section: 'note', title: ['questionnaire'], date: ['authored'] },
  ServiceRequest: {
    section: 'procedure',
    title: ['code', 'category'],
    date: ['occurrenceDateTime', 'occurrencePeriod', 'authoredOn'],
  },
};

const OTHER: Shape = {
  section: 'other',
  title: ['title', 'name', 'description', 'code', 'type', 'category'],
  date: ['date', 'dateTime', 'created', 'authoredOn', 'recorded', 'issued', 'period'],
};

/**
 * The row of a checked resource. With `text`, the exact text of the record, numbers keep their digits (`1.500`); without
 * it they are what a binary double makes of them.
 */
export function summarize(resource: FhirResource, text?: string): ResourceSummary {
  const shape = Object.hasOwn(SHAPES, resource.resourceType) ? (SHAPES[resource.resourceType] as Shape) : OTHER;
  const named = first(shape.title, (name) => titleElement(resource, name));
  const code = codingOf(named);
  const value = valueSummary(resource, text);
  const labels = labelsOf(resource);
  const encounter = isJsonObject(resource.encounter) ? resource.encounter.reference : contextEncounter(resource);
  return {
    resourceType: resource.resourceType,
    title: first(shape.title, (name) => wordsOf(titleElement(resource, name))) ?? resource.resourceType,
    ...(code === undefined ? {} : { code }),
    date: first(shape.date, (name) => dateOf(resource[name])) ?? '',
    status: statusOf(resource),
    ...(value === undefined ? {} : { value }),
    ...(typeof encounter === 'string' ? { encounter } : {}),
    ...(labels.length > 0 ? { labels } : {}),
    section: sectionOf(resource, shape),
  };
}

/** The codes in `meta.security`. */
function labelsOf({ meta }: FhirResource): string[] {
  const security = isJsonObject(meta) && Array.isArray(meta.security) ? meta.security : [];
  return security.flatMap((label) => (isJsonObject(label) && typeof label.code === 'string' ? [label.code] : []));
}

function first<T>(names: readonly string[], read: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const found = read(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The element `name`, or the contained Medication that it points to. */
function titleElement(resource: FhirResource, name: string): JsonValue | undefined {
  const value = resource[name];
  if (name !== 'medicationReference' || !isJsonObject(value) || typeof value.reference !== 'string') return value;
  const id = value.reference.startsWith('#') ? value.reference.slice(1) : undefined;
  const contained = Array.isArray(resource.contained) ? resource.contained : [];
  const medication = contained.find((inner) => isJsonObject(inner) && inner.id === id);
  return id !== undefined && isJsonObject(medication) ? (medication.code ?? value) : value;
}

/** The words of a concept, a coding, a reference, an identifier, a device name or a plain text. */
export function wordsOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return wordsOf(value[0]);
  if (!isJsonObject(value)) return undefined;
  if (typeof value.text === 'string') return value.text;
  if (typeof value.display === 'string') return value.display;
  const coding = wordsOf(value.coding);
  if (coding !== undefined) return coding;
  if (typeof value.family === 'string') {
    return [...(Array.isArray(value.given) ? value.given : []), value.family]
      .filter((part) => typeof part === 'string')
      .join(' ');
  }
  for (const name of ['name', 'code', 'value', 'identifier', 'referenceSeqId']) {
    const words = wordsOf(value[name]);
    if (words !== undefined) return words;
  }
  return undefined;
}

function codingOf(value: JsonValue | undefined): { system: string; code: string } | undefined {
  if (Array.isArray(value)) return codingOf(value[0]);
  if (!isJsonObject(value)) return undefined;
  if (Array.isArray(value.coding)) return codingOf(value.coding[0]);
  if (typeof value.code !== 'string') return undefined;
  return { system: typeof value.system === 'string' ? value.system : '', code: value.code };
}

function dateOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!isJsonObject(value)) return undefined;
  return dateOf(value.start) ?? dateOf(value.end);
}

function statusOf(resource: JsonObject): string {
  if (typeof resource.status === 'string') return resource.status;
  return codingOf(resource.clinicalStatus)?.code ?? codingOf(resource.verificationStatus)?.code ?? '';
}

function contextEncounter(resource: JsonObject): JsonValue | undefined {
  const context = isJsonObject(resource.context) ? resource.context : undefined;
  if (Array.isArray(context?.encounter)) return isJsonObject(context.encounter[0]) ? context.encounter[0].reference : undefined;
  return typeof context?.reference === 'string' && context.reference.startsWith('Encounter/') ? context.reference : undefined;
}

function sectionOf(resource: FhirResource, { section }: Shape): ChartSection {
  if (isVitalSign(resource)) return 'vital';
  return isMedicationList(resource) ? 'medication' : section;
}

function isVitalSign(resource: FhirResource): boolean {
  if (resource.resourceType !== 'Observation' || !Array.isArray(resource.category)) return false;
  return resource.category.some((category) => {
    const codings = isJsonObject(category) && Array.isArray(category.coding) ? category.coding : [];
    return codings.some((coding) => isJsonObject(coding) && coding.code === 'vital-signs');
  });
}

function valueSummary(resource: FhirResource, text: string | undefined): ValueSummary | undefined {
  if (resource.resourceType === 'Observation') return observationValue(resource, text);
  if (resource.resourceType === 'DiagnosticReport' && typeof resource.conclusion === 'string')
    return { text: resource.conclusion };
  if (resource.resourceType === 'Composition') return noteSummary(resource);
  if (resource.resourceType === 'MedicationDispense' && isJsonObject(resource.quantity))
    return quantity(resource.quantity, 'quantity', text);
  const dosages = resource.dosageInstruction ?? resource.dosage;
  const dosage = Array.isArray(dosages) ? dosages[0] : dosages;
  if (isJsonObject(dosage) && typeof dosage.text === 'string') return { text: dosage.text };
  return undefined;
}

const LONGEST_NOTE = 200;

/** How a note by subjective, objective, assessment and plan begins, its assessment first. */
function noteSummary(resource: FhirResource): ValueSummary | undefined {
  const said = soapTexts(resource);
  const text = said && [said.assessment, said.plan, said.subjective, said.objective].find((part) => part !== '');
  return text === undefined ? undefined : { text: text.length > LONGEST_NOTE ? `${text.slice(0, LONGEST_NOTE)}…` : text };
}

/** LOINC and IEEE 11073 codes of the two blood pressures, which people read as one: 122/84. */
const SYSTOLIC: readonly string[] = ['8480-6', '150021'];
const DIASTOLIC: readonly string[] = ['8462-4', '150022'];

function observationValue(resource: JsonObject, text: string | undefined): ValueSummary | undefined {
  const own = valueIn(resource, '', text);
  if (own !== undefined) return { ...own, ...limitsOf(resource, text) };
  if (!Array.isArray(resource.component)) {
    const absent = wordsOf(resource.dataAbsentReason);
    return absent === undefined ? undefined : { text: absent };
  }
  const parts: { code: string; words: string; value: ValueSummary }[] = [];
  resource.component.forEach((component, index) => {
    const value = isJsonObject(component) ? valueIn(component, `component[${index}].`, text) : undefined;
    if (!isJsonObject(component) || value === undefined) return;
    parts.push({ code: codingOf(component.code)?.code ?? '', words: wordsOf(component.code) ?? '', value });
  });
  const pressure = (codes: readonly string[]): ValueSummary | undefined => parts.find(({ code }) => codes.includes(code))?.value;
  const upper = pressure(SYSTOLIC);
  const lower = pressure(DIASTOLIC);
  if (upper?.number !== undefined && lower?.number !== undefined && upper.unit === lower.unit) {
    const unit = upper.unit === undefined ? {} : { unit: upper.unit };
    return { text: `${upper.number}/${lower.number} ${upper.unit ?? ''}`.trim(), ...unit };
  }
  return parts.length === 0 ? undefined : { text: parts.map(({ words, value }) => `${words} ${value.text}`.trim()).join('; ') };
}

/** The two numbers of a blood pressure as `observationValue` words it, under LOINC's codes and names; none of another value. */
export function pressuresOf({ text, unit }: ValueSummary): Array<{ code: string; title: string; value: string }> {
  const [, upper, lower] = /^([\d.]+)\/([\d.]+)(?: |$)/.exec(unit === undefined ? '' : text) ?? [];
  if (upper === undefined || lower === undefined) return [];
  return [
    { code: SYSTOLIC[0] as string, title: 'Systolic blood pressure', value: upper },
    { code: DIASTOLIC[0] as string, title: 'Diastolic blood pressure', value: lower },
  ];
}

/** The value[x] of an Observation or one of its components, which stands at `place` in the text. */
function valueIn(holder: JsonObject, place: string, text: string | undefined): ValueSummary | undefined {
  if (isJsonObject(holder.valueQuantity)) return quantity(holder.valueQuantity, `${place}valueQuantity`, text);
  if (typeof holder.valueInteger === 'number') return { text: String(holder.valueInteger), number: String(holder.valueInteger) };
  if (typeof holder.valueBoolean === 'boolean') return { text: String(holder.valueBoolean) };
  for (const name of ['valueCodeableConcept', 'valueString', 'valueDateTime', 'valueTime']) {
    const words = wordsOf(holder[name]);
    if (words !== undefined) return { text: words };
  }
  for (const [name, parts, sign] of [
    ['valueRange', ['low', 'high'], '–'],
    ['valueRatio', ['numerator', 'denominator'], ':'],
  ] as const) {
    const whole = holder[name];
    if (!isJsonObject(whole)) continue;
    const texts = parts.map((part) =>
      isJsonObject(whole[part]) ? (quantity(whole[part], `${place}${name}.${part}`, text)?.text ?? '') : '',
    );
    return { text: texts.join(sign) };
  }
  const period = dateOf(holder.valuePeriod);
  return period === undefined ? undefined : { text: period };
}

function quantity(value: JsonObject, path: string, text: string | undefined): ValueSummary | undefined {
  const number = exact(value.value, `${path}.value`, text);
  if (number === undefined) return undefined;
  const comparator = typeof value.comparator === 'string' ? value.comparator : '';
  const unit = typeof value.unit === 'string' ? value.unit : typeof value.code === 'string' ? value.code : undefined;
  return {
    text: `${comparator}${number}${unit === undefined ? '' : ` ${unit}`}`,
    number,
    ...(unit === undefined ? {} : { unit }),
    ...(value.system === UCUM && typeof value.code === 'string' && value.code !== unit ? { ucum: value.code } : {}),
  };
}

function limitsOf(resource: JsonObject, text: string | undefined): { low?: string; high?: string } {
  const range = Array.isArray(resource.referenceRange) ? resource.referenceRange[0] : undefined;
  if (!isJsonObject(range)) return {};
  const limit = (name: 'low' | 'high'): string | undefined => {
    const value = range[name];
    return isJsonObject(value) ? exact(value.value, `referenceRange[0].${name}.value`, text) : undefined;
  };
  const low = limit('low');
  const high = limit('high');
  return { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) };
}

function exact(value: JsonValue | undefined, path: string, text: string | undefined): string | undefined {
  if (typeof value !== 'number') return undefined;
  return (text === undefined ? undefined : decimalAt(text, path)) ?? String(value);
}
