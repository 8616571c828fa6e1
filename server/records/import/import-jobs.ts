/**
 * Import jobs: which files, how far, what was refused. A job's state is a sealed row that is written with each batch, so a job
 * that a crash, a lock or a person interrupted goes on where it stood.
 */

import type { CsvMapping } from '../../../shared/csv/csv-mapping.ts';
import { toHex } from '../../../shared/encoding/bytes.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { findImportFiles } from '../../fhir/import-files.ts';
import { Topic } from '../../sync/vault-context/topic.ts';
import { withoutChartFiles } from './files-beside.ts';
import { BatchImporter, type ImportParts } from './import-batch.ts';
import { DryRun, type FoundPerson } from './import-dry-run.ts';
import { emptyJob, inOrder, jobFile, untouched } from './import-job-state.ts';
import { type ImportJobRow, ImportRows, type JobFile, type JobPart, type Refusal } from './import-rows.ts';
import { type EndedDryRun, ImportRun, type RunGround } from './import-run.ts';
import { Arrivals, type Arrived } from './import-texts.ts';
import { ImportUndo, type LeftRecord, type UndoPlan } from './import-undo.ts';

/** Names of files of other kinds that are listed: a folder of pictures is no report. */
const MOST_IGNORED = 1_000;

interface ImportOptions {
  /** Only say what an import would do. */
  readonly dryRun?: boolean;
  /** What the columns of tables mean. */
  readonly csv?: CsvMapping | undefined;
}

export class ImportJobs {
  readonly #parts: ImportParts;
  readonly #rows: ImportRows;
  readonly #undo: ImportUndo;
  readonly #ground: RunGround;
  readonly #running = new Map<string, ImportRun>();
  /** Jobs whose end could not be written: the disk was what failed. */
  readonly #failed = new Map<string, ImportJobRow>();
  /** The dry run that ended last. */
  #endedDryRun: EndedDryRun | undefined;
  readonly #arrivals: Arrivals;
  readonly #feeds = new Map<string, Topic<ImportJobRow>>();

  constructor(parts: ImportParts) {
    this.#parts = parts;
    this.#arrivals = new Arrivals(parts.context, (id) => this.#endFeed(id));
    this.#rows = new ImportRows(parts.context);
    this.#undo = new ImportUndo(parts);
    this.#ground = {
      parts,
      rows: this.#rows,
      importer: new BatchImporter(parts),
      undo: this.#undo,
      onChange: (job) => {
        this.#feeds.get(job.id)?.publish(job);
        parts.context.notify({ topics: ['imports'] });
      },
      onDryRunEnded: (ended) => {
        this.#holdDryRun(ended);
      },
    };
  }

  /** Begins a job over files and folders. @throws {Failure} `fhir.path-missing`, `fhir.file-kind`. */
  async startPaths(paths: readonly string[], options: ImportOptions = {}): Promise<ImportJobRow> {
    const { files, ignored } = withoutChartFiles(await findImportFiles(paths));
    return this.#start(files.map(jobFile), undefined, { ...options, ignored: ignored.slice(0, MOST_IGNORED) });
  }

  /** Imports what a dry run has looked at. @throws {Failure} `records.dry-run-gone`. */
  async startAfterDryRun(id: string): Promise<ImportJobRow> {
    const ended = this.#endedDryRun;
    if (ended?.job.id !== id)
      throw new Failure('records.dry-run-gone', 'This dry run is no longer held. Choose the files again.');
    this.#holdDryRun(undefined, ended.arrived);
    const { files, csv, ignored } = ended.job;
    return this.#start(files.map(untouched), ended.arrived, { csv, ignored });
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
    const { id, arriving } = this.#arrivals.of(job);
    arriving.beside.coming = undefined;
    try {
      arriving.add(file, part);
    } catch (error) {
      if (error instanceof Failure && error.code === 'records.import-too-large') this.#arrivals.forget(id);
      throw error;
    }
    if (!finish) return this.#arriving(id);
    return this.#start(arriving.files(), this.#arrivals.take(id), options, id);
  }

  /**
   * Takes the next piece of a chart's file that lies beside the records of an export, before the texts. It waits sealed for its record.
   * @param job of the parts before, undefined for the first
   * @throws {Failure} `records.import-unknown`, `attachment.size`, `attachment.piece`; storage failures.
   */
  async takeFile(
    job: string | undefined,
    { file, size }: { readonly file: string; readonly size: number },
    index: number,
    content: Uint8Array,
  ): Promise<ImportJobRow> {
    const { id, arriving } = this.#arrivals.of(job);
    await arriving.beside.put(file, size, index, content);
    return this.#arriving(id);
  }

  /** Takes away files that waited for an import that a lock or a crash has ended. */
  collect(): Promise<void> {
    return this.#arrivals.collect();
  }

  /** @throws {Failure} `records.import-unknown`. */
  async get(id: string): Promise<ImportJobRow> {
    const running = this.#running.get(id);
    if (running) return running.job;
    if (this.#endedDryRun?.job.id === id) return this.#endedDryRun.job;
    const job = (await this.list()).find((each) => each.id === id);
    if (job) return job;
    return this.#arriving(id);
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

  /** What was taken and can hardly be meant. */
  async doubts(id: string, first: number): Promise<Refusal[]> {
    return (await this.#partsOf(id)).flatMap((part) => part.doubts ?? []).slice(0, first);
  }

  async missingReferences(id: string, first: number): Promise<string[]> {
    return (await this.#partsOf(id)).flatMap((part) => part.missing ?? []).slice(0, first);
  }

  /** Whom the files of a dry run describe; nobody for an import. */
  people(id: string, first: number): readonly FoundPerson[] {
    return this.#dryRunOf(id)?.people.slice(0, first) ?? [];
  }

  /** How many new people of a dry run resemble somebody here. */
  alikeCount(id: string): number {
    return this.#dryRunOf(id)?.alikeCount ?? 0;
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
    if (this.#endedDryRun?.job.id === id)
      return this.#start(
        job.files.map(untouched),
        this.#endedDryRun.arrived,
        { dryRun: true, csv: job.csv, ignored: job.ignored },
        id,
      );
    if (job.files.some(({ absolutePath, finished }) => absolutePath === '' && !finished)) {
      throw new Failure(
        'records.import-text-gone',
        'What the page had read is no longer there. Choose the files again; what is already here is recognised.',
      );
    }
    return this.#run(job, undefined);
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
    const run = this.#begin({ ...job, state: 'TAKING_BACK', problem: null }, undefined, undefined);
    await this.#parts.context.gateway.commit({ rows: [this.#rows.row(run.job)] });
    this.#work(run, run.takeBack(plan, reason.trim()));
    return run.job;
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
    if (this.#arrivals.has(id)) this.#feedOf(id);
    const feed = this.#feeds.get(id) ?? new Topic<ImportJobRow>();
    const updates = feed.follow();
    const now = await this.get(id);
    feed.publish(this.#running.get(id)?.job ?? now);
    if (!this.#feeds.has(id)) feed.close();
    return updates;
  }

  /** A job whose files are still being handed over. @throws {Failure} `records.import-unknown`. */
  #arriving(id: string): ImportJobRow {
    const { arriving } = this.#arrivals.of(id);
    return { ...this.#empty(id, arriving.files()), bringing: arriving.beside.coming };
  }

  #empty(id: string, files: readonly JobFile[]): ImportJobRow {
    const { clock, device } = this.#parts.context;
    return { ...emptyJob(id, clock(), files), desk: toHex(device) };
  }

  /** @param ended what an import may begin from; undefined once one has, or another dry run begins @param used what a run goes on with */
  #holdDryRun(ended: EndedDryRun | undefined, used = ended?.arrived): void {
    const before = this.#endedDryRun?.arrived;
    this.#endedDryRun = ended;
    if (before !== used) void this.#arrivals.letGo(before?.files);
  }

  /** Whether its files are read at this computer. */
  isHere({ desk }: ImportJobRow): boolean {
    return desk === undefined || desk === toHex(this.#parts.context.device);
  }

  #feedOf(id: string): Topic<ImportJobRow> {
    const feed = this.#feeds.get(id) ?? new Topic<ImportJobRow>();
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
    this.#arrivals.close();
    this.#failed.clear();
    this.#endedDryRun = undefined;
  }

  #start(
    files: readonly JobFile[],
    arrived: Arrived | undefined,
    { dryRun, csv, ignored }: ImportOptions & { readonly ignored?: readonly string[] | undefined },
    id = toHex(this.#parts.context.random(16)),
  ): Promise<ImportJobRow> {
    const job = this.#empty(id, inOrder(files));
    return this.#run({ ...job, ...(dryRun && { dryRun }), ...(csv && { csv }), ...(ignored?.length && { ignored }) }, arrived);
  }

  async #run(job: ImportJobRow, arrived: Arrived | undefined): Promise<ImportJobRow> {
    const begun: ImportJobRow = { ...job, state: 'RUNNING', problem: null };
    const dryRun = job.dryRun && new DryRun(this.#parts.context, this.#parts.patients, this.#parts.records);
    if (dryRun) this.#holdDryRun(undefined, arrived);
    else await this.#parts.context.gateway.commit({ rows: [this.#rows.row(begun)] });
    const run = this.#begin(begun, arrived, dryRun);
    this.#work(run, run.readFiles());
    return begun;
  }

  #begin(job: ImportJobRow, arrived: Arrived | undefined, dryRun: DryRun | undefined): ImportRun {
    this.#failed.delete(job.id);
    const run = new ImportRun(this.#ground, job, arrived, dryRun);
    this.#running.set(job.id, run);
    this.#feedOf(job.id);
    return run;
  }

  /** What runs ends in the job's state, whatever becomes of it. */
  #work(run: ImportRun, work: Promise<void>): void {
    run.finished = work
      .catch((error: unknown) => this.#fail(run, error))
      .finally(async () => {
        // What a page sent and an import has not finished cannot go on.
        if (!run.dryRun) await this.#arrivals.letGo(run.arrived?.files);
        this.#running.delete(run.job.id);
        this.#endFeed(run.job.id);
      });
  }

  async #fail(run: ImportRun, error: unknown): Promise<void> {
    // What was being taken back goes on being so: it can only be asked again.
    const state = run.job.state === 'TAKING_BACK' ? 'TAKING_BACK' : 'FAILED';
    const { code, message, details } = asFailure(error);
    const failed = { state, problem: { code, message, details } } as const;
    try {
      await run.settle(failed);
    } catch {
      // The disk may be what failed: the row stays as it was, and after a restart the job counts as interrupted.
      this.#failed.set(run.job.id, { ...run.job, ...failed });
      run.tell({ ...run.job, ...failed });
    }
  }

  async #partsOf(id: string): Promise<readonly JobPart[]> {
    return this.#dryRunOf(id)?.parts ?? (await this.#rows.parts(id)).map(({ part }) => part);
  }

  #dryRunOf(id: string): DryRun | undefined {
    const running = this.#running.get(id);
    return running ? running.dryRun : this.#endedDryRun?.job.id === id ? this.#endedDryRun.dryRun : undefined;
  }
}

function importRuns(): Failure {
  return new Failure('records.import-runs', 'This import is under way, or was a dry run. Wait for its end, or stop it first.');
}
