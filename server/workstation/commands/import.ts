/** `careledger import`: FHIR R4 from files and folders, with progress on standard error and a report at the end. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { DeviceService } from '../device-service.ts';
import { ask, COMMON, type CommandIo, WrongUsage, withUnlocked } from './command.ts';

export interface ImportReport {
  readonly accepted: number;
  readonly alreadyPresent: number;
  readonly refused: ReadonlyArray<{ file: string; line: number | null; path: string; code: string; message: string }>;
}

interface Job {
  readonly id: string;
  readonly state: string;
  readonly accepted: number;
  readonly alreadyPresent: number;
  readonly refusedCount: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly missingReferenceCount: number;
  readonly problem: string | null;
}

const JOB = 'id state accepted alreadyPresent refusedCount bytesRead bytesTotal missingReferenceCount problem';

export async function importFiles(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: COMMON, allowPositionals: true });
  if (positionals.length === 0) throw new WrongUsage('Name the files or folders to import.');
  await withUnlocked(values, io, async (service) => {
    const report = await importInto(
      service,
      positionals.map((path) => resolve(path)),
      (line) => io.err(line),
    );
    if (values.json) io.out(`${JSON.stringify(report)}\n`);
    else {
      io.out(`${report.accepted} accepted, ${report.alreadyPresent} already there, ${report.refused.length} refused.\n`);
      for (const { file, line, path, code, message } of report.refused)
        io.out(`  ${file}${line ? `:${line}` : ''} ${path} ${message} (${code})\n`);
    }
  });
}

/** Imports paths through the workstation's own GraphQL and waits for the end. @throws {Failure} when the job fails. */
export async function importInto(
  service: DeviceService,
  paths: readonly string[],
  log: (line: string) => void,
): Promise<ImportReport> {
  const started = await ask<{ importPaths: Job }>(
    service,
    `mutation Import($paths: [String!]!) { importPaths(paths: $paths) { ${JOB} } }`,
    { paths },
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
  const { importJob } = await ask<{ importJob: Job & { refused: ImportReport['refused'] } }>(
    service,
    `query Report($id: ID!) { importJob(id: $id) { ${JOB} refused(first: 5000) { file line path code message } } }`,
    { id: job.id },
  );
  if (importJob.state !== 'DONE')
    throw new Failure(
      'records.import-stopped',
      importJob.problem ?? 'The import was interrupted. Call it again: it goes on where it stopped.',
      { retry: true },
    );
  return { accepted: importJob.accepted, alreadyPresent: importJob.alreadyPresent, refused: importJob.refused };
}
