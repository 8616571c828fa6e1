/**
 * Readings that gateways bring in signed batches. Each becomes an Observation of the chart and so a reading of its watch; a batch is
 * taken in once, by whichever desk, and what cannot be taken in is named with its reason.
 */
import { toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { MEASUREMENTS, unitOf } from '../../shared/monitoring/measurements.ts';
import { type BatchReading, judgeBatch } from '../../shared/monitoring/reading-batch.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import type { AccessLog } from '../access/access.ts';
import type { Patients } from '../patients/patients.ts';
import type { Records } from '../records/records.ts';
import { settingChange } from '../sync/vault-context/setting-change.ts';
import type { PatientEntry, VaultContext } from '../sync/vault-context/vault-context.ts';
import { sha256, verifySignature } from '../vault/primitives.ts';
import { type BatchRow, type GatewayRow, GatewayRows } from './gateway-rows.ts';
import type { ChartLooks } from './monitoring.ts';

type ReadingDraft = Parameters<Records['putAll']>[0][number];

const LONGEST_NAME = 120;
/** Enough to see whether a number is one person's. */
const MOST_FOUND = 5;

interface RefusedReading {
  /** Its place in the batch, from 1. */
  readonly reading: number;
  readonly why: string;
}

export interface BatchReport {
  readonly gateway: string;
  readonly sequence: number;
  readonly taken: number;
  readonly refused: readonly RefusedReading[];
  /** It was taken in before; nothing was written. */
  readonly before: boolean;
}

interface GatewayParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  readonly access: AccessLog;
  readonly looks: ChartLooks;
}

export class Gateways {
  readonly #parts: GatewayParts;
  readonly #rows: GatewayRows;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#rows = new GatewayRows(parts.context);
  }

  /** Those that may bring readings first, each with its newest batch. */
  async list(): Promise<Array<GatewayRow & { readonly newest: BatchRow | undefined }>> {
    const batches = await this.#rows.batches();
    const newestOf = (key: string) =>
      batches
        .filter(({ gateway }) => gateway === key)
        .reduce<BatchRow | undefined>((a, b) => (a && a.takenAt > b.takenAt ? a : b), undefined);
    const all = (await this.#rows.gateways()).map((row) => ({ ...row, newest: newestOf(row.key) }));
    return all.sort((one, other) => (one.revokedAt ?? 0) - (other.revokedAt ?? 0) || other.at - one.at);
  }

  /** @param key hexadecimal, as `careledger gateway init` prints it. @throws {Failure} `gateway.key`, `gateway.name`, `gateway.known`. */
  async enrol(name: string, key: string): Promise<void> {
    const { context } = this.#parts;
    const written = key.replaceAll(/\s/g, '').toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(written))
      throw new Failure('gateway.key', 'A key of a gateway has 64 hexadecimal digits, as “careledger gateway init” prints it.');
    const called = name.trim();
    if (called === '' || called.length > LONGEST_NAME) throw new Failure('gateway.name', 'Give the gateway a name.');
    if ((await this.#rows.gateways()).some((each) => each.key === written))
      throw new Failure('gateway.known', 'This key is known here already. A gateway that was shut out needs a new one.');
    const row = { key: written, name: called, by: context.staff.name, at: context.clock(), revokedAt: null, revokedBy: '' };
    const said = settingChange(context, {
      setting: 'reading-gateway',
      subject: called,
      before: [],
      after: [written.slice(0, 16)],
    });
    await context.gateway.commit({ ...said, rows: [...said.rows, this.#rows.gateway(row)] });
    context.notify({ topics: ['monitoring'] });
  }

  /** From now on nothing of it is taken in. @throws {Failure} `gateway.unknown`. */
  async revoke(key: string): Promise<void> {
    const { context } = this.#parts;
    const found = (await this.#rows.gateways()).find((each) => each.key === key && each.revokedAt === null);
    if (!found) throw new Failure('gateway.unknown', 'There is no such gateway to shut out. Load the list again.');
    const row = { ...found, revokedAt: context.clock(), revokedBy: context.staff.name };
    const before = [found.key.slice(0, 16)];
    const said = settingChange(context, { setting: 'reading-gateway', subject: found.name, before, after: [] });
    await context.gateway.commit({ ...said, rows: [...said.rows, this.#rows.gateway(row)] });
    context.notify({ topics: ['monitoring'] });
  }

  /** Durable when it resolves. @throws {Failure} as `judgeBatch`; `gateway.replayed`; storage failures. */
  async take(file: string): Promise<BatchReport> {
    const { context, access, records } = this.#parts;
    const known = await this.#rows.gateways();
    const { batch, gateway } = judgeBatch(
      {
        verify: verifySignature,
        clinic: context.chain,
        now: context.clock(),
        gatewayOf: (key) => {
          const row = known.find((each) => each.key === toHex(key));
          return row && { key, name: row.name, revokedAt: row.revokedAt ?? undefined };
        },
      },
      file,
    );
    const { sequence } = batch;
    const [key, hash] = [toHex(batch.gateway), toHex(sha256(utf8(file.trim())))];
    const before = await this.#rows.batchAt(key, sequence);
    if (before && before.hash !== hash)
      throw new Failure(
        'gateway.replayed',
        `“${gateway.name}” has used number ${sequence} for another batch already. Nothing was taken in.`,
      );
    if (before) return { gateway: gateway.name, sequence, taken: before.taken, refused: [], before: true };

    const refused: RefusedReading[] = [];
    const drafts: ReadingDraft[] = [];
    const about = new Map<string, PatientEntry>();
    let taken = 0;
    for (const [at, reading] of batch.readings.entries()) {
      const patient = await this.#patientOf(reading.patient);
      if (typeof patient === 'string') {
        refused.push({ reading: at + 1, why: patient });
        continue;
      }
      taken += 1;
      about.set(patient.id, patient);
      const record = this.#rows.record(key, sequence, at);
      // A batch that broke off between its readings and its own row comes again.
      const isHere = (await records.entries(patient)).some((entry) => entry.record === record);
      if (!isHere) drafts.push(await this.#draft(patient, reading, gateway.name, record));
    }
    await this.#demand(drafts, about);
    if (drafts.length > 0) await records.putAll(drafts);
    const lines = [...about.keys()].map((patient) => ({
      patient,
      process: 'monitoring',
      action: 'import',
      purpose: 'TREAT',
      detail: gateway.name,
    }));
    const row = this.#rows.batch({ gateway: key, sequence, hash, takenAt: context.clock(), taken, refused: refused.length });
    await access.noteAlong(lines, (along) => context.gateway.commit({ ...along, rows: [...(along.rows ?? []), row] }));
    context.notify({ patients: [...about.keys()], topics: ['monitoring'] });
    return { gateway: gateway.name, sequence, taken, refused, before: false };
  }

  /** All of them are the clinic's own, of whom the decision about a part of the chart is one and the same: it is asked once for each part. */
  async #demand(drafts: readonly ReadingDraft[], about: ReadonlyMap<string, PatientEntry>): Promise<void> {
    for (const [category, draft] of new Map(drafts.map((each) => [each.draft.category, each.draft]))) {
      const patient = about.get(draft.patient) as PatientEntry;
      await this.#parts.looks.mayCorrect(patient, { category, before: undefined });
    }
  }

  /** Whose number it is, or why nobody's. */
  async #patientOf(number: string): Promise<PatientEntry | string> {
    const { patients, context } = this.#parts;
    const { patients: found } = await patients.find(number, MOST_FOUND, undefined);
    const own = found
      .map(({ patient }) => patient)
      .filter(({ summary }) => summary.identifiers.some(({ value }) => value === number));
    const [patient, other] = own;
    if (!patient) return `Nobody here has the number ${number}.`;
    if (other) return `More than one person here has the number ${number}.`;
    return patient.custodian === toHex(context.chain) ? patient : `Another clinic keeps the records of ${number}.`;
  }

  async #draft(patient: PatientEntry, reading: BatchReading, gateway: string, record: string): Promise<ReadingDraft> {
    const { content, entry } = await this.#parts.context.fhir.check(observation(patient.id, reading, gateway));
    const { category, summary, fhirId } = entry;
    if (category === null) throw new Failure('records.other-patient', 'This reading names nobody.');
    const draft = { patient: patient.id, category, kind: 'fhir', content, summary, fhirId, newId: record } as const;
    return { draft, owner: undefined };
  }
}

/** The digits stay as they were measured: the number is put into the text as it was sent. */
function observation(patient: string, { measurement, value, measured }: BatchReading, gateway: string): string {
  const unit = unitOf(measurement);
  const resource = {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: MEASUREMENTS[measurement].codes[0] }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: new Date(measured).toISOString(),
    device: { display: gateway },
    valueQuantity: { value: 'digits', unit, system: 'http://unitsofmeasure.org', code: unit },
  };
  return JSON.stringify(resource).replace('"value":"digits"', `"value":${value}`);
}
