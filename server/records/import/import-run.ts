/** One run of an import job: through its files batch by batch, or back again. The job's row is written with each batch. */
import type { ReadableSource, ReadBatch } from '../../fhir/fhir-desk.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import { type FileProgress, FilesBeside, folderHandedOver, folderOnDisk } from './files-beside.ts';
import type { BatchImporter, BatchOutcome, ImportParts } from './import-batch.ts';
import type { DryRun } from './import-dry-run.ts';
import { advanced, newReferences, olderThanHere, refusalOf, withFile } from './import-job-state.ts';
import { type ImportJobRow, type ImportRows, isEmpty, type JobFile, type JobPart, partOf, takenOf } from './import-rows.ts';
import type { Arrived } from './import-texts.ts';
import type { ImportUndo, UndoCount, UndoPlan } from './import-undo.ts';

/** More refusals than this are counted and not listed: the file as a whole is at fault. */
const MOST_LISTED = 5_000;

/** What the runs of all jobs work with. */
export interface RunGround {
  readonly parts: ImportParts;
  readonly rows: ImportRows;
  readonly importer: BatchImporter;
  readonly undo: ImportUndo;
  /** The job has moved on. */
  onChange(job: ImportJobRow): void;
  /** A dry run has come to a stop: nothing of it is written, so it is to be held. */
  onDryRunEnded(run: EndedDryRun): void;
}

/** A dry run that has ended, with what an import of the same begins from. */
export interface EndedDryRun {
  readonly job: ImportJobRow;
  readonly arrived: Arrived | undefined;
  readonly dryRun: DryRun;
}

export class ImportRun {
  job: ImportJobRow;
  cancelled = false;
  finished: Promise<void> = Promise.resolve();
  /** Set for a dry run. */
  readonly dryRun: DryRun | undefined;
  /** What the page has sent; undefined for files on this computer's disk. */
  readonly arrived: Arrived | undefined;
  readonly #ground: RunGround;
  /** References that an earlier batch has named. */
  readonly #seen = new Set<string>();
  /** Patients that this run has made, or whose access log says that it worked in their charts. */
  readonly #noted = new Set<string>();

  constructor(ground: RunGround, job: ImportJobRow, arrived: Arrived | undefined, dryRun: DryRun | undefined) {
    this.#ground = ground;
    this.job = job;
    this.arrived = arrived;
    this.dryRun = dryRun;
  }

  /** Reads every file, and then what had to wait for a patient who came later. Ends early when the run is cancelled. */
  async readFiles(): Promise<void> {
    for (const last of [false, true]) {
      for (let at = 0; at < this.job.files.length; at++) {
        const file = this.#fileAt(at);
        if (last ? file.deferred.length === 0 : file.finished) continue;
        await this.#readFile(at, last);
        if (this.cancelled) return this.settle({ state: 'PAUSED' });
      }
    }
    await this.#finish();
  }

  /** Takes back what the job has written. @param reason stands in the history of each record */
  async takeBack(plan: UndoPlan, reason: string): Promise<void> {
    const { rows, undo: undoing } = this.#ground;
    const { id } = this.job;
    // An earlier attempt may have done a part of it.
    const before = this.job.undo ?? { marked: 0, restored: 0, people: 0 };
    const after = (done: UndoCount): ImportJobRow => {
      const [marked, restored, people] = [
        before.marked + done.marked,
        before.restored + done.restored,
        before.people + done.people,
      ];
      return { ...this.job, undo: { marked, restored, people, left: plan.left.length } };
    };
    for await (const done of undoing.carryOut(plan, reason, (now) => [rows.row(after(now))])) this.tell(after(done));
    // Looked at again: somebody may have changed something meanwhile.
    const { left } = await undoing.plan((await rows.parts(id)).map(({ part }) => part));
    const undo = { ...before, ...this.job.undo, left: left.length };
    const listed = left.length > 0 ? [rows.part(id, { left: left.slice(0, MOST_LISTED) })] : [];
    await this.settle({ state: 'TAKEN_BACK', undo }, listed);
  }

  /** The run has come to a stop: writes the job as it is now. A dry run writes nothing. */
  async settle(change: Partial<ImportJobRow>, rows: readonly VaultRow[] = []): Promise<void> {
    const job = { ...this.job, bringing: undefined, ...change };
    if (this.dryRun) this.#ground.onDryRunEnded({ job, arrived: this.arrived, dryRun: this.dryRun });
    else await this.#ground.parts.context.gateway.commit({ rows: [this.#ground.rows.row(job), ...rows] });
    this.tell(job);
  }

  tell(job: ImportJobRow): void {
    this.job = job;
    this.#ground.onChange(job);
  }

  #fileAt(at: number): JobFile {
    return this.job.files[at] as JobFile;
  }

  async #readFile(at: number, last: boolean): Promise<void> {
    const file = this.#fileAt(at);
    const { absolutePath, size, format } = file;
    const arrived = this.arrived;
    const text = arrived?.texts.get(file.file);
    const { csv } = this.job;
    const source: ReadableSource = { file: file.file, format, csv, ...(text ? { text } : { absolutePath, size }) };
    const beside = new FilesBeside(arrived ? folderHandedOver(file.file, arrived) : folderOnDisk(absolutePath));
    const options = last ? { only: file.deferred } : { after: file.done };
    for await (const batch of this.#ground.parts.context.fhir.read(source, options)) {
      await this.#take(at, batch, last, beside);
      if (this.cancelled) return;
    }
    this.job = withFile(this.job, at, { ...this.#fileAt(at), finished: true, bytesRead: size });
  }

  async #take(at: number, batch: ReadBatch, last: boolean, beside: FilesBeside): Promise<void> {
    const { items, bytes } = batch;
    if (this.dryRun) {
      const { job, part } = this.#after(at, batch, last, await this.dryRun.take(batch, last, beside));
      this.dryRun.parts.push(part);
      this.tell(job);
      return;
    }
    const { rows, importer } = this.#ground;
    let after = this.job;
    const onFile = (bringing: FileProgress): void => this.tell({ ...this.job, bringing });
    await importer.take({ items, bytes, last, noted: this.#noted, beside, onFile }, (outcome) => {
      const { job, part } = this.#after(at, batch, last, outcome);
      after = job;
      return [rows.row(job), ...(isEmpty(part) ? [] : [rows.part(job.id, part)])];
    });
    this.tell(after);
  }

  /** The job after a batch, and what is to be kept of the batch. */
  #after(
    at: number,
    { items, bytesRead }: ReadBatch,
    last: boolean,
    outcome: BatchOutcome,
  ): { job: ImportJobRow; part: JobPart } {
    const references = newReferences(items, this.#seen);
    const refused = items.flatMap((item) => (item.kind === 'refusal' ? [refusalOf(item)] : []));
    const all = [...refused, ...outcome.older.map(olderThanHere)];
    const listed = all.slice(0, Math.max(0, MOST_LISTED - this.job.refusedCount));
    const doubts = outcome.doubts.slice(0, Math.max(0, MOST_LISTED - (this.job.doubtCount ?? 0)));
    const ordinals = items.map(({ ordinal }) => ordinal);
    const job = advanced({ ...this.job, bringing: undefined }, at, {
      ordinals,
      refused: all.length,
      outcome,
      isLast: last,
      bytesRead,
    });
    return { job, part: partOf({ refused: listed, doubts, references, taken: takenOf(outcome.taken), made: outcome.made }) };
  }

  /** Looks up what the resources refer to; everything that is in is in now. */
  async #finish(): Promise<void> {
    const { dryRun, job } = this;
    const { parts, rows } = this.#ground;
    const kept = dryRun ? [] : await rows.parts(job.id);
    const references = (dryRun?.parts ?? kept.map(({ part }) => part)).flatMap((part) => part.references ?? []);
    const missing = await parts.records.sources.missing(references);
    const unmet = dryRun ? dryRun.unmet(missing) : missing;
    const last = { missing: unmet.slice(0, MOST_LISTED) };
    dryRun?.parts.push(last);
    const lookedUp = kept.flatMap(({ key, part: { references: looked, ...part } }) =>
      looked ? [rows.part(job.id, part, key)] : [],
    );
    const found = isEmpty(last) ? [] : [rows.part(job.id, last)];
    await this.settle({ state: 'DONE', currentFile: null, missingCount: unmet.length }, [...lookedUp, ...found]);
  }
}
