/**
 * The command line of the simulation, as a test runs it: in processes of its own, where the outside can be shut off. They take what other
 * tests leave of the processors, as no clock but the simulated one counts in them.
 */
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./simulate.ts', import.meta.url));

interface Run {
  readonly code: number | null;
  readonly output: string;
}

export function simulate(...options: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn('node', ['--disable-warning=ExperimentalWarning', PROGRAM, ...options], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });
}
