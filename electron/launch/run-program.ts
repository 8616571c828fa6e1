import { spawn } from 'node:child_process';

interface Ended {
  code: number;
  /** The system ended it: a crash, or a library that is missing. Not what the person who runs it asked for. */
  couldNotRun: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A program that dies by itself this soon, in milliseconds, never really ran. */
const SOON = 10_000;

/** Runs a program in this terminal, in place of this one, until it ends: signals go to it. */
export function runProgram(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    const began = Date.now();
    let asked = false;
    const child = spawn(program, args, { cwd, stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals): void => {
      asked = true;
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    const end = (code: number, died: boolean): void => {
      for (const signal of SIGNALS) process.off(signal, forward);
      resolve({ code, couldNotRun: died && !asked && Date.now() - began < SOON });
    };
    child.once('error', () => end(127, true));
    child.once('exit', (code, signal) => end(code ?? 1, signal !== null || code === 127));
  });
}
