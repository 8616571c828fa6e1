/** What people do at the desks of a region: register, write, amend, share, withdraw, merge, erase and look, each as a screen would. */
import { setRetention } from '../../../server/erasure/holds.ts';
import { rollClinicKeys, rollEncryptionKey } from '../../../server/sync/clinic-mail/roll-clinic-keys.ts';
import type { ChartEntry, PatientEntry } from '../../../server/sync/vault-context/vault-context.ts';
import { utf8 } from '../../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../../shared/fhir/fhir-resource.ts';
import type { RecordCategory } from '../../../shared/fhir/patient-compartment.ts';
import { withReplacedBy } from '../../../shared/fhir/patient-link.ts';
import { patientSummary, searchTerms } from '../../../shared/fhir/patient-summary.ts';
import { summarize } from '../../../shared/fhir/summary.ts';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { Violation, type World } from '../world.ts';
import { foreignRecords } from './same-at-both-desks.ts';
import type { OpenDesk, VaultDesk } from './vault-desk.ts';

const CATEGORIES = ['clinical', 'medication', 'sensitive'] as const satisfies readonly RecordCategory[];
const PURPOSE = 'TREAT';
const PASSPHRASE = 'anybody';

/** How likely each act is. */
const MIXED = { register: 16, write: 24, amend: 12, share: 22, withdraw: 14, merge: 3, erase: 3, look: 6, roll: 3 };
const SHARING: typeof MIXED = { register: 3, write: 10, amend: 4, share: 44, withdraw: 34, merge: 1, erase: 1, look: 3, roll: 2 };

/** What a desk has said was saved; after a power cut it may be more. */
export interface Said {
  /** Clinic (chain, hexadecimal) by patient. */
  readonly registered: Map<string, string>;
  /** Patient by record. */
  readonly written: Map<string, string>;
  /** Patients whom somebody began to erase. */
  readonly ending: Set<string>;
  /** The desk where a record was written first. */
  readonly at: Map<string, string>;
}

export class DeskPeople {
  readonly said: Said = { registered: new Map(), written: new Map(), ending: new Set(), at: new Map() };
  readonly #world: World;
  readonly #clinics: readonly string[];
  #names = 0;
  /** In half of the regions few patients are shared and withdrawn again and again. */
  readonly #habits: typeof MIXED;

  /** @param clinics chains of the region's clinics, hexadecimal */
  constructor(world: World, clinics: readonly string[]) {
    this.#world = world;
    this.#clinics = clinics;
    this.#habits = world.random.chance(0.5) ? MIXED : SHARING;
  }

  /** Something that somebody does at a desk. What is refused is refused by name. */
  async act(desk: VaultDesk): Promise<void> {
    const { open } = desk;
    if (!open) return;
    const { random } = this.#world;
    const own = await ownPatients(open, desk.chain);
    const kind = random.weighted(this.#habits);
    const patient = own.length > 0 ? random.pick(own) : undefined;
    this.#world.note(`${desk.name}: somebody wants to ${kind}`);
    try {
      if (kind === 'roll') await this.#roll(open);
      else if (kind === 'register' || !patient) await this.#register(open, desk);
      else if (kind === 'write') await this.#write(open, patient, desk);
      else if (kind === 'amend') await this.#amend(open, patient, desk);
      else if (kind === 'share') await this.#share(open, patient, desk.chain);
      else if (kind === 'withdraw') await this.#withdraw(open, patient);
      else if (kind === 'merge') await this.#merge(open, patient, random.pick(own));
      else if (kind === 'erase') await this.#erase(open, patient);
      else await this.#look(open, desk);
      this.#world.note(`${desk.name}: ${kind} is saved`);
    } catch (error) {
      if (error instanceof Violation) throw error;
      const { code, cause } = asFailure(error);
      this.#world.note(`${desk.name}: ${kind} is refused: ${code}`);
      if (code.startsWith('internal.')) throw new Violation('no surprise', cause instanceof Error ? `${cause.stack}` : code);
    }
  }

  async #register(open: OpenDesk, { chain, name }: VaultDesk): Promise<void> {
    const family = `Family${++this.#names}`;
    const resource = { resourceType: 'Patient', id: `p-${family}`, name: [{ family, given: ['Ada'] }], birthDate: '1980-02-29' };
    const owner = open.patients.begin(patientSummary(resource as FhirResource), searchTerms(resource as FhirResource));
    const entry = await put(open, { patient: owner.id, category: 'identity', resource, owner });
    this.said.registered.set(owner.id, chain);
    this.#wrote(entry.record, owner.id, name);
  }

  async #write(open: OpenDesk, { id }: PatientEntry, { name }: VaultDesk): Promise<void> {
    const { record } = await put(open, {
      patient: id,
      category: this.#world.random.pick(CATEGORIES),
      resource: this.#observation(),
    });
    this.#wrote(record, id, name);
  }

  async #amend(open: OpenDesk, patient: PatientEntry, desk: VaultDesk): Promise<void> {
    const entries = (await open.records.entries(patient)).filter(
      ({ kind, record }) => kind === 'fhir' && record !== patient.record,
    );
    if (entries.length === 0) return this.#write(open, patient, desk);
    const { record, category } = this.#world.random.pick(entries);
    await put(open, { patient: patient.id, category: category as RecordCategory, resource: this.#observation(), record });
  }

  #wrote(record: string, patient: string, desk: string): void {
    this.said.written.set(record, patient);
    this.said.at.set(record, desk);
  }

  #observation(): object {
    return { resourceType: 'Observation', status: 'final', code: { text: `seen ${this.#world.random.below(1_000_000)}` } };
  }

  async #share({ consents, context }: OpenDesk, { id }: PatientEntry, chain: string): Promise<void> {
    const { random } = this.#world;
    const recipient = random.pick(this.#clinics.filter((each) => each !== chain));
    const starts = context.clock();
    const ends = random.chance(0.7) ? null : starts + random.between(60_000, 1_800_000);
    const wish = { patient: id, recipient, categories: [random.pick(CATEGORIES)], purpose: PURPOSE, starts, ends };
    const whole = { ...wish, verification: 'in person', language: 'en' };
    const { hash } = await consents.text(whole);
    await consents.give(whole, hash, PASSPHRASE);
  }

  async #withdraw({ consents }: OpenDesk, { id }: PatientEntry): Promise<void> {
    const standing = (await consents.list(id)).filter(({ state }) => state === 'ACTIVE');
    if (standing.length === 0) return;
    const { record } = this.#world.random.pick(standing);
    await consents.withdraw(record.id, PASSPHRASE);
  }

  /** As a merge amends the record of who is replaced. */
  async #merge(open: OpenDesk, into: PatientEntry, { id }: PatientEntry): Promise<void> {
    const replaced = open.patients.known(id);
    const isFree = [into.id, id].every((each) => open.patients.standsFor(each) === each);
    if (into.id === id || !isFree) return;
    const entry = (await open.records.entries(replaced)).find(({ record }) => record === replaced.record);
    const [newest] = entry ? await open.records.newest([entry]) : [];
    if (!entry || !newest) return;
    const resource = JSON.parse(withReplacedBy(Buffer.from(newest.content).toString('utf8'), into.id)) as FhirResource;
    const owner = { ...replaced, summary: patientSummary(resource), terms: searchTerms(resource) };
    await put(open, { patient: id, category: 'identity', resource, owner, record: entry.record });
  }

  async #erase(open: OpenDesk, { id }: PatientEntry): Promise<void> {
    this.said.ending.add(id);
    const { context, patients, consents, records, charts, erasures } = open;
    await setRetention({ context, patients, consents, records, charts }, 'NONE', 0, PASSPHRASE);
    await erasures.erase({ patient: id, categories: [], ground: 'objection' }, PASSPHRASE);
  }

  /** The clinic gets a new encryption key, and now and then a new signing key with it. */
  #roll({ context }: OpenDesk): Promise<void> {
    return this.#world.random.chance(0.5) ? rollClinicKeys(context) : rollEncryptionKey(context);
  }

  /** Somebody opens a chart that another clinic keeps, or tries to. */
  async #look(open: OpenDesk, { name, chain }: VaultDesk): Promise<void> {
    const others = (await everyPatient(open)).filter(({ custodian }) => custodian !== chain);
    if (others.length > 0) await foreignRecords(open, name, this.#world.random.pick(others));
  }
}

/** Everybody whom a desk lists. */
export async function everyPatient({ patients }: OpenDesk): Promise<PatientEntry[]> {
  const { patients: found } = await patients.find('', 100_000, undefined);
  return found.map(({ patient }) => patient);
}

const ownPatients = async (open: OpenDesk, chain: string): Promise<PatientEntry[]> =>
  (await everyPatient(open)).filter(({ custodian }) => custodian === chain);

interface Wanted {
  readonly patient: string;
  readonly category: RecordCategory;
  readonly resource: object;
  readonly owner?: PatientEntry;
  readonly record?: string;
}

function put({ records }: OpenDesk, { patient, category, resource, owner, record }: Wanted): Promise<ChartEntry> {
  const fhir = resource as FhirResource;
  const content = utf8(JSON.stringify(resource));
  const draft = { patient, category, kind: 'fhir', content, summary: summarize(fhir), fhirId: `${fhir.id ?? ''}`, record };
  return records.put(draft, {}, owner);
}
