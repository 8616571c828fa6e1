/**
 * A page and its GraphQL over HTTP, to one browser that was let in by a code: on loopback (`browser-host.ts`), or for a kiosk on its clinic's
 * network (`kiosk/lan-page.ts`). Whoever else asks gets the page's files, which hold nothing, and no answer.
 */
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import type { Page } from '../../../shared/pages/page-policy.ts';
import { RequestReader } from '../../graphql/json-request.ts';
import { StrangerLines } from '../../hub/line/stranger-lines.ts';
import { isTier, type PageDoor, type Tier } from './page-door.ts';
import { servePageFile } from './page-files.ts';
import { serveSocket } from './page-socket.ts';

/** Who is let in. `host` is the name and port under which they ask. */
export interface Admission {
  /** The cookie for the browser that knows the code, once. @throws {Failure} `host.code-wrong`. */
  open(code: string, host: string): Promise<string>;
  knows(cookies: string | undefined, host: string): boolean;
}

interface PageServerOptions {
  readonly graphql: PageDoor;
  /** Folder of the built pages. */
  readonly pages: string;
  /** The one that every address without a file leads to. */
  readonly page: Page;
  readonly admission: Admission;
  readonly scheme: 'http' | 'https';
  /** Added to each answer. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What every server of pages is made with. */
export const SERVER_LIMITS: ServerOptions = {
  requireHostHeader: true,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  maxHeaderSize: 8_192,
};

const BODY_BYTES = 24 * 1024 * 1024;
const SOCKETS = 16;
/** A browser takes six, and its subscriptions; other programs must not use up what this one may open. */
const CONNECTIONS = 64;
/** Of who has not shown the cookie: the rest is left for the browser that has. */
const CONNECTIONS_OF_STRANGERS = 32;

export class PageServer {
  readonly #server: Server;
  readonly #options: PageServerOptions;
  readonly #reader = new RequestReader();
  readonly #strangers = new StrangerLines(CONNECTIONS_OF_STRANGERS);
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  #allowed = new Set<string>();

  /** @param server HTTP or HTTPS, made with `SERVER_LIMITS`, not listening yet. */
  constructor(server: Server, options: PageServerOptions) {
    this.#server = server;
    this.#options = options;
    server.maxConnections = CONNECTIONS;
    server.on('connection', (socket: Socket) => this.#strangers.take(socket));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      for (const [name, value] of Object.entries(options.headers ?? {})) response.setHeader(name, value);
      this.#answer(request, response).catch((error: unknown) => refuse(response, 400, asFailure(error)));
    });
    server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
      // Whoever connects can tear the line off: without a listener that would end the program.
      socket.on('error', () => socket.destroy());
      const tier = tierOf(pathOf(request), '/subscriptions/');
      const welcome =
        tier && this.#isMeant(request) && this.#isOwn(request.headers.origin, request) && this.#knows(request) && this.#hasRoom();
      if (!welcome || !tier) return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      this.#sockets.handleUpgrade(request, socket, head, (client) => serveSocket(client, tier, options.graphql));
    });
  }

  /** Listens, and gives the port. @param port 0 for any that is free. @throws {Failure} `host.port-taken`. */
  async listen(port: number, address: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (cause: NodeJS.ErrnoException) =>
        reject(
          new Failure(
            'host.port-taken',
            `Port ${port} on this computer cannot be used (${cause.code}). Choose another with --port.`,
            { details: { port }, cause },
          ),
        ),
      );
      this.#server.listen(port, address, () => resolve());
    });
    return (this.#server.address() as { port: number }).port;
  }

  /** Names and ports under which a browser may ask, as Host says them. */
  allow(hosts: Iterable<string>): void {
    this.#allowed = new Set(hosts);
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isMeant(request)) return refuse(response, 421, MISDIRECTED);
    if (request.headers.origin !== undefined && !this.#isOwn(request.headers.origin, request))
      return refuse(response, 403, FOREIGN);
    const path = pathOf(request);
    if (path === '/session') return this.#answerSession(request, response);
    const tier = tierOf(path, '/graphql/');
    if (tier) return this.#answerGraphql(tier, request, response);
    return servePageFile(this.#options.pages, this.#options.page, request, response);
  }

  async #answerSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return end(response, this.#knows(request) ? 204 : 401);
    if (request.method !== 'POST' || !isJson(request)) return refuse(response, 405, NOT_ALLOWED);
    const code = await readCode(request);
    try {
      response.setHeader('Set-Cookie', await this.#options.admission.open(code, hostOf(request)));
    } catch (error) {
      return refuse(response, 403, asFailure(error));
    }
    end(response, 204);
  }

  async #answerGraphql(tier: Tier, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || !isJson(request)) return refuse(response, 405, NOT_ALLOWED);
    if (!this.#knows(request)) return refuse(response, 401, NO_SESSION);
    const operation = await this.#reader.read(request, BODY_BYTES);
    const result = Buffer.from(JSON.stringify(await this.#options.graphql.execute(tier, operation)));
    response.writeHead(200, {
      'content-type': 'application/graphql-response+json; charset=utf-8',
      'content-length': result.length,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(result);
  }

  #isMeant(request: IncomingMessage): boolean {
    return this.#allowed.has(hostOf(request));
  }

  /** Whether an origin is the page that is served here, under the name by which it asks. */
  #isOwn(origin: string | undefined, request: IncomingMessage): boolean {
    return origin === `${this.#options.scheme}://${hostOf(request)}`;
  }

  #knows(request: IncomingMessage): boolean {
    const knows = this.#options.admission.knows(request.headers.cookie, hostOf(request));
    if (knows) this.#strangers.know(request.socket);
    return knows;
  }

  #hasRoom(): boolean {
    return this.#sockets.clients.size < SOCKETS;
  }
}

const hostOf = ({ headers }: IncomingMessage): string => headers.host ?? '';

/** '' when the address is none. */
const pathOf = ({ url }: IncomingMessage): string => URL.parse(url ?? '/', 'http://localhost')?.pathname ?? '';

const tierOf = (path: string, prefix: string): Tier | undefined => {
  const tier = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  return isTier(tier) ? tier : undefined;
};

const isJson = (request: IncomingMessage): boolean =>
  /^application\/json(?:;\s*charset=utf-8)?$/i.test(request.headers['content-type'] ?? '');

async function readCode(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > 200) break;
  }
  try {
    const { code } = JSON.parse(text) as { code?: unknown };
    return typeof code === 'string' ? code : '';
  } catch {
    return '';
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'cache-control': 'no-store' });
  response.end();
}

function refuse(response: ServerResponse, status: number, failure: Failure): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(failure));
}

const MISDIRECTED = new Failure('host.misdirected', 'This address is not served here.');
const FOREIGN = new Failure('host.foreign-origin', 'Another site asked. Nothing was done.');
const NO_SESSION = new Failure('host.no-session', 'Type the code that the terminal shows first.');
const NOT_ALLOWED = new Failure('host.method', 'Only POST with JSON is answered here.');
