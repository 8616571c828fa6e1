/** What references lead to: what comes along with what a search found, and what chooses it (R4 search.html, `_include`, `_revinclude`, chaining), as far as token and consent let it be read. */
import { isJsonObject, type JsonValue } from '../../shared/fhir/strict-json.ts';
import type { Chain, Include, ReverseChain } from '../../shared/fhir-api/search-links.ts';
import { elementsAt, matcherOf } from '../../shared/fhir-api/search-match.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { CLINIC_DIRECTORY, type PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { Found, ProgramView, Served } from './program-view.ts';

const MOST_INCLUDED = 1_000;
const MOST_OPENED = 5_000;
const OPENED_AT_ONCE = 64;

/** Each once, and none that was found itself. @throws {Failure} `fhir-api.search-too-large`. */
export async function included(
  view: ProgramView,
  served: readonly Served[],
  includes: readonly Include[],
): Promise<readonly Served[]> {
  const along = new Map<string, Served>();
  for (const include of includes) {
    const more = include.isReverse
      ? await leadingHere(view, served, include)
      : await view.serve(await followed(view, served, include));
    for (const each of more) along.set(each.entry.record, each);
  }
  for (const { entry } of served) along.delete(entry.record);
  if (along.size > MOST_INCLUDED) throw tooMany();
  return [...along.values()];
}

async function followed(view: ProgramView, served: readonly Served[], { link, target }: Include): Promise<Found[]> {
  const found = await view.referred(served.flatMap((each) => referencesOf(each, link.paths)));
  const once = new Map([...found.values()].map((each) => [each.entry.record, each]));
  if (once.size > MOST_INCLUDED) throw tooMany();
  return [...once.values()].filter(
    ({ entry: { resourceType } }) => link.targets.includes(resourceType) && (target === '' || resourceType === target),
  );
}

/** Only from the charts of what was found: nothing elsewhere leads there. */
async function leadingHere(view: ProgramView, served: readonly Served[], { source, link }: Include): Promise<Served[]> {
  if (!view.mayRead(source)) return [];
  const here = new Set(served.map(({ entry }) => entry.record));
  const charts = new Set(served.map(({ patient }) => patient).filter(({ id }) => id !== CLINIC_DIRECTORY));
  const leading: Served[] = [];
  let opened = 0;
  for (const patient of charts) {
    const found = (await view.entriesOf(patient, source)).map((entry) => ({ patient, entry }));
    opened += found.length;
    if (opened > MOST_OPENED) throw tooMany();
    for (let at = 0; at < found.length; at += OPENED_AT_ONCE) {
      const some = await view.serve(found.slice(at, at + OPENED_AT_ONCE));
      const targets = await view.referred(some.flatMap((each) => referencesOf(each, link.paths)));
      const leads = (each: Served): boolean =>
        referencesOf(each, link.paths).some((reference) => here.has(targets.get(reference)?.entry.record ?? ''));
      leading.push(...some.filter(leads));
    }
  }
  return leading;
}

/** Those of some resources of which a reference leads to what a chain asks for. What is not open leads nowhere. */
export function leading(view: ProgramView, { link, targets }: Chain) {
  const tests = new Map([...targets].map(([type, filter]) => [type, matcherOf(filter)]));
  return async (served: readonly Served[]): Promise<readonly Served[]> => {
    const found = await view.referred(served.flatMap((each) => referencesOf(each, link.paths)));
    const once = new Map([...found.values()].map((each) => [each.entry.record, each]));
    const opened = await view.serve([...once.values()].filter(({ entry }) => tests.has(entry.resourceType)));
    const isMeant = ({ entry, text }: Served): boolean => {
      const resource = JSON.parse(text) as JsonValue;
      return isJsonObject(resource) && tests.get(entry.resourceType)?.(resource) === true;
    };
    const meant = new Set(opened.filter(isMeant).map(({ entry }) => entry.record));
    return served.filter((each) =>
      referencesOf(each, link.paths).some((reference) => meant.has(found.get(reference)?.entry.record ?? '')),
    );
  };
}

/** Those of some resources to which something in their own chart leads that is what a reverse chain asks for. What is not open leads nowhere. */
export function led(view: ProgramView, { source, link, filter }: ReverseChain) {
  const test = matcherOf(filter);
  const fits = ({ text }: Served): boolean => {
    const resource = JSON.parse(text) as JsonValue;
    return isJsonObject(resource) && test(resource);
  };
  const targetsIn = async (patient: PatientEntry): Promise<ReadonlySet<string>> => {
    const found = (await view.entriesOf(patient, source)).map((entry) => ({ patient, entry }));
    if (found.length > MOST_OPENED) throw tooManyLooked();
    const targets = new Set<string>();
    for (let at = 0; at < found.length; at += OPENED_AT_ONCE) {
      const fitting = (await view.serve(found.slice(at, at + OPENED_AT_ONCE))).filter(fits);
      const leads = await view.referred(fitting.flatMap((each) => referencesOf(each, link.paths)));
      for (const { entry } of leads.values()) targets.add(entry.record);
    }
    return targets;
  };
  const byChart = new Map<string, Promise<ReadonlySet<string>>>();
  return async (served: readonly Served[]): Promise<readonly Served[]> => {
    const meant: Served[] = [];
    for (const each of served) {
      const targets = byChart.get(each.patient.id) ?? targetsIn(each.patient);
      byChart.set(each.patient.id, targets);
      if ((await targets).has(each.entry.record)) meant.push(each);
    }
    return meant;
  };
}

function referencesOf({ text }: Served, paths: readonly string[]): string[] {
  const resource = JSON.parse(text) as JsonValue;
  return paths
    .flatMap((path) => elementsAt(resource, path.split('.')))
    .flatMap((each) => (isJsonObject(each) && typeof each.reference === 'string' ? [each.reference] : []));
}

const tooManyLooked = (): Failure =>
  new Failure(
    'fhir-api.search-too-large',
    `More than ${MOST_OPENED} resources of this chart would have to be looked at. Ask for those that lead there, with _include.`,
  );

const tooMany = (): Failure =>
  new Failure(
    'fhir-api.search-too-large',
    `More than ${MOST_INCLUDED} resources would come along. Ask with a smaller _count, or for less.`,
  );
