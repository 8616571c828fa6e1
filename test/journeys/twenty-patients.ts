/** The twenty people of a clinic's day: Synthea's, from the shared data where that is on this disk, else the project's own. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ndjsonByType, samples } from '../support/fhir-files.ts';
import { hasSharedData, sharedJson, sharedPath, sharedText } from '../support/shared-data.ts';

export const TWENTY = 20;
/** What a desk needs of them in the morning; the rest would only make the day's import long. */
const KEPT = ['Patient', 'AllergyIntolerance', 'Condition'];

interface TransactionBundle {
  readonly entry: ReadonlyArray<{ readonly resource: { readonly resourceType: string } }>;
}

/** A Patient who is alive, as text. Who has died has a chart, and no visit. */
const isLiving = (text: string): boolean => !text.includes('"deceasedDateTime"') && !text.includes('"deceasedBoolean":true');

/** Writes the records of twenty living people into a folder, as exports bring them, and of some who have died. */
export function writeTwentyPatients(folder: string): void {
  mkdirSync(folder);
  const files = hasSharedData ? fromSharedData() : ndjsonByType(samples(TWENTY));
  const found = Object.values(files).flatMap(patientsIn).filter(isLiving).length;
  const further = samples(TWENTY, 11).filter(({ resourceType, text }) => resourceType === 'Patient' && isLiving(text));
  files['further.ndjson'] = ndjsonByType(further.slice(0, TWENTY - found))['Patient.000.ndjson'] ?? '';
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** The Patients of a file. */
function patientsIn(text: string): string[] {
  const resources =
    text.trim() === ''
      ? []
      : text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Partial<TransactionBundle>);
  return resources
    .flatMap((each) => each.entry?.map(({ resource }) => resource) ?? [each as { resourceType: string }])
    .filter(({ resourceType }) => resourceType === 'Patient')
    .map((each) => JSON.stringify(each));
}

/** Those of a bulk export, and of bundles. */
function fromSharedData(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const type of KEPT) files[`${type}.ndjson`] = sharedText(`fhir/synthea-10/${type}.000.ndjson`);
  for (const name of readdirSync(sharedPath('fhir/synthea-bundles')).filter((each) => each.endsWith('.json'))) {
    const { entry, ...bundle } = sharedJson<TransactionBundle>(`fhir/synthea-bundles/${name}`);
    const kept = entry.filter(({ resource }) => KEPT.includes(resource.resourceType));
    files[name] = JSON.stringify({ ...bundle, entry: kept });
  }
  return files;
}
