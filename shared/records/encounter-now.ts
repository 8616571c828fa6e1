/** Which encounter is under way in a chart: what is written during it refers to it. */

interface Entry {
  readonly record: string;
  readonly resourceType: string;
  readonly status: string;
  readonly fhirId: string;
  readonly date: string;
}

/** An encounter that nobody finished is none any more after this time. */
const LONGEST = 24 * 3_600_000;

/**
 * The record of the latest encounter that was begun here and is not over; one that came by an import has another logical id.
 * @param now milliseconds since 1970
 */
export function encounterNow(entries: Iterable<Entry>, now: number): string | undefined {
  let latest: Entry | undefined;
  for (const entry of entries) {
    if (entry.resourceType !== 'Encounter' || entry.status !== 'in-progress' || entry.fhirId !== entry.record) continue;
    const began = Date.parse(entry.date);
    if (!(now - began < LONGEST)) continue;
    if (!latest || began > Date.parse(latest.date)) latest = entry;
  }
  return latest?.record;
}
