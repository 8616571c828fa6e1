/** The lock behind `app.requestSingleInstanceLock`: a file that names its holder, and a socket on which the holder hears of others. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SecondInstance {
  argv: string[];
  workingDirectory: string;
  data: unknown;
}

export interface InstanceLock {
  release(): void;
}

/** In the temporary folder under a short name: a socket's path may have 107 bytes. */
const socketFor = (folder: string): string =>
  join(tmpdir(), `electron-host-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.sock`);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Takes the lock of `folder`; undefined when a living process holds it. Synchronous, as Electron's call is. */
export function takeInstanceLock(folder: string, onSecond: (second: SecondInstance) => void): InstanceLock | undefined {
  const file = join(folder, 'stand-in-instance.lock');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      if (isAlive(Number(readFileSync(file, 'utf8')))) return undefined;
      rmSync(file, { force: true });
    }
  }
  const socket = socketFor(folder);
  rmSync(socket, { force: true });
  const server: Server = createServer((peer) => {
    let text = '';
    peer.on('data', (chunk) => {
      text += chunk;
    });
    peer.on('end', () => onSecond(JSON.parse(text)));
  });
  server.listen(socket).unref();
  return {
    release() {
      server.close();
      rmSync(socket, { force: true });
      rmSync(file, { force: true });
    },
  };
}

/** Tells the holder of the lock that this process was started; resolves when it has been told, or is not there. */
export function announceSecondInstance(folder: string, second: SecondInstance): Promise<void> {
  return new Promise((resolve) => {
    const peer = connect(socketFor(folder), () => peer.end(JSON.stringify(second)));
    peer.on('close', () => resolve());
    peer.on('error', () => resolve());
  });
}
