/** Which search parameters each type has here (R4 search.html), and what a query asks for in terms of them. */
import { patientCompartmentTypes } from '../fhir/patient-compartment.ts';
import { Failure } from '../outcome/failure.ts';

type ParameterKind = 'token' | 'string' | 'date' | 'reference' | 'quantity';

export interface SearchParameter {
  readonly name: string;
  readonly kind: ParameterKind;
  /** Elements that hold its values: `name.family`. */
  readonly paths: readonly string[];
}

const of = (kind: ParameterKind, name: string, ...paths: string[]): SearchParameter => ({ name, kind, paths });

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

/** Types whose chart entries can come by their date. Of an allergy the chart shows when it began, not its `date`. */
const isSorted = (type: string): boolean =>
  type !== 'AllergyIntolerance' && parametersOf(type).some(({ name }) => name === 'date');

/** A parameter whose references an answer may follow. */
interface Link {
  readonly name: string;
  readonly paths: readonly string[];
  /** What it leads to; any type where none is listed. */
  readonly targets: readonly string[];
}

const link = (name: string, paths: string[], ...targets: string[]): Link => ({ name, paths, targets });
const STAFF = ['Practitioner', 'PractitionerRole', 'Organization'];
const MEDICATION_LINK = link('medication', ['medicationReference'], 'Medication');

const LINKS: Readonly<Record<string, readonly Link[]>> = {
  CarePlan: [link('goal', ['goal'], 'Goal'), link('condition', ['addresses'], 'Condition')],
  Condition: [link('asserter', ['asserter'], ...STAFF)],
  DiagnosticReport: [link('result', ['result'], 'Observation'), link('performer', ['performer'], ...STAFF)],
  DocumentReference: [link('author', ['author'], ...STAFF), link('custodian', ['custodian'], 'Organization')],
  Encounter: [
    link('diagnosis', ['diagnosis.condition'], 'Condition'),
    link('location', ['location.location'], 'Location'),
    link('participant', ['participant.individual'], ...STAFF),
    link('service-provider', ['serviceProvider'], 'Organization'),
  ],
  Immunization: [link('location', ['location'], 'Location'), link('performer', ['performer.actor'], ...STAFF)],
  MedicationAdministration: [MEDICATION_LINK],
  MedicationDispense: [MEDICATION_LINK, link('prescription', ['authorizingPrescription'], 'MedicationRequest')],
  MedicationRequest: [MEDICATION_LINK, link('requester', ['requester'], ...STAFF)],
  MedicationStatement: [MEDICATION_LINK],
  Observation: [
    link('derived-from', ['derivedFrom'], 'Observation'),
    link('has-member', ['hasMember'], 'Observation'),
    link('performer', ['performer'], ...STAFF),
  ],
  Patient: [
    link('general-practitioner', ['generalPractitioner'], ...STAFF),
    link('organization', ['managingOrganization'], 'Organization'),
  ],
  PractitionerRole: [
    link('location', ['location'], 'Location'),
    link('organization', ['organization'], 'Organization'),
    link('practitioner', ['practitioner'], 'Practitioner'),
  ],
  Procedure: [link('performer', ['performer.actor'], ...STAFF)],
  ServiceRequest: [link('performer', ['performer'], ...STAFF), link('requester', ['requester'], ...STAFF)],
};

/** What `_include` and `_revinclude` may follow from resources of a type. */
export function linksOf(type: string): readonly Link[] {
  const whose =
    type === 'Patient' || isDirectoryType(type)
      ? []
      : ['patient', 'subject'].map((name) => link(name, ['subject', 'patient'], 'Patient'));
  const visit = parametersOf(type).some(({ name }) => name === 'encounter')
    ? [link('encounter', ['encounter'], 'Encounter')]
    : [];
  return [...whose, ...visit, ...(Object.hasOwn(LINKS, type) ? (LINKS[type] as readonly Link[]) : [])];
}

/** What is to come along with what is found. */
export interface Include {
  /** Whose references are followed: those of what was found, or those that lead to it. */
  readonly isReverse: boolean;
  /** The type that has the references. */
  readonly source: string;
  readonly link: Link;
  /** Of this type alone; '' for any. */
  readonly target: string;
}

/** `Observation:encounter` or `Observation:performer:Practitioner`; undefined for what is not followed here. */
function includeOf(name: string, value: string, type: string): Include | undefined {
  const [source = '', parameter = '', target = '', ...more] = value.split(':');
  const isReverse = name === '_revinclude';
  const followed = servedTypes.includes(source) ? linksOf(source).find((each) => each.name === parameter) : undefined;
  const leads =
    followed &&
    (followed.targets.length === 0 || followed.targets.includes(isReverse ? type : target || (followed.targets[0] as string)));
  if (!followed || !leads || more.length > 0 || (isReverse ? isDirectoryType(type) : source !== type)) return undefined;
  return { isReverse, source, link: followed, target };
}

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
function filterOf(parameter: SearchParameter, name: string, value: string): Filter {
  const offered = MODIFIERS[parameter.kind];
  const asked = name.includes(':') ? name.slice(name.indexOf(':') + 1) : undefined;
  const modifier = offered.find((each) => each === asked);
  if (asked !== undefined && !modifier)
    throw malformed(name, `its modifiers here are ${offered.map((each) => `:${each}`).join(', ')}`);
  if (modifier === 'missing' && value !== 'true' && value !== 'false') throw malformed(name, 'it is true or false');
  return { parameter, modifier, values: alternatives(name, value) };
}

export interface Question {
  readonly type: string;
  /** `Patient/…` ids by `patient` or `subject`, each given once; of `Patient` none. */
  readonly patient: string | undefined;
  readonly ids: readonly string[] | undefined;
  /** Whose charts are searched, by what their own resource says: `patient.identifier=…`, `subject:Patient.name=…` (R4 search.html#chaining). */
  readonly whose: Question | undefined;
  /** Elements to which what is found is cut down, beside those that change what it means; undefined: it comes whole. */
  readonly elements: readonly string[] | undefined;
  /** All have to match. */
  readonly filters: readonly Filter[];
  readonly count: number;
  readonly includes: readonly Include[];
  /** Only how many there are. */
  readonly countOnly: boolean;
  readonly wantsTotal: boolean;
  /** By date, the oldest or the newest first; undefined: in an order that lasts while records are written. */
  readonly sort: SortOrder | undefined;
  /** Where the page before ended. */
  readonly cursor: string | undefined;
  /** Names that are not known here; what they ask for was not done. */
  readonly ignored: readonly string[];
  /** What was understood, for links. */
  readonly understood: ReadonlyArray<readonly [name: string, value: string]>;
}

export type SortOrder = 'date' | '-date';

export const CURSOR = '_cursor';
const MOST_PER_PAGE = 500;
const PER_PAGE = 50;
const MOST_PARAMETERS = 30;
const MOST_VALUES = 50;
const MOST_IDS = 100;

/**
 * @param strict `Prefer: handling=strict`: what is not known is refused
 * @throws {Failure} `fhir-api.parameter-unknown`, `fhir-api.parameter-malformed`, `fhir-api.search-too-large`.
 */
export function questionOf(
  type: string,
  query: URLSearchParams,
  strict: boolean,
  parameters: readonly SearchParameter[] = [...parametersOf(type), LAST_UPDATED],
): Question {
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const filters: Filter[] = [];
  const ignored: string[] = [];
  const includes: Include[] = [];
  const understood: [string, string][] = [];
  const whose = new URLSearchParams();
  const found: {
    elements?: string[];
    patient?: string;
    ids?: string[];
    count?: number;
    cursor?: string;
    summary?: string;
    total?: string;
    sort?: SortOrder;
  } = {};
  const all = [...query];
  if (all.length > MOST_PARAMETERS) throw tooLarge();
  for (const [name, value] of all) {
    const parameter = known.get(name.split(':', 1)[0] as string);
    const include = name === '_include' || name === '_revinclude' ? includeOf(name, value, type) : undefined;
    if (parameter) filters.push(filterOf(parameter, name, value));
    else if (include) includes.push(include);
    else if (name === '_id') found.ids = bothOf(found.ids, alternatives(name, value, MOST_IDS));
    else if (isAboutPatient(type, name.split('.', 1)[0] as string) && name.includes('.')) whose.append(ofPatient(name), value);
    else if (isAboutPatient(type, name)) found.patient = onePatient(found.patient, name, value);
    else if (name === '_elements') found.elements = bothOf(found.elements, alternatives(name, value));
    else if (name === '_count') found.count = countOf(value);
    else if (name === '_sort' && isSorted(type) && (value === 'date' || value === '-date')) found.sort = value;
    else if (name === CURSOR) found.cursor = value;
    else if (name === '_total' && /^(?:none|estimate|accurate)$/.test(value)) found.total = value;
    else if (name === '_summary' && /^(?:count|false)$/.test(value)) found.summary = value;
    else if (name !== '_format') {
      ignored.push((/^_(?:rev)?include/.test(name) ? `${name}=${value}` : name).slice(0, 64));
      continue;
    }
    if (name !== CURSOR) understood.push([name, value]);
  }
  if (strict && ignored.length > 0)
    throw new Failure('fhir-api.parameter-unknown', `These search parameters are not known here: ${ignored.join(', ')}.`);
  const countOnly = found.summary === 'count' || found.count === 0;
  return {
    type,
    patient: found.patient,
    ids: found.ids,
    whose: whose.size > 0 ? questionOf('Patient', whose, true) : undefined,
    elements: found.elements,
    filters,
    includes,
    count: Math.min(Math.max(found.count ?? PER_PAGE, 1), MOST_PER_PAGE),
    countOnly,
    wantsTotal: countOnly || found.total === 'accurate',
    sort: found.sort,
    cursor: found.cursor,
    ignored,
    understood,
  };
}

const LAST_UPDATED = of('date', '_lastUpdated', 'meta.lastUpdated');
const EVERYTHING = [of('token', '_type', 'resourceType'), of('date', '_since', 'meta.lastUpdated')];

/** What `$everything` is asked for: `_type`, `_since` and how it is paged (R4 operation-patient-everything.html). @throws {Failure} as `questionOf`. */
export function everythingOf(query: URLSearchParams, strict: boolean): Question {
  const question = questionOf('Patient', query, strict, EVERYTHING);
  const filters = question.filters.map((filter) =>
    filter.parameter.name === '_since' ? { ...filter, values: filter.values.map((value) => `ge${value}`) } : filter,
  );
  // What belongs to a chart is in the answer by itself.
  return { ...question, filters, includes: [] };
}

const isAboutPatient = (type: string, name: string): boolean =>
  type !== 'Patient' &&
  !isDirectoryType(type) &&
  (name === 'patient' || name === 'subject' || name === 'patient:Patient' || name === 'subject:Patient');

/** The parameter of Patient in a chain, with its modifier. @throws {Failure} `fhir-api.parameter-malformed`: one that is not used would find somebody else. */
function ofPatient(name: string): string {
  const chained = name.slice(name.indexOf('.') + 1);
  const offered = parametersOf('Patient').map((parameter) => parameter.name);
  if (offered.includes(chained.split(':', 1)[0] as string)) return chained;
  throw malformed(name, `of a patient a search can name ${offered.join(', ')}, and nothing behind them`);
}

/** Two parameters of one name both have to hold. */
const bothOf = (before: readonly string[] | undefined, now: readonly string[]): string[] =>
  before ? now.filter((value) => before.includes(value)) : [...now];

function onePatient(before: string | undefined, name: string, value: string): string {
  const id = /^(?:(?:https?:\/\/[^?#]{1,500}\/)?Patient\/)?([A-Za-z0-9\-.]{1,64})$/.exec(value)?.[1];
  if (id === undefined) throw malformed(name, 'it names one patient, as Patient/123 or 123');
  if (before !== undefined && before !== id) throw malformed(name, 'a search is about one patient');
  return id;
}

function countOf(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw malformed('_count', 'it is a whole number');
  return Number(value);
}

/** Values with commas between them, of which `\,` is none. */
function alternatives(name: string, value: string, most = MOST_VALUES): string[] {
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

const tooLarge = (): Failure => new Failure('fhir-api.search-too-large', 'This search names too much at once. Ask in parts.');
