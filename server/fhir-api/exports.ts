/**
 * Bulk export (HL7 FHIR Bulk Data Access 2.0): a job looks once at every patient that is open to a token, writes the access lines and
 * remembers how long each patient's lines are. Nothing of a record is kept: a file is made anew as it is fetched, decided anew, and
 * any part of it can be asked for again. Jobs end with the lock.
 */
import { toHex } from '../../shared/encoding/bytes.ts';
import { scopesAllow } from '../../shared/fhir-api/scopes.ts';
import { spanOf } from '../../shared/fhir-api/search-match.ts';
import { isDirectoryType, servedTypes } from '../../shared/fhir-api/search-parameters.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import { CLINIC_DIRECTORY, type PatientEntry, type VaultContext } from '../sync/vault-context.ts';
import type { AccessLines } from './access-lines.ts';
import type { ProgramView } from './program-view.ts';

/** One file: resources of one type, of some patients in a row. */
export interface ExportFile {
  readonly type: string;
  readonly patients: string[];
  /** Bytes of each patient's lines. */
  readonly lengths: number[];
  count: number;
}

export interface ExportJob {
  readonly id: string;
  readonly token: string;
  /** The address that began it. */
  readonly request: string;
  readonly startedAt: number;
  readonly types: ReadonlySet<string>;
  readonly since: number;
  readonly files: ExportFile[];
  patients: number;
  state: 'running' | 'done' | 'failed' | 'ended';
  failure: Failure | undefined;
}

export interface ExportEdges {
  readonly context: VaultContext;
  readonly patients: Patients;
  readonly lines: AccessLines;
}

const ACTION = 'fhir-export';
const PATIENTS_AT_ONCE = 50;
/** Patients of one file: their charts fit into memory, so that the files of one group cost one reading of them. */
const PATIENTS_IN_FILE = 500;
const MOST_JOBS = 4;
const PART_BYTES = 1024 * 1024;
const FORMATS = ['application/fhir+ndjson', 'application/ndjson', 'ndjson'];

export class Exports {
  readonly #edges: ExportEdges;
  readonly #jobs = new Map<string, ExportJob>();

  constructor(edges: ExportEdges) {
    this.#edges = edges;
  }

  /** @throws {Failure} `fhir-api.export-system`, `-format`, `-many`, `fhir-api.scope`, `fhir-api.parameter-…`. */
  begin(view: ProgramView, query: URLSearchParams, onlyPatients: boolean, request: string): ExportJob {
    const { token } = view;
    if (token.scopes.some(({ level }) => level !== 'system'))
      throw new Failure('fhir-api.export-system', 'An export is for the whole clinic: its token needs scopes like system/*.r.');
    const open = [...this.#jobs.values()].filter(({ state }) => state !== 'ended');
    if (open.length >= MOST_JOBS)
      throw new Failure('fhir-api.export-many', 'As many exports as can be kept are open. Delete one that was fetched.');
    const job: ExportJob = {
      id: toHex(this.#edges.context.random(16)),
      token: token.id,
      request,
      startedAt: this.#edges.context.clock(),
      types: typesOf(view, query.get('_type'), onlyPatients),
      since: sinceOf(query.get('_since')),
      files: [],
      patients: 0,
      state: 'running',
      failure: undefined,
    };
    refuseParameters(query);
    this.#jobs.set(job.id, job);
    void this.#run(view, job, onlyPatients);
    return job;
  }

  /** @throws {Failure} `fhir-api.export-gone`: there is none with this id, or it is another token's. */
  of(view: ProgramView, id: string): ExportJob {
    const job = this.#jobs.get(id);
    if (job && job.token === view.token.id) return job;
    throw new Failure(
      'fhir-api.export-gone',
      'There is no such export. It was deleted, or the desk was locked since. Begin another.',
    );
  }

  end(job: ExportJob): void {
    job.state = 'ended';
    this.#jobs.delete(job.id);
  }

  /**
   * Bytes of a file from `from` on, at most a mebibyte or so and up to `until`.
   * @throws {Failure} `fhir-api.export-changed` when less is open by now than when the job looked, or a record has vanished.
   */
  async part(view: ProgramView, job: ExportJob, file: ExportFile, from: number, until: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let held = 0;
    let at = 0;
    for (const [nth, length] of file.lengths.entries()) {
      const begins = at;
      at += length;
      if (at <= from) continue;
      if (begins >= until || held >= PART_BYTES) break;
      const bytes = (await linesOf(view, job, this.#patient(file.patients[nth] as string), file.type)).bytes;
      if (bytes.length !== length) throw hasChanged();
      const piece = bytes.subarray(Math.max(0, from - begins), Math.min(length, until - begins));
      parts.push(piece);
      held += piece.length;
    }
    return Buffer.concat(parts);
  }

  close(): void {
    for (const job of [...this.#jobs.values()]) this.end(job);
  }

  async #run(view: ProgramView, job: ExportJob, onlyPatients: boolean): Promise<void> {
    try {
      let cursor: string | undefined;
      for (let more = true; more; ) {
        const page = await this.#edges.patients.find('', PATIENTS_AT_ONCE, cursor);
        await this.#take(
          view,
          job,
          page.patients.map(({ patient }) => patient),
        );
        cursor = page.patients.at(-1)?.cursor ?? cursor;
        more = page.more && isRunning(job);
      }
      if (!onlyPatients && isRunning(job)) await this.#take(view, job, [this.#patient(CLINIC_DIRECTORY)]);
      if (isRunning(job)) job.state = 'done';
    } catch (error) {
      job.failure = asFailure(error);
      job.state = 'failed';
    }
  }

  async #take(view: ProgramView, job: ExportJob, patients: readonly PatientEntry[]): Promise<void> {
    const shown: { patient: PatientEntry; categories: string[] }[] = [];
    for (const patient of patients) {
      const entries = (await view.entriesOf(patient)).filter(({ resourceType }) => job.types.has(resourceType));
      const types = [...new Set(entries.map(({ resourceType }) => resourceType))];
      const categories = new Set<string>();
      for (const type of types) {
        const { bytes, count } = await linesOf(view, job, patient, type);
        if (count === 0) continue;
        const file = fileFor(job, type);
        file.patients.push(patient.id);
        file.lengths.push(bytes.length);
        file.count += count;
        for (const { resourceType, category } of entries) if (resourceType === type) categories.add(category);
      }
      if (categories.size > 0) shown.push({ patient, categories: [...categories] });
      job.patients += 1;
    }
    await this.#edges.lines.note(view.token, ACTION, 'bulk export', shown);
  }

  #patient(id: string): PatientEntry {
    const patient = this.#edges.patients.get(id);
    if (patient) return patient;
    throw hasChanged();
  }
}

const isRunning = ({ state }: ExportJob): boolean => state === 'running';

/** The newest file of a type, or another one when it has its patients. */
function fileFor(job: ExportJob, type: string): ExportFile {
  const newest = job.files.findLast((file) => file.type === type);
  if (newest && newest.patients.length < PATIENTS_IN_FILE) return newest;
  const file: ExportFile = { type, patients: [], lengths: [], count: 0 };
  job.files.push(file);
  return file;
}

/** A patient's resources of a type as they were when the job began, a line each. */
async function linesOf(
  view: ProgramView,
  { startedAt, since }: ExportJob,
  patient: PatientEntry,
  type: string,
): Promise<{ readonly bytes: Buffer; readonly count: number }> {
  const found = (await view.entriesOf(patient, type)).map((entry) => ({ patient, entry }));
  const asTheyAre = await view.serve(found.filter(({ entry }) => entry.time <= startedAt));
  const changed = found.filter(({ entry }) => entry.time > startedAt);
  const asTheyWere = await Promise.all(changed.map((each) => view.versionAt(each, startedAt)));
  const served = [
    ...asTheyAre.map((each) => ({ ...each, time: each.entry.time })),
    ...asTheyWere.flatMap((each) => (each ? [each] : [])),
  ].sort((one, other) => (one.entry.record < other.entry.record ? -1 : 1));
  const lines = served.filter(({ time }) => time >= since).map(({ text }) => `${text.replaceAll(/[\r\n]+/g, ' ')}\n`);
  return { bytes: Buffer.from(lines.join('')), count: lines.length };
}

function typesOf(view: ProgramView, asked: string | null, onlyPatients: boolean): ReadonlySet<string> {
  const named = asked === null ? undefined : asked.split(',').map((type) => type.trim());
  const all = servedTypes.filter((type) => !(onlyPatients && isDirectoryType(type)));
  const wanted = named ?? all.filter((type) => scopesAllow(view.token.scopes, type, 'r'));
  for (const type of wanted) {
    if (!all.includes(type)) throw new Failure('fhir-api.type-unknown', 'One of the types in _type is not exported here.');
    if (!scopesAllow(view.token.scopes, type, 'r'))
      throw new Failure('fhir-api.scope', `The scopes of this token do not let the program read ${type}.`);
  }
  if (wanted.length === 0) throw new Failure('fhir-api.scope', 'The scopes of this token let the program read nothing.');
  return new Set(wanted);
}

function sinceOf(text: string | null): number {
  if (text === null) return Number.NEGATIVE_INFINITY;
  const span = spanOf(text.replace(' ', '+'));
  if (span) return span.from;
  throw new Failure('fhir-api.parameter-malformed', '_since is a moment such as 2026-01-05T08:00:00Z.');
}

function refuseParameters(query: URLSearchParams): void {
  const format = query.get('_outputFormat');
  if (format !== null && !FORMATS.includes(format.replace(' ', '+')))
    throw new Failure('fhir-api.export-format', 'Exports are written as application/fhir+ndjson.');
  const unknown = [...query.keys()].filter((name) => !['_type', '_since', '_outputFormat'].includes(name));
  // What would leave records out must not be passed over.
  if (unknown.length > 0)
    throw new Failure(
      'fhir-api.parameter-unknown',
      `These parameters of an export are not known here: ${unknown.join(', ').slice(0, 200)}.`,
    );
}

const hasChanged = (): Failure =>
  new Failure('fhir-api.export-changed', 'What is open to this program has changed since the export was made. Begin another.');
