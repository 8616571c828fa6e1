/**
 * The workstation in a browser, where Electron's binary is not to be had: the same page and services over loopback HTTP.
 * The terminal shows a one-time code; the browser that types it gets a strict cookie, and nobody else gets anything.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { RequestReader } from '../graphql/json-request.ts';
import { BrowserSessions } from './browser-sessions.ts';
import { isTier, type PageDoor, type Tier } from './page-door.ts';
import { type Page, servePageFile } from './page-files.ts';
import { serveSocket } from './page-socket.ts';

export interface BrowserHost {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string;
  /** What the browser has to be told, once. */
  readonly code: string;
  close(): Promise<void>;
}

const BODY_BYTES = 24 * 1024 * 1024;
const SOCKETS = 16;
/** A browser takes six, and its subscriptions; other programs must not use up what this one may open. */
const CONNECTIONS = 64;

/**
 * @param port 0 for any that is free.
 * @param page the one that every address without a file leads to.
 */
export async function startBrowserHost(
  graphql: PageDoor,
  pages: string,
  port: number,
  page: Page = 'index.html',
): Promise<BrowserHost> {
  const sessions = new BrowserSessions();
  const reader = new RequestReader();
  let allowed = new Set<string>();
  const server = createServer(
    { requireHostHeader: true, headersTimeout: 10_000, requestTimeout: 60_000, maxHeaderSize: 8_192 },
    (request, response) => {
      answer(request, response).catch((error: unknown) => refuse(response, 400, asFailure(error)));
    },
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!allowed.has(request.headers.host ?? '')) return refuse(response, 421, MISDIRECTED);
    if (request.headers.origin !== undefined && !allowed.has(hostOf(request.headers.origin)))
      return refuse(response, 403, FOREIGN);
    const path = pathOf(request);
    if (path === '/session') return answerSession(request, response);
    const tier = tierOf(path, '/graphql/');
    if (tier) return answerGraphql(tier, request, response);
    return servePageFile(pages, page, request, response);
  }

  async function answerSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return end(response, sessions.knows(request.headers.cookie) ? 204 : 401);
    if (request.method !== 'POST' || !isJson(request)) return refuse(response, 405, NOT_ALLOWED);
    const code = await readCode(request);
    const cookie = sessions.open(code);
    if (!cookie)
      return refuse(
        response,
        403,
        new Failure(
          'host.code-wrong',
          'This is not the code that the terminal shows, or it was used. Start the workstation again for a new one.',
        ),
      );
    response.setHeader('Set-Cookie', cookie);
    end(response, 204);
  }

  async function answerGraphql(tier: Tier, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || !isJson(request)) return refuse(response, 405, NOT_ALLOWED);
    if (!sessions.knows(request.headers.cookie)) return refuse(response, 401, NO_SESSION);
    const result = Buffer.from(JSON.stringify(await graphql.execute(tier, await reader.read(request, BODY_BYTES))));
    response.writeHead(200, {
      'content-type': 'application/graphql-response+json; charset=utf-8',
      'content-length': result.length,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(result);
  }

  server.maxConnections = CONNECTIONS;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  server.on('upgrade', (request, socket, head) => {
    // Whoever connects can tear the line off: without a listener that would end the program.
    socket.on('error', () => socket.destroy());
    const tier = tierOf(pathOf(request), '/subscriptions/');
    const welcome =
      tier &&
      allowed.has(request.headers.host ?? '') &&
      allowed.has(hostOf(request.headers.origin ?? '')) &&
      sessions.knows(request.headers.cookie) &&
      sockets.clients.size < SOCKETS;
    if (!welcome || !tier) return socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (client) => serveSocket(client, tier, graphql));
  });

  await listen(server, port);
  const bound = server.address() as { port: number };
  allowed = new Set([`127.0.0.1:${bound.port}`, `localhost:${bound.port}`]);
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    code: sessions.code,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new Failure(
          'host.port-taken',
          `Port ${port} on this computer cannot be used (${cause.code}). Choose another with --port.`,
          { cause },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

/** '' when the address is none. */
const pathOf = ({ url }: IncomingMessage): string => URL.parse(url ?? '/', 'http://localhost')?.pathname ?? '';

const tierOf = (path: string, prefix: string): Tier | undefined => {
  const tier = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  return isTier(tier) ? tier : undefined;
};

const hostOf = (origin: string): string => URL.parse(origin)?.host ?? '';

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
