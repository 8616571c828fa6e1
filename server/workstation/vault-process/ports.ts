/** The two kinds of port that the services meet, in one form: Electron's, and a child process. */
import type { ChildProcess } from 'node:child_process';
import type { Port } from './remote-calls.ts';

/** Electron's MessagePortMain, as far as it is used: events carry `data`. */
export interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

export function fromElectronPort(port: ElectronPort): Port {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (_event, listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}

/** A message to who has just died fails; whoever waits for the answer hears of it by `onClose`, and nobody dies of the error. */
const leaveToClose = (): void => undefined;

/** The parent's side of a child that was forked with `serialization: 'advanced'`. */
export function fromChild(child: ChildProcess): Port {
  return {
    postMessage: (message) => {
      if (child.connected) child.send(message as object, leaveToClose);
    },
    on: (_event, listener) => void child.on('message', listener),
    onClose: (listener) => void child.on('exit', listener),
    close: () => {
      if (child.connected) child.disconnect();
    },
  };
}

/** The child's side. */
export function fromParent(): Port {
  return {
    postMessage: (message) => void process.send?.(message, leaveToClose),
    on: (_event, listener) => void process.on('message', listener),
    onClose: (listener) => void process.on('disconnect', listener),
    close: () => process.disconnect?.(),
  };
}
