/** Which entries of a Bundle are records (FHIR R4 Bundle, invariants bdl-3 and bdl-7), and why the others are none. */
import { Failure } from '../outcome/failure.ts';
import { type FhirResource, isResource } from './fhir-resource.ts';
import { isFullUrl } from './resource-check.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './strict-json.ts';

/** What keeps one entry of a Bundle from being a record, or undefined. @param seen names of the entries before, which this one joins */
export function entryFault(bundle: FhirResource, entry: JsonValue, seen: Set<string>): Failure | undefined {
  if (!isJsonObject(entry)) return new Failure('fhir.wrong-type', 'An entry of a Bundle is an object.');
  const { resource, fullUrl, request, search } = entry;
  if (isJsonObject(search) && search.mode === 'outcome')
    return new Failure('fhir.bundle-outcome', 'This entry says how a search went: it is no record.');
  if (resource === undefined) return withoutResource(request);
  if (!isResource(resource)) return at('resource', 'fhir.no-resource-type', 'The resource of this entry has no resourceType.');
  if (/^(?:transaction|batch|history)$/.test(String(bundle.type)) && !isJsonObject(request))
    return at('request', 'fhir.bundle-request', `An entry of a ${bundle.type} Bundle needs a request (bdl-3).`);
  return fullUrl === undefined ? undefined : nameFault(bundle, fullUrl, resource, seen);
}

const withoutResource = (request: JsonValue | undefined): Failure =>
  isJsonObject(request) && request.method === 'DELETE'
    ? new Failure('fhir.bundle-delete', 'This entry deletes a record. Nothing is deleted by an import; do it in the chart.')
    : new Failure('fhir.bundle-no-resource', 'This entry holds no resource.');

/** By fullUrl and version an entry is told from the others, but in a history, which may tell of one more than once. */
function nameFault(bundle: FhirResource, fullUrl: JsonValue, { meta }: JsonObject, seen: Set<string>): Failure | undefined {
  if (typeof fullUrl !== 'string' || !isFullUrl(fullUrl))
    return at('fullUrl', 'fhir.bundle-full-url', 'A fullUrl is an absolute address or a urn:uuid.');
  const version = isJsonObject(meta) && typeof meta.versionId === 'string' ? meta.versionId : '';
  const name = `${fullUrl} ${version}`;
  if (seen.has(name) && bundle.type !== 'history')
    return at('fullUrl', 'fhir.bundle-duplicate', 'Another entry of this Bundle has the same fullUrl (bdl-7).');
  seen.add(name);
  return undefined;
}

const at = (path: string, code: string, message: string): Failure => new Failure(code, message, { details: { path } });
