/** The real workstation for a browser, as its own process, on a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface WorkstationProcess {
  readonly address: string;
  readonly code: string;
  close(): Promise<void>;
}

const program = resolve(import.meta.dirname, '../../server/workstation/careledger.ts');

/** Starts `careledger serve` on an empty folder; it is removed at the end. Rejects with what the program said when it does not start. */
export async function startWorkstation(): Promise<WorkstationProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'careledger-screens-'));
  const child = spawn(process.execPath, [program, 'serve', '--data', folder, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { address, code } = await announced(child);
  return {
    address,
    code,
    close: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), 8_000);
      await ended;
      clearTimeout(patience);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function announced(child: ChildProcess): Promise<{ address: string; code: string }> {
  return new Promise((done, fail) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      const address = /http:\/\/\S+/.exec(said)?.[0];
      const code = /code: ([\d ]+\d)/.exec(said)?.[1];
      if (address && code) done({ address, code });
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => fail(new Error(`The workstation did not start:\n${said}`)));
  });
}
