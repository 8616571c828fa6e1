/** Runs a program of this folder in a process of its own, to be killed as a power failure would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

interface Running {
  readonly process: ChildProcess;
  /** Gives the next line that it prints; undefined when it has ended. */
  line(): Promise<string | undefined>;
  /** SIGKILL, and waits until the process is gone; gives the lines it had printed by then. */
  kill(): Promise<string[]>;
}

export function start(program: string, ...parameters: string[]): Running {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url)), ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string | undefined> => {
    const next = await lines.next();
    return next.done ? undefined : next.value;
  };
  const kill = async (): Promise<string[]> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const rest: string[] = [];
    for (let one = await line(); one !== undefined; one = await line()) rest.push(one);
    return rest;
  };
  return { process: child, line, kill };
}
