/**
 * Import jobs: which files, how far, what was refused. A job's state is a sealed row that is written with each batch, so a job
 * that a crash, a lock or a person interrupted goes on where it stood.
 */

import type { CsvMapping } from '../../shared/csv/csv-mapping.ts';
import { toHex } from '../../shared/encoding/bytes.ts';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import type { ReadableSource, ReadBatch } from '../fhir/fhir-desk.ts';
import { findImportFiles } from '../fhir/import-files.ts';
import { ChangeFeed } from '../sync/change-feed.ts';
import type { VaultRow } from '../sync/gateway.ts';
import { BatchImporter, type BatchOutcome, type ImportParts } from './import-batch.ts';
import {
  advanced,
  emptyJob,
  inOrder,
  jobFile,
  newReferences,
  olderThanHere,
  refusalOf,
  untouched,
  withFile,
} from './import-job-state.ts';
import { Rehearsal, type RehearsedPerson } from './import-rehearsal.ts';
import {
  type ImportJobRow,
  ImportRows,
  isEmpty,
  type JobFile,
  type JobPart,
  partOf,
  type Refusal,
  takenOf,
} from './import-rows.ts';
import { ArrivingTexts } from './import-texts.ts';
import { ImportUndo, type LeftRecord, type UndoCount, type UndoPlan } from './import-undo.ts';

/** More refusals than this are counted and not listed: the file as a whole is at fault. */
const MOST_LISTED = 5_000;
/** Names of files of other kinds that are listed: a folder of pictures is no report. */
const MOST_IGNORED = 1_000;

interface Running {
  job: ImportJobRow;
  readonly texts: Map<string, Uint8Array>;
  readonly seen: Set<string>;
  /** Patients that this run has made, or whose access log says that it worked in their charts. */
  readonly noted: Set<string>;
  /** Set for a dry run. */
  readonly rehearsal: Rehearsal | undefined;
  cancelled: boolean;
  finished: Promise<void>;
}

/** A dry run that has ended, with what an import of the same begins from. */
interface Rehearsed {
  readonly job: ImportJobRow;
  readonly texts: Map<string, Uint8Array>;
  readonly rehearsal: Rehearsal;
}

interface ImportOptions {
  /** Only say what an import would do. */
  readonly dryRun?: boolean;
  /** What the columns of tables mean. */
  readonly csv?: CsvMapping | undefined;
}

export class ImportJobs {
  readonly #parts: ImportParts;
  readonly #rows: ImportRows;
  readonly #importer: BatchImporter;
  readonly #undo: ImportUndo;
  readonly #running = new Map<string, Running>();
  /** Jobs whose end could not be written: the disk was what failed. */
  readonly #failed = new Map<string, ImportJobRow>();
  /** The dry run that ended last. */
  #rehearsed: Rehearsed | undefined;
  /** Texts that the page sends in parts, by job. */
  readonly #texts = new Map<string, ArrivingTexts>();
  readonly #feeds = new Map<string, ChangeFeed<ImportJobRow>>();

  constructor(parts: ImportParts) {
    this.#parts = parts;
    this.#rows = new ImportRows(parts.context);
    this.#importer = new BatchImporter(parts);
    this.#undo = new ImportUndo(parts);
  }

  /** Begins a job over files and folders. @throws {Failure} `fhir.path-missing`, `fhir.file-kind`. */
  async startPaths(paths: readonly string[], options: ImportOptions = {}): Promise<ImportJobRow> {
    const { files, ignored } = await findImportFiles(paths);
    return this.#start(files.map(jobFile), new Map(), { ...options, ignored: ignored.slice(0, MOST_IGNORED) });
  }

  /** Imports what a dry run has looked at. @throws {Failure} `records.rehearsal-gone`. */
  async startRehearsed(id: string): Promise<ImportJobRow> {
    const rehearsed = this.#rehearsed;
    if (rehearsed?.job.id !== id)
      throw new Failure('records.rehearsal-gone', 'This dry run is no longer held. Choose the files again.');
    this.#rehearsed = undefined;
    const { files, csv, ignored } = rehearsed.job;
    return this.#start(files.map(untouched), rehearsed.texts, { csv, ignored });
  }

  /**
   * Takes a part of a file's text. The parts are held in memory until `finish`: plain text never touches the disk.
   * @param job of the parts before, undefined for the first
   * @param options count with the last part
   * @throws {Failure} `records.import-unknown`, `fhir.file-kind`, `records.import-too-large`.
   */
  async takeText(
    job: string | undefined,
    file: string,
    part: Uint8Array,
    finish: boolean,
    options: ImportOptions = {},
  ): Promise<ImportJobRow> {
    const id = job ?? toHex(this.#parts.context.random(16));
    const arriving = job === undefined ? new ArrivingTexts() : this.#texts.get(id);
    if (!arriving) throw unknownJob();
    this.#texts.set(id, arriving);
    try {
      arriving.add(file, part);
    } catch (error) {
      if (error instanceof Failure && error.code === 'records.import-too-large') this.#forgetTexts(id);
      throw error;
    }
    if (!finish) return this.#empty(id, arriving.files());
    this.#texts.delete(id);
    return this.#start(arriving.files(), arriving.whole(), options, id);
  }

  /** @throws {Failure} `records.import-unknown`. */
  async get(id: string): Promise<ImportJobRow> {
    const running = this.#running.get(id);
    if (running) return running.job;
    if (this.#rehearsed?.job.id === id) return this.#rehearsed.job;
    const job = (await this.list()).find((each) => each.id === id);
    if (job) return job;
    const texts = this.#texts.get(id);
    if (!texts) throw unknownJob();
    return this.#empty(id, texts.files());
  }

  /** Newest first. A job that says it runs and does not was interrupted: it can go on. What runs at another desk comes when it has ended. */
  async list(): Promise<ImportJobRow[]> {
    const known = (await this.#rows.jobs()).filter((job) => this.isHere(job) || job.state !== 'RUNNING');
    const jobs = known.map((job): ImportJobRow => {
      const current = this.#running.get(job.id)?.job ?? this.#failed.get(job.id);
      return current ?? (job.state === 'RUNNING' ? { ...job, state: 'PAUSED' } : job);
    });
    return jobs.sort((one, other) => other.startedAt - one.startedAt);
  }

  async refused(id: string, first: number): Promise<Refusal[]> {
    return (await this.#partsOf(id)).flatMap((part) => part.refused ?? []).slice(0, first);
  }

  async missingReferences(id: string, first: number): Promise<string[]> {
    return (await this.#partsOf(id)).flatMap((part) => part.missing ?? []).slice(0, first);
  }

  /** Whom the files of a dry run describe; nobody for an import. */
  people(id: string, first: number): readonly RehearsedPerson[] {
    return this.#rehearsalOf(id)?.people.slice(0, first) ?? [];
  }

  /** How many new people of a dry run resemble somebody here. */
  alikeCount(id: string): number {
    return this.#rehearsalOf(id)?.alikeCount ?? 0;
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
    if (this.#running.has(id) || (job.state !== 'PAUSED' && job.state !== 'FAILED')) return job;
    if (!this.isHere(job))
      throw new Failure(
        'records.import-elsewhere',
        'Another computer of the clinic has the files of this import. Go on there, or take it back here.',
      );
    if (this.#rehearsed?.job.id === id)
      return this.#start(
        job.files.map(untouched),
        this.#rehearsed.texts,
        { dryRun: true, csv: job.csv, ignored: job.ignored },
        id,
      );
    if (job.files.some(({ absolutePath, finished }) => absolutePath === '' && !finished)) {
      throw new Failure(
        'records.import-text-gone',
        'What the page had read is no longer there. Choose the files again; what is already here is recognised.',
      );
    }
    return this.#run(job, new Map());
  }

  /** What taking an import back would do now. @throws {Failure} `records.import-unknown`, `records.import-not-traced`. */
  async undoPlan(id: string): Promise<UndoPlan> {
    const job = await this.get(id);
    const parts = await this.#partsOf(id);
    if (job.accepted > 0 && !parts.some(({ taken }) => taken))
      throw new Failure(
        'records.import-not-traced',
        'This import was made by an earlier version, which did not keep what it wrote. Amend its records in the charts.',
      );
    return this.#undo.plan(parts);
  }

  /**
   * Takes back what an import has written, behind the caller; a job that was taken back is not resumed. Asked again after an interruption
   * it goes on.
   * @param reason stands in the history of each record
   * @throws {Failure} as `undoPlan`; `records.import-runs`, `records.reason-missing`.
   */
  async takeBack(id: string, reason: string): Promise<ImportJobRow> {
    const job = await this.get(id);
    if (this.#running.has(id) || job.dryRun) throw importRuns();
    if (job.state === 'TAKEN_BACK') return job;
    if (reason.trim() === '')
      throw new Failure('records.reason-missing', 'Say why: it stands in the history of each record that is taken back.');
    const plan = await this.undoPlan(id);
    const running = this.#begin({ ...job, state: 'TAKING_BACK', problem: null }, new Map(), undefined);
    await this.#parts.context.gateway.commit({ rows: [this.#rows.row(running.job)] });
    this.#work(running, this.#takeBack(running, plan, reason.trim()));
    return running.job;
  }

  async #takeBack(running: Running, plan: UndoPlan, reason: string): Promise<void> {
    // An earlier attempt may have done a part of it.
    const before = running.job.undo ?? { marked: 0, restored: 0, people: 0 };
    const after = (done: UndoCount): ImportJobRow => {
      const [marked, restored, people] = [
        before.marked + done.marked,
        before.restored + done.restored,
        before.people + done.people,
      ];
      return { ...running.job, undo: { marked, restored, people, left: plan.left.length } };
    };
    for await (const done of this.#undo.carryOut(plan, reason, (now) => [this.#rows.row(after(now))]))
      this.#tell(running, after(done));
    // Looked at again: somebody may have changed something meanwhile.
    const { left } = await this.#undo.plan(await this.#partsOf(running.job.id));
    const undo = { ...before, ...running.job.undo, left: left.length };
    const rows = left.length > 0 ? [this.#rows.part(running.job.id, { left: left.slice(0, MOST_LISTED) })] : [];
    await this.#settle(running, { state: 'TAKEN_BACK', undo }, rows);
  }

  /** What stayed when an import was taken back. */
  async left(id: string, first: number): Promise<LeftRecord[]> {
    return (await this.#partsOf(id)).flatMap((part) => part.left ?? []).slice(0, first);
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

  #empty(id: string, files: readonly JobFile[]): ImportJobRow {
    const { clock, device } = this.#parts.context;
    return { ...emptyJob(id, clock(), files), desk: toHex(device) };
  }

  #forgetTexts(id: string): void {
    this.#texts.delete(id);
    this.#endFeed(id);
  }

  /** Whether its files are read at this computer. */
  isHere({ desk }: ImportJobRow): boolean {
    return desk === undefined || desk === toHex(this.#parts.context.device);
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
    this.#rehearsed = undefined;
  }

  #start(
    files: readonly JobFile[],
    texts: Map<string, Uint8Array>,
    { dryRun, csv, ignored }: ImportOptions & { readonly ignored?: readonly string[] | undefined },
    id = toHex(this.#parts.context.random(16)),
  ): Promise<ImportJobRow> {
    const job = this.#empty(id, inOrder(files));
    return this.#run({ ...job, ...(dryRun && { dryRun }), ...(csv && { csv }), ...(ignored?.length && { ignored }) }, texts);
  }

  async #run(job: ImportJobRow, texts: Map<string, Uint8Array>): Promise<ImportJobRow> {
    const begun: ImportJobRow = { ...job, state: 'RUNNING', problem: null };
    const rehearsal = job.dryRun && new Rehearsal(this.#parts.context, this.#parts.patients, this.#parts.records);
    if (rehearsal) this.#rehearsed = undefined;
    else await this.#parts.context.gateway.commit({ rows: [this.#rows.row(begun)] });
    const running = this.#begin(begun, texts, rehearsal);
    this.#work(running, this.#files(running));
    return begun;
  }

  #begin(job: ImportJobRow, texts: Map<string, Uint8Array>, rehearsal: Rehearsal | undefined): Running {
    this.#failed.delete(job.id);
    const fresh = { seen: new Set<string>(), noted: new Set<string>(), cancelled: false, finished: Promise.resolve() };
    const running: Running = { job, texts, rehearsal, ...fresh };
    this.#running.set(job.id, running);
    this.#feedOf(job.id);
    return running;
  }

  /** What runs ends in the job's state, whatever becomes of it. */
  #work(running: Running, work: Promise<void>): void {
    running.finished = work
      .catch((error: unknown) => this.#fail(running, error))
      .finally(() => {
        this.#running.delete(running.job.id);
        this.#endFeed(running.job.id);
      });
  }

  async #files(running: Running): Promise<void> {
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
    const { csv } = running.job;
    const source: ReadableSource = { file: file.file, format, csv, ...(text ? { text } : { absolutePath, size }) };
    const options = last ? { only: file.deferred } : { after: file.done };
    for await (const batch of this.#parts.context.fhir.read(source, options)) {
      await this.#take(running, at, batch, last);
      if (running.cancelled) return;
    }
    this.#change(running, at, { ...(running.job.files[at] as JobFile), finished: true, bytesRead: size });
  }

  async #take(running: Running, at: number, batch: ReadBatch, last: boolean): Promise<void> {
    const { items, bytes } = batch;
    if (running.rehearsal) {
      const { job, part } = this.#noted(running, at, batch, last, await running.rehearsal.take(batch, last));
      running.rehearsal.parts.push(part);
      this.#tell(running, job);
      return;
    }
    let after = running.job;
    await this.#importer.take(items, bytes, last, running.noted, (outcome) => {
      const { job, part } = this.#noted(running, at, batch, last, outcome);
      after = job;
      return [this.#rows.row(job), ...(isEmpty(part) ? [] : [this.#rows.part(job.id, part)])];
    });
    this.#tell(running, after);
  }

  /** The job after a batch, and what is to be kept of the batch. */
  #noted(
    running: Running,
    at: number,
    { items, bytesRead }: ReadBatch,
    last: boolean,
    outcome: BatchOutcome,
  ): { job: ImportJobRow; part: JobPart } {
    const references = newReferences(items, running.seen);
    const refused = items.flatMap((item) => (item.kind === 'refusal' ? [refusalOf(item)] : []));
    const all = [...refused, ...outcome.older.map(olderThanHere)];
    const listed = all.slice(0, Math.max(0, MOST_LISTED - running.job.refusedCount));
    const ordinals = items.map(({ ordinal }) => ordinal);
    const job = advanced(running.job, at, ordinals, all.length, outcome, last, bytesRead);
    return { job, part: partOf({ refused: listed, references, taken: takenOf(outcome.taken), made: outcome.made }) };
  }

  /** Looks up what the resources refer to; everything that is in is in now. */
  async #finish(running: Running): Promise<void> {
    const { rehearsal, job } = running;
    const kept = rehearsal ? [] : await this.#rows.parts(job.id);
    const references = (rehearsal?.parts ?? kept.map(({ part }) => part)).flatMap((part) => part.references ?? []);
    const missing = await this.#parts.records.sources.missing(references);
    const unmet = rehearsal ? rehearsal.unmet(missing) : missing;
    const last = { missing: unmet.slice(0, MOST_LISTED) };
    rehearsal?.parts.push(last);
    const rows = kept.flatMap(({ key, part: { references: looked, ...part } }) =>
      looked ? [this.#rows.part(job.id, part, key)] : [],
    );
    const found = isEmpty(last) ? [] : [this.#rows.part(job.id, last)];
    await this.#settle(running, { state: 'DONE', currentFile: null, missingCount: unmet.length }, [...rows, ...found]);
  }

  async #fail(running: Running, error: unknown): Promise<void> {
    // What was being taken back goes on being so: it can only be asked again.
    const state = running.job.state === 'TAKING_BACK' ? 'TAKING_BACK' : 'FAILED';
    const failed = { state, problem: asFailure(error).message } as const;
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
    const { rehearsal, texts } = running;
    if (rehearsal) this.#rehearsed = { job, texts, rehearsal };
    else await this.#parts.context.gateway.commit({ rows: [this.#rows.row(job), ...rows] });
    this.#tell(running, job);
  }

  #change(running: Running, at: number, file: JobFile): void {
    running.job = withFile(running.job, at, file);
  }

  #tell(running: Running, job: ImportJobRow): void {
    running.job = job;
    this.#feeds.get(job.id)?.publish(job);
    this.#parts.context.notify({ topics: ['imports'] });
  }

  async #partsOf(id: string): Promise<readonly JobPart[]> {
    return this.#rehearsalOf(id)?.parts ?? (await this.#rows.parts(id)).map(({ part }) => part);
  }

  #rehearsalOf(id: string): Rehearsal | undefined {
    const running = this.#running.get(id);
    return running ? running.rehearsal : this.#rehearsed?.job.id === id ? this.#rehearsed.rehearsal : undefined;
  }
}

function importRuns(): Failure {
  return new Failure('records.import-runs', 'This import is under way, or was a dry run. Wait for its end, or stop it first.');
}

function unknownJob(): Failure {
  return new Failure('records.import-unknown', 'There is no such import. Look at the list of imports.');
}
