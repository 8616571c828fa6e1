/**
 * The FHIR façade on the wire, while the vault is open: HTTP on this computer alone, HTTPS on the clinic's network
 * (`fhir-network.ts`). What it takes is bounded and handed to the vault as it came, its body once the vault knows who asks; nothing is
 * decided here.
 */
import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http';
import type { Server } from 'node:net';
import {
  FHIR_HEADERS,
  type FhirAnswer,
  type FhirHeader,
  type FhirRequest,
  GO_ON,
  refused,
} from '../../../shared/fhir-api/exchange.ts';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';

export interface FhirHost {
  /** `http://127.0.0.1:7460/fhir` */
  readonly address: string;
  close(): Promise<void>;
}

export const BASE = '/fhir';
const BODY_BYTES = 16 * 1024 * 1024;
/** Bytes of bodies that are held at once. */
const HELD_BYTES = 64 * 1024 * 1024;
const CONNECTIONS = 64;

export const FHIR_SERVER: ServerOptions = {
  requireHostHeader: true,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  maxHeaderSize: 16_384,
};

interface FhirPlace {
  readonly scheme: 'http' | 'https';
  /** As requests have to name it in `Host`. */
  isHere(host: string): boolean;
  /** Before a body is read. @param from the asker's address @throws {Failure} why it is not answered. */
  admit?(from: string): void;
  /** The vault's; what it throws is answered masked. */
  answer(request: FhirRequest): Promise<FhirAnswer>;
}

/**
 * @param answer the vault's
 * @param port 0 for any that is free
 * @throws {Failure} `host.port-taken`.
 */
export async function startFhirHost(answer: (request: FhirRequest) => Promise<FhirAnswer>, port: number): Promise<FhirHost> {
  let allowed = new Set<string>();
  const server = createServer(FHIR_SERVER);
  answerFhir(server, { scheme: 'http', isHere: (host) => allowed.has(host), answer });
  const bound = await listen(server, port, '127.0.0.1');
  const here = `127.0.0.1:${bound}`;
  allowed = new Set([here, `localhost:${bound}`]);
  return { address: `http://${here}${BASE}`, close: () => closed(server) };
}

/** Answers what comes to `server`, an HTTP or HTTPS server that does not listen yet. */
export function answerFhir(server: Server, { scheme, isHere, admit, answer }: FhirPlace): void {
  let held = 0;
  server.maxConnections = CONNECTIONS;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error: unknown) => send(request, response, refused(asFailure(error))));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = addressOf(request);
    admit?.(from);
    const { host = '', origin } = request.headers;
    if (!isHere(host)) throw MISDIRECTED;
    // Programs send no origin; a page of the web that does is nobody's program, and gets no CORS.
    if (origin !== undefined) throw FOREIGN;
    const target = request.url ?? '';
    if (target !== BASE && !target.startsWith(`${BASE}/`) && !target.startsWith(`${BASE}?`)) throw NOT_HERE;
    const { method = '' } = request;
    const base = `${scheme}://${host}${BASE}`;
    const network = scheme === 'https' ? { from } : {};
    const head = { method, target: target.slice(BASE.length), base, headers: headersOf(request), body: NO_BYTES, ...network };
    // Nobody without a token fills this memory, nor keeps others from it.
    if (hasBody(request)) {
      const word = await answer({ ...head, isBodyToCome: true });
      if (word.status !== GO_ON.status) return send(request, response, word);
    }
    const asked = { ...head, body: await read(request) };
    const first = await answer(asked);
    send(request, response, first);
    // A part at a time, each when the one before has gone out; one that is refused tears the answer off, which the program notices.
    for (let part = first; part.next !== undefined && method !== 'HEAD'; ) {
      if (response.writableNeedDrain) await drained(response);
      if (response.destroyed) return;
      part = await answer({ ...asked, target: part.next });
      if (part.status >= 400) return void response.destroy();
      response.write(part.body);
      if (part.next === undefined) response.end();
    }
  }

  async function read(request: IncomingMessage): Promise<Uint8Array> {
    if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) throw TOO_LARGE;
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        length += chunk.length;
        held += chunk.length;
        if (length > BODY_BYTES || held > HELD_BYTES) throw TOO_LARGE;
        chunks.push(chunk);
      }
      return Buffer.concat(chunks, length);
    } finally {
      held -= length;
    }
  }
}

/** Where it listens now. @throws {Failure} `host.port-taken`. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new Failure('host.port-taken', `Port ${port} on this computer cannot be used (${cause.code}). Choose another one.`, {
          details: { port },
          cause,
        }),
      ),
    );
    server.listen(port, host, () => resolve((server.address() as { port: number }).port));
  });
}

/** Ends what is under way as well. */
export function closed(server: Server & { closeAllConnections(): void }): Promise<void> {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The other end's address; IPv4 in its own form where the socket is IPv6. */
export const addressOf = ({ socket }: Pick<IncomingMessage, 'socket'>): string =>
  (socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');

/** As HTTP/1.1 says it (RFC 9112, section 6). */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const NO_BYTES = new Uint8Array(0);

function headersOf({ headers }: IncomingMessage): Record<FhirHeader, string> {
  const given = FHIR_HEADERS.map((name) => [name, String(headers[name] ?? '')] as const);
  return Object.fromEntries(given) as Record<FhirHeader, string>;
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body, next }: FhirAnswer): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.writeHead(status, {
    'content-type': 'application/fhir+json; charset=utf-8',
    // Of an answer that goes on the length is told by who knows it; without one its end shows whether it was torn off.
    ...(next === undefined ? { 'content-length': bytes.length } : {}),
    ...headers,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // What is left of a body that was refused is not read.
    ...(request.complete ? {} : { connection: 'close' }),
  });
  if (request.method === 'HEAD') response.end();
  else if (next === undefined) response.end(bytes);
  else response.write(bytes);
}

const MISDIRECTED = new Failure('host.misdirected', 'This address is not served here.');
const FOREIGN = new Failure('host.foreign-origin', 'A page of the web asked. Nothing was done.');
const NOT_HERE = new Failure('fhir-api.no-such-address', 'The FHIR façade answers below /fhir.');
const TOO_LARGE = new Failure('http.body-too-large', 'The request is larger than this service takes. Send it in parts.');

/** Resolves once more can be written, or nothing any more; what it listened with goes, as a large file has thousands of parts. */
function drained(response: ServerResponse): Promise<void> {
  const events = ['drain', 'close', 'error'] as const;
  return new Promise((resolve) => {
    const goOn = (): void => {
      for (const event of events) response.off(event, goOn);
      resolve();
    };
    for (const event of events) response.on(event, goOn);
  });
}
