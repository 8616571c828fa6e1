/** Starts the vault process, or that of a patient's session, under Node: outside Electron, for the browser host and the command line. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { threadFile } from '../../storage/thread-file.ts';
import { fromChild } from './ports.ts';
import type { VaultProcess } from './vault-link.ts';

const GRACE_MS = 2_000;

export const forkedVault = (folder: string): (() => Promise<VaultProcess>) =>
  forked(threadFile(import.meta.url, './vault-process'), folder);

export const forkedSession = (folder: string): (() => Promise<VaultProcess>) =>
  forked(threadFile(import.meta.url, '../kiosk/session-process'), folder);

/** Starts another build of one of them. */
export function forked(program: URL, folder: string): () => Promise<VaultProcess> {
  return async () => {
    const child = fork(fileURLToPath(program), ['--data', folder], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'spawn');
    return {
      port: fromChild(child),
      end: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const killing = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
        const ended = once(child, 'exit');
        if (child.connected) child.disconnect();
        await ended;
        clearTimeout(killing);
      },
    };
  };
}
