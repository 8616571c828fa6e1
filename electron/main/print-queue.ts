/**
 * The kiosk's own jobs in a printer's queue of CUPS (Linux, macOS). Windows has neither command, and what fails leaves the queue as it
 * is: docs/kiosk.md says what to set there.
 */
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';

/**
 * Takes this user's jobs out of the printer's queue, with their files. One by one: CUPS as it is delivered lets a user end their own jobs
 * by number, and not all of them together.
 */
export function recallOwnJobs(printer: string): void {
  if (process.platform === 'win32') return;
  execFile('lpstat', ['-u', userInfo().username], (error, listing) => {
    const jobs = error ? [] : jobsOf(listing, printer);
    if (jobs.length > 0) execFile('cancel', ['-x', ...jobs], () => undefined);
  });
}

/** @param listing of `lpstat`: a line for each job, which begins with the printer's name and the job's number */
export const jobsOf = (listing: string, printer: string): string[] =>
  listing.split('\n').flatMap((line) => {
    const [job = ''] = line.split(/\s/);
    return job.startsWith(`${printer}-`) && /^\d+$/.test(job.slice(printer.length + 1)) ? [job] : [];
  });
