/** Processes of a run: each role is a file of its own, started with `startRole` and asked by name over the process's channel. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Verb = (argument: never) => unknown;
type Answer = { readonly value: unknown } | { readonly error: string };

/** What `resources` answers in every role. */
export interface Resources {
  /** Seconds of all threads since the process began. */
  readonly cpu: number;
  /** Bytes. */
  readonly peakMemory: number;
}

const resources = (): Resources => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, peakMemory: maxRSS * 1024 };
};

/** Serves `verbs` to the process that started this one, one call at a time; ends with it. */
export function playRole(verbs: Readonly<Record<string, Verb>>): void {
  const all: Readonly<Record<string, Verb>> = { ...verbs, resources };
  let turn: Promise<unknown> = Promise.resolve();
  process.on('message', ({ verb, argument }: { verb: string; argument: never }) => {
    turn = turn.then(async () => {
      let answer: Answer;
      try {
        answer = { value: await all[verb]?.(argument) };
      } catch (error) {
        answer = { error: error instanceof Error ? `${error.stack}` : String(error) };
      }
      process.send?.(answer);
    });
  });
  process.on('disconnect', () => process.exit(0));
}

export class Role {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit');
  }

  /** One question after the other: answers have no names. */
  async ask<T>(verb: string, argument?: unknown): Promise<T> {
    const answered = once(this.#child, 'message') as Promise<[Answer]>;
    const ended = this.#ended.then(() => [{ error: `the process ended while asked to ${verb}` }] as const);
    this.#child.send({ verb, argument });
    const [answer] = await Promise.race([answered, ended]);
    if ('error' in answer) throw new Error(answer.error);
    return answer.value as T;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.disconnect();
    await this.#ended;
  }
}

/** `file` beside this one. */
export function startRole(file: string, ...nodeOptions: string[]): Role {
  // The program is bundled where it is installed: its threads do not take the types out of their source first.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'careledger-bench-compiled') };
  const execArgv = ['--no-warnings', ...nodeOptions];
  const child = fork(new URL(file, import.meta.url), { execArgv, env, serialization: 'advanced' });
  return new Role(child);
}
