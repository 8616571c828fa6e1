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

/** Writes their records into a folder, as exports bring them. */
export function writeTwentyPatients(folder: string): void {
  mkdirSync(folder);
  const files = hasSharedData ? fromSharedData() : ndjsonByType(samples(TWENTY));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** Thirteen of a bulk export, and one of each of seven bundles. */
function fromSharedData(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const type of KEPT) files[`${type}.ndjson`] = sharedText(`fhir/synthea-10/${type}.000.ndjson`);
  const missing = TWENTY - (files['Patient.ndjson'] ?? '').trim().split('\n').length;
  const bundles = readdirSync(sharedPath('fhir/synthea-bundles')).filter((name) => name.endsWith('.json'));
  for (const name of bundles.sort().slice(0, missing)) {
    const { entry, ...bundle } = sharedJson<TransactionBundle>(`fhir/synthea-bundles/${name}`);
    const kept = entry.filter(({ resource }) => KEPT.includes(resource.resourceType));
    files[name] = JSON.stringify({ ...bundle, entry: kept });
  }
  return files;
}
