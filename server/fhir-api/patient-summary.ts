/** The International Patient Summary of a chart (IPS 2.0, operation `$summary`), of what is open to a program. */
import { toHex } from '../../shared/encoding/bytes.ts';
import { decode } from '../../shared/encoding/codec.ts';
import { internationalSummary, summarized, summaryEntries } from '../../shared/fhir/international-summary.ts';
import { sliceAt } from '../../shared/fhir/json-cursor.ts';
import { malformed } from '../../shared/fhir-api/search-parameters.ts';
import { chainRow } from '../../shared/ledger/rows.ts';
import { chainKey } from '../../shared/ledger/rules.ts';
import type { ChartEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import { type Found, notHere, type ProgramView, type Served } from './program-view.ts';

const PROFILES = ['', 'Bundle-uv-ips', 'Composition-uv-ips'].map(
  (name) => name && `http://hl7.org/fhir/uv/ips/StructureDefinition/${name}`,
);

/**
 * @param query `profile`, which can only be the IPS's own
 * @returns the document as JSON, and whose records are in it
 * @throws {Failure} `fhir-api.parameter-malformed`, `fhir-api.unknown`.
 */
export async function patientSummary(
  context: VaultContext,
  view: ProgramView,
  { id, query }: { readonly id: string; readonly query: URLSearchParams },
): Promise<{ readonly text: string; readonly served: readonly Served[] }> {
  const profile = query.get('profile') ?? '';
  if (!PROFILES.includes(profile.replace(/\|2\.0\.\d$/, '')))
    throw malformed('profile', 'the only summary that is made here is the International Patient Summary');
  const person = await view.find('Patient', id);
  const { patient } = person;
  const entries = (await view.entriesOf(patient)).sort(newestFirst);
  // Whose lines are in it is known before anything is opened: the rest of a long chart stays shut.
  const listed = summarized(entries.map((entry) => ({ entry, id: entry.record, json: '' })));
  const wanted = new Set(
    summaryEntries(listed).flatMap(({ id: record, disagreements = [] }) => [record, ...disagreements.map((each) => each.id)]),
  );
  const chosen: Found[] = entries.filter(({ record }) => wanted.has(record)).map((entry) => ({ patient, entry }));
  const [own, ...records] = await view.serve([person, ...chosen]);
  if (own?.entry.record !== person.entry.record) throw notHere();
  const clinic = await context.gateway.state([chainKey(toHex(context.chain))]);
  const subject = {
    id: toHex(context.random(16)),
    time: context.clock(),
    clinic: clinic[0] ? decode(chainRow, clinic[0]).name : '',
    patient: { id: own.id, json: own.text },
  };
  return { text: internationalSummary(subject, summarized(await withMedications(view, records))), served: [own, ...records] };
}

/** Those of one date by their names: an order that says nothing of when they were written. */
const newestFirst = (one: ChartEntry, other: ChartEntry): number =>
  one.date === other.date ? (one.title < other.title ? -1 : 1) : one.date < other.date ? 1 : -1;

const MEDICATION = 'medicationReference.reference';

/** Records under the ids under which they are served, with the Medication that one of a medicine refers to, as far as it is open. */
async function withMedications(view: ProgramView, records: readonly Served[]) {
  const referenceOf = (text: string) => {
    const place = sliceAt(text, MEDICATION);
    return place && { ...place, reference: String(JSON.parse(text.slice(place.start, place.end))) };
  };
  const places = records.map(({ entry, text }) => (entry.section === 'medication' ? referenceOf(text) : undefined));
  const targets = await view.referred(places.flatMap((place) => place?.reference ?? []));
  const here = new Map((await view.serve([...targets.values()])).map((each) => [each.entry.record, each]));
  return records.map(({ entry, id, text }, at) => {
    const place = places[at];
    const found = here.get(targets.get(place?.reference ?? '')?.entry.record ?? '');
    if (!place || found?.entry.resourceType !== 'Medication') return { entry, id, json: text };
    const json = `${text.slice(0, place.start)}${JSON.stringify(`Medication/${found.id}`)}${text.slice(place.end)}`;
    return { entry, id, json, medication: { id: found.id, title: found.entry.title, json: found.text } };
  });
}
