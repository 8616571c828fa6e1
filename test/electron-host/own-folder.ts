/** The temporary folder of this process: gone when it ends, or, if it was killed, when the next stand-in starts. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^electron-host-(\d+)-/;

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
}

for (const name of readdirSync(tmpdir())) {
  const owner = NAME.exec(name)?.[1];
  if (owner && !isAlive(Number(owner))) remove(join(tmpdir(), name));
}

export const ownFolder = mkdtempSync(join(tmpdir(), `electron-host-${process.pid}-`));
process.once('exit', () => remove(ownFolder));
