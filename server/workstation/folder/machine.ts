/**
 * What tells this machine and user from others, outside of every data folder: the folder where the system keeps a program's state,
 * and the id that the system gave the machine.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Absolute. `CARELEDGER_STATE` names another one. It is never inside a data folder and does not roam, so that it stays behind when
 * data is copied or restored.
 */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const home = homedir();
  if (environment.CARELEDGER_STATE) return environment.CARELEDGER_STATE;
  if (platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'careledger-state');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'careledger-state');
  return join(environment.XDG_STATE_HOME || join(home, '.local', 'state'), 'careledger');
}

/** The id that the operating system gave this machine; empty where it gives none. It never leaves this program unhashed. */
export function machineId(platform: NodeJS.Platform = process.platform): Promise<string> {
  if (platform === 'win32')
    return told('reg', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'], /REG_SZ\s+(\S+)/);
  if (platform === 'darwin') return told('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], /"IOPlatformUUID" = "([^"]+)"/);
  return readFile('/etc/machine-id', 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}

/** What the operating system calls the time since this machine was last started; empty where it has no name for it. */
export function machineRun(platform: NodeJS.Platform = process.platform): Promise<string> {
  if (platform === 'darwin') return told('sysctl', ['-n', 'kern.bootsessionuuid'], /^(\S+)/);
  if (platform !== 'linux') return Promise.resolve('');
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}

function told(command: string, args: string[], pattern: RegExp): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 5_000, windowsHide: true }, (error, out) => {
      resolve(error ? '' : (pattern.exec(out)?.[1] ?? ''));
    });
  });
}
