/**
 * A line for devices: HTTPS with TLS 1.3 and a certificate of the region's authority. Whose device it is, is asked again with every
 * request, since a socket lives longer than a right. The hub stands on it, and a clinic host on its clinic's network.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { toldElsewhere } from '../../../shared/sync/hub-store.ts';
import { HUB_PATHS } from '../../../shared/sync/operations.ts';
import { LIMITS } from '../../../shared/sync/wire.ts';
import {
  commonWire,
  readWireRange,
  WIRE_HEADER,
  WIRE_RANGE,
  type WireRange,
  writeWireRange,
} from '../../../shared/sync/wire-range.ts';
import { errorOf, type GraphqlAnswer, type GraphqlService } from '../../graphql/apollo.ts';
import { jsonBytes } from '../../graphql/json-bytes.ts';
import { RequestReader } from '../../graphql/json-request.ts';
import { TRACE_HEADER, traced, traceOf } from '../../graphql/tracing.ts';
import { deviceOfCertificate } from '../../identity/peer-names.ts';
import { type Asking, FairTurns } from './fair-turns.ts';
import { listening } from './listening.ts';
import { StrangerLines } from './stranger-lines.ts';
import { Subscriptions } from './subscriptions.ts';

const SOCKETS = 2000;
/** Of who has shown no certificate, or has more lines than a device may: the others are left for devices. */
const SOCKETS_OF_STRANGERS = 1000;
const SOCKETS_OF_DEVICE = 32;
const REQUESTS_OF_DEVICE = 16;
/** Values in one body: 500 documents of three fields are the most that a device sends. */
export const MOST_PARTS = 20_000;
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;

/** PEM; with the authority behind the certificate where a joiner is to find it. */
interface LineCredentials {
  readonly privateKey: string;
  readonly certificate: string;
  readonly authority: string;
}

interface LineOptions<Context extends object> {
  readonly credentials: LineCredentials;
  readonly graphql: GraphqlService<Context>;
  /** What an operation of this device (hexadecimal) is run with. @throws {Failure} when it may not ask, at any time. */
  identify(device: string): Promise<Context>;
  /** Whose turn a request takes; left out, its device's alone. */
  readonly clinicOf?: (context: Context) => string;
  /** The names under which it is reached once it listens at `port`, as Host says them. */
  hosts(port: number): Iterable<string>;
  /** Answers beyond GraphQL by POST: a static file; a path without a certificate. */
  readonly file?: (request: IncomingMessage, response: ServerResponse, device: () => string) => Promise<void>;
  readonly open?: { readonly path: string; readonly bytes: number; execute(request: GraphqlRequestOf): Promise<GraphqlAnswer> };
  /** Hears the code of each request that is refused before an operation is run. */
  readonly onRefused?: (failure: Failure) => void;
  /** Left out: the versions that this program speaks. */
  readonly wire?: WireRange | undefined;
}

type GraphqlRequestOf = Parameters<GraphqlService<object>['execute']>[0];

export class DeviceLine<Context extends object> {
  readonly #options: LineOptions<Context>;
  readonly #wire: WireRange;
  readonly #server: Server;
  readonly #reader = new RequestReader(MOST_PARTS);
  readonly #subscriptions: Subscriptions<Context>;
  /** Of each device, with when the certificate ends that the socket began with, milliseconds since 1970. */
  readonly #sockets = new Map<string, Map<Socket, number>>();
  /** A TLS 1.3 connection keeps the certificate that it began with; taking it apart costs half a millisecond. */
  readonly #deviceOfSocket = new WeakMap<Socket, string>();
  readonly #strangers = new StrangerLines(SOCKETS_OF_STRANGERS);
  readonly #turns = new FairTurns();
  /** Requests of each device that wait or are worked on. */
  readonly #asked = new Map<string, number>();
  readonly #answering = new Set<Promise<void>>();
  #hosts = new Set<string>();

  constructor(options: LineOptions<Context>) {
    this.#options = options;
    this.#wire = options.wire ?? WIRE_RANGE;
    this.#subscriptions = new Subscriptions(options.graphql, (device) => options.identify(device));
    this.#server = createServer({
      ...secured(options.credentials),
      requestCert: true,
      // A device that enrols has none yet; the paths decide.
      rejectUnauthorized: options.open === undefined,
      handshakeTimeout: HEADERS_MS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 30_000,
      maxHeaderSize: 8192,
      insecureHTTPParser: false,
    });
    this.#server.maxConnections = SOCKETS;
    this.#server.on('connection', (socket: Socket) => this.#strangers.take(socket));
    this.#server.on('secureConnection', (socket) => {
      if (this.#isOfDevice(socket)) this.#strangers.know(socket);
    });
    this.#server.on('request', (request, response) => {
      const trace = traceOf(request.headers.traceparent?.toString());
      response.setHeader(TRACE_HEADER, trace);
      const answering = traced(trace, () => this.#answer(request, response)).finally(() => this.#answering.delete(answering));
      this.#answering.add(answering);
    });
    this.#server.on('checkExpectation', (_, response) => response.writeHead(417, { connection: 'close' }).end());
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => this.#upgrade(request, socket, head));
    // A handshake that fails is nobody's business; without a listener it would be an error of ours.
    this.#server.on('tlsClientError', (_, socket) => socket.destroy());
  }

  /** Listens, and gives the port. */
  async start(port: number, host: string): Promise<number> {
    const bound = await listening(this.#server, port, host);
    this.#hosts = new Set(this.#options.hosts(bound));
    return bound;
  }

  /** Answers what was asked, refuses what comes, and ends. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#subscriptions.close();
    this.#server.closeIdleConnections();
    await Promise.allSettled([...this.#answering]);
    this.#server.closeAllConnections();
    await closed;
  }

  /** Devices (hexadecimal) that are on the line now. */
  get devices(): readonly string[] {
    return [...this.#sockets.keys()];
  }

  /** Whether a request names this server. */
  isAskedFor(request: IncomingMessage): boolean {
    return this.#hosts.has(request.headers.host ?? '');
  }

  /** Ends every connection of a device, a request in flight included. */
  cut(device: string): void {
    this.#subscriptions.cut(device);
    for (const socket of this.#sockets.get(device)?.keys() ?? []) socket.destroy();
    this.#sockets.delete(device);
  }

  /** Shows these from the next line on; those that stand are not cut. */
  renew(credentials: LineCredentials): void {
    this.#server.setSecureContext(secured(credentials));
  }

  /** Cuts devices that have a line whose certificate has ended by `now`: a handshake looks at it once, and lines stand for months. */
  endExpired(now: number): void {
    for (const [device, sockets] of this.#sockets) if ([...sockets.values()].some((end) => end <= now)) this.cut(device);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body: Buffer[];
    let status = 200;
    try {
      if (await this.#answeredByFile(request, response)) return;
      body = await this.#ask(request);
    } catch (error) {
      const failure = asFailure(error);
      status = STATUS[failure.code] ?? 400;
      this.#options.onRefused?.(failure);
      body = jsonBytes({ errors: [errorOf(toldElsewhere(failure))] });
    }
    this.#send(request, response, status, body);
  }

  /** Whether it asked for a file, which was sent; else its head is one of an operation. @throws {Failure} in its turn, when it is neither. */
  async #answeredByFile(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { file } = this.#options;
    try {
      if (!this.isAskedFor(request)) throw HOST_UNKNOWN;
      if (request.method === 'GET' && file) {
        await file(request, response, () => this.#deviceOf(request));
        return true;
      }
      this.#checkHead(request);
      return false;
    } catch (error) {
      await this.#turnToRefuse(request);
      throw error;
    }
  }

  /**
   * A refusal by the head alone waits as an answer does: it ends the line, and the handshake of the next one costs more than most answers.
   * So who asks wrongly all the time waits behind themselves. @throws {Failure} `hub.busy` when too many of the clinic wait.
   */
  async #turnToRefuse(request: IncomingMessage): Promise<void> {
    const { identify, clinicOf } = this.#options;
    const { authorized } = request.socket as TLSSocket;
    const device = authorized ? this.#deviceOf(request) : WITHOUT_CERTIFICATE.device;
    // Who is not answered at all takes a turn of their own.
    const clinic = authorized && clinicOf ? await identify(device).then(clinicOf, () => device) : device;
    const end = await this.#turns.take({ clinic, device, bytes: HANDSHAKE_COST });
    end(0);
  }

  #send(request: IncomingMessage, response: ServerResponse, status: number, body: readonly Buffer[]): void {
    response.setHeader(WIRE_HEADER, writeWireRange(this.#wire));
    // What is left of a refused body is not worth reading.
    if (status !== 200) response.setHeader('connection', 'close');
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': lengthOf(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.cork();
    for (const piece of body) response.write(piece);
    response.end(() => {
      if (status !== 200) request.destroy();
    });
  }

  #checkHead(request: IncomingMessage): void {
    if (request.url !== HUB_PATHS.graphql && request.url !== this.#options.open?.path) throw NOT_FOUND;
    if (request.method !== 'POST') throw POST_ONLY;
    if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(request.headers['content-type'] ?? '')) throw JSON_ONLY;
    if (request.headers['content-encoding'] !== undefined) throw JSON_ONLY;
    commonWire(readWireRange(request.headers[WIRE_HEADER]?.toString()), this.#wire);
  }

  /** The answer as it is sent. */
  async #ask(request: IncomingMessage): Promise<Buffer[]> {
    const { open, identify, graphql } = this.#options;
    if (open && request.url === open.path) {
      // Read before its turn: whoever sends slowly here shares the turns with strangers, not with a clinic of theirs.
      const operation = await this.#reader.read(request, open.bytes);
      return this.#inTurn({ ...WITHOUT_CERTIFICATE, bytes: bytesOf(request) }, () => open.execute(operation));
    }
    const device = this.#deviceOf(request);
    const clinic = this.#options.clinicOf?.(await identify(device)) ?? device;
    const asked = this.#asked.get(device) ?? 0;
    if (asked >= REQUESTS_OF_DEVICE) throw BUSY;
    this.#asked.set(device, asked + 1);
    try {
      return await this.#inTurn({ clinic, device, bytes: bytesOf(request) }, async () => {
        const operation = await this.#reader.read(request, LIMITS.bodyBytes);
        // Asked after the body has come, which may have taken a while.
        return graphql.execute(operation, await identify(device));
      });
    } finally {
      const left = (this.#asked.get(device) ?? 1) - 1;
      if (left === 0) this.#asked.delete(device);
      else this.#asked.set(device, left);
    }
  }

  /** An answer is put together within its turn, and its length is part of what that costs. */
  async #inTurn(asking: Asking, work: () => Promise<GraphqlAnswer>): Promise<Buffer[]> {
    const end = await this.#turns.take(asking);
    let body: Buffer[] = [];
    try {
      body = jsonBytes(await work());
      return body;
    } finally {
      end(lengthOf(body));
    }
  }

  /** Whether a line is one of those that its device may have. */
  #isOfDevice(socket: TLSSocket): boolean {
    try {
      this.#deviceOf({ socket });
      return true;
    } catch {
      return false;
    }
  }

  /** The device on the line, with its socket noted so that it can be cut. */
  #deviceOf(line: Pick<IncomingMessage, 'socket'>): string {
    const socket = line.socket as TLSSocket;
    const known = this.#deviceOfSocket.get(socket);
    if (known) return known;
    const certificate = socket.authorized ? socket.getPeerCertificate() : undefined;
    const device = certificate && deviceOfCertificate(certificate);
    if (!device) throw CERTIFICATE_REQUIRED;
    const sockets = this.#sockets.get(device) ?? new Map<Socket, number>();
    if (sockets.size >= SOCKETS_OF_DEVICE) throw BUSY;
    this.#sockets.set(device, sockets.set(socket, Date.parse(certificate.valid_to)));
    this.#deviceOfSocket.set(socket, device);
    socket.once('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) this.#sockets.delete(device);
    });
    return device;
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    try {
      // A page of a browser names its origin; no device does.
      const right = this.isAskedFor(request) && request.url === HUB_PATHS.subscriptions;
      if (!right || request.headers.origin !== undefined) throw NOT_FOUND;
      const device = this.#deviceOf(request);
      this.#subscriptions.accept(device, request, socket, head);
    } catch (error) {
      const status = STATUS[asFailure(error).code] ?? 400;
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
  }
}

const secured = ({ privateKey, certificate, authority }: LineCredentials) =>
  ({ key: privateKey, cert: certificate, ca: authority, minVersion: 'TLSv1.3' }) as const;

const HOST_UNKNOWN = new Failure(
  'http.host-unknown',
  'This hub is not reached under that name. Use the address of the invitation.',
);
export const NOT_FOUND = new Failure('http.not-found', 'There is nothing at this address.');
export const POST_ONLY = new Failure('http.post-only', 'Operations are sent by POST.');
const JSON_ONLY = new Failure('http.json-only', 'Operations are sent as application/json.');
const CERTIFICATE_REQUIRED = new Failure(
  'hub.certificate-required',
  'Only a device with a valid certificate of this hub may ask. Enrol with an invitation.',
);
const lengthOf = (body: readonly Buffer[]): number => body.reduce((sum, { length }) => sum + length, 0);

/** Who has no certificate yet waits behind others of whom that is true. */
const WITHOUT_CERTIFICATE: Omit<Asking, 'bytes'> = { clinic: '', device: '' };
/** What the handshake of a line costs (0.45 ms of a processor), in bytes that are taken in. */
const HANDSHAKE_COST = 8_192;
/** What a request says that it brings; one that does not say it may bring as much as is taken. */
const bytesOf = ({ headers }: IncomingMessage): number => Number(headers['content-length'] ?? LIMITS.bodyBytes);

const BUSY = new Failure('hub.busy', 'This device asks for more at once than the hub answers. Try again in a moment.', {
  retry: true,
});

const STATUS: Readonly<Record<string, number>> = {
  'http.host-unknown': 421,
  'http.not-found': 404,
  'http.post-only': 405,
  'http.json-only': 415,
  'http.body-too-large': 413,
  'http.body-overdone': 413,
  'sync.wire-version': 426,
  'hub.certificate-required': 403,
  'hub.device-unknown': 403,
  'hub.device-revoked': 403,
  'hub.device-cut': 403,
  'clinic-host.not-ours': 403,
  'hub.busy': 429,
  'internal.unexpected': 500,
};
