import { Emulated } from './not-emulated.ts';

type InvokeHandler = (event: unknown, ...args: unknown[]) => unknown;

class IpcMain extends Emulated {
  readonly #handlers = new Map<string, InvokeHandler>();

  constructor() {
    super('ipcMain');
  }

  handle(channel: string, handler: InvokeHandler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (...args) => {
      this.removeHandler(channel);
      return handler(...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** Not a part of Electron: what `ipcRenderer.invoke` of a page comes to. */
  async standInInvoke(channel: string, event: unknown, args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

export const ipcMain = new IpcMain();
