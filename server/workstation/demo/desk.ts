/** A workstation as a process of its own, used the way its browser page uses it: one-time code, cookie, GraphQL over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { GraphqlAnswer } from '../../graphql/apollo.ts';
import { threadFile } from '../../storage/thread-file.ts';
import { dataOf } from '../commands/command.ts';

const PROGRAM = fileURLToPath(threadFile(import.meta.url, '../careledger'));
/** On a busy machine. */
const READY_MS = 120_000;

/**
 * Starts the program, or another version of it, with these arguments; `line` is the first JSON line that it prints.
 * @param settings of its environment, beside what this process has
 */
export async function startProgram(
  args: readonly string[],
  program = PROGRAM,
  settings: NodeJS.ProcessEnv = {},
): Promise<{ child: ChildProcess; line: Record<string, unknown> }> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...settings },
  });
  let out = '';
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += String(chunk);
  });
  const line = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(stopped(args, 'it did not get ready'));
    }, READY_MS);
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      const end = out.indexOf('\n');
      if (end < 0) return;
      clearTimeout(late);
      resolve(JSON.parse(out.slice(0, end)) as Record<string, unknown>);
    });
    child.once('exit', () => {
      clearTimeout(late);
      reject(stopped(args, err.trim() || 'it ended'));
    });
  });
  return { child, line };
}

/** Runs the program to its end. Gives its exit code and standard output. */
export async function runProgram(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, out, err };
}

/** Asks a program to end and waits until it has. */
export async function endProgram(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

const stopped = (args: readonly string[], why: string): Failure =>
  new Failure('demo.program', `"careledger ${args.slice(0, 2).join(' ')}" did not start: ${why}.`);

export class Desk {
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #address: string;
  readonly #cookie: string;

  private constructor(folder: string, child: ChildProcess, address: string, cookie: string) {
    this.folder = folder;
    this.#child = child;
    this.#address = address;
    this.#cookie = cookie;
  }

  /** Starts `careledger serve` on a data folder and opens a session with the code that it prints. @param program another version of it */
  static async start(folder: string, importFrom: readonly string[] = [], program?: string): Promise<Desk> {
    const allowed = importFrom.flatMap((path) => ['--import-from', path]);
    const { child, line } = await startProgram(['serve', '--data', folder, '--json', ...allowed], program);
    const address = String(line.address);
    const answer = await fetch(new URL('/session', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: line.code }),
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (!cookie) throw new Failure('demo.session', 'The workstation did not take its own code.');
    return new Desk(folder, child, address, cookie);
  }

  /** Where its page is, and the cookie of the session that this process has opened there. */
  get door(): { readonly address: string; readonly cookie: string } {
    return { address: this.#address, cookie: this.#cookie };
  }

  /** The vault's schema. @throws {Failure} the first error of the answer, with its code. */
  ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return this.#post<Data>('vault', query, variables);
  }

  /** The device service's schema. */
  device<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return this.#post<Data>('device', query, variables);
  }

  async #post<Data>(tier: string, query: string, variables: Record<string, unknown>): Promise<Data> {
    const answer = await fetch(new URL(`/graphql/${tier}`, this.#address), {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      body: JSON.stringify({ query, variables }),
    });
    return dataOf<Data>((await answer.json()) as GraphqlAnswer);
  }

  stop(signal?: NodeJS.Signals): Promise<void> {
    return endProgram(this.#child, signal);
  }
}

/** Asks again and again, a few times a second, until `look` gives something. @throws {Failure} `demo.waited`. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, milliseconds = 30_000): Promise<T> {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Failure('demo.waited', `Waited ${milliseconds / 1000} s in vain: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
