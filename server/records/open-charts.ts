/** Which charts have been opened in this session, and for what purpose: nothing of a chart is answered that is not open. */
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

  constructor(context: VaultContext, patients: PatientDirectory, access: AccessGate, records: Records) {
    this.#context = context;
    this.#patients = patients;
    this.#access = access;
    this.#records = records;
  }

  /**
   * The access line is durable before anything is looked at.
   * @throws {Failure} `access.line-not-durable`, `patients.unknown`, `consent.nothing-open` when another clinic keeps the
   * records and none of them is open to this one for this purpose.
   */
  async open(id: string, purpose: string): Promise<OpenChart> {
    const patient = this.#patients.known(id);
    await this.#openCategories(patient, purpose);
    const line = await this.#access.note(patient, 'open', purpose);
    const opened = { patient: id, purpose, openedAt: line.at };
    this.#open.set(id, opened);
    return opened;
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
  }

  /** Undefined: all of them, because this clinic keeps them. */
  async #openCategories(patient: PatientEntry, purpose: string): Promise<ReadonlySet<string> | undefined> {
    if (this.keeps(patient)) return undefined;
    const categories = await this.#context.hooks.openCategories(patient, purpose);
    if (categories.size > 0) return categories;
    throw new Failure(
      'consent.nothing-open',
      'The clinic that keeps these records has not opened them to this one for this purpose, or no longer does. Ask the patient.',
    );
  }
}

export function unknownRecord(): Failure {
  return new Failure('records.unknown', 'There is no such record in this chart. Load the chart again; it may have changed.');
}
