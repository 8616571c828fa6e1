import { basename } from 'node:path';
import { type CsvMapping, readCsvMapping } from '../../../shared/csv/csv-mapping.ts';
import { utf8 } from '../../../shared/encoding/bytes.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type {
  ImportJobdoubtsArgs,
  ImportJobmissingReferencesArgs,
  ImportJobpeopleArgs,
  ImportJobrefusedArgs,
  ImportUndoleftArgs,
  MutationcancelImportArgs,
  MutationimportAfterDryRunArgs,
  MutationimportFileArgs,
  MutationimportPathsArgs,
  MutationimportTextArgs,
  MutationresumeImportArgs,
  MutationsaveCsvMappingArgs,
  MutationtakeImportBackArgs,
  Patient,
  QuerycsvPreviewArgs,
  QueryimportJobArgs,
  QueryimportUndoArgs,
  SubscriptionimportProgressArgs,
} from '../../graphql/generated/vault.ts';
import { problemOf } from '../../sync/vault-context/problem.ts';
import { isReadable } from '../../sync/vault-context/readable-paths.ts';
import { sentBytes } from '../../sync/vault-context/sent-bytes.ts';
import type { AlikePatient } from '../../sync/vault-context/vault-context.ts';
import type { RecordsRequest } from '../records-request.ts';
import type { CsvPreview } from './csv-mappings.ts';
import type { FoundPerson } from './import-dry-run.ts';
import type { ImportJobRow, Refusal } from './import-rows.ts';
import type { LeftRecord, UndoCount } from './import-undo.ts';

/** An undoing, planned or done. */
interface ShownUndo extends UndoCount {
  readonly leftCount: number;
  readonly listLeft: (first: number) => Promise<readonly LeftRecord[]>;
}

const MOST_LISTED = 5_000;

export const importsResolvers = {
  Query: {
    importJob: (_: unknown, { id }: QueryimportJobArgs, { imports }: RecordsRequest): Promise<ImportJobRow> => imports.get(id),
    importUndo: async (_: unknown, { id }: QueryimportUndoArgs, { imports }: RecordsRequest): Promise<ShownUndo> => {
      const { left, ...counts } = await imports.undoPlan(id);
      return { ...counts, leftCount: left.length, listLeft: async (first) => left.slice(0, first) };
    },
    csvMappings: async (_: unknown, __: unknown, { csvMappings }: RecordsRequest): Promise<string[]> =>
      (await csvMappings.list()).map((mapping) => JSON.stringify(mapping)),
    csvPreview: async (
      _: unknown,
      { file, data, mapping }: QuerycsvPreviewArgs,
      { csvMappings, readable }: RecordsRequest,
    ): Promise<CsvPreview> => {
      const [path = file] = typeof data === 'string' ? [file] : await chosen([file], readable);
      const bytes = typeof data === 'string' ? sentBytes(data) : await csvMappings.read(path);
      return csvMappings.preview(basename(path), bytes, mapping ?? undefined);
    },
    importJobs: (_: unknown, __: unknown, { imports }: RecordsRequest): Promise<ImportJobRow[]> => imports.list(),
  },
  Mutation: {
    importPaths: async (
      _: unknown,
      { paths, dryRun, csvMapping }: MutationimportPathsArgs,
      { imports, readable }: RecordsRequest,
    ): Promise<ImportJobRow> => imports.startPaths(await chosen(paths, readable), { dryRun, csv: mappingIn(csvMapping) }),
    importText: (
      _: unknown,
      { job, file, text, base64, finish, dryRun, csvMapping }: MutationimportTextArgs,
      { imports }: RecordsRequest,
    ): Promise<ImportJobRow> =>
      imports.takeText(job ?? undefined, file, base64 ? sentBytes(text) : utf8(text), finish, {
        dryRun,
        csv: mappingIn(csvMapping),
      }),
    importFile: (
      _: unknown,
      { job, file, size, index, data }: MutationimportFileArgs,
      { imports }: RecordsRequest,
    ): Promise<ImportJobRow> => imports.takeFile(job ?? undefined, { file, size }, index, sentBytes(data)),
    importAfterDryRun: (_: unknown, { id }: MutationimportAfterDryRunArgs, { imports }: RecordsRequest): Promise<ImportJobRow> =>
      imports.startAfterDryRun(id),
    saveCsvMapping: async (
      _: unknown,
      { mapping }: MutationsaveCsvMappingArgs,
      { csvMappings }: RecordsRequest,
    ): Promise<string> => JSON.stringify(await csvMappings.save(mapping)),
    takeImportBack: (
      _: unknown,
      { id, reason }: MutationtakeImportBackArgs,
      { imports }: RecordsRequest,
    ): Promise<ImportJobRow> => imports.takeBack(id, reason),
    cancelImport: (_: unknown, { id }: MutationcancelImportArgs, { imports }: RecordsRequest): Promise<ImportJobRow> =>
      imports.cancel(id),
    resumeImport: (_: unknown, { id }: MutationresumeImportArgs, { imports }: RecordsRequest): Promise<ImportJobRow> =>
      imports.resume(id),
  },
  Subscription: {
    importProgress: {
      subscribe: (
        _: unknown,
        { id }: SubscriptionimportProgressArgs,
        { imports }: RecordsRequest,
      ): Promise<AsyncIterableIterator<ImportJobRow>> => imports.progress(id),
      resolve: (job: ImportJobRow): ImportJobRow => job,
    },
  },
  ImportJob: {
    bytesRead: ({ files, bringing }: ImportJobRow): number =>
      files.reduce((sum, { bytesRead }) => sum + bytesRead, bringing?.bytes ?? 0),
    bytesTotal: ({ files, bringing }: ImportJobRow): number => files.reduce((sum, { size }) => sum + size, bringing?.size ?? 0),
    currentFile: ({ currentFile, bringing }: ImportJobRow): string | null => bringing?.file ?? currentFile,
    doubtCount: ({ doubtCount = 0 }: ImportJobRow): number => doubtCount,
    doubts: ({ id }: ImportJobRow, { first }: ImportJobdoubtsArgs, { imports }: RecordsRequest): Promise<Refusal[]> =>
      imports.doubts(id, listed(first)),
    missingReferenceCount: ({ missingCount }: ImportJobRow): number => missingCount,
    ignored: ({ ignored = [] }: ImportJobRow): readonly string[] => ignored,
    refused: ({ id }: ImportJobRow, { first }: ImportJobrefusedArgs, { imports }: RecordsRequest): Promise<Refusal[]> =>
      imports.refused(id, listed(first)),
    missingReferences: (
      { id }: ImportJobRow,
      { first }: ImportJobmissingReferencesArgs,
      { imports }: RecordsRequest,
    ): Promise<string[]> => imports.missingReferences(id, listed(first)),
    problem: ({ problem }: ImportJobRow) => (problem ? problemOf(problem) : null),
    here: (job: ImportJobRow, _: unknown, { imports }: RecordsRequest): boolean => imports.isHere(job),
    dryRun: ({ dryRun }: ImportJobRow): boolean => dryRun ?? false,
    undo: ({ id, undo }: ImportJobRow, _: unknown, { imports }: RecordsRequest): ShownUndo | null =>
      undo ? { ...undo, leftCount: undo.left, listLeft: (first) => imports.left(id, first) } : null,
    people: ({ id }: ImportJobRow, { first }: ImportJobpeopleArgs, { imports }: RecordsRequest): readonly FoundPerson[] =>
      imports.people(id, listed(first)),
    alikeCount: ({ id }: ImportJobRow, _: unknown, { imports }: RecordsRequest): number => imports.alikeCount(id),
  },
  ImportUndo: {
    left: ({ listLeft }: ShownUndo, { first }: ImportUndoleftArgs): Promise<readonly LeftRecord[]> => listLeft(listed(first)),
  },
  ImportedPerson: {
    name: ({ summary }: FoundPerson): string => summary.fullName,
    birthDate: ({ summary }: FoundPerson): string => summary.birthDate,
  },
  AlikePatient: {
    patient: ({ patient }: AlikePatient, _: unknown, { showPatient }: RecordsRequest): Promise<Patient> => showPatient(patient),
  },
};

const mappingIn = (json: string | null | undefined): CsvMapping | undefined =>
  json === null || json === undefined ? undefined : readCsvMapping(json);

/** A page names only files that a person chose: a captured one must not have others read. */
async function chosen(paths: readonly string[], readable: readonly string[]): Promise<readonly string[]> {
  const each = await Promise.all(paths.map((path) => isReadable(readable, path)));
  if (!each.includes(false)) return paths;
  throw new Failure('records.path-not-chosen', 'Choose the files or the folder in the dialog, or drop them onto the page.');
}

function listed(asked: number | null | undefined): number {
  const first = asked ?? 200;
  if (Number.isInteger(first) && first >= 0 && first <= MOST_LISTED) return first;
  throw new Failure('graphql.page-size', `Up to ${MOST_LISTED} lines of a report are listed. Ask for fewer.`);
}
