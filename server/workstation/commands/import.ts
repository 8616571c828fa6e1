/** `careledger import`: FHIR R4 from files and folders, with progress on standard error and a report at the end. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { counted } from '../../../shared/outcome/counted.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import { type CommandIo, TEXT, WrongUsage } from '../../command-line/command-line.ts';
import type { DeviceService } from '../device/device-service.ts';
import { ask, COMMON, withUnlocked } from './command.ts';

interface ImportReport {
  readonly accepted: number;
  readonly alreadyPresent: number;
  /** People who are new; of a dry run with those here whom they resemble. */
  readonly patients: number;
  readonly people: readonly ImportedPerson[];
  readonly refused: ReadonlyArray<{ file: string; line: number | null; path: string; code: string; message: string }>;
  /** Taken as it is, though it can hardly be meant. */
  readonly doubts: ImportReport['refused'];
  /** References that lead nowhere, kept as they are. */
  readonly missingReferences: readonly string[];
  /** Files of the named folders that were not read, by their names. */
  readonly ignored: readonly string[];
}

interface ImportedPerson {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly birthDate: string;
  readonly isNew: boolean;
  readonly alike: ReadonlyArray<{ probability: number; patient: { id: string; name: string; birthDate: string } }>;
}

interface Job {
  readonly id: string;
  readonly state: string;
  readonly accepted: number;
  readonly alreadyPresent: number;
  readonly refusedCount: number;
  readonly patients: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly missingReferenceCount: number;
  readonly problem: { readonly code: string; readonly message: string } | null;
}

const JOB =
  'id state accepted alreadyPresent refusedCount patients bytesRead bytesTotal missingReferenceCount problem { code message }';

export async function importFiles(args: string[], io: CommandIo): Promise<void> {
  const options = { ...COMMON, 'dry-run': { type: 'boolean' }, 'csv-mapping': TEXT } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length === 0) throw new WrongUsage('Name the files or folders to import.');
  const mapping = values['csv-mapping'];
  const csvMapping = mapping === undefined ? undefined : await readMapping(mapping);
  await withUnlocked(values, io, async (service) => {
    const report = await importInto(
      service,
      positionals.map((path) => resolve(path)),
      (line) => io.err(line),
      { dryRun: values['dry-run'], csvMapping },
    );
    if (values.json) io.out(`${JSON.stringify(report)}\n`);
    else {
      const taken = values['dry-run'] ? 'would be accepted (nothing was written)' : 'accepted';
      io.out(`${report.accepted} ${taken}, ${report.alreadyPresent} already there, ${report.refused.length} refused.\n`);
      io.out(`${counted(report.patients, 'new patient')}.\n`);
      for (const person of report.people.filter(({ alike }) => alike.length > 0)) io.out(`  ${resembles(person)}\n`);
      for (const refusal of report.refused) io.out(`  ${placed(refusal)}\n`);
      if (report.doubts.length > 0) io.out(`Taken as they are, and perhaps mistakes: ${report.doubts.length}\n`);
      for (const doubt of report.doubts) io.out(`  ${placed(doubt)}\n`);
      tellSome(io, 'References that lead to what is not here (kept as they are)', report.missingReferences);
      tellSome(io, 'Files that were not read, as their names end in nothing that is known here', report.ignored);
    }
  });
}

function readMapping(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause) => {
    throw new Failure('csv.mapping', `The mapping ${file} cannot be read. Check the name.`, { cause });
  });
}

/** Imports paths through the workstation's own GraphQL and waits for the end. @throws {Failure} when the job fails. */
async function importInto(
  service: DeviceService,
  paths: readonly string[],
  log: (line: string) => void,
  { dryRun = false, csvMapping }: { readonly dryRun?: boolean | undefined; readonly csvMapping?: string | undefined } = {},
): Promise<ImportReport> {
  const started = await ask<{ importPaths: Job }>(
    service,
    `mutation Import($paths: [String!]!, $dryRun: Boolean!, $csvMapping: String) {
      importPaths(paths: $paths, dryRun: $dryRun, csvMapping: $csvMapping) { ${JOB} } }`,
    { paths, dryRun, csvMapping },
    paths,
  );
  let job = started.importPaths;
  const { done } = service.follow(
    { query: `subscription Follow($id: ID!) { importProgress(id: $id) { ${JOB} } }`, variables: { id: job.id } },
    (answer) => {
      const next = (answer.data as { importProgress?: Job } | null)?.importProgress;
      if (!next) return;
      job = next;
      const share = job.bytesTotal > 0 ? Math.floor((100 * job.bytesRead) / job.bytesTotal) : 0;
      log(`\r${share} %  ${job.accepted} accepted, ${job.alreadyPresent} already there, ${job.refusedCount} refused `);
    },
  );
  await done;
  log('\n');
  const { importJob } = await ask<{
    importJob: Job & Pick<ImportReport, 'refused' | 'doubts' | 'people' | 'missingReferences' | 'ignored'>;
  }>(
    service,
    `query Report($id: ID!) { importJob(id: $id) { ${JOB} refused(first: 5000) { file line path code message } doubts(first: 5000) { file line path code message } missingReferences(first: 5000) ignored
      people(first: 5000) { file line name birthDate isNew alike { probability patient { id name birthDate } } } } }`,
    { id: job.id },
  );
  if (importJob.state !== 'DONE')
    throw new Failure(
      'records.import-stopped',
      importJob.problem?.message ?? 'The import was interrupted. Call it again: it goes on where it stopped.',
      { retry: true },
    );
  const { accepted, alreadyPresent, patients, refused, doubts, people, missingReferences, ignored } = importJob;
  return { accepted, alreadyPresent, patients, refused, doubts, people, missingReferences, ignored };
}

const placed = ({ file, line, path, code, message }: ImportReport['refused'][number]): string =>
  `${file}${line ? `:${line}` : ''} ${path} ${message} (${code})`;

/** The first of them by name, and how many there are. */
function tellSome(io: CommandIo, what: string, names: readonly string[]): void {
  if (names.length > 0) io.out(`${what}, ${names.length}: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}\n`);
}

function resembles({ file, line, name, birthDate, alike }: ImportedPerson): string {
  const here = alike.slice(0, 3).map(({ probability, patient }) => {
    return `${patient.name}, ${patient.birthDate} (${Math.min(99, Math.round(100 * probability))} %)`;
  });
  return `${file}:${line} ${name}, ${birthDate} resembles ${here.join('; ')}`;
}
