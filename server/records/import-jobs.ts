/**
 * Import jobs: which files, how far, what was refused. A job's state is a sealed row that is written with each batch, so a job
 * that a crash, a lock or a person interrupted goes on where it stood.
 */
import { fromHex, fromUtf8, toHex, utf8 } from '../../shared/encoding/bytes.ts';
import type { SourceFormat, SourceRefusal } from '../../shared/fhir/import-source.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import type { ReadableSource, ReadBatch, ReadEntry } from '../fhir/fhir-desk.ts';
import { type FoundFile, findImportFiles } from '../fhir/import-files.ts';
import { ChangeFeed } from '../sync/change-feed.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { NO_TAG } from '../sync/sealed-rows.ts';
import type { AccessGate, PatientDirectory, VaultContext } from '../sync/vault-context.ts';
import { everyRow, rowsOfTag } from '../sync/vault-rows.store.ts';
import { BatchImporter, type BatchOutcome } from './import-batch.ts';
import type { Records } from './records.ts';

const JOB = 'import';
const PART = 'import-part';
/** More refusals than this are counted and not listed: the file as a whole is at fault. */
const MOST_LISTED = 5_000;
const LARGEST_TEXT = 256 * 1024 * 1024;

export type JobState = 'RUNNING' | 'PAUSED' | 'DONE' | 'FAILED';
export type Refusal = Pick<SourceRefusal, 'file' | 'line' | 'path' | 'code' | 'message'>;

interface JobFile {
  /** '' for text that the page read. */
  readonly absolutePath: string;
  readonly file: string;
  readonly format: SourceFormat;
  readonly size: number;
  /** Items of its sequence that were dealt with. */
  readonly done: number;
  readonly bytesRead: number;
  readonly finished: boolean;
  /** Ordinals of what waited for its patient. */
  readonly deferred: readonly number[];
}

export interface ImportJobRow {
  readonly id: string;
  readonly state: JobState;
  readonly startedAt: number;
  readonly files: readonly JobFile[];
  readonly accepted: number;
  readonly alreadyPresent: number;
  readonly refusedCount: number;
  readonly patients: number;
  readonly missingCount: number;
  readonly currentFile: string | null;
  readonly problem: string | null;
}

/** What one batch found, kept apart so that the job's row stays small. */
interface JobPart {
  readonly refused?: readonly Refusal[];
  /** References to look up at the end. */
  readonly references?: readonly string[];
  /** Those that lead nowhere; in the last part. */
  readonly missing?: readonly string[];
}

interface Running {
  job: ImportJobRow;
  readonly texts: Map<string, Uint8Array>;
  readonly seen: Set<string>;
  /** Patients that this run has made, or whose access log says that it worked in their charts. */
  readonly noted: Set<string>;
  cancelled: boolean;
  finished: Promise<void>;
}

export class ImportJobs {
  readonly #context: VaultContext;
  readonly #records: Records;
  readonly #importer: BatchImporter;
  readonly #running = new Map<string, Running>();
  /** Jobs whose end could not be written: the disk was what failed. */
  readonly #failed = new Map<string, ImportJobRow>();
  /** Texts that the page sends in parts, by job and file. */
  readonly #texts = new Map<string, Map<string, { parts: Uint8Array[]; bytes: number }>>();
  readonly #feeds = new Map<string, ChangeFeed<ImportJobRow>>();

  constructor(context: VaultContext, patients: PatientDirectory, records: Records, access: AccessGate) {
    this.#context = context;
    this.#records = records;
    this.#importer = new BatchImporter(context, patients, records, access);
  }

  /** Begins a job over files and folders. @throws {Failure} `fhir.path-missing`, `fhir.file-kind`. */
  async startPaths(paths: readonly string[]): Promise<ImportJobRow> {
    const { files } = await findImportFiles(paths);
    return this.#start(files.map(jobFile), new Map());
  }

  /**
   * Takes a part of a file's text. The parts are held in memory until `finish`: plain text never touches the disk.
   * @param job of the parts before, undefined for the first
   * @throws {Failure} `records.import-unknown`, `fhir.file-kind`, `records.import-too-large`.
   */
  async takeText(job: string | undefined, file: string, part: Uint8Array, finish: boolean): Promise<ImportJobRow> {
    const id = job ?? toHex(this.#context.random(16));
    const files = job === undefined ? new Map<string, { parts: Uint8Array[]; bytes: number }>() : this.#texts.get(id);
    if (!files) throw unknownJob();
    this.#texts.set(id, files);
    if (part.length > 0 || !files.has(file)) {
      formatOf(file);
      const held = files.get(file) ?? { parts: [], bytes: 0 };
      held.parts.push(part);
      held.bytes += part.length;
      files.set(file, held);
    }
    const bytes = [...files.values()].reduce((sum, each) => sum + each.bytes, 0);
    if (bytes > LARGEST_TEXT) {
      this.#texts.delete(id);
      this.#endFeed(id);
      throw new Failure(
        'records.import-too-large',
        'This is more than a page can hand over at once. Choose the folder on this computer’s disk instead.',
      );
    }
    if (!finish)
      return emptyJob(
        id,
        this.#context.clock(),
        [...files].map(([name, each]) => textFile(name, each.bytes)),
      );
    this.#texts.delete(id);
    const texts = new Map([...files].map(([name, { parts }]) => [name, Buffer.concat(parts) as Uint8Array]));
    return this.#start(
      [...texts].map(([name, whole]) => textFile(name, whole.length)),
      texts,
      id,
    );
  }

  /** @throws {Failure} `records.import-unknown`. */
  async get(id: string): Promise<ImportJobRow> {
    const running = this.#running.get(id);
    if (running) return running.job;
    const job = (await this.list()).find((each) => each.id === id);
    if (job) return job;
    const texts = this.#texts.get(id);
    if (!texts) throw unknownJob();
    return emptyJob(
      id,
      this.#context.clock(),
      [...texts].map(([name, each]) => textFile(name, each.bytes)),
    );
  }

  /** Newest first. A job that says it runs and does not was interrupted: it can go on. */
  async list(): Promise<ImportJobRow[]> {
    const jobs: ImportJobRow[] = [];
    for await (const page of everyRow(this.#context.reader, JOB)) {
      for (const row of page) {
        const job = JSON.parse(fromUtf8(this.#context.rows.open(JOB, row))) as ImportJobRow;
        const current = this.#running.get(job.id)?.job ?? this.#failed.get(job.id);
        jobs.push(current ?? (job.state === 'RUNNING' ? { ...job, state: 'PAUSED' } : job));
      }
    }
    return jobs.sort((one, other) => other.startedAt - one.startedAt);
  }

  async refused(id: string, first: number): Promise<Refusal[]> {
    return (await this.#parts(id)).flatMap(({ part }) => part.refused ?? []).slice(0, first);
  }

  async missingReferences(id: string, first: number): Promise<string[]> {
    return (await this.#parts(id)).flatMap(({ part }) => part.missing ?? []).slice(0, first);
  }

  /** Stops after the batch under way; what went in stays in. */
  async cancel(id: string): Promise<ImportJobRow> {
    const running = this.#running.get(id);
    if (running) {
      running.cancelled = true;
      await running.finished;
    }
    return this.get(id);
  }

  async resume(id: string): Promise<ImportJobRow> {
    const job = await this.get(id);
    if (this.#running.has(id) || job.state === 'DONE') return job;
    if (job.files.some(({ absolutePath, finished }) => absolutePath === '' && !finished)) {
      throw new Failure(
        'records.import-text-gone',
        'What the page had read is no longer there. Choose the files again; what is already here is recognised.',
      );
    }
    return this.#run(job, new Map());
  }

  /** Ends when the job no longer runs. */
  async settled(id: string): Promise<ImportJobRow> {
    await this.#running.get(id)?.finished;
    return this.get(id);
  }

  /** The job as it is now, then after each batch, until it no longer runs. One whose text is still arriving is waited for. */
  async progress(id: string): Promise<AsyncIterableIterator<ImportJobRow>> {
    if (this.#texts.has(id)) this.#feedOf(id);
    const feed = this.#feeds.get(id) ?? new ChangeFeed<ImportJobRow>();
    const updates = feed.subscribe();
    const now = await this.get(id);
    feed.publish(this.#running.get(id)?.job ?? now);
    if (!this.#feeds.has(id)) feed.close();
    return updates;
  }

  #feedOf(id: string): ChangeFeed<ImportJobRow> {
    const feed = this.#feeds.get(id) ?? new ChangeFeed<ImportJobRow>();
    this.#feeds.set(id, feed);
    return feed;
  }

  #endFeed(id: string): void {
    this.#feeds.get(id)?.close();
    this.#feeds.delete(id);
  }

  /** Stops everything that runs, as a lock does: the rows say how far it has got. */
  async close(): Promise<void> {
    for (const running of this.#running.values()) running.cancelled = true;
    await Promise.all([...this.#running.values()].map(({ finished }) => finished));
    for (const id of this.#texts.keys()) this.#endFeed(id);
    this.#texts.clear();
    this.#failed.clear();
  }

  #start(files: readonly JobFile[], texts: Map<string, Uint8Array>, id = toHex(this.#context.random(16))): Promise<ImportJobRow> {
    return this.#run(emptyJob(id, this.#context.clock(), inOrder(files)), texts);
  }

  async #run(job: ImportJobRow, texts: Map<string, Uint8Array>): Promise<ImportJobRow> {
    const begun: ImportJobRow = { ...job, state: 'RUNNING', problem: null };
    await this.#context.gateway.commit({ rows: [this.#row(begun)] });
    this.#failed.delete(job.id);
    const running: Running = {
      job: begun,
      texts,
      seen: new Set(),
      noted: new Set(),
      cancelled: false,
      finished: Promise.resolve(),
    };
    this.#running.set(job.id, running);
    this.#feedOf(job.id);
    running.finished = this.#work(running)
      .catch((error: unknown) => this.#fail(running, error))
      .finally(() => {
        this.#running.delete(job.id);
        this.#endFeed(job.id);
      });
    return begun;
  }

  async #work(running: Running): Promise<void> {
    for (const last of [false, true]) {
      for (let at = 0; at < running.job.files.length; at++) {
        const file = running.job.files[at] as JobFile;
        if (last ? file.deferred.length === 0 : file.finished) continue;
        await this.#file(running, at, last);
        if (running.cancelled) return this.#settle(running, { state: 'PAUSED' });
      }
    }
    await this.#finish(running);
  }

  async #file(running: Running, at: number, last: boolean): Promise<void> {
    const file = running.job.files[at] as JobFile;
    const { absolutePath, size, format } = file;
    const text = running.texts.get(file.file);
    const source: ReadableSource = text ? { file: file.file, format, text } : { file: file.file, format, absolutePath, size };
    const options = last ? { only: file.deferred } : { after: file.done };
    for await (const batch of this.#context.fhir.read(source, options)) {
      await this.#take(running, at, batch, last);
      if (running.cancelled) return;
    }
    this.#change(running, at, { ...(running.job.files[at] as JobFile), finished: true, bytesRead: size });
  }

  async #take(running: Running, at: number, { items, bytes, bytesRead }: ReadBatch, last: boolean): Promise<void> {
    const refused = items.flatMap((item) => (item.kind === 'refusal' ? [refusalOf(item)] : []));
    const references: string[] = [];
    for (const item of items) {
      if (item.kind === 'refusal') continue;
      for (const reference of item.references) {
        if (running.seen.has(reference)) continue;
        running.seen.add(reference);
        references.push(reference);
      }
    }
    const room = Math.max(0, MOST_LISTED - running.job.refusedCount);
    let after = running.job;
    await this.#importer.take(items, bytes, last, running.noted, (outcome) => {
      const all = [...refused, ...outcome.older.map(olderThanHere)];
      const listed = all.slice(0, room);
      after = advanced(
        running.job,
        at,
        items.map(({ ordinal }) => ordinal),
        all.length,
        outcome,
        last,
        bytesRead,
      );
      const part = { ...(listed.length > 0 ? { refused: listed } : {}), ...(references.length > 0 ? { references } : {}) };
      return [this.#row(after), ...(Object.keys(part).length > 0 ? [this.#part(after.id, part)] : [])];
    });
    this.#tell(running, after);
  }

  /** Looks up what the resources refer to; everything that is in is in now. */
  async #finish(running: Running): Promise<void> {
    const { id } = running.job;
    const parts = await this.#parts(id);
    const missing = await this.#records.sources.missing(parts.flatMap(({ part }) => part.references ?? []));
    const rows = parts.map(({ key, part }) => this.#part(id, part.refused ? { refused: part.refused } : undefined, key));
    const listed = missing.slice(0, MOST_LISTED);
    await this.#settle(running, { state: 'DONE', currentFile: null, missingCount: missing.length }, [
      ...rows,
      ...(listed.length > 0 ? [this.#part(id, { missing: listed })] : []),
    ]);
  }

  async #fail(running: Running, error: unknown): Promise<void> {
    const failed = { state: 'FAILED', problem: asFailure(error).message } as const;
    try {
      await this.#settle(running, failed);
    } catch {
      // The disk may be what failed: the row stays as it was, and after a restart the job counts as interrupted.
      this.#failed.set(running.job.id, { ...running.job, ...failed });
      this.#tell(running, { ...running.job, ...failed });
    }
  }

  async #settle(running: Running, change: Partial<ImportJobRow>, rows: readonly VaultRow[] = []): Promise<void> {
    const job = { ...running.job, ...change };
    await this.#context.gateway.commit({ rows: [this.#row(job), ...rows] });
    this.#tell(running, job);
  }

  #change(running: Running, at: number, file: JobFile): void {
    running.job = withFile(running.job, at, file);
  }

  #tell(running: Running, job: ImportJobRow): void {
    running.job = job;
    this.#feeds.get(job.id)?.publish(job);
    this.#context.notify({ topics: ['imports'] });
  }

  #row(job: ImportJobRow): VaultRow {
    return this.#context.rows.seal(JOB, this.#context.rows.name(JOB, fromHex(job.id)), NO_TAG, utf8(JSON.stringify(job)));
  }

  /** A new part, or another content for one that is there; undefined takes it away. */
  #part(id: string, part: JobPart | undefined, key = this.#context.random(16)): VaultRow {
    const tag = this.#context.rows.name(PART, fromHex(id));
    if (part === undefined) return { kind: PART, key, tag, sealed: null };
    return this.#context.rows.seal(PART, key, tag, utf8(JSON.stringify(part)));
  }

  async #parts(id: string): Promise<Array<{ key: Uint8Array; part: JobPart }>> {
    const rows = await rowsOfTag(this.#context.reader, PART, this.#context.rows.name(PART, fromHex(id)));
    return rows.map((row) => ({ key: row.key, part: JSON.parse(fromUtf8(this.#context.rows.open(PART, row))) as JobPart }));
  }
}

/** People first, so that what follows finds them; then as the folder lists them. */
function inOrder(files: readonly JobFile[]): JobFile[] {
  const ofPeople = ({ file }: JobFile): boolean => /(?:^|\/)patient/i.test(file);
  return [...files.filter(ofPeople), ...files.filter((file) => !ofPeople(file))];
}

const jobFile = ({ absolutePath, file, format, size }: FoundFile): JobFile => {
  return { absolutePath, file, format, size, done: 0, bytesRead: 0, finished: false, deferred: [] };
};
const textFile = (file: string, size: number): JobFile => jobFile({ absolutePath: '', file, format: formatOf(file), size });

/** @throws {Failure} `fhir.file-kind`. */
function formatOf(file: string): SourceFormat {
  if (/\.json$/i.test(file)) return 'json';
  if (/\.(?:ndjson|jsonl)$/i.test(file)) return 'ndjson';
  if (/\.hl7$/i.test(file)) return 'hl7';
  throw new Failure(
    'fhir.file-kind',
    'This file is neither .json nor .ndjson (FHIR) nor .hl7 (HL7 version 2). Name files by what they hold.',
  );
}

function emptyJob(id: string, startedAt: number, files: readonly JobFile[]): ImportJobRow {
  const counts = { accepted: 0, alreadyPresent: 0, refusedCount: 0, patients: 0, missingCount: 0 };
  return { id, state: 'RUNNING', startedAt, files, ...counts, currentFile: null, problem: null };
}

function withFile(job: ImportJobRow, at: number, file: JobFile): ImportJobRow {
  return { ...job, files: job.files.map((each, index) => (index === at ? file : each)) };
}

/** The job after a batch of the file `at`. */
function advanced(
  job: ImportJobRow,
  at: number,
  ordinals: readonly number[],
  refused: number,
  outcome: BatchOutcome,
  last: boolean,
  bytesRead: number,
): ImportJobRow {
  const file = job.files[at] as JobFile;
  const through = new Set(ordinals);
  const moved: JobFile = last
    ? { ...file, deferred: file.deferred.filter((ordinal) => !through.has(ordinal)) }
    : { ...file, done: file.done + ordinals.length, bytesRead, deferred: [...file.deferred, ...outcome.deferred] };
  return withFile(
    {
      ...job,
      currentFile: file.file,
      accepted: job.accepted + outcome.accepted,
      alreadyPresent: job.alreadyPresent + outcome.alreadyPresent,
      refusedCount: job.refusedCount + refused,
      patients: job.patients + outcome.patients,
    },
    at,
    moved,
  );
}

const refusalOf = ({ file, line, path, code, message }: SourceRefusal): Refusal => ({ file, line, path, code, message });

const olderThanHere = ({ file, line, path }: ReadEntry): Refusal => ({
  file,
  line,
  path,
  code: 'records.older-than-here',
  message:
    'This is older than the version of this record that is here, or does not say when it was changed. Nothing was changed here; compare the two, and amend the record if it is the right one.',
});

function unknownJob(): Failure {
  return new Failure('records.import-unknown', 'There is no such import. Look at the list of imports.');
}
