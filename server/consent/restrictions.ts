/**
 * Hidden restrictions: recorded at the desk by an administrator or the privacy officer, versioned like any record, in the compartment
 * that no grant opens. Nobody whom one names ever sees that there is one.
 */
import type { Restriction } from '../../shared/consent/decision.ts';
import {
  type RestrictionRecord,
  type RestrictionWish,
  readFhirRestriction,
  restrictionOf,
  restrictionRule,
  writeFhirRestriction,
} from '../../shared/consent/restriction.ts';
import { fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import type { FhirResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { ChartEntry, PatientEntry } from '../sync/vault-context/vault-context.ts';
import type { ConsentParts } from './consent-parts.ts';

export const RESTRICTION_KIND = 'restriction';

export interface StandingRestriction {
  readonly record: RestrictionRecord;
  /** Who recorded the newest version. */
  readonly recordedBy: string;
  /** Name of its sealed document, hexadecimal. */
  readonly document: string;
}

export class Restrictions {
  readonly #parts: ConsentParts;
  /** By document: what a version says never changes. */
  readonly #known = new Map<string, StandingRestriction>();

  constructor(parts: ConsentParts) {
    this.#parts = parts;
  }

  /** In force at this clinic for its own patient. One that does not open closes the chart. */
  async inForce(patient: PatientEntry): Promise<Restriction[]> {
    const standing = (await this.#all(patient)).filter(({ record }) => record.liftedAt === undefined);
    return standing.map(({ record, document }) => {
      return { id: document, provision: restrictionRule(record.choices), since: record.recordedAt };
    });
  }

  /** Those that do not name who is signed in, newest first. */
  async list(id: string): Promise<StandingRestriction[]> {
    const all = await this.#all(this.#parts.directory.known(id));
    return all.filter((each) => !this.#namesReader(each)).sort((a, b) => b.record.recordedAt - a.record.recordedAt);
  }

  /** @throws {Failure} `consent.restriction-incomplete`, `consent.not-the-custodian`, `consent.restricts-yourself`; `vault.passphrase-wrong`. */
  async restrict(wish: RestrictionWish, passphrase: string): Promise<StandingRestriction> {
    const { context, directory } = this.#parts;
    const choices = restrictionOf(wish);
    const patient = directory.known(choices.patient);
    if (patient.custodian !== toHex(context.chain))
      throw new Failure(
        'consent.not-the-custodian',
        'Another clinic keeps these records: only it can keep parts from its people.',
      );
    const record = { id: toHex(context.random(16)), choices, recordedAt: context.clock(), liftedAt: undefined };
    if (this.#namesReader({ record }))
      throw new Failure(
        'consent.restricts-yourself',
        'This would keep entries from you. Have somebody record it whom it does not name.',
      );
    await context.keyStore.confirm(passphrase);
    return this.#put(patient, record, undefined);
  }

  /** @throws {Failure} `consent.restriction-unknown`, also for one that names who asks; `vault.passphrase-wrong`. */
  async lift(id: string, restriction: string, passphrase: string): Promise<StandingRestriction> {
    const { context, directory } = this.#parts;
    const found = (await this.list(id)).find(({ record }) => record.id === restriction && record.liftedAt === undefined);
    if (!found) throw new Failure('consent.restriction-unknown', 'There is no such restriction to lift. Load the list again.');
    await context.keyStore.confirm(passphrase);
    const patient = directory.known(id);
    const before = (await this.#entries(patient)).find(({ document }) => document === found.document);
    return this.#put(patient, { ...found.record, liftedAt: context.clock() }, before);
  }

  async #put(patient: PatientEntry, record: RestrictionRecord, before: ChartEntry | undefined): Promise<StandingRestriction> {
    const resource = writeFhirRestriction(record) as FhirResource;
    const put = await this.#parts.records.put({
      patient: patient.id,
      category: 'consents',
      record: before?.record,
      basedOn: before?.version,
      kind: RESTRICTION_KIND,
      content: utf8(JSON.stringify(resource)),
      summary: summarize(resource),
      fhirId: record.id,
    });
    this.#parts.context.notify({ patients: [patient.id], topics: ['consents'] });
    return { record, recordedBy: put.authorName, document: put.document };
  }

  async #entries(patient: PatientEntry): Promise<ChartEntry[]> {
    return (await this.#parts.records.entries(patient)).filter(({ kind }) => kind === RESTRICTION_KIND);
  }

  async #all(patient: PatientEntry): Promise<StandingRestriction[]> {
    return Promise.all((await this.#entries(patient)).map((entry) => this.#opened(patient, entry)));
  }

  async #opened(patient: PatientEntry, entry: ChartEntry): Promise<StandingRestriction> {
    const known = this.#known.get(entry.document);
    if (known) return known;
    const [newest] = await this.#parts.records.versions(patient, entry);
    const record = readFhirRestriction(JSON.parse(fromUtf8(newest?.content ?? new Uint8Array(0))));
    const opened = { record, recordedBy: entry.authorName, document: entry.document };
    this.#known.set(entry.document, opened);
    return opened;
  }

  #namesReader({ record }: Pick<StandingRestriction, 'record'>): boolean {
    const { id, role } = this.#parts.context.staff;
    const own: readonly string[] = [toHex(id), role];
    return record.choices.readers.some((reader) => own.includes(reader.id));
  }
}
