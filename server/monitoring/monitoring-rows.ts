/** Plans and acknowledgements: sealed rows that are only ever added, so that each version stays, whichever desk wrote it. */
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import type { MeasurementName } from '../../shared/monitoring/measurements.ts';
import type { Acknowledgement, PlanVersion } from '../../shared/monitoring/watch.ts';
import type { VaultRow } from '../sync/gateway.ts';
import type { VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfTag } from '../sync/vault-context/vault-rows.store.ts';

const PLAN = 'monitoring-plan';
const SEEN = 'monitoring-seen';

export interface MonitoringPerson {
  readonly id: string;
  readonly name: string;
}

export interface PlanRow extends PlanVersion {
  readonly patient: string;
  readonly measurement: MeasurementName;
  readonly tell: readonly MonitoringPerson[];
  readonly by: MonitoringPerson;
}

interface SeenRow extends Acknowledgement {
  readonly measurement: MeasurementName;
}

export class MonitoringRows {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  plan(plan: Omit<PlanRow, 'id'>): VaultRow {
    const key = this.#context.random(16);
    const kept: PlanRow = { ...plan, id: toHex(key) };
    return this.#context.rows.seal(PLAN, key, this.#tag(plan.patient), utf8(JSON.stringify(kept)));
  }

  seen(patient: string, seen: SeenRow): VaultRow {
    return this.#context.rows.seal(SEEN, this.#context.random(16), this.#tag(patient), utf8(JSON.stringify(seen)));
  }

  async plansOf(patient: string): Promise<PlanRow[]> {
    const rows = await rowsOfTag(this.#context.reader, PLAN, this.#tag(patient));
    return rows.map((row) => this.#opened<PlanRow>(PLAN, row));
  }

  async seenOf(patient: string): Promise<SeenRow[]> {
    const rows = await rowsOfTag(this.#context.reader, SEEN, this.#tag(patient));
    return rows.map((row) => this.#opened<SeenRow>(SEEN, row));
  }

  /** Patients who have a plan, or had one. */
  async patients(): Promise<Set<string>> {
    const patients = new Set<string>();
    for await (const page of everyRow(this.#context.reader, PLAN))
      for (const row of page) patients.add(this.#opened<PlanRow>(PLAN, row).patient);
    return patients;
  }

  /** Rows that take away what is kept of a patient. */
  async removed(patient: string): Promise<VaultRow[]> {
    const tag = this.#tag(patient);
    const rows: VaultRow[] = [];
    for (const kind of [PLAN, SEEN])
      for (const { key } of await rowsOfTag(this.#context.reader, kind, tag))
        rows.push({ kind, key: key.slice(), tag, sealed: null });
    return rows;
  }

  #opened<Content>(kind: string, row: Omit<VaultRow, 'kind'>): Content {
    return JSON.parse(fromUtf8(this.#context.rows.open(kind, row))) as Content;
  }

  #tag(patient: string): Uint8Array {
    return this.#context.rows.name('monitoring-of', fromHex(patient));
  }
}
