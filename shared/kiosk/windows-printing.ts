/**
 * What a kiosk asks Windows about its printer, as programs with arguments. Each script is always the same: names go in by environment
 * variables, which PowerShell takes for text and never for a part of the script.
 */

/** A program that no shell starts. */
export interface SystemCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PRINTER = 'CARELEDGER_PRINTER';
const OWNER = 'CARELEDGER_PRINT_OWNER';

/** Takes a user's jobs out of one printer's queue (module PrintManagement, which needs no administrator for one's own). */
export const endJobsOnWindows = (printer: string, user: string, environment: Environment): SystemCommand =>
  powershell(`Get-PrintJob -PrinterName $env:${PRINTER} | Where-Object UserName -EQ $env:${OWNER} | Remove-PrintJob`, {
    ...environment,
    [PRINTER]: printer,
    [OWNER]: user,
  });

/** Prints the names of the printers that keep what they have printed, a line for each. */
export const keepingPrinters = (environment: Environment): SystemCommand =>
  powershell('Get-Printer | Where-Object KeepPrintedJobs | ForEach-Object Name', environment);

/** Windows's own, by its place: a program of that name elsewhere is not started. */
function powershell(script: string, env: Environment): SystemCommand {
  const windows = env.SystemRoot ?? env.SYSTEMROOT ?? 'C:\\Windows';
  const file = `${windows}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;
  return { file, args: ['-NoProfile', '-NonInteractive', '-Command', `$ErrorActionPreference = 'Stop'; ${script}`], env };
}
