/** Which search parameters each type has here (R4 search.html), and how a filter is written in terms of them. */
import { patientCompartmentTypes } from '../fhir/patient-compartment.ts';
import { Failure } from '../outcome/failure.ts';

type ParameterKind = 'token' | 'string' | 'date' | 'reference' | 'quantity';

export interface SearchParameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** Elements that hold its values: `name.family`. */
  readonly paths: readonly string[];
}

const MOST_VALUES = 50;

export const of = (kind: ParameterKind, name: string, ...paths: string[]): SearchParameter => ({ name, kind, paths });

const IDENTIFIER = of('token', 'identifier', 'identifier');
const STATUS = of('token', 'status', 'status');
const CODE = of('token', 'code', 'code');
const CATEGORY = of('token', 'category', 'category');
const ENCOUNTER = of('reference', 'encounter', 'encounter');
const MEDICATION = of('token', 'code', 'medicationCodeableConcept');
const PERIOD = of('date', 'date', 'period');
const NAME = of('string', 'name', 'name');
const CLINICAL_STATUS = of('token', 'clinical-status', 'clinicalStatus');
const VERIFICATION = of('token', 'verification-status', 'verificationStatus');

const OWN: Readonly<Record<string, readonly SearchParameter[]>> = {
  AllergyIntolerance: [CODE, CATEGORY, CLINICAL_STATUS, VERIFICATION, of('date', 'date', 'recordedDate')],
  CarePlan: [CATEGORY, STATUS, ENCOUNTER, PERIOD],
  Composition: [STATUS, CATEGORY, ENCOUNTER, of('token', 'type', 'type'), of('date', 'date', 'date')],
  Condition: [
    CODE,
    CATEGORY,
    CLINICAL_STATUS,
    VERIFICATION,
    ENCOUNTER,
    of('date', 'onset-date', 'onsetDateTime', 'onsetPeriod'),
    of('date', 'recorded-date', 'recordedDate'),
  ],
  DiagnosticReport: [CODE, CATEGORY, STATUS, ENCOUNTER, of('date', 'date', 'effectiveDateTime', 'effectivePeriod')],
  DocumentReference: [CATEGORY, STATUS, of('token', 'type', 'type'), of('date', 'date', 'date')],
  Encounter: [STATUS, PERIOD, of('token', 'class', 'class'), of('token', 'type', 'type')],
  Goal: [CATEGORY, of('token', 'lifecycle-status', 'lifecycleStatus')],
  Immunization: [STATUS, of('token', 'vaccine-code', 'vaccineCode'), of('date', 'date', 'occurrenceDateTime')],
  MedicationAdministration: [MEDICATION, STATUS, of('date', 'effective-time', 'effectiveDateTime', 'effectivePeriod')],
  MedicationDispense: [MEDICATION, STATUS, of('date', 'whenhandedover', 'whenHandedOver')],
  MedicationRequest: [MEDICATION, CATEGORY, STATUS, ENCOUNTER, of('date', 'authoredon', 'authoredOn')],
  MedicationStatement: [MEDICATION, CATEGORY, STATUS, of('date', 'effective', 'effectiveDateTime', 'effectivePeriod')],
  Observation: [
    CODE,
    CATEGORY,
    STATUS,
    ENCOUNTER,
    of('date', 'date', 'effectiveDateTime', 'effectivePeriod', 'effectiveInstant'),
    of('quantity', 'value-quantity', 'valueQuantity'),
  ],
  Patient: [
    NAME,
    of('string', 'family', 'name.family'),
    of('string', 'given', 'name.given'),
    of('date', 'birthdate', 'birthDate'),
    of('token', 'gender', 'gender'),
  ],
  Procedure: [CODE, CATEGORY, STATUS, ENCOUNTER, of('date', 'date', 'performedDateTime', 'performedPeriod')],
  ServiceRequest: [CODE, CATEGORY, STATUS, ENCOUNTER, of('date', 'authored', 'authoredOn')],
  // The clinic's own directory.
  Location: [NAME],
  Medication: [CODE],
  Organization: [NAME],
  Practitioner: [NAME],
  PractitionerRole: [of('reference', 'practitioner', 'practitioner')],
  HealthcareService: [NAME],
};

/** What belongs to no patient and is read from the clinic's own directory. */
const DIRECTORY_TYPES: readonly string[] = [
  'Endpoint',
  'HealthcareService',
  'Location',
  'Medication',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Substance',
];

export const isDirectoryType = (type: string): boolean => DIRECTORY_TYPES.includes(type);

/** Every type that is served, in the order of names. */
export const servedTypes: readonly string[] = [...new Set(['Patient', ...patientCompartmentTypes, ...DIRECTORY_TYPES])].sort();

/** The parameters of a type that look into resources; `_id`, `patient` and `subject` choose them and come beside. */
export const parametersOf = (type: string): readonly SearchParameter[] => [
  IDENTIFIER,
  ...(Object.hasOwn(OWN, type) ? (OWN[type] as readonly SearchParameter[]) : []),
];

/** `missing`: whether there is such an element at all; `not`: what has none of the values; `exact` and `contains`: of a text. */
type Modifier = 'missing' | 'not' | 'exact' | 'contains';

export interface Filter {
  readonly parameter: SearchParameter;
  readonly modifier: Modifier | undefined;
  /** One of them has to match. */
  readonly values: readonly string[];
}

const MODIFIERS: Readonly<Record<ParameterKind, readonly Modifier[]>> = {
  token: ['missing', 'not'],
  string: ['missing', 'exact', 'contains'],
  date: ['missing'],
  reference: ['missing'],
  quantity: ['missing'],
};

/** @throws {Failure} `fhir-api.parameter-malformed`: a modifier that is not offered would find something else (R4 search.html#modifiers). */
export function filterOf(parameter: SearchParameter, name: string, value: string): Filter {
  const offered = MODIFIERS[parameter.kind];
  const asked = name.includes(':') ? name.slice(name.indexOf(':') + 1) : undefined;
  const modifier = offered.find((each) => each === asked);
  if (asked !== undefined && !modifier)
    throw malformed(name, `its modifiers here are ${offered.map((each) => `:${each}`).join(', ')}`);
  if (modifier === 'missing' && value !== 'true' && value !== 'false') throw malformed(name, 'it is true or false');
  return { parameter, modifier, values: alternatives(name, value) };
}

/** Values with commas between them, of which `\,` is none. */
export function alternatives(name: string, value: string, most = MOST_VALUES): string[] {
  const values = value
    .split(/(?<!\\),/)
    .map((each) => each.trim())
    .filter(Boolean);
  if (values.length === 0) throw malformed(name, 'it has no value');
  if (values.length > most) throw tooLarge();
  return values;
}

export const malformed = (name: string, why: string): Failure =>
  new Failure('fhir-api.parameter-malformed', `The search parameter ${name.slice(0, 64)} cannot be used: ${why}.`);

export const tooLarge = (): Failure =>
  new Failure('fhir-api.search-too-large', 'This search names too much at once. Ask in parts.');
