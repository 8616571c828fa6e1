/** What the verbs of `careledger hub …` have in common: where they print, and how their arguments are read. */
import { readFile } from 'node:fs/promises';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { OnStep } from '../backup/hub-backup.ts';

export interface CommandIo {
  /** Standard output: what was asked for. */
  out(text: string): void;
  /** Standard error: what went wrong, and logs. */
  err(text: string): void;
}

/** A wrong call, as against a refused one. */
export class WrongUsage extends Error {}

export const TEXT = { type: 'string' } as const;
export const FLAG = { type: 'boolean' } as const;

export function required(value: string | undefined, name: string): string {
  if (value) return value;
  throw new WrongUsage(`${name} is missing.`);
}

/** @throws {WrongUsage} when both are given: one of them would go unheard. */
export function notBoth<Name extends string>(values: Readonly<Partial<Record<Name, unknown>>>, one: Name, other: Name): void {
  if (values[one] !== undefined && values[other] !== undefined)
    throw new WrongUsage(`--${one} and --${other} exclude each other.`);
}

export function wholeNumber(text: string, name: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^[0-9]+$/.test(text) || value < min || value > max)
    throw new WrongUsage(`${name} is a whole number from ${min} to ${max}.`);
  return value;
}

/** The text of the file that a setting names. @throws {Failure} `hub.settings`. */
export async function textOf(path: string, setting: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Failure('hub.settings', `The file of "${setting}", ${path}, cannot be read.`, { cause });
  });
}

/** A line for each step and each quarter of a step that takes longer. */
export function stepsTo(io: CommandIo): OnStep {
  let said = '';
  return (step, done, total) => {
    const line = `${step[0]?.toUpperCase()}${step.slice(1)}: ${25 * Math.floor((4 * done) / Math.max(1, total))} %\n`;
    if (line !== said) io.err(line);
    said = line;
  };
}
