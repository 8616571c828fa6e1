/** FHIR R4 lists of medications, by the code that HL7 gives for them. */
import { isJsonObject, type JsonObject } from './strict-json.ts';

const CODE = { system: 'http://terminology.hl7.org/CodeSystem/list-example-use-codes', code: 'medications' };
export const MEDICATION_LIST = { coding: [{ ...CODE, display: 'Medication List' }] };

export function isMedicationList({ resourceType, code }: JsonObject): boolean {
  const codings = isJsonObject(code) && Array.isArray(code.coding) ? code.coding.filter(isJsonObject) : [];
  return resourceType === 'List' && codings.some((coding) => coding.system === CODE.system && coding.code === CODE.code);
}
