/**
 * Bulk export (HL7 FHIR Bulk Data Access 2.0): a job looks once at every chart that is open to a token, writes the access lines and
 * counts what there is of each patient, opening nothing. A file is made as it is fetched, decided anew, and any part of it can be asked
 * for again: of a record nothing is kept but how long each patient's lines were. Jobs end with the lock.
 */
import { toHex } from '../../shared/encoding/bytes.ts';
import { scopesAllow } from '../../shared/fhir-api/scopes.ts';
import { spanOf } from '../../shared/fhir-api/search-match.ts';
import { isDirectoryType, servedTypes } from '../../shared/fhir-api/search-parameters.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import type { Patients } from '../patients/patients.ts';
import { type ChartEntry, CLINIC_DIRECTORY, type PatientEntry, type VaultContext } from '../sync/vault-context/vault-context.ts';
import type { AccessLines } from './access-lines.ts';
import { noteNamed } from './named-directory.ts';
import type { Found, ProgramView, Served } from './program-view.ts';

/** One file: resources of one type, of some patients in a row. */
export interface ExportFile {
  readonly type: string;
  readonly patients: string[];
  /** Resources of each patient. */
  readonly counts: number[];
  /** Bytes of each patient's lines, known once they have been made. */
  readonly lengths: (number | undefined)[];
}

/** Some of a file. */
interface ExportPart {
  readonly bytes: Buffer;
  /** Whether the file ends with it. */
  readonly isLast: boolean;
}

export interface ExportJob {
  readonly id: string;
  readonly token: string;
  /** The address that began it. */
  readonly request: string;
  readonly startedAt: number;
  /** Every type when undefined. */
  readonly types: ReadonlySet<string> | undefined;
  readonly since: number;
  readonly files: ExportFile[];
  /** Records of the clinic's own directory that go along; all of them when undefined. */
  directory: ReadonlySet<string> | undefined;
  patients: number;
  state: 'running' | 'done' | 'failed' | 'ended';
  failure: Failure | undefined;
}

interface ExportEdges {
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
/** Resources that are opened at once, or one patient's of a type if these are more. */
const OPENED_AT_ONCE = 200;
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
    const types = typesOf(view, query.get('_type'), onlyPatients);
    const job = this.#job(token.id, request, types, sinceOf(query.get('_since')));
    refuseParameters(query);
    this.#jobs.set(job.id, job);
    void this.#run(view, job, onlyPatients);
    return job;
  }

  /** The same for a person, of all that the view shows. Nobody asks for its files by an address, so it is not kept. */
  forPerson(view: ProgramView): ExportJob {
    return this.#job(view.token.id, '', undefined, Number.NEGATIVE_INFINITY);
  }

  /**
   * Looks at all that goes into a person's export; ends early when the job was ended.
   * @param patients whose charts, with what they name of the clinic's own directory; everybody's and all of the directory when left out
   */
  async gather(view: ProgramView, job: ExportJob, patients?: readonly PatientEntry[]): Promise<void> {
    if (patients) {
      await this.#take(view, job, patients);
      job.directory = await this.#named(view, job, patients);
      if (job.directory.size > 0) await this.#take(view, job, [this.#patient(CLINIC_DIRECTORY)]);
    } else await this.#run(view, job, false);
    if (job.failure) throw job.failure;
    if (isRunning(job)) job.state = 'done';
  }

  async #named(view: ProgramView, job: ExportJob, patients: readonly PatientEntry[]): Promise<ReadonlySet<string>> {
    const named = new Set<string>();
    const own = new Set(patients.map(({ id }) => id));
    for (const patient of patients) {
      const lines = await listed(view, job, patient);
      for (let at = 0; at < lines.length; at += OPENED_AT_ONCE)
        await noteNamed(view, await view.serve(lines.slice(at, at + OPENED_AT_ONCE)), named, own);
    }
    return named;
  }

  #job(token: string, request: string, types: ExportJob['types'], since: number): ExportJob {
    const { random, clock } = this.#edges.context;
    const begun = { files: [], directory: undefined, patients: 0, state: 'running' as const, failure: undefined };
    return { id: toHex(random(16)), token, request, startedAt: clock(), types, since, ...begun };
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

  /** How long a file is; undefined until all of it was made once. */
  sizeOf({ lengths }: ExportFile): number | undefined {
    let size = 0;
    for (const length of lengths) {
      if (length === undefined) return undefined;
      size += length;
    }
    return size;
  }

  /** The same, made where it is not known yet: for who asks for its end first. @throws {Failure} as `part`. */
  async measure(view: ProgramView, job: ExportJob, file: ExportFile): Promise<number> {
    for (let nth = 0; nth < file.patients.length; ) {
      const until = file.lengths[nth] === undefined ? groupEnd(file, nth) : nth + 1;
      if (file.lengths[nth] === undefined) await this.#lines(view, job, file, nth, until);
      nth = until;
    }
    return this.sizeOf(file) as number;
  }

  /**
   * Bytes of a file from `from` on, at most a mebibyte or so and up to `until`.
   * @throws {Failure} `fhir-api.export-changed` when less is open by now than when the job looked, or a record has vanished.
   */
  async part(
    view: ProgramView,
    job: ExportJob,
    file: ExportFile,
    from: number,
    until = Number.POSITIVE_INFINITY,
  ): Promise<ExportPart> {
    const { patients, lengths } = file;
    const parts: Buffer[] = [];
    let held = 0;
    let nth = 0;
    let at = 0;
    for (; at + (lengths[nth] ?? Number.POSITIVE_INFINITY) <= from; nth++) at += lengths[nth] as number;
    while (nth < patients.length && at < until && held < PART_BYTES) {
      const end = groupEnd(file, nth);
      for (const bytes of await this.#lines(view, job, file, nth, end)) {
        const piece = bytes.subarray(Math.max(0, from - at), Math.max(0, until - at));
        parts.push(piece);
        held += piece.length;
        at += bytes.length;
      }
      nth = end;
    }
    return { bytes: Buffer.concat(parts, held), isLast: nth === patients.length || at >= until };
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
    const charts: { patient: PatientEntry; entries: readonly ChartEntry[] }[] = [];
    for (const patient of patients) {
      const lines = await listed(view, job, patient);
      charts.push({ patient, entries: lines.map(({ entry }) => entry) });
    }
    const present = new Set(await view.present(charts.flatMap(({ entries }) => entries)));
    const shown: { patient: PatientEntry; categories: string[] }[] = [];
    for (const { patient, entries } of charts) {
      const here = entries.filter((entry) => present.has(entry));
      for (const [type, each] of Map.groupBy(here, ({ resourceType }) => resourceType)) {
        const file = fileFor(job, type);
        file.patients.push(patient.id);
        file.counts.push(each.length);
        file.lengths.push(undefined);
      }
      if (here.length > 0) shown.push({ patient, categories: here.map(({ category }) => category) });
    }
    job.patients += patients.length;
    await this.#edges.lines.note(view.token, ACTION, 'bulk export', shown);
  }

  /** The lines of patients of a file, as they were when the job began. @throws {Failure} `fhir-api.export-changed`. */
  async #lines(view: ProgramView, job: ExportJob, file: ExportFile, from: number, until: number): Promise<Buffer[]> {
    const charts: Line[][] = [];
    for (const id of file.patients.slice(from, until)) charts.push(await listed(view, job, this.#patient(id), file.type));
    const served = await view.serve(charts.flat().filter(({ was }) => !was));
    const texts = new Map(served.map(({ entry, text }) => [entry, text]));
    return charts.map((lines, at) => {
      const nth = from + at;
      const found = lines.flatMap(({ entry, was }) => was?.text ?? texts.get(entry) ?? []);
      const bytes = Buffer.from(found.map((text) => `${text.replaceAll(/[\r\n]+/g, ' ')}\n`).join(''));
      const length = file.lengths[nth] ?? bytes.length;
      if (found.length !== file.counts[nth] || length !== bytes.length) throw hasChanged();
      file.lengths[nth] = length;
      return bytes;
    });
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
  const file: ExportFile = { type, patients: [], counts: [], lengths: [] };
  job.files.push(file);
  return file;
}

/** Where the group ends that begins with a file's `nth` patient. */
function groupEnd({ counts }: ExportFile, nth: number): number {
  let end = nth;
  for (let count = 0; end < counts.length && count < OPENED_AT_ONCE; end++) count += counts[end] as number;
  return end;
}

/** A resource that an export has. */
interface Line extends Found {
  /** As it was when the job began, when it has changed since. */
  readonly was: Served | undefined;
}

/** A patient's resources of a type, or of all that are asked for, that were there when the job began, in an order that lasts. */
async function listed(
  view: ProgramView,
  { startedAt, since, types, directory }: ExportJob,
  patient: PatientEntry,
  type?: string,
): Promise<Line[]> {
  const goesAlong = patient.id === CLINIC_DIRECTORY ? directory : undefined;
  const entries = (await view.entriesOf(patient, type)).filter(
    ({ resourceType, record }) => (types?.has(resourceType) ?? true) && (goesAlong?.has(record) ?? true),
  );
  const lines: Line[] = [];
  for (const entry of entries) {
    const was = entry.time > startedAt ? await view.versionAt({ patient, entry }, startedAt) : undefined;
    const time = entry.time > startedAt ? was?.time : entry.time;
    if (time !== undefined && time >= since) lines.push({ patient, entry, was });
  }
  return lines;
}

function typesOf(view: ProgramView, asked: string | null, onlyPatients: boolean): ReadonlySet<string> {
  const named = asked === null ? undefined : asked.split(',').map((type) => type.trim());
  const all = servedTypes.filter((type) => !(onlyPatients && isDirectoryType(type)));
  const wanted = named ?? all.filter((type) => scopesAllow(view.token.scopes, type, 'r'));
  for (const type of wanted) {
    if (!all.includes(type))
      throw new Failure('fhir-api.parameter-malformed', `In _type there is one that is not exported here: ${type.slice(0, 64)}.`);
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
