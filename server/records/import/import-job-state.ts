/** The state of an import job as it moves on: its files, what a batch adds to it, what is refused. Pure. */
import type { SourceFormat, SourceRefusal } from '../../../shared/fhir/import-source.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { ReadEntry, ReadItem } from '../../fhir/fhir-desk.ts';
import type { FoundFile } from '../../fhir/import-files.ts';
import type { BatchOutcome } from './import-batch.ts';
import type { ImportJobRow, JobFile, Refusal } from './import-rows.ts';

/** People first, so that what follows finds them; then as the folder lists them. */
export function inOrder(files: readonly JobFile[]): JobFile[] {
  const ofPeople = ({ file }: JobFile): boolean => /(?:^|\/)patient/i.test(file);
  return [...files.filter(ofPeople), ...files.filter((file) => !ofPeople(file))];
}

export const jobFile = ({ absolutePath, file, format, size }: FoundFile): JobFile => {
  return { absolutePath, file, format, size, done: 0, bytesRead: 0, finished: false, deferred: [] };
};
export const untouched = (file: JobFile): JobFile => ({ ...file, done: 0, bytesRead: 0, finished: false, deferred: [] });
export const textFile = (file: string, size: number): JobFile =>
  jobFile({ absolutePath: '', file, format: formatOf(file), size });

/** @throws {Failure} `fhir.file-kind`. */
export function formatOf(file: string): SourceFormat {
  if (/\.json$/i.test(file)) return 'json';
  if (/\.(?:ndjson|jsonl)$/i.test(file)) return 'ndjson';
  if (/\.hl7$/i.test(file)) return 'hl7';
  if (/\.xml$/i.test(file)) return 'cda';
  if (/\.csv$/i.test(file)) return 'csv';
  throw new Failure(
    'fhir.file-kind',
    'This file is neither .json nor .ndjson (FHIR) nor .hl7 (HL7 version 2) nor .xml (a clinical document, CDA) nor .csv (a table). Name files by what they hold.',
  );
}

export function emptyJob(id: string, startedAt: number, files: readonly JobFile[]): ImportJobRow {
  const counts = { accepted: 0, alreadyPresent: 0, refusedCount: 0, patients: 0, missingCount: 0 };
  return { id, state: 'RUNNING', startedAt, files, ...counts, currentFile: null, problem: null };
}

export function withFile(job: ImportJobRow, at: number, file: JobFile): ImportJobRow {
  return { ...job, files: job.files.map((each, index) => (index === at ? file : each)) };
}

interface DoneBatch {
  readonly ordinals: readonly number[];
  /** How many of its resources. */
  readonly refused: number;
  readonly outcome: BatchOutcome;
  /** What was put off is read again, so that nothing new is done with the file's bytes. */
  readonly isLast: boolean;
  /** Of the file, up to here. */
  readonly bytesRead: number;
}

/** The job after a batch of the file `at`. */
export function advanced(
  job: ImportJobRow,
  at: number,
  { ordinals, refused, outcome, isLast, bytesRead }: DoneBatch,
): ImportJobRow {
  const file = job.files[at] as JobFile;
  const through = new Set(ordinals);
  const moved: JobFile = isLast
    ? { ...file, deferred: file.deferred.filter((ordinal) => !through.has(ordinal)) }
    : { ...file, done: file.done + ordinals.length, bytesRead, deferred: [...file.deferred, ...outcome.deferred] };
  return withFile(
    {
      ...job,
      currentFile: file.file,
      accepted: job.accepted + outcome.accepted,
      alreadyPresent: job.alreadyPresent + outcome.alreadyPresent,
      refusedCount: job.refusedCount + refused,
      doubtCount: (job.doubtCount ?? 0) + outcome.doubts.length,
      patients: job.patients + outcome.patients,
    },
    at,
    moved,
  );
}

/** References that no batch before named. */
export function newReferences(items: readonly ReadItem[], seen: Set<string>): string[] {
  const references = items.flatMap((item) => (item.kind === 'entry' ? item.references : []));
  const news = [...new Set(references)].filter((reference) => !seen.has(reference));
  for (const reference of news) seen.add(reference);
  return news;
}

export const refusalOf = ({ file, line, path, code, message }: SourceRefusal): Refusal => ({ file, line, path, code, message });

export const olderThanHere = ({ file, line, path }: ReadEntry): Refusal => ({
  file,
  line,
  path,
  code: 'records.older-than-here',
  message:
    'This is older than the version of this record that is here, or does not say when it was changed. Nothing was changed here; compare the two, and amend the record if it is the right one.',
});
