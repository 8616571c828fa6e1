/** What the commands of both programs have in common: where they print, how their options are read, how they end when they are refused. */
import { asFailure } from '../../shared/outcome/failure.ts';

export interface CommandIo {
  /** Standard output: what was asked for. */
  out(text: string): void;
  /** Standard error: progress, logs, what went wrong. */
  err(text: string): void;
}

/** A wrong call, as against a refused one: exit code 2. */
export class WrongUsage extends Error {}

/** Kinds of options, for `parseArgs`. */
export const TEXT = { type: 'string' } as const;
export const FLAG = { type: 'boolean' } as const;

/** @throws {WrongUsage} where it was left out or is empty. */
export function required(value: string | undefined, name: string): string {
  if (value) return value;
  throw new WrongUsage(`${name} is missing.`);
}

/** @throws {WrongUsage} when both are given: one of them would go unheard. */
export function notBoth<Name extends string>(values: Readonly<Partial<Record<Name, unknown>>>, one: Name, other: Name): void {
  if (values[one] !== undefined && values[other] !== undefined)
    throw new WrongUsage(`--${one} and --${other} exclude each other.`);
}

/** @throws {WrongUsage} unless it is one from `min` to `max`, written in digits alone. */
export function wholeNumber(text: string, name: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || value < min || value > max)
    throw new WrongUsage(`${name} is a whole number from ${min} to ${max}.`);
  return value;
}

/** Says why a command did not do it. Answers the exit code: 1 refused, 2 wrong usage, behind which `usage` is told. */
export function endRefused(error: unknown, asJson: boolean, usage: string, io: CommandIo): 1 | 2 {
  if (error instanceof WrongUsage || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) {
    io.err(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const failure = asFailure(error);
  if (asJson) io.out(`${JSON.stringify({ error: failure })}\n`);
  io.err(`${failure.message} (${failure.code})\n`);
  return 1;
}

/** A line for each step and each quarter of a step that takes longer. */
export function stepsTo(io: CommandIo): (step: string, done: number, total: number) => void {
  let said = '';
  return (step, done, total) => {
    const line = `${step[0]?.toUpperCase()}${step.slice(1)}: ${25 * Math.floor((4 * done) / Math.max(1, total))} %\n`;
    if (line !== said) io.err(line);
    said = line;
  };
}
