/** What is kept of an import: the job's state, and what each batch found. Sealed rows that every desk of the clinic has, so that each can take it back. */

import type { CsvMapping } from '../../../shared/csv/csv-mapping.ts';
import { fromHex, fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import type { SourceFormat, SourceRefusal } from '../../../shared/fhir/import-source.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import type { KeptProblem } from '../../sync/vault-context/problem.ts';
import { NO_TAG } from '../../sync/vault-context/sealed-rows.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { everyRow, rowsOfTag } from '../../sync/vault-context/vault-rows.store.ts';
import type { FileProgress } from './files-beside.ts';
import type { TakenVersion } from './import-batch.ts';
import type { LeftRecord, UndoCount } from './import-undo.ts';

const JOB = 'import';
const PART = 'import-part';

/** `TAKING_BACK`: what it wrote is being taken back, or was until something interrupted it. */
type JobState = 'RUNNING' | 'PAUSED' | 'DONE' | 'FAILED' | 'TAKING_BACK' | 'TAKEN_BACK';
export type Refusal = Pick<SourceRefusal, 'file' | 'line' | 'path' | 'code' | 'message'>;

export interface JobFile {
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
  /** The computer that reads its files (hexadecimal); left out by earlier versions, whose rows stay at their desk. */
  readonly desk?: string;
  /** Only says what an import would do; never a row. */
  readonly dryRun?: true;
  /** What the columns of its tables mean. */
  readonly csv?: CsvMapping;
  readonly startedAt: number;
  readonly files: readonly JobFile[];
  /** Names of files in its folders that are none of ours. */
  readonly ignored?: readonly string[];
  readonly accepted: number;
  readonly alreadyPresent: number;
  readonly refusedCount: number;
  readonly patients: number;
  readonly missingCount: number;
  /** What was taken and can hardly be meant; left out by earlier versions. */
  readonly doubtCount?: number;
  readonly currentFile: string | null;
  /** A file of a chart that is on its way in just now; never a row. */
  readonly bringing?: FileProgress | undefined;
  readonly problem: KeptProblem | null;
  /** What was taken back so far. */
  readonly undo?: UndoCount & { readonly left: number };
}

/** What one batch found, kept apart so that the job's row stays small. */
export interface JobPart {
  readonly refused?: readonly Refusal[];
  readonly doubts?: readonly Refusal[];
  /** References to look up at the end. */
  readonly references?: readonly string[];
  /** Those that lead nowhere; in the last part. */
  readonly missing?: readonly string[];
  /** What was written, by patient: record and version each. */
  readonly taken?: Readonly<Record<string, ReadonlyArray<readonly [record: string, version: number]>>>;
  /** The people who are new. */
  readonly made?: readonly string[];
  /** What stayed when the rest was taken back. */
  readonly left?: readonly LeftRecord[];
}

interface KeptPart {
  readonly key: Uint8Array;
  readonly part: JobPart;
}

export class ImportRows {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  async jobs(): Promise<ImportJobRow[]> {
    const jobs: ImportJobRow[] = [];
    for await (const page of everyRow(this.#context.reader, JOB))
      for (const row of page) jobs.push(jobFrom(fromUtf8(this.#context.rows.open(JOB, row))));
    return jobs;
  }

  row(job: ImportJobRow): VaultRow {
    return this.#context.rows.seal(JOB, this.#context.rows.name(JOB, fromHex(job.id)), NO_TAG, utf8(JSON.stringify(job)));
  }

  /** A new part, or another content for one that is there; one that holds nothing is taken away. */
  part(id: string, part: JobPart, key = this.#context.random(16)): VaultRow {
    const tag = this.#context.rows.name(PART, fromHex(id));
    if (isEmpty(part)) return { kind: PART, key, tag, sealed: null };
    return this.#context.rows.seal(PART, key, tag, utf8(JSON.stringify(part)));
  }

  async parts(id: string): Promise<KeptPart[]> {
    const rows = await rowsOfTag(this.#context.reader, PART, this.#context.rows.name(PART, fromHex(id)));
    return rows.map((row) => ({ key: row.key, part: JSON.parse(fromUtf8(this.#context.rows.open(PART, row))) as JobPart }));
  }
}

/** Earlier versions kept the words of a problem alone. */
function jobFrom(text: string): ImportJobRow {
  const job = JSON.parse(text) as Omit<ImportJobRow, 'problem'> & { problem: ImportJobRow['problem'] | string };
  const { problem } = job;
  return { ...job, problem: typeof problem === 'string' ? { code: 'import.problem', message: problem } : problem };
}

/** A part without what has nothing in it. */
export function partOf(part: JobPart): JobPart {
  return Object.fromEntries(Object.entries(part).filter(([, held]) => Object.keys(held).length > 0));
}

export const isEmpty = (part: JobPart): boolean => Object.keys(partOf(part)).length === 0;

export function takenOf(versions: readonly TakenVersion[]): NonNullable<JobPart['taken']> {
  const by = Map.groupBy(versions, ({ patient }) => patient);
  return Object.fromEntries(
    [...by].map(([patient, each]) => [patient, each.map(({ record, version }) => [record, version] as const)]),
  );
}
