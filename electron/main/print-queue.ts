/** The kiosk's own jobs in a printer's queue: CUPS (Linux, macOS) or the print spooler of Windows. What fails leaves the queue as it is. */
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { endJobsOnWindows, type SystemCommand } from '../../shared/kiosk/windows-printing.ts';

/** Runs a program and gives what it printed. */
type Run = (command: SystemCommand) => Promise<string>;

interface QueueParts {
  readonly platform: NodeJS.Platform;
  readonly user: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly run: Run;
}

/** What the spooler does not answer by then it does not answer at all. */
const PATIENCE = 30_000;

const here = (): QueueParts => ({
  platform: process.platform,
  user: userInfo().username,
  environment: process.env,
  run: ({ file, args, env }) =>
    new Promise((resolve, reject) => {
      const options = { env, timeout: PATIENCE, windowsHide: true };
      execFile(file, [...args], options, (error, printed) => (error ? reject(error) : resolve(printed)));
    }),
});

/**
 * Takes this user's jobs out of the printer's queue, with their files. One by one at CUPS: as it is delivered it lets a user end their own
 * jobs by number, and not all of them together.
 */
export async function recallOwnJobs(printer: string, parts = here()): Promise<void> {
  const { platform, user, environment: env, run } = parts;
  try {
    if (platform === 'win32') await run(endJobsOnWindows(printer, user, env));
    else {
      const jobs = jobsOf(await run({ file: 'lpstat', args: ['-u', user], env }), printer);
      if (jobs.length > 0) await run({ file: 'cancel', args: ['-x', ...jobs], env });
    }
  } catch {
    // Nobody stands at a kiosk who could do anything about it: the next page or the next start tries again.
  }
}

/** @param listing of `lpstat`: a line for each job, which begins with the printer's name and the job's number */
export const jobsOf = (listing: string, printer: string): string[] =>
  listing.split('\n').flatMap((line) => {
    const [job = ''] = line.split(/\s/);
    return job.startsWith(`${printer}-`) && /^\d+$/.test(job.slice(printer.length + 1)) ? [job] : [];
  });
