/**
 * The guided tasks of a training clinic, and the competency records that people bring from it. Whether a clinic is one says the
 * device's setting of the first run, which nothing changes later; what was done says the access log and the records themselves.
 */
import { concat, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import { type FhirResource, isResource } from '../../shared/fhir/fhir-resource.ts';
import { summarize } from '../../shared/fhir/summary.ts';
import { openFounding } from '../../shared/ledger/founding.ts';
import { TAG } from '../../shared/ledger/tags.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import {
  LONGEST_NAME,
  type TrainingStatement,
  verifyTrainingRecord,
  writeTrainingRecord,
} from '../../shared/training/training-record.ts';
import {
  CHANGED_DOSE,
  type JudgedTask,
  judgeTraining,
  LATE_NOTE,
  type TrainingCase,
  type TrainingLook,
  type TrainingVersion,
} from '../../shared/training/training-tasks.ts';
import type { AccessLog } from '../access/access.ts';
import type { Patients } from '../patients/patients.ts';
import type { Records } from '../records/records.ts';
import { readSetting } from '../sync/clinic.store.ts';
import type { PatientEntry, RecordDraft, VaultContext } from '../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfKeys } from '../sync/vault-context/vault-rows.store.ts';
import { hashParts } from '../vault/hash-parts.ts';
import { sha256, sign, verifySignature } from '../vault/primitives.ts';
import { trainingResolvers } from './training.resolvers.ts';

const RUN = 'training-run';
const KEPT = 'training-record';
/** A training clinic has some forty. */
const MOST_PATIENTS = 200;

/** One person's run of the tasks. */
interface TrainingRun extends TrainingCase {
  /** Milliseconds since 1970. */
  readonly beganAt: number;
}

interface StandingTraining {
  readonly run: TrainingRun | undefined;
  readonly tasks: readonly JudgedTask[];
}

/** A competency record as this clinic keeps it. */
export interface KeptRecord {
  readonly id: string;
  /** As it was handed in. */
  readonly file: string;
  readonly keptBy: string;
  readonly keptAt: number;
  /** Hexadecimal: over the file, by who keeps it. */
  readonly signature: string;
}

interface TrainingParts {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly records: Records;
  /** The inbox: it looks again for what waits. */
  readonly conflicts: { look(): Promise<void> };
  readonly access: AccessLog;
}

export class TrainingDesk {
  readonly #parts: TrainingParts;

  constructor(parts: TrainingParts) {
    this.#parts = parts;
  }

  async isTrainingClinic(): Promise<boolean> {
    return (await readSetting(this.#parts.context.reader, 'training')) !== undefined;
  }

  /** How the run of who is signed in stands. @throws {Failure} `training.not-here`; `vault.row-altered`. */
  async standing(): Promise<StandingTraining> {
    await this.#requireTraining();
    const run = await this.#run();
    if (!run) return { run, tasks: [] };
    return { run, tasks: judgeTraining(run, await this.#facts(run)) };
  }

  /** Chooses whom the tasks are about, and writes down the weight that is to be mended and the medication that two desks changed. Durable when it resolves. @throws {Failure} `training.not-here`, `training.no-sample`. */
  async begin(): Promise<void> {
    await this.#requireTraining();
    const { context, patients, records } = this.#parts;
    const people = await this.#people();
    const patient = people.find((one) => people.some((other) => isNamesake(one, other)));
    const namesake = patient && people.find((other) => isNamesake(patient, other));
    const [emergency, watched] = people.filter((each) => each !== patient && each !== namesake);
    if (!patient || !namesake || !emergency || !watched)
      throw new Failure('training.no-sample', 'The sample patients of the tasks are not here. Make a new training clinic.');
    const resource = wrongWeight(patient.id, new Date(context.clock()).toISOString());
    const { record } = await records.put({
      patient: patients.known(patient.id).id,
      category: 'clinical',
      kind: 'fhir',
      content: utf8(JSON.stringify(resource)),
      summary: summarize(resource),
      fhirId: '',
    });
    const conflictRecord = await this.#twoVersions(patient.id);
    const ids = { patient: patient.id, namesake: namesake.id, emergency: emergency.id, watched: watched.id };
    // After the weight and the medication: they are no deed of the trainee.
    const run: TrainingRun = { ...ids, wrongRecord: record, conflictRecord, beganAt: context.clock() + 1 };
    const row = context.rows.seal(RUN, this.#runKey(), this.#runKey(), utf8(JSON.stringify(run)));
    await context.gateway.commit({ rows: [row] });
    context.notify({ patients: [patient.id], topics: ['training'] });
  }

  /** The competency record, under the name by which the person is known elsewhere. @throws {Failure} `training.not-here`, `training.not-begun`, `training.no-name`; `vault.passphrase-wrong`. */
  async sign(name: string, passphrase: string): Promise<string> {
    const { context } = this.#parts;
    const { run, tasks } = await this.standing();
    const known = name.trim();
    if (!run) throw new Failure('training.not-begun', 'Begin the tasks first: there is nothing to put on record yet.');
    if (known === '' || known.length > LONGEST_NAME || /[\p{Cc}\p{Cf}]/u.test(known))
      throw new Failure(
        'training.no-name',
        `Give the name by which your clinic knows you, in at most ${LONGEST_NAME} characters.`,
      );
    await context.keyStore.confirm(passphrase);
    const { founding } = await context.gateway.identity();
    const statement: TrainingStatement = {
      clinic: founding ? openFounding(hashParts, verifySignature, founding).statement.name : '',
      name: known,
      key: context.staff.id,
      began: run.beganAt,
      signed: context.clock(),
      tasks: tasks.map(({ task, points, mistakes, doneAt }) => ({ task, points, mistakes, done: doneAt ?? 0 })),
    };
    return writeTrainingRecord(statement, (message) => sign(context.keyStore.signingKey, message));
  }

  /** @throws {Failure} `training.keep-elsewhere`, `training.record-malformed`, `training.record-altered`, `training.kept-already`; `vault.passphrase-wrong`. */
  async keep(file: string, passphrase: string): Promise<KeptRecord> {
    const { context } = this.#parts;
    if (await this.isTrainingClinic())
      throw new Failure(
        'training.keep-elsewhere',
        'This is the training clinic itself. Keep the record in the clinic where you work.',
      );
    verifyTrainingRecord(verifySignature, file);
    const key = context.rows.name(KEPT, sha256(utf8(file)));
    const [kept] = await rowsOfKeys(context.reader, KEPT, [key]);
    if (kept) throw new Failure('training.kept-already', 'This competency record is kept here already.');
    await context.keyStore.confirm(passphrase);
    const message = concat(TAG.trainingKept, context.chain, sha256(utf8(file)));
    const record: KeptRecord = {
      id: toHex(key),
      file,
      keptBy: context.staff.name,
      keptAt: context.clock(),
      signature: toHex(sign(context.keyStore.signingKey, message)),
    };
    const tag = context.rows.name('training-records-of', context.staff.id);
    await context.gateway.commit({ rows: [context.rows.seal(KEPT, key, tag, utf8(JSON.stringify(record)))] });
    context.notify({ topics: ['training'] });
    return record;
  }

  /** The newest first. */
  async kept(): Promise<KeptRecord[]> {
    const { reader, rows } = this.#parts.context;
    const found: KeptRecord[] = [];
    for await (const page of everyRow(reader, KEPT))
      for (const row of page) found.push(JSON.parse(fromUtf8(rows.open(KEPT, row))) as KeptRecord);
    return found.sort((one, other) => other.keptAt - one.keptAt);
  }

  /** A medication whose dose one desk changed while another, which could not hear it, wrote a note. Gives the record. */
  async #twoVersions(patient: string): Promise<string> {
    const { records, conflicts } = this.#parts;
    const draft = (resource: FhirResource, place: Pick<RecordDraft, 'record' | 'basedOn' | 'reason'> = {}): RecordDraft => ({
      ...place,
      patient,
      category: 'medication',
      kind: 'fhir',
      content: utf8(JSON.stringify(resource)),
      summary: summarize(resource),
      fhirId: '',
    });
    const first = await records.put(draft(metoprolol(patient, '50 mg once daily')));
    const { record } = first;
    await records.put(draft(metoprolol(patient, CHANGED_DOSE), { record, basedOn: 1, reason: 'Pressure still too high' }));
    await records.putLate(draft(metoprolol(patient, '50 mg once daily', LATE_NOTE), { record, reason: 'Said so today' }), first);
    await conflicts.look();
    return record;
  }

  async #requireTraining(): Promise<void> {
    if (await this.isTrainingClinic()) return;
    throw new Failure('training.not-here', 'The guided tasks are for a training clinic. Here the patients are real.');
  }

  #runKey(): Uint8Array {
    const { rows, staff } = this.#parts.context;
    return rows.name(RUN, staff.id);
  }

  async #run(): Promise<TrainingRun | undefined> {
    const { reader, rows } = this.#parts.context;
    const [row] = await rowsOfKeys(reader, RUN, [this.#runKey()]);
    return row && (JSON.parse(fromUtf8(rows.open(RUN, row))) as TrainingRun);
  }

  async #people(): Promise<PatientEntry[]> {
    const { patients } = await this.#parts.patients.find('', MOST_PATIENTS, undefined);
    return patients.map(({ patient }) => patient);
  }

  /** What who is signed in has looked at and written since the run began, of whichever patient. */
  async #facts({ beganAt }: TrainingRun): Promise<{ looks: TrainingLook[]; versions: TrainingVersion[] }> {
    const { context, access, records } = this.#parts;
    const me = toHex(context.staff.id);
    const looks: TrainingLook[] = [];
    const versions: TrainingVersion[] = [];
    for (const patient of await this.#people()) {
      const lines = await access.linesOf(patient.id);
      for (const { staff, process, action, at } of lines)
        if (staff === me && process === '' && at >= beganAt) looks.push({ patient: patient.id, action, at });
      for (const entry of await records.entries(patient)) {
        if (entry.time < beganAt) continue;
        for (const version of await records.versions(patient, entry)) {
          if (version.author !== me || version.time < beganAt || version.isImported) continue;
          const resource: unknown = JSON.parse(fromUtf8(version.content));
          if (!isResource(resource)) continue;
          const { record, kind } = entry;
          const [reason, settles] = [version.reason ?? '', version.merge === 'settled'];
          versions.push({ patient: patient.id, record, kind, at: version.time, reason, settles, resource });
        }
      }
    }
    return { looks, versions };
  }
}

function isNamesake(one: PatientEntry, other: PatientEntry): boolean {
  const { summary: a } = one;
  const { summary: b } = other;
  return one.id !== other.id && a.fullName === b.fullName && a.birthDate !== '' && a.birthDate === b.birthDate;
}

/** Somebody has typed a nought too many. */
const wrongWeight = (patient: string, moment: string) => ({
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }], text: 'Body weight' },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: moment,
  valueQuantity: { value: 650, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
});

const metoprolol = (patient: string, dosage: string, note?: string): FhirResource => ({
  resourceType: 'MedicationStatement',
  status: 'active',
  medicationCodeableConcept: { text: 'Metoprolol' },
  subject: { reference: `Patient/${patient}` },
  dosage: [{ text: dosage }],
  ...(note === undefined ? {} : { note: [{ text: note }] }),
});

/** What the registry of domains needs of this one. */
export const trainingDomain = { name: 'training', sdl: 'shared/training/training.graphql', resolvers: trainingResolvers };
