/** What a query asks for, in terms of a type's search parameters and links (R4 search.html). */
import { Failure } from '../outcome/failure.ts';
import { isShortForm, type Shape, type ShortForm } from './cut-down.ts';
import { type Chain, chainOf, type Include, includeOf, type ReverseChain, reverseChainOf } from './search-links.ts';
import {
  alternatives,
  type Filter,
  filterOf,
  isDirectoryType,
  malformed,
  of,
  parametersOf,
  type SearchParameter,
  tooLarge,
} from './search-parameters.ts';

export interface Question {
  readonly type: string;
  /** `Patient/…` ids by `patient` or `subject`, each given once; of `Patient` none. */
  readonly patient: string | undefined;
  readonly ids: readonly string[] | undefined;
  /** Whose charts are searched, by what their own resource says: `patient.identifier=…`, `subject:Patient.name=…` (R4 search.html#chaining). */
  readonly whose: Question | undefined;
  /** Elements to which what is found is cut down, beside those that change what it means; undefined: it comes whole. */
  readonly elements: readonly string[] | undefined;
  /** To which of its short forms each resource is cut down. */
  readonly short: ShortForm | undefined;
  /** All have to match. */
  readonly filters: readonly Filter[];
  readonly count: number;
  /** What their references have to lead to; all of them. */
  readonly chains: readonly Chain[];
  /** What has to lead to it from its own chart; all of them. */
  readonly reverseChains: readonly ReverseChain[];
  readonly includes: readonly Include[];
  /** Only how many there are. */
  readonly countOnly: boolean;
  readonly wantsTotal: boolean;
  /** Undefined: in an order that lasts while records are written. */
  readonly sort: SortOrder | undefined;
  /** Where the page before ended. */
  readonly cursor: string | undefined;
  /** Names that are not known here; what they ask for was not done. */
  readonly ignored: readonly string[];
  /** What was understood, for links. */
  readonly understood: ReadonlyArray<readonly [name: string, value: string]>;
}

/** By when it was written here, or by the date that the chart shows. */
export interface SortOrder {
  readonly by: 'written' | 'date';
  readonly isDescending: boolean;
}

/**
 * The parameter of each type that is the date of its chart entries (shared/fhir/summary.ts), where that is one. Of an allergy and of others
 * the chart shows what no parameter asks for.
 */
const CHART_DATE: Readonly<Record<string, string>> = {
  Condition: 'onset-date',
  MedicationAdministration: 'effective-time',
  MedicationDispense: 'whenhandedover',
  MedicationRequest: 'authoredon',
  MedicationStatement: 'effective',
};

/** What the entries of a type can be sorted by, beside `_lastUpdated`. */
function sortDateOf(type: string): string | undefined {
  const name = Object.hasOwn(CHART_DATE, type) ? CHART_DATE[type] : type === 'AllergyIntolerance' ? undefined : 'date';
  return parametersOf(type).find((parameter) => parameter.name === name)?.name;
}

/** Undefined for an order that is not made here. Patients come in the order of their names, and no other. */
function sortOf(type: string, value: string): SortOrder | undefined {
  const isDescending = value.startsWith('-');
  const name = isDescending ? value.slice(1) : value;
  if (type === 'Patient') return undefined;
  if (name === '_lastUpdated') return { by: 'written', isDescending };
  return name === sortDateOf(type) ? { by: 'date', isDescending } : undefined;
}

export const CURSOR = '_cursor';
const MOST_PER_PAGE = 500;
const PER_PAGE = 50;
const MOST_PARAMETERS = 30;
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
    sort?: SortOrder | undefined;
  } = {};
  const chains: Chain[] = [];
  const reverseChains: ReverseChain[] = [];
  const all = [...query];
  if (all.length > MOST_PARAMETERS) throw tooLarge();
  for (const [name, value] of all) {
    const parameter = name.includes('.') ? undefined : known.get(name.split(':', 1)[0] as string);
    const include = name === '_include' || name === '_revinclude' ? includeOf(name, value, type) : undefined;
    const reverse = reverseChainOf(type, name, value);
    if (reverse) reverseChains.push(reverse);
    else if (parameter) filters.push(filterOf(parameter, name, value));
    else if (include) includes.push(include);
    else if (name === '_id') found.ids = bothOf(found.ids, alternatives(name, value, MOST_IDS));
    else if (isAboutPatient(type, name.split('.', 1)[0] as string) && name.includes('.')) whose.append(ofPatient(name), value);
    else if (isAboutPatient(type, name)) found.patient = onePatient(found.patient, name, value);
    else if (name === '_elements') found.elements = bothOf(found.elements, alternatives(name, value));
    else if (name === '_count') found.count = countOf(value);
    else if (name === '_sort' && sortOf(type, value)) found.sort = sortOf(type, value);
    else if (name === CURSOR) found.cursor = value;
    else if (name === '_total' && isTotal(type, value)) found.total = value;
    else if (name === '_summary' && isSummary(value)) found.summary = value;
    else if (name.includes('.')) chains.push(chainOf(type, name, value) as Chain);
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
    short: shortOf(found.summary, found.elements, includes),
    filters,
    chains,
    reverseChains,
    includes,
    count: Math.min(Math.max(found.count ?? PER_PAGE, 1), MOST_PER_PAGE),
    countOnly,
    wantsTotal: countOnly || found.total === 'accurate' || found.total === 'estimate',
    sort: found.sort,
    cursor: found.cursor,
    ignored,
    understood,
  };
}

/** Patients are not counted: that would open everybody's resource. */
const isTotal = (type: string, value: string): boolean =>
  value === 'none' || (type !== 'Patient' && (value === 'estimate' || value === 'accurate'));

const isSummary = (value: string): boolean => value === 'count' || value === 'false' || isShortForm(value);

/** @throws {Failure} `fhir-api.parameter-malformed` (R4 search.html#summary). */
function shortOf(
  summary: string | undefined,
  elements: readonly string[] | undefined,
  includes: readonly Include[],
): ShortForm | undefined {
  if (summary === undefined || !isShortForm(summary)) return undefined;
  if (elements) throw malformed('_summary', 'it is asked for instead of _elements, not along with them');
  if (summary === 'text' && includes.length > 0) throw malformed('_summary', 'nothing is included with _summary=text');
  return summary;
}

/** What a reading is to be cut down to (R4 http.html#general). @throws {Failure} as `questionOf`. */
export function shapeOf(query: URLSearchParams): Shape {
  const [elements, summary] = [query.get('_elements'), query.get('_summary')];
  const listed = elements === null ? undefined : alternatives('_elements', elements);
  return { elements: listed, short: shortOf(summary ?? undefined, listed, []) };
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
