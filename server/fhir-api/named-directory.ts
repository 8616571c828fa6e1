/** What resources name of what the clinic has beside its charts: its directory (practitioners, places), definitions, groups; and what that names in turn. */
import { parseReference, referencesIn } from '../../shared/fhir/references.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../shared/fhir/strict-json.ts';
import { CLINIC_DIRECTORY } from '../sync/vault-context/vault-context.ts';
import type { Found, ProgramView, Served } from './program-view.ts';

/** Elements of type `canonical` by which records name definitions (R4, questionnaireresponse.html, request pattern). */
const CANONICALS = ['questionnaire', 'instantiatesCanonical'] as const;
const DEFINITIONS: ReadonlySet<string> = new Set([
  'Questionnaire',
  'PlanDefinition',
  'ActivityDefinition',
  'Measure',
  'OperationDefinition',
]);

/**
 * Adds to `named` the records that are needed for the references of these resources to lead somewhere. What names a person other than
 * those whose records they are stays out: a group has other members, too.
 * @param own ids of the patients whose records are looked at
 */
export async function noteNamed(
  view: ProgramView,
  served: readonly Served[],
  named: Set<string>,
  own: ReadonlySet<string>,
): Promise<void> {
  let open = served;
  while (open.length > 0) {
    const resources = open.map(({ text }) => JSON.parse(text) as JsonObject);
    const references = resources.flatMap((resource) => referencesIn(resource).map(({ reference }) => reference));
    const found = [...(await view.referred(references)).values(), ...(await definitions(view, resources))].filter(
      ({ patient, entry }) => patient.id === CLINIC_DIRECTORY && !named.has(entry.record),
    );
    const once = new Map(found.map((each) => [each.entry.record, each]));
    open = [];
    for (const each of await view.serve([...once.values()])) {
      if (await namesSomebodyElse(view, JSON.parse(each.text) as JsonObject, own)) continue;
      named.add(each.entry.record);
      open = [...open, each];
    }
  }
}

/** Definitions of the clinic whose `url` is what these resources were made by; a version behind it is not compared. */
async function definitions(view: ProgramView, resources: readonly JsonObject[]): Promise<Found[]> {
  const asked = new Set(resources.flatMap((resource) => CANONICALS.flatMap((name) => urlsIn(resource[name]))));
  if (asked.size === 0) return [];
  const kept = (await view.entriesOf(view.directory())).filter(({ resourceType }) => DEFINITIONS.has(resourceType));
  const opened = await view.serve(kept.map((entry) => ({ patient: view.directory(), entry })));
  return opened.filter(({ text }) => urlsIn((JSON.parse(text) as JsonObject).url).some((url) => asked.has(url)));
}

const urlsIn = (value: JsonValue | undefined): string[] =>
  [value].flat().flatMap((each) => (typeof each === 'string' ? [each.split('|')[0] as string] : []));

/** Whether it is, or may be, about a patient who is none of these. */
async function namesSomebodyElse(view: ProgramView, resource: JsonObject, own: ReadonlySet<string>): Promise<boolean> {
  const references = referencesIn(resource).map(({ reference }) => reference);
  const leads = await view.referred(references);
  const isElse = (reference: string): boolean => {
    const patient = leads.get(reference)?.patient.id;
    const isPerson = parseReference(reference).type === 'Patient';
    return patient === undefined ? isPerson : patient !== CLINIC_DIRECTORY && !own.has(patient);
  };
  return references.some(isElse) || [resource.contained].flat().some(isPatient) || hasUnnamedMember(resource);
}

const isPatient = (value: JsonValue | undefined): boolean => isJsonObject(value) && value.resourceType === 'Patient';

/** A Group names people by record numbers or by words as well. */
const hasUnnamedMember = ({ resourceType, member }: JsonObject): boolean =>
  resourceType === 'Group' &&
  [member].flat().some((each) => isJsonObject(each) && !(isJsonObject(each.entity) && typeof each.entity.reference === 'string'));
