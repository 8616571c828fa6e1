/** What resources name of the clinic's own directory (practitioners, organisations, places), and what that names in turn. */
import { CLINIC_DIRECTORY } from '../sync/vault-context/vault-context.ts';
import type { ProgramView, Served } from './program-view.ts';

const REFERENCE = /"reference"\s*:\s*("(?:[^"\\]|\\.)*")/g;

/** Adds to `named` the records of the directory that are needed for the references of these resources to lead somewhere. */
export async function noteNamed(view: ProgramView, served: readonly Served[], named: Set<string>): Promise<void> {
  let open = served;
  while (open.length > 0) {
    const references = open.flatMap(({ text }) =>
      [...text.matchAll(REFERENCE)].map(([, reference = '""']) => JSON.parse(reference) as string),
    );
    const found = [...(await view.referred(references)).values()].filter(
      ({ patient, entry }) => patient.id === CLINIC_DIRECTORY && !named.has(entry.record),
    );
    const once = new Map(found.map((each) => [each.entry.record, each]));
    for (const record of once.keys()) named.add(record);
    open = await view.serve([...once.values()]);
  }
}
