/**
 * What a medicine is called of which a record has the reference alone (`medicationReference` without `display`): as the Medication that it
 * refers to, of the same batch or of an earlier one. A Medication that comes later names nothing that is here already.
 */
import { fromUtf8 } from '../../../shared/encoding/bytes.ts';
import { isJsonObject, type JsonValue } from '../../../shared/fhir/strict-json.ts';
import type { ResourceSummary } from '../../../shared/fhir/summary.ts';
import { CLINIC_DIRECTORY } from '../../sync/vault-context/vault-context.ts';
import type { Records } from '../records.ts';
import { namesOf, type Source } from '../sources.ts';
import type { Placed, Placing } from './import-placing.ts';

type Named = Pick<ResourceSummary, 'resourceType' | 'title' | 'code'>;

/** The rows of those whose Medication is known; the others keep theirs. */
export async function medicineNames(
  records: Records,
  placing: Placing,
  placed: readonly Placed[],
): Promise<ReadonlyMap<Placed, ResourceSummary>> {
  const unnamed = placed.flatMap((each) => {
    const { section, title, resourceType } = each.item.summary;
    const reference = section === 'medication' && title === resourceType ? referenceIn(each.content) : undefined;
    return reference === undefined ? [] : [{ each, reference }];
  });
  if (unnamed.length === 0) return new Map();
  const known = await records.sources.targets(unnamed.map(({ reference }) => reference));
  const here = new Map(placed.map((each) => [placing.source(each.primary)?.record, each.item.summary]));
  const entryOf = async ({ patient, record }: Source): Promise<Named | undefined> =>
    here.get(record) ?? (await records.charts.open(patient)).get(record);
  const named = new Map<Placed, ResourceSummary>();
  for (const { each, reference } of unnamed) {
    const found = namesOf(reference).flatMap((name) => placing.source(name) ?? [])[0] ?? known.get(reference);
    // What somebody else's chart calls it is nothing for this one.
    const isOpen = found && (found.patient === CLINIC_DIRECTORY || found.patient === each.owner);
    const medication = isOpen ? await entryOf(found) : undefined;
    if (medication?.resourceType !== 'Medication' || medication.title === 'Medication') continue;
    const { title, code } = medication;
    named.set(each, { ...each.item.summary, title, ...(code && { code }) });
  }
  return named;
}

function referenceIn(content: Uint8Array): string | undefined {
  const { medicationReference } = JSON.parse(fromUtf8(content)) as { medicationReference?: JsonValue };
  const reference = isJsonObject(medicationReference) ? medicationReference.reference : undefined;
  return typeof reference === 'string' ? reference : undefined;
}
