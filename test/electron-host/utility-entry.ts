/** Loaded before the module of a utility process: gives it `process.parentPort`, and an end when its parent ends. */
import { MessagePortMain } from './message-ports.ts';
import { Emulated } from './not-emulated.ts';
import { makePortRelay } from './port-relay.ts';
import type { UtilityFrame } from './utility-process.ts';

const send = (frame: UtilityFrame): void => void process.send?.(frame);
const relay = makePortRelay('utility-', (frame) => send({ kind: 'port', frame }));

class ParentPort extends Emulated {
  constructor() {
    super('process.parentPort');
  }

  postMessage(message: unknown, ...more: unknown[]): void {
    if (more.length > 0) throw new TypeError('stand-in: process.parentPort.postMessage transfers no ports');
    send({ kind: 'message', data: message, ports: [] });
  }
}

const parentPort = new ParentPort();
/** Messages that came before anybody listened: Electron keeps them, too. */
let early: (() => void)[] | undefined = [];
parentPort.on('newListener', (name) => {
  if (name !== 'message' || !early) return;
  const kept = early;
  early = undefined;
  queueMicrotask(() => {
    for (const deliver of kept) deliver();
  });
});

process.on('message', (frame: UtilityFrame) => {
  if (frame.kind === 'port') {
    relay.receive(frame.frame);
    return;
  }
  const ports = frame.ports.map((name) => new MessagePortMain(relay.take(name)));
  const deliver = (): void => void parentPort.emit('message', { data: frame.data, ports });
  if (early) early.push(deliver);
  else deliver();
});
process.on('disconnect', () => process.exit(0));

Object.assign(process, { parentPort, type: 'utility' });
