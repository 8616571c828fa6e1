/** Readings: what who is signed in may see of one patient's records, decided for each record by the one decision function. */

import { FILED_CATEGORIES } from '../../shared/consent/category.ts';
import { decide, deciderOf, type Policies, purposesOfRole, type Question } from '../../shared/consent/decision.ts';
import { type RecordFacts, standsUntil, type Verb } from '../../shared/consent/provision.ts';
import { PURPOSES } from '../../shared/consent/purpose.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import type { FiledCategory } from '../../shared/fhir/patient-compartment.ts';
import { compartmentsOf } from '../sync/vault-context/patient-compartments.ts';
import type { ChartEntry, CompartmentName, PatientEntry, Reading } from '../sync/vault-context/vault-context.ts';
import { ReceivedExceptions } from './consent-exceptions.ts';
import type { ConsentParts } from './consent-parts.ts';
import { glassGrantsAmong, grantsById } from './grant-rows.ts';
import { RESTRICTION_KIND, type Restrictions } from './restrictions.ts';

/** Compartments that are no category of records: what stands in them is for whoever may open the chart at all. */
const NO_RECORDS: readonly CompartmentName[] = ['consents', 'directory'];
/** Readings that are remembered, so that a chart is not sifted again at each question. */
const MOST_KEPT = 64;

interface Asked {
  /** A purpose, or a word that is none. */
  readonly word: string;
  readonly isEmergency: boolean;
  readonly verb: Verb;
  readonly cover: Question['cover'];
}

interface Kept {
  readonly from: number;
  readonly until: number;
  readonly reading: Reading;
}

export class Readings {
  readonly #parts: ConsentParts;
  readonly #exceptions: ReceivedExceptions;
  readonly #restrictions: Restrictions;
  readonly #kept = new Map<string, Kept>();

  constructor(parts: ConsentParts, restrictions: Restrictions) {
    this.#parts = parts;
    this.#restrictions = restrictions;
    this.#exceptions = new ReceivedExceptions(parts);
  }

  /**
   * What is open of a patient's records to who is signed in, now: the categories, and a question that each record is put to.
   * @param purpose HL7 purpose of use, such as `TREAT`
   * @param isEmergency whether the glass is broken; it counts for `ETREAT` and reading alone
   * @param covered staff id of the colleague in whose place it is asked: a cover that does not hold takes all away, and none ever adds
   */
  async of(
    patient: PatientEntry,
    purpose: string,
    isEmergency = false,
    verb: Verb = 'access',
    covered?: string,
  ): Promise<Reading> {
    const cover = covered === undefined ? undefined : { covered, holds: await this.#holds(covered) };
    const policies = await this.policies(patient);
    const time = await this.#parts.context.gateway.time();
    const { id, role } = this.#parts.context.staff;
    const name = JSON.stringify([
      toHex(id),
      role,
      patient.id,
      patient.handles,
      patient.further,
      purpose,
      isEmergency,
      verb,
      cover,
      nameOf(policies),
    ]);
    const kept = this.#kept.get(name);
    if (kept && kept.from <= time && time < kept.until) return kept.reading;
    const reading = this.#made(patient, { word: purpose, isEmergency, verb, cover }, policies, time);
    this.#kept.delete(name);
    this.#kept.set(name, { from: time, until: changesAt(policies, time), reading });
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
    return reading;
  }

  /** As `VaultHooks.keptCategories`. */
  async keptCategories(patient: PatientEntry): Promise<ReadonlySet<CompartmentName>> {
    const { context, records } = this.#parts;
    const { categories, opens } = await this.of(patient, purposesOfRole(context.staff.role)[0] ?? '');
    const kept = new Set<CompartmentName>();
    const shown = new Set<CompartmentName>();
    for (const entry of await records.entries(patient)) {
      const { category } = entry;
      if (shown.has(category) || !categories.has(category)) continue;
      (opens(entry) ? shown : kept).add(category);
    }
    return new Set([...kept].filter((category) => !shown.has(category)));
  }

  async #holds(covered: string): Promise<boolean> {
    return (await this.#parts.context.hooks.covers()).has(covered);
  }

  /** What applies to a patient's records now. */
  async policies(patient: PatientEntry): Promise<Policies> {
    const { context } = this.#parts;
    if (patient.custodian === toHex(context.chain))
      return { grants: new Map(), restrictions: await this.#restrictions.inForce(patient) };
    const [grants, emergencyGrants] = await Promise.all([
      grantsById(context.gateway, patient.shared),
      glassGrantsAmong(context.gateway, patient.shared),
    ]);
    return { grants, emergencyGrants, exceptions: await this.#exceptions.of(grants) };
  }

  #made(patient: PatientEntry, { word, isEmergency, verb, cover }: Asked, policies: Policies, time: number): Reading {
    const { staff, chain } = this.#parts.context;
    const own = patient.custodian === toHex(chain);
    const purpose = PURPOSES.find((known) => known === word);
    if (!purpose) return { categories: new Set(), opens: () => false };
    const caller = { clinic: toHex(chain), person: toHex(staff.id), role: staff.role };
    const asked = { caller, purpose, isEmergency, time, verb, cover, keeper: patient.custodian };
    const questions = (category: Question['category']): Question[] =>
      placesOf(patient, category, policies).map((handle) => ({ ...asked, category, handle }));
    // What the patient restricted is left out record by record: that a category is open says nothing of it.
    const { restrictions: _, ...standing } = policies;
    const readable = FILED_CATEGORIES.filter((category) =>
      questions(category).every((question) => decide(question, standing).permit),
    );
    const deciders = new Map<string, ReadonlyArray<ReturnType<typeof deciderOf>>>(
      readable.map((category) => [category, questions(category).map((question) => deciderOf(question, policies))]),
    );
    const categories = new Set<CompartmentName>(readable);
    if (own && readable.length > 0) for (const name of NO_RECORDS) categories.add(name);
    const opens = (entry: ChartEntry): boolean => {
      const { category, kind } = entry;
      // Shown by `restrictions` alone, to who may see it.
      if (kind === RESTRICTION_KIND) return false;
      if (NO_RECORDS.includes(category)) return categories.has(category);
      const facts = factsOf(patient, entry);
      return deciders.get(category)?.every((decided) => decided(facts).permit) ?? false;
    };
    return { categories, opens };
  }
}

/**
 * The compartments of a category over which is decided: one, or of another clinic's patient each that a grant of theirs names, so that what
 * has ended over one of them is not read from the others in the moment until these end as well.
 */
function placesOf(patient: PatientEntry, category: FiledCategory, { grants }: Policies): (string | undefined)[] {
  const [first, ...further] = compartmentsOf(patient, category);
  if (further.length === 0) return [first];
  const named = new Set([...grants.values()].map(({ handle }) => toHex(handle)));
  const places = [first, ...further].filter((handle) => handle !== undefined && named.has(handle));
  return places.length > 0 ? places : [first];
}

export function factsOf({ custodian }: PatientEntry, entry: ChartEntry): RecordFacts {
  const { labels, code, about } = entry;
  // A statement of the patient is as open as the record that it stands beside.
  const { record, author, date } = about ?? entry;
  const written = about ? about.written : entry.time;
  const happened = Date.parse(date);
  return {
    record,
    labels: labels ?? [],
    author,
    authorClinic: custodian,
    written,
    encounter: encounterOf(entry),
    code: code ? `${code.system}|${code.code}` : '',
    happened: Number.isNaN(happened) ? undefined : happened,
  };
}

/** The visit that an entry belongs to, or is, in one form however the record refers to it: `Encounter/<id>`. */
export function encounterOf({ resourceType, encounter, fhirId }: ChartEntry): string | undefined {
  const id = resourceType === 'Encounter' ? fhirId : encounter?.split(/[/:]/).at(-1);
  return id ? `Encounter/${id}` : undefined;
}

/** The same name for the same rules: what grants and restrictions are made of never changes under its id. */
function nameOf({ grants, exceptions, restrictions = [] }: Policies): unknown {
  const open = [...grants].map(([id, { withdrawn }]) => [id, withdrawn, exceptions?.get(id)]);
  return [open, restrictions.map(({ id }) => id)];
}

/** When a period of these rules begins or ends next. */
function changesAt({ grants, exceptions, restrictions = [] }: Policies, time: number): number {
  const periods = [...grants.values()].map((period) => ({ type: 'permit', period, provisions: [] }) as const);
  const excepted = [...(exceptions?.values() ?? [])].flat();
  return standsUntil([...periods, ...excepted, ...restrictions.map(({ provision }) => provision)], time);
}
