/** MessageChannelMain and MessagePortMain, and the ports of `process.parentPort`: Node's own ports with Electron's manners. */
import { Emulated } from './not-emulated.ts';

export class MessagePortMain extends Emulated {
  #port: MessagePort | undefined;
  #started = false;

  constructor(port: MessagePort) {
    super('MessagePortMain');
    this.#port = port;
    port.addEventListener('close', () => {
      if (this.#port) this.emit('close');
    });
  }

  /** Until then messages wait, as in Electron: Node would start a port with its first listener. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#port?.addEventListener('message', ({ data, ports }) => {
      this.emit('message', { data, ports: [...ports].map((port) => new MessagePortMain(port)) });
    });
    this.#port?.start();
  }

  postMessage(message: unknown, transfer: MessagePortMain[] = []): void {
    this.#port?.postMessage(
      message,
      transfer.map((port) => port.detach()),
    );
  }

  close(): void {
    this.#port?.close();
  }

  /** The port itself, which from now on belongs to whoever takes it. Not a part of Electron. */
  detach(): MessagePort {
    const port = this.#port;
    if (!port) throw new Error('stand-in: this MessagePortMain was transferred before');
    if (this.#started) throw new Error('stand-in: transferring a MessagePortMain after start() is not emulated');
    this.#port = undefined;
    return port;
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}
