/** Searches: of one patient's chart, of the patients, of the clinic's own directory. Pages stay in place while records are written. */

import { beginningOf } from '../../shared/encoding/wall-clock.ts';
import { isJsonObject, type JsonObject } from '../../shared/fhir/strict-json.ts';
import { matcherOf } from '../../shared/fhir-api/search-match.ts';
import { isDirectoryType, malformed } from '../../shared/fhir-api/search-parameters.ts';
import { CURSOR, type Question, type SortOrder } from '../../shared/fhir-api/search-question.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import { CLINIC_DIRECTORY, type PatientEntry } from '../sync/vault-context/vault-context.ts';
import { included, leading, led } from './includes.ts';
import type { Found, ProgramView, Served } from './program-view.ts';

export interface FoundPage {
  readonly served: readonly Served[];
  /** What comes along with them. */
  readonly included: readonly Served[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
  readonly total: number | undefined;
  /** How many were left out, because their sealed documents are not on this computer. */
  readonly missing: number;
  /** The charts that were searched: their access logs say so even when nothing was found. */
  readonly searched: readonly PatientEntry[];
}

/** Resources that one request opens at most to find what it asks for. */
const MOST_OPENED = 5_000;
const OPENED_AT_ONCE = 64;
const CANDIDATES_AT_ONCE = 100;

export const NOTHING: FoundPage = { served: [], included: [], next: undefined, total: 0, missing: 0, searched: [] };
/** Patients whose charts one search looks into. */
const MOST_CHARTS = 20;

/** Those of some resources that fit a question. */
type Fitting = (served: readonly Served[]) => Promise<readonly Served[]>;

/**
 * @throws {Failure} `fhir-api.patient-needed` for a search over all charts, `fhir-api.search-too-large`, `fhir-api.parameter-malformed`.
 */
export async function search(view: ProgramView, patients: Patients, question: Question): Promise<FoundPage> {
  const found = await matching(view, patients, question);
  return { ...found, included: await included(view, found.served, question.includes) };
}

function fittingOf(view: ProgramView, { filters, chains, reverseChains }: Question): Fitting {
  const tests = filters.map(matcherOf);
  const leads = [...chains.map((chain) => leading(view, chain)), ...reverseChains.map((chain) => led(view, chain))];
  return async (served) => {
    let fitting: readonly Served[] = served.filter((each) => tests.every((test) => test(resourceOf(each))));
    for (const lead of leads) fitting = await lead(fitting);
    return fitting;
  };
}

async function matching(view: ProgramView, patients: Patients, question: Question): Promise<FoundPage> {
  const fitting = fittingOf(view, question);
  if (question.type === 'Patient') return searchPatients(view, patients, question, fitting);
  if (isDirectoryType(question.type)) {
    const found = await entriesIn(view, patients.get(CLINIC_DIRECTORY) as PatientEntry, question);
    return pageOf(view, found, question, fitting, []);
  }
  const searched: PatientEntry[] = [];
  const found: Found[] = [];
  for (const patient of await chartsOf(view, patients, question)) {
    if (!(await view.reading(patient))) continue;
    searched.push(patient);
    found.push(...(await entriesIn(view, patient, question)));
  }
  found.sort((one, other) => (one.entry.record < other.entry.record ? -1 : 1));
  return searched.length === 0 ? NOTHING : pageOf(view, found, question, fitting, searched);
}

/** All of a patient's chart that is open to the token, their own resource among it. */
export async function everything(view: ProgramView, patient: PatientEntry, question: Question): Promise<FoundPage> {
  const found = (await view.entriesOf(patient)).map((entry) => ({ patient, entry }));
  return pageOf(view, found, question, fittingOf(view, question), [patient]);
}

/** The charts that a question is about. @throws {Failure} as `search`. */
async function chartsOf(view: ProgramView, patients: Patients, question: Question): Promise<PatientEntry[]> {
  if (!question.whose) return [await patientOf(view, patients, question)].filter((each) => each !== undefined);
  const whose = await peopleOf(view, patients, question.whose);
  if (question.patient === undefined) return whose;
  const named = await view.patientOf(question.patient);
  return whose.filter((each) => each === named);
}

/** Who is found by a chain: as a search for patients finds them, so that nothing shows which that would not. */
async function peopleOf(view: ProgramView, patients: Patients, whose: Question): Promise<PatientEntry[]> {
  const { served, next } = await searchPatients(view, patients, { ...whose, count: MOST_CHARTS }, fittingOf(view, whose));
  if (next === undefined) return [...new Set(served.map(({ patient }) => patient))];
  throw new Failure(
    'fhir-api.search-too-large',
    `More than ${MOST_CHARTS} patients may be meant. Say more of whom, or name the patient: patient=123.`,
  );
}

async function patientOf(view: ProgramView, patients: Patients, question: Question): Promise<PatientEntry | undefined> {
  if (question.patient !== undefined) return view.patientOf(question.patient);
  if (view.token.patient !== '') return patients.get(view.token.patient);
  const [only, ...others] = question.ids ?? [];
  if (only !== undefined && others.length === 0) return (await view.recordsOf(question.type, [only]))[0]?.patient;
  throw new Failure(
    'fhir-api.patient-needed',
    `Name the patient: ${question.type}?patient=123. For the records of many, ask each patient’s, or export them.`,
  );
}

async function entriesIn(view: ProgramView, patient: PatientEntry, { type, ids }: Question): Promise<Found[]> {
  const entries = (await view.entriesOf(patient, type)).map((entry) => ({ patient, entry }));
  if (!ids) return entries;
  const wanted = new Set((await view.recordsOf(type, ids)).map(({ record }) => record));
  return entries.filter(({ entry }) => wanted.has(entry.record));
}

/** @param found in the order of records */
async function pageOf(
  view: ProgramView,
  found: readonly Found[],
  question: Question,
  fits: Fitting,
  searched: readonly PatientEntry[],
): Promise<FoundPage> {
  const { filters, chains, reverseChains, count, countOnly, wantsTotal } = question;
  const isPlain = filters.length === 0 && chains.length === 0 && reverseChains.length === 0;
  const total = isPlain ? found.length : wantsTotal ? await counted(view, found, fits) : undefined;
  if (countOnly) return { ...NOTHING, total, searched };
  const rest = restOf(found, question);
  const served: Served[] = [];
  let missing = 0;
  let looked = 0;
  while (looked < rest.length && served.length < count && looked < MOST_OPENED) {
    const some = rest.slice(looked, looked + Math.min(OPENED_AT_ONCE, isPlain ? count - served.length : OPENED_AT_ONCE));
    const opened = await view.serve(some);
    missing += some.length - opened.length;
    const fitting = (await fits(opened)).slice(0, count - served.length);
    served.push(...fitting);
    const isFull = served.length === count;
    // The next page begins behind the last one that was taken, or behind all that were looked at.
    const last = isFull ? fitting.at(-1)?.entry.record : some.at(-1)?.entry.record;
    looked = rest.findIndex(({ entry }) => entry.record === last) + 1;
  }
  const last = rest[looked - 1]?.entry.record;
  const next = looked < rest.length && last !== undefined ? cursorOf(last) : undefined;
  return { ...NOTHING, served, next, total, missing, searched };
}

/** What lies behind the place where the page before ended, in the order asked for. @throws {Failure} `fhir-api.parameter-malformed`. */
function restOf(found: readonly Found[], { cursor, sort }: Question): readonly Found[] {
  const after = recordOf(cursor);
  if (!sort) return after === '' ? found : found.filter(({ entry }) => entry.record > after);
  const ordered = inOrder(found, sort);
  if (after === '') return ordered;
  const at = ordered.findIndex(({ entry }) => entry.record === after);
  if (at < 0) throw malformed(CURSOR, 'what it points to is no longer here; begin the search again');
  return ordered.slice(at + 1);
}

/** What has no date comes last, either way; what has the same, in the order of records. A date without a zone is of this computer's. */
function inOrder(found: readonly Found[], { by, isDescending }: SortOrder): Found[] {
  const direction = isDescending ? -1 : 1;
  const placed = found.map((each) => ({ each, moment: by === 'written' ? each.entry.time : beginningOf(each.entry.date) }));
  placed.sort((one, other) => {
    if (Number.isNaN(one.moment) || Number.isNaN(other.moment))
      return Number(Number.isNaN(one.moment)) - Number(Number.isNaN(other.moment));
    return direction * (one.moment - other.moment);
  });
  return placed.map(({ each }) => each);
}

async function counted(view: ProgramView, found: readonly Found[], fits: Fitting): Promise<number> {
  if (found.length > MOST_OPENED)
    throw new Failure('fhir-api.search-too-large', 'There is too much to count here. Ask without a total, page by page.');
  let total = 0;
  for (let at = 0; at < found.length; at += OPENED_AT_ONCE)
    total += (await fits(await view.serve(found.slice(at, at + OPENED_AT_ONCE)))).length;
  return total;
}

/** In the order of names. No total: counting everybody would open everybody's resource. */
async function searchPatients(view: ProgramView, patients: Patients, question: Question, fits: Fitting): Promise<FoundPage> {
  const { count, countOnly } = question;
  if (countOnly) throw new Failure('fhir-api.search-too-large', 'Patients are not counted here. Ask for them page by page.');
  const served: Served[] = [];
  let missing = 0;
  const take = async (candidates: readonly PatientEntry[]): Promise<void> => {
    const people = await Promise.all(candidates.map(async (patient) => ({ patient, entry: await view.personOf(patient) })));
    const found = people.flatMap(({ patient, entry }) => (entry ? [{ patient, entry }] : []));
    const opened = await view.serve(found);
    missing += found.length - opened.length;
    served.push(...(await fits(opened)));
  };
  let cursor = placeOf(question.cursor);
  const few = await namedPatients(view, patients, question);
  if (few) {
    const from = Number(cursor ?? 0);
    await take(few.slice(from, from + count));
    const next = from + count < few.length ? placeCursor(from + count) : undefined;
    return { ...NOTHING, served, next, total: undefined, missing };
  }
  let more = true;
  for (let looked = 0; more && served.length < count && looked < MOST_OPENED; ) {
    const wanted = Math.min(CANDIDATES_AT_ONCE, count - served.length);
    const page = await patients.find(wordsOf(question), wanted, cursor);
    await take(page.patients.map(({ patient }) => patient));
    cursor = page.patients.at(-1)?.cursor ?? cursor;
    more = page.more;
    looked += wanted;
  }
  const next = more && cursor !== undefined ? placeCursor(cursor) : undefined;
  return { ...NOTHING, served, next, total: undefined, missing };
}

/** The patients that a question names by id, or the token's own; undefined when it names none. */
async function namedPatients(view: ProgramView, patients: Patients, { ids }: Question): Promise<PatientEntry[] | undefined> {
  if (ids) return [...new Set((await view.recordsOf('Patient', ids)).map(({ patient }) => patient))];
  const own = view.token.patient === '' ? undefined : patients.get(view.token.patient);
  return own && [own];
}

/** Words by which the directory finds everybody who may match: the resources then decide. */
function wordsOf({ filters }: Question): string {
  const words = filters.flatMap(({ parameter: { name, kind }, modifier, values: [value = '', ...others] }) => {
    if (others.length > 0 || (modifier && modifier !== 'exact')) return [];
    if (name === 'identifier') return [value.slice(value.indexOf('|') + 1).replace(/[^\p{L}\p{N}]/gu, '')];
    return kind === 'string' || (name === 'birthdate' && /^\d/.test(value)) ? [value] : [];
  });
  return words.join(' ');
}

function resourceOf({ text }: Served): JsonObject {
  const resource: unknown = JSON.parse(text);
  return isJsonObject(resource) ? resource : {};
}

const placeCursor = (place: string | number): string => Buffer.from(`p${place}`).toString('base64url');
const cursorOf = (record: string): string => Buffer.from(record, 'hex').toString('base64url');

function recordOf(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  const record = Buffer.from(cursor, 'base64url').toString('hex');
  if (record.length === 32) return record;
  throw malformed(CURSOR, 'it is not one that this server gave');
}

function placeOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const place = /^p(\d{1,16})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (place !== undefined) return place;
  throw malformed(CURSOR, 'it is not one that this server gave');
}
