import { isJsonObject, type JsonObject } from './strict-json.ts';

/** A parsed resource: an object with a resourceType that is a text. */
export type FhirResource = JsonObject & { readonly resourceType: string };

export function isResource(value: unknown): value is FhirResource {
  return isJsonObject(value) && typeof value.resourceType === 'string';
}
