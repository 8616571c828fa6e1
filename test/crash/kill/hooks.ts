/**
 * Loaded before the program (`--import`) in every process that is to be killed: puts the trap of one named point into the source of
 * its file as it is loaded, breaks the program on purpose where a test of the harness asks for it, and hands over keys that
 * were derived before. The program itself knows nothing of all this.
 */
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { type Edit, editSources } from '../../support/broken-source.ts';
import { TASK_DESCRIPTOR, type Task, tell } from './task.ts';

export interface Crash {
  readonly task: Task;
  /** From now on passing the point counts. */
  arm(): void;
  /** What breaks the program from here on only: a beginning is made with it whole. */
  isArmed: boolean;
  /** What a trap calls: here, or some moments after what follows was begun. */
  passes(): void;
  soon(): void;
}

/** So that a small ledger has snapshots: the parent says how many blocks apart. */
const SMALL_INTERVAL: Edit = {
  file: 'shared/ledger/state-interval.ts',
  find: 'STATE_INTERVAL = 65_536',
  replace: `STATE_INTERVAL = ${Number(process.env.CRASH_STATE_INTERVAL)}`,
};

/** So that a life sees more than one order: the program carries out one an hour. */
const ORDERS_AT_ONCE: Edit = {
  file: 'server/sync/tell-hub.ts',
  find: 'SHORTEST_BETWEEN_ORDERS_MS = 3_600_000',
  replace: 'SHORTEST_BETWEEN_ORDERS_MS = 0',
};

// Threads of the program load this as well, and find nothing of their own behind the descriptor.
if (isMainThread) {
  const task = JSON.parse(readFileSync(TASK_DESCRIPTOR, 'utf8')) as Task;
  Object.assign(globalThis, { crash: crashOf(task) });
  editSources([SMALL_INTERVAL, ORDERS_AT_ONCE, ...(task.trap ? [task.trap.edit] : []), ...task.breakages]);
  handOverKeys(task.keys);
} else editSources([SMALL_INTERVAL]);

function crashOf(task: Task): Crash {
  const pass = task.trap?.pass ?? Number.POSITIVE_INFINITY;
  let left = task.trap?.armed === 'at once' ? pass : Number.POSITIVE_INFINITY;
  const isLast = (): boolean => {
    left -= 1;
    return left === 0;
  };
  const crash: Crash = {
    task,
    isArmed: false,
    arm: () => {
      crash.isArmed = true;
      left = Math.min(left, pass);
    },
    passes: () => {
      if (isLast()) die();
    },
    soon: () => {
      if (!isLast()) return;
      const at = performance.now() + (task.trap?.delay ?? 0);
      const wait = (): unknown => (performance.now() >= at ? die() : setImmediate(wait));
      wait();
    },
  };
  return crash;
}

/** The process is gone when the system call returns; what its other threads did until then is done. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** A passphrase costs what it costs, once: what was derived from it goes to the next process by descriptor, and is asked for as ever. */
function handOverKeys(keys: Task['keys']): void {
  const derive = crypto.scrypt;
  const handed: typeof crypto.scrypt = (passphrase, salt, length, ...rest: unknown[]) => {
    const [options, answer] = rest as [crypto.ScryptOptions, (error: Error | null, key: Buffer) => void];
    const name = nameOf([passphrase, salt, length, options]);
    const known = keys[name];
    if (known !== undefined) return answer(null, Buffer.from(known, 'hex'));
    derive(passphrase, salt, length, options, (error, key) => {
      if (!error) tell({ tell: 'key', name, key: key.toString('hex') });
      answer(error, key);
    });
  };
  crypto.scrypt = handed;
  syncBuiltinESMExports();
}

function nameOf(parts: readonly unknown[]): string {
  const told = parts.map((part) => (part instanceof Uint8Array ? Buffer.from(part).toString('hex') : JSON.stringify(part)));
  return crypto.hash('sha256', told.join(' '));
}
