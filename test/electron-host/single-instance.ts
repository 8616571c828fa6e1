/** The lock behind `app.requestSingleInstanceLock`: a file that names its holder, and a socket on which the holder hears of others. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { isAlive, ownFolder } from './own-folder.ts';

interface SecondInstance {
  argv: string[];
  workingDirectory: string;
  data: unknown;
}

export interface InstanceLock {
  release(): void;
}

/** What the lock file says of its holder. The socket lies in its temporary folder, whose path is short enough for one. */
interface Holder {
  pid: number;
  socket: string;
}

const lockFile = (folder: string): string => join(folder, 'stand-in-instance.json');
const holderOf = (folder: string): Holder => JSON.parse(readFileSync(lockFile(folder), 'utf8'));

/** Takes the lock of `folder`; undefined when a living process holds it. Synchronous, as Electron's call is. */
export function takeInstanceLock(folder: string, onSecond: (second: SecondInstance) => void): InstanceLock | undefined {
  const file = lockFile(folder);
  const socket = join(ownFolder, 'instance.sock');
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify({ pid: process.pid, socket } satisfies Holder), { flag: 'wx' });
      break;
    } catch {
      if (isAlive(holderOf(folder).pid)) return undefined;
      rmSync(file, { force: true });
    }
  }
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
      rmSync(file, { force: true });
    },
  };
}

/** Tells the holder of the lock that this process was started; resolves when it has been told, or is not there. */
export function announceSecondInstance(folder: string, second: SecondInstance): Promise<void> {
  return new Promise((resolve) => {
    const peer = connect(holderOf(folder).socket, () => peer.end(JSON.stringify(second)));
    peer.on('close', () => resolve());
    peer.on('error', () => resolve());
  });
}
