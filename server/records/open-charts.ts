/** Which charts have been opened in this session, and for what purpose: nothing of a chart is answered that is not open. */
import { isCategory } from '../../shared/consent/category.ts';
import { readableByRole } from '../../shared/consent/decision.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { AccessGate, ChartEntry, PatientDirectory, PatientEntry, VaultContext } from '../sync/vault-context.ts';
import { Chart } from './charts.ts';
import type { Records } from './records.ts';

export interface OpenChart {
  readonly patient: string;
  readonly purpose: string;
  readonly openedAt: number;
}

export class OpenCharts {
  readonly #context: VaultContext;
  readonly #patients: PatientDirectory;
  readonly #access: AccessGate;
  readonly #records: Records;
  readonly #open = new Map<string, OpenChart>();
  readonly #traced = new Map<string, Promise<unknown>>();

  constructor(context: VaultContext, patients: PatientDirectory, access: AccessGate, records: Records) {
    this.#context = context;
    this.#patients = patients;
    this.#access = access;
    this.#records = records;
  }

  /**
   * The access line is durable before anything is looked at.
   * @throws {Failure} `access.line-not-durable`, `patients.unknown`, `access.purpose-not-allowed`, `consent.nothing-open` when
   * another clinic keeps the records and none of them is open to this one for this purpose.
   */
  async open(id: string, purpose: string): Promise<OpenChart> {
    const patient = this.#patients.known(id);
    await this.#openCategories(patient, purpose);
    const line = await this.#access.note(patient, 'open', purpose);
    const opened = { patient: id, purpose, openedAt: line.at };
    this.#open.set(id, opened);
    return opened;
  }

  /**
   * Leaves a line, durable before anything is answered, for a look at something about a patient whose chart is not open; once a
   * session. A patient who is not known here is the resolver's to refuse. @throws {Failure} `access.line-not-durable`.
   */
  async trace(id: string, action: string): Promise<void> {
    const patient = this.#patients.get(id);
    if (!patient || this.#open.has(id)) return;
    const look = `${action} ${id}`;
    const line = this.#traced.get(look) ?? this.#access.note(patient, action, 'HOPERAT');
    this.#traced.set(look, line);
    await line.catch((error: unknown) => {
      this.#traced.delete(look);
      throw error;
    });
  }

  close(id: string): boolean {
    return this.#open.delete(id);
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** @throws {Failure} `access.chart-not-open`, the same for a patient who is not known here. */
  get(id: string): OpenChart {
    const opened = this.#open.get(id);
    if (opened) return opened;
    throw new Failure('access.chart-not-open', 'This chart is not open. Open it first; the patient can see who did.');
  }

  /** What may be read of an open chart now: a category that is not open to this clinic is simply not there. */
  async chart(id: string): Promise<Chart> {
    const { purpose } = this.get(id);
    const patient = this.#patients.known(id);
    const categories = await this.#openCategories(patient, purpose);
    const chart = await this.#records.charts.open(id);
    if (categories === undefined) return chart;
    const part = new Chart();
    part.put(chart.all().filter(({ category }) => categories.has(category)));
    return part;
  }

  /** The entries of `chart`, for other domains. */
  async entries(id: string): Promise<readonly ChartEntry[]> {
    return (await this.chart(id)).all();
  }

  /** @throws {Failure} `records.unknown`, whether it is not there or not open. */
  async entry(id: string, record: string): Promise<ChartEntry> {
    const { purpose } = this.get(id);
    const patient = this.#patients.known(id);
    const entry = await this.#records.entry(patient, record);
    const categories = await this.#openCategories(patient, purpose);
    if (categories === undefined || categories.has(entry.category)) return entry;
    throw unknownRecord();
  }

  async categories(id: string): Promise<string[]> {
    const { purpose } = this.get(id);
    const patient = this.#patients.known(id);
    const open = await this.#openCategories(patient, purpose);
    return Object.keys(patient.handles).filter((category) => open === undefined || open.has(category));
  }

  /** Whether this clinic keeps the records, and so alone writes in them. */
  keeps(patient: PatientEntry): boolean {
    return patient.custodian === toHex(this.#context.chain);
  }

  closeAll(): void {
    this.#open.clear();
    this.#traced.clear();
  }

  /** Undefined: all of them, because this clinic keeps them and the role reads them. */
  async #openCategories(patient: PatientEntry, purpose: string): Promise<ReadonlySet<string> | undefined> {
    if (this.keeps(patient)) return this.#ownCategories(patient, purpose);
    const categories = await this.#context.hooks.openCategories(patient, purpose);
    if (categories.size > 0) return categories;
    throw new Failure(
      'consent.nothing-open',
      'The clinic that keeps these records has not opened them to this one for this purpose, or no longer does. Ask the patient.',
    );
  }

  #ownCategories(patient: PatientEntry, purpose: string): ReadonlySet<string> | undefined {
    const readable = readableByRole(this.#context.staff.role, purpose);
    if (readable.size === 0)
      throw new Failure('access.purpose-not-allowed', 'Your role does not read records for this purpose. Choose another one.');
    if (Object.keys(patient.handles).every((name) => !isCategory(name) || readable.has(name))) return undefined;
    return new Set([...readable, ...NO_RECORDS]);
  }
}

/** Compartments that are no category of records: what stands in them is for whoever may open the chart at all. */
const NO_RECORDS = ['consents', 'directory'];

export function unknownRecord(): Failure {
  return new Failure('records.unknown', 'There is no such record in this chart. Load the chart again; it may have changed.');
}
