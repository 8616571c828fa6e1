/**
 * The two scripts that run in every new top document before the page's own: the preload with Electron's renderer API in an
 * isolated world, and the main world's half of contextBridge. The worlds meet once, at once: a MouseEvent under a secret
 * name carries the detached element on which they then talk.
 */
import { makeCloneText } from './clone-text.ts';
import { makePortRelay } from './port-relay.ts';
import type { FrameToMain, FrameToPreload } from './preload-frames.ts';
import { linkWorlds } from './world-link.ts';

/** The isolated world's global through which the main process delivers frames. */
export const RECEIVER = 'standInReceive';

/** The parts of `process` that a sandboxed preload sees. */
interface PreloadProcess {
  platform: string;
  arch: string;
  versions: Record<string, string | undefined>;
  argv: string[];
}

interface PreloadScript {
  /** Shared by the two scripts of a page. */
  secret: string;
  /** The DevTools binding that only the isolated world has. */
  binding: string;
  /** The preload's own text, CommonJS. */
  source: string;
  process: PreloadProcess;
}

type PreloadModule = (require: (id: string) => unknown, module: { exports: unknown }, exports: unknown, process: object) => void;
type Listener = (event: { sender: unknown; ports: MessagePort[] }, ...args: unknown[]) => void;

function runPreload(secret: string, binding: string, receiver: string, preload: PreloadModule, info: object): void {
  if (window !== window.top) return;
  const world = globalThis as unknown as Record<string, unknown>;
  const sendText = world[binding] as (text: string) => void;
  delete world[binding];
  const text = makeCloneText();
  const send = (frame: FrameToMain): void => sendText(text.encode(frame));
  const relay = makePortRelay('page-', (frame) => send({ kind: 'port', frame }));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const exposed = new Map<string, unknown>();
  let count = 0;

  const onlyKnown = (name: string, api: object): object =>
    new Proxy(api, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target)) throw new Error(`stand-in: ${name}.${key} is not emulated`);
        return Reflect.get(target, key);
      },
    });
  const listen = (channel: string, listener: Listener, once: boolean): object => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const unlisten = (channel: string, listener: Listener): object => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener),
    );
    return ipcRenderer;
  };
  const ipcRenderer = onlyKnown('ipcRenderer', {
    invoke(channel: string, ...args: unknown[]) {
      const id = ++count;
      const settling = Promise.withResolvers<unknown>();
      send({ kind: 'invoke', id, channel, args });
      waiting.set(id, settling);
      return settling.promise;
    },
    send: (channel: string, ...args: unknown[]) => send({ kind: 'send', channel, args, ports: [] }),
    postMessage: (channel: string, message: unknown, ports: MessagePort[] = []) =>
      send({ kind: 'send', channel, args: [message], ports: ports.map(relay.give) }),
    on: (channel: string, listener: Listener) => listen(channel, listener, false),
    addListener: (channel: string, listener: Listener) => listen(channel, listener, false),
    once: (channel: string, listener: Listener) => listen(channel, listener, true),
    off: unlisten,
    removeListener: unlisten,
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  });
  const contextBridge = onlyKnown('contextBridge', {
    exposeInMainWorld(key: string, api: unknown) {
      if (exposed.has(key)) throw new Error('Cannot bind an API on top of an existing property on the window object');
      exposed.set(key, api);
    },
  });

  const receive = (frame: FrameToPreload): void => {
    if (frame.kind === 'port') {
      relay.receive(frame.frame);
    } else if (frame.kind === 'event') {
      const event = { sender: ipcRenderer, ports: frame.ports.map(relay.take) };
      for (const { listener, once } of listeners.get(frame.channel) ?? []) {
        if (once) unlisten(frame.channel, listener);
        listener(event, ...frame.args);
      }
    } else {
      const settling = waiting.get(frame.id);
      waiting.delete(frame.id);
      if (frame.kind === 'answer') settling?.resolve(frame.value);
      else settling?.reject(new Error(frame.message));
    }
  };
  world[receiver] = (received: string) => receive(text.decode(received) as FrameToPreload);

  addEventListener(
    secret,
    (event) => {
      const meeting = (event as MouseEvent).relatedTarget as Element;
      const { lend } = linkWorlds(meeting, 'to-preload', 'to-page');
      meeting.dispatchEvent(new CustomEvent('expose', { detail: [...exposed].map(([key, api]) => [key, lend(api)]) }));
    },
    { once: true },
  );

  const electron = onlyKnown('electron', {
    contextBridge,
    ipcRenderer,
    webUtils: onlyKnown('webUtils', {}),
    webFrame: onlyKnown('webFrame', {}),
  });
  const require = (id: string): unknown => {
    if (id === 'electron' || id === 'electron/renderer') return electron;
    throw new Error(`module not found: ${id}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports, { type: 'renderer', contextIsolated: true, sandboxed: true, env: {}, ...info });
}

function meetPreload(secret: string): void {
  if (window !== window.top) return;
  const meeting = document.createElement('i');
  const { borrow } = linkWorlds(meeting, 'to-page', 'to-preload');
  const freeze = (value: unknown): unknown => {
    if (!value || typeof value !== 'object') return value;
    Object.values(value).forEach(freeze);
    return Object.freeze(value);
  };
  meeting.addEventListener(
    'expose',
    (event) => {
      for (const [key, api] of (event as CustomEvent<[string, unknown][]>).detail) {
        Object.defineProperty(window, key, { value: freeze(borrow(api)), enumerable: true });
      }
    },
    { once: true },
  );
  dispatchEvent(new MouseEvent(secret, { relatedTarget: meeting }));
}

/** The text for the isolated world. */
export function isolatedWorldScript({ secret, binding, source, process }: PreloadScript): string {
  const names = [secret, binding, RECEIVER].map((name) => JSON.stringify(name)).join(', ');
  const preload = `function (require, module, exports, process) {\n${source}\n}`;
  const parts = [makeCloneText, makePortRelay, linkWorlds].join('\n');
  return `(() => { ${parts}\n(${runPreload})(${names}, ${preload}, ${JSON.stringify(process)}); })()`;
}

/** The text for the page's own world; it has to be added after the isolated world's. */
export function mainWorldScript(secret: string): string {
  return `(() => { ${linkWorlds}\n(${meetPreload})(${JSON.stringify(secret)}); })()`;
}
