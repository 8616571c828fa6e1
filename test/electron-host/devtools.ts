/** Speaks the Chrome DevTools Protocol over Node's own WebSocket: one connection, one session per attached page. */
import { EventEmitter } from 'node:events';

/** Parameters, results and events of the protocol are JSON whose form the protocol's own pages define. */
// biome-ignore lint/suspicious/noExplicitAny: the protocol is not typed here
export type ProtocolValue = Record<string, any>;

interface Waiting {
  method: string;
  resolve(result: ProtocolValue): void;
  reject(error: Error): void;
}

export class DevToolsSession extends EventEmitter {
  readonly #connection: DevTools;
  readonly #id: string;

  constructor(connection: DevTools, id: string) {
    super();
    this.#connection = connection;
    this.#id = id;
    this.setMaxListeners(0);
  }

  send(method: string, parameters: ProtocolValue = {}): Promise<ProtocolValue> {
    return this.#connection.send(method, parameters, this.#id);
  }
}

/** Emits the browser's own events by their method name, and `close` when the browser has gone. */
export class DevTools extends EventEmitter {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #sessions = new Map<string, DevToolsSession>();
  #lastId = 0;

  constructor(socket: WebSocket) {
    super();
    this.setMaxListeners(0);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data))));
    socket.addEventListener('close', () => {
      for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: the browser has gone`));
      this.#waiting.clear();
      this.emit('close');
    });
  }

  static async connect(endpoint: string): Promise<DevTools> {
    const socket = new WebSocket(endpoint);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`cannot reach ${endpoint}`)), { once: true });
    });
    return new DevTools(socket);
  }

  send(method: string, parameters: ProtocolValue = {}, sessionId?: string): Promise<ProtocolValue> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#waiting.set(id, { method, resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params: parameters, sessionId }));
    });
  }

  session(id: string): DevToolsSession {
    const session = new DevToolsSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  #receive(message: ProtocolValue): void {
    if (message.id === undefined) {
      const target = message.sessionId ? this.#sessions.get(message.sessionId) : this;
      target?.emit(message.method, message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result);
  }
}
