/** The command line as people start it: a process of its own, everything that it says kept. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { outsideEnvironment } from './outside-environment.ts';

/** The built program, as people start it, where the tests have it built; else its sources. */
const program = resolve(import.meta.dirname, '../..', process.env.PROGRAM_UNDER_TEST ?? 'server/workstation/careledger.ts');

interface ProgramOptions {
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

function begin(args: readonly string[], { environment = {} }: ProgramOptions): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...outsideEnvironment(), ...environment },
  });
}

/** A program that serves until it is ended. */
export class ProgramProcess {
  readonly #child: ChildProcess;
  readonly #said: string[] = [];

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.on('data', (chunk) => this.#said.push(String(chunk)));
    child.stderr?.on('data', (chunk) => this.#said.push(String(chunk)));
  }

  /** Resolves with its first line of JSON; rejects with what it said when it ends instead. */
  static async start(args: readonly string[], options: ProgramOptions = {}): Promise<[ProgramProcess, Record<string, unknown>]> {
    const child = begin(args, options);
    const program = new ProgramProcess(child);
    const line = await new Promise<string>((done, fail) => {
      let out = '';
      child.stdout?.on('data', (chunk) => {
        out += String(chunk);
        const end = out.indexOf('\n');
        if (end >= 0) done(out.slice(0, end));
      });
      child.once('exit', () => fail(new Error(`"careledger ${args.join(' ')}" ended:\n${program.said}`)));
    });
    return [program, JSON.parse(line) as Record<string, unknown>];
  }

  /** Standard output and standard error until now. */
  get said(): string {
    return this.#said.join('');
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  /** `SIGKILL` is the power cut. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}

interface ProgramEnd {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program until it ends by itself. */
export async function runProgram(args: readonly string[], options: ProgramOptions = {}): Promise<ProgramEnd> {
  const child = begin(args, options);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    err += String(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
