/**
 * Whether what an import brings of a record is newer than what is here. An export may be old, and an edit made here is not undone by
 * it; where nothing tells which is newer, no edit made here and no warning falls.
 */
import type { FhirResource } from '../fhir/fhir-resource.ts';
import { patientSummary } from '../fhir/patient-summary.ts';
import { isJsonObject } from '../fhir/strict-json.ts';
import { summarize } from '../fhir/summary.ts';
import { warns } from './safety-facts.ts';

/** What tells a version's age. Times in milliseconds since 1970. */
export interface VersionAge {
  /** `meta.lastUpdated`: when the system that it came from changed it. */
  readonly lastUpdated: number | undefined;
  /** `meta.versionId`, where it is a number. */
  readonly versionId: number | undefined;
  /** Whether it warns: an allergy or flag in force, a patient who has died. */
  readonly warns: boolean;
}

export function ageOf(resource: FhirResource): VersionAge {
  const meta = isJsonObject(resource.meta) ? resource.meta : {};
  const lastUpdated = typeof meta.lastUpdated === 'string' ? Date.parse(meta.lastUpdated) : Number.NaN;
  const versionId = typeof meta.versionId === 'string' && /^\d{1,15}$/.test(meta.versionId) ? Number(meta.versionId) : undefined;
  const hasDied = resource.resourceType === 'Patient' && patientSummary(resource).deceased;
  return {
    lastUpdated: Number.isNaN(lastUpdated) ? undefined : lastUpdated,
    versionId,
    warns: hasDied || warns(summarize(resource)),
  };
}

/** @param writtenHere when a person of this clinic wrote the newest version; undefined when an import brought it. */
export function isNewer(incoming: VersionAge, here: VersionAge, writtenHere: number | undefined): boolean {
  const known = [here.lastUpdated, writtenHere].filter((time) => time !== undefined);
  const takesWarning = here.warns && !incoming.warns;
  if (incoming.lastUpdated !== undefined && known.length > 0) {
    const newest = Math.max(...known);
    return incoming.lastUpdated > newest || (incoming.lastUpdated === newest && !takesWarning);
  }
  // Nothing to compare with an edit made here, so it stays.
  if (writtenHere !== undefined) return false;
  if (incoming.versionId !== undefined && here.versionId !== undefined && incoming.versionId !== here.versionId)
    return incoming.versionId > here.versionId;
  return !takesWarning;
}
