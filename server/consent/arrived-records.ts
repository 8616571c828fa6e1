/** Documents of shared compartments on their way into charts: opened as the ledger names them, newest version of each record. */

import { type GrantRow, grantHolds } from '../../shared/consent/consent-rules.ts';
import type { HeldGrant } from '../../shared/consent/grant-message.ts';
import { fromHex, fromUtf8, toHex } from '../../shared/encoding/bytes.ts';
import { decode, fixed, struct, u32 } from '../../shared/encoding/codec.ts';
import { type FhirResource, isResource } from '../../shared/fhir/fhir-resource.ts';
import { patientSummary, searchTerms } from '../../shared/fhir/patient-summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { readDocument } from '../sync/clinic.store.ts';
import { followedHandles } from '../sync/transfer.store.ts';
import type { ArrivedRecord, PatientEntry } from '../sync/vault-context/vault-context.ts';
import { openDocument } from '../vault/sealing.ts';
import type { ConsentParts } from './consent-parts.ts';
import { FOLDER_KIND } from './consent-records.ts';
import { heldGrants } from './grant-keys.ts';
import { grantsAs } from './grant-rows.ts';
import { custodianName, entryWith } from './receive-grants.ts';

/** The value of a row `record/<handle>/<record>`, as the rules of records write it; consent stands below that domain. */
const newestVersion = struct({ version: u32, document: fixed(32) });

/** Takes in what has arrived for every grant held. `known`: documents that were taken or are none of a chart's. */
export async function takeInArrived(parts: ConsentParts, known: Set<string>): Promise<void> {
  const { context, directory } = parts;
  const received = await grantsAs(context.gateway, 'recipient', context.chain);
  const grants = await heldGrants(context.keyStore, received.keys());
  await followHeld(parts, received, grants);
  const byPatient = Map.groupBy(grants, ([, { patient }]) => toHex(patient));
  for (const [id, held] of byPatient) {
    await context.inTurn(async () => {
      const patient = directory.get(id);
      const opening = held.map(([, grant]) => grant);
      if (patient) return takeIn(parts, patient, opening, known);
      // What stands on the ledger and opens with keys that are here is never without its patient, however that came about.
      const missed = await missedPatient(parts, received, held);
      if (missed) await takeIn(parts, missed, opening, new Set(), true);
    });
  }
}

/** Who these grants are about, as the first of them would have said it; undefined when none of them holds. */
async function missedPatient(
  parts: ConsentParts,
  rows: ReadonlyMap<string, GrantRow>,
  held: ReadonlyArray<readonly [id: string, grant: HeldGrant]>,
): Promise<PatientEntry | undefined> {
  const time = await parts.context.gateway.time();
  let entry: PatientEntry | undefined;
  for (const [id, grant] of held) {
    const row = rows.get(id);
    if (row && grantHolds(row, time)) entry = entryWith(entry, id, grant, await custodianName(parts, row));
  }
  return entry;
}

/** A grant may have come to another desk of this clinic, where a patient showed their card: what it opens is fetched here as well. */
async function followHeld(
  { context }: ConsentParts,
  rows: ReadonlyMap<string, GrantRow>,
  grants: ReadonlyMap<string, HeldGrant>,
): Promise<void> {
  const followed = new Set((await followedHandles(context.reader)).map(({ handle }) => toHex(handle)));
  const time = await context.gateway.time();
  const missing = [...grants].flatMap(([id, { handle }]) => {
    const row = rows.get(id);
    return row && grantHolds(row, time) && !followed.has(toHex(handle)) ? [handle] : [];
  });
  if (missing.length > 0) await context.gateway.commit({ followHandles: missing });
}

/** @param isMissed the directory has no row of the patient yet: whatever the chart has, all is taken in once more, their name with it */
async function takeIn(
  parts: ConsentParts,
  patient: PatientEntry,
  held: readonly HeldGrant[],
  known: Set<string>,
  isMissed = false,
): Promise<void> {
  const { context, directory, records } = parts;
  await context.keyStore.loadCompartmentKeys(held.map(({ handle }) => handle));
  const charted = new Set(isMissed ? [] : (await records.entries(patient)).map(({ document }) => document));
  const arrived: ArrivedRecord[] = [];
  // Another desk may have charted the identity record before its document was here: then the name is still to be read.
  const isNameless = patient.terms === '';
  for (const grant of held) {
    const passed = isNameless && grant.category === 'identity' ? new Set<string>() : charted;
    arrived.push(...(await arrivedFor(parts, grant, passed, known)));
  }
  if (arrived.length === 0 && !isMissed) return;
  const entry = identified(patient, arrived);
  await context.gateway.commit({ rows: [...records.adopt(entry, arrived), directory.row(entry)] });
  for (const { document } of arrived) known.add(document);
  await directory.applied([entry]);
  records.forget(patient.id);
  context.notify({
    patients: [patient.id],
    records: arrived.map(({ envelope }) => toHex(envelope.recordId)),
    topics: ['patients'],
  });
}

async function arrivedFor(
  { context }: ConsentParts,
  { handle, category }: HeldGrant,
  charted: ReadonlySet<string>,
  known: Set<string>,
): Promise<ArrivedRecord[]> {
  const prefix = `record/${toHex(handle)}/`;
  const arrived: ArrivedRecord[] = [];
  for (const { key, value } of await context.gateway.stateList(prefix)) {
    const { version, document } = decode(newestVersion, value);
    const name = toHex(document);
    if (charted.has(name) || known.has(name)) continue;
    const stored = await readDocument(context.reader, document);
    if (!stored) continue;
    const record = key.slice(prefix.length);
    try {
      const place = { handle, recordId: fromHex(record), version, sealed: stored.sealed, wrap: stored.wrap };
      const envelope = openDocument(place, context.keyStore.compartmentKeys);
      // A folder says nothing, and what is no resource is its writer's fault: neither has a place in a chart.
      if (envelope.kind === FOLDER_KIND || resourceOf(envelope.content) === undefined) known.add(name);
      else arrived.push({ category, document: name, envelope });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      // Without its key yet, or spoilt by its writer: the others are read all the same. A key that comes later opens it.
      if (error.code !== 'vault.key-missing') known.add(name);
    }
  }
  return arrived;
}

/** The entry with the name that the shared identity record gives it. */
function identified(patient: PatientEntry, arrived: readonly ArrivedRecord[]): PatientEntry {
  for (const { category, envelope } of arrived) {
    const resource = category === 'identity' ? resourceOf(envelope.content) : undefined;
    if (resource?.resourceType === 'Patient')
      return { ...patient, record: toHex(envelope.recordId), summary: patientSummary(resource), terms: searchTerms(resource) };
  }
  return patient;
}

/** The resource in a content that another clinic wrote, if it is one. */
function resourceOf(content: Uint8Array): FhirResource | undefined {
  try {
    const value: unknown = JSON.parse(fromUtf8(content));
    return isResource(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
