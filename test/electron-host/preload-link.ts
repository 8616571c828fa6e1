/** The main process's end of one document's preload: invocations, messages and ports, as text over DevTools. */
import { makeCloneText } from './clone-text.ts';
import type { DevToolsSession } from './devtools.ts';
import { RECEIVER } from './document-scripts.ts';
import { ipcMain } from './ipc-main.ts';
import { MessagePortMain } from './message-ports.ts';
import { makePortRelay } from './port-relay.ts';
import type { FrameToMain, FrameToPreload } from './preload-frames.ts';
import type { WebContents } from './web-contents.ts';

const text = makeCloneText();

export class PreloadLink {
  /** DevTools' id of the isolated world. */
  readonly world: number;
  readonly #page: DevToolsSession;
  readonly #contents: WebContents;
  readonly #relay = makePortRelay('main-', (frame) => this.#deliver({ kind: 'port', frame }));
  #open = true;

  constructor(page: DevToolsSession, world: number, contents: WebContents) {
    this.#page = page;
    this.world = world;
    this.#contents = contents;
  }

  send(channel: string, args: unknown[], transfer: MessagePortMain[] = []): void {
    const ports = transfer.map((port) => this.#relay.give(port.detach()));
    this.#deliver({ kind: 'event', channel, args, ports });
  }

  receive(payload: string): void {
    const frame = text.decode(payload) as FrameToMain;
    if (frame.kind === 'port') this.#relay.receive(frame.frame);
    else if (frame.kind === 'invoke') void this.#invoke(frame.id, frame.channel, frame.args);
    else this.#emit(frame.channel, frame.args, frame.ports);
  }

  /** The document has gone. */
  close(): void {
    this.#open = false;
    this.#relay.closeAll();
  }

  #event(ports: MessagePortMain[] = []): object {
    const contents = this.#contents;
    return { type: 'frame', sender: contents, senderFrame: contents.mainFrame, frameId: 1, processId: contents.id, ports };
  }

  #emit(channel: string, args: unknown[], names: string[]): void {
    const event = this.#event(names.map((name) => new MessagePortMain(this.#relay.take(name))));
    this.#contents.emit('ipc-message', event, channel, ...args);
    ipcMain.emit(channel, event, ...args);
  }

  async #invoke(id: number, channel: string, args: unknown[]): Promise<void> {
    try {
      const value = await ipcMain.standInInvoke(channel, this.#event(), args);
      await this.#contents.standInAskPermissions();
      this.#deliver({ kind: 'answer', id, value });
    } catch (error) {
      this.#deliver({ kind: 'refusal', id, message: `Error invoking remote method '${channel}': ${error}` });
    }
  }

  #deliver(frame: FrameToPreload): void {
    if (!this.#open) return;
    const expression = `${RECEIVER}(${JSON.stringify(text.encode(frame))})`;
    // It fails only when the document went away meanwhile.
    this.#page.send('Runtime.evaluate', { contextId: this.world, expression }).catch(() => undefined);
  }
}
