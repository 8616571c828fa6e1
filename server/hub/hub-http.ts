/**
 * The hub's line to the world: HTTPS with TLS 1.3 only. Under one path a device without a certificate enrols; everything
 * else needs a certificate of this hub's authority, whose device is asked for again with every request, since a socket
 * lives longer than a right.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { asFailure, Failure } from '../../shared/outcome/failure.ts';
import { HUB_PATHS, STATIC_PATH } from '../../shared/sync/operations.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import {
  commonWire,
  readWireRange,
  WIRE_HEADER,
  WIRE_RANGE,
  type WireRange,
  writeWireRange,
} from '../../shared/sync/wire-range.ts';
import { errorOf, type GraphqlAnswer, type GraphqlService } from '../graphql/apollo.ts';
import { RequestReader } from '../graphql/json-request.ts';
import { deviceOfCertificate } from '../identity/certificates.ts';
import type { EnrolmentContext, HubContext } from './hub.resolvers.ts';
import type { Hub } from './hub.ts';
import { hostOf, portOf } from './hub-keys.ts';
import { Subscriptions } from './subscriptions.ts';

export interface HubServices {
  readonly graphql: GraphqlService<HubContext>;
  readonly enrolment: GraphqlService<EnrolmentContext>;
}

const ENROLMENT_BODY_BYTES = 131_072;
const SOCKETS = 2000;
const SOCKETS_OF_DEVICE = 32;
const REQUESTS_OF_DEVICE = 16;
const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;

export class HubServer {
  readonly #hub: Hub;
  readonly #services: HubServices;
  readonly #wire: WireRange;
  readonly #server: Server;
  readonly #reader = new RequestReader();
  readonly #subscriptions: Subscriptions;
  readonly #sockets = new Map<string, Set<Socket>>();
  /** A TLS 1.3 connection keeps the certificate that it began with; taking it apart costs half a millisecond. */
  readonly #deviceOfSocket = new WeakMap<Socket, string>();
  readonly #running = new Map<string, number>();
  readonly #answering = new Set<Promise<void>>();
  #hosts = new Set<string>();

  /** @param wire the versions that this hub speaks */
  constructor(hub: Hub, services: HubServices, wire: WireRange = WIRE_RANGE) {
    this.#hub = hub;
    this.#wire = wire;
    this.#services = services;
    this.#subscriptions = new Subscriptions(hub, services.graphql);
    const { server, authority } = hub.keys;
    this.#server = createServer({
      key: server.privateKey,
      // With the authority, so that a joiner finds the one whose fingerprint its invitation names.
      cert: server.certificate + authority.certificate,
      ca: authority.certificate,
      minVersion: 'TLSv1.3',
      requestCert: true,
      // A device that enrols has none yet; the paths decide.
      rejectUnauthorized: false,
      handshakeTimeout: HEADERS_MS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 30_000,
      maxHeaderSize: 8192,
      insecureHTTPParser: false,
    });
    this.#server.maxConnections = SOCKETS;
    this.#server.on('request', (request, response) => {
      const answering = this.#answer(request, response).finally(() => this.#answering.delete(answering));
      this.#answering.add(answering);
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => this.#upgrade(request, socket, head));
    // A handshake that fails is nobody's business; without a listener it would be an error of ours.
    this.#server.on('tlsClientError', (_, socket) => socket.destroy());
    hub.roster.onRevoked = (device) => this.#cut(device);
  }

  /** Listens, and gives the port. */
  async start(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const bound = (this.#server.address() as AddressInfo).port;
    const { address } = this.#hub.keys;
    const names = ['localhost', '127.0.0.1', '[::1]', bracketed(hostOf(address))];
    this.#hosts = new Set(names.flatMap((name) => [`${name}:${bound}`, `${name}:${portOf(address)}`]));
    // The default port of https is left out of Host.
    for (const name of names) if (this.#hosts.has(`${name}:443`)) this.#hosts.add(name);
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

  /** Ends every connection of a device, a request in flight included. */
  #cut(device: string): void {
    for (const socket of this.#sockets.get(device) ?? []) socket.destroy();
    this.#sockets.delete(device);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return this.#answerFile(request, response);
    let answer: GraphqlAnswer;
    let status = 200;
    try {
      this.#checkHead(request);
      answer = await this.#ask(request);
    } catch (error) {
      const failure = asFailure(error);
      status = STATUS[failure.code] ?? 400;
      answer = { errors: [errorOf(failure)] };
    }
    this.#send(request, response, status, answer);
  }

  /** Static tiles, for a device with a certificate. */
  async #answerFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (!this.#hosts.has(request.headers.host ?? '')) throw HOST_UNKNOWN;
      const path = request.url ?? '';
      if (!STATIC_PATH.test(path)) throw path === HUB_PATHS.graphql || path === HUB_PATHS.enrolment ? POST_ONLY : NOT_FOUND;
      await this.#hub.callers.identify(this.#deviceOf(request));
      const file = await this.#hub.region.tiles?.read(path.slice(1));
      if (!file) throw NOT_FOUND;
      response.writeHead(200, {
        'content-type': path === '/checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream',
        'content-length': file.bytes.length,
        'cache-control': file.immutable ? 'private, max-age=31536000, immutable' : 'no-store',
        'x-content-type-options': 'nosniff',
      });
      response.end(file.bytes);
    } catch (error) {
      const failure = asFailure(error);
      this.#send(request, response, STATUS[failure.code] ?? 400, { errors: [errorOf(failure)] });
    }
  }

  #send(request: IncomingMessage, response: ServerResponse, status: number, answer: GraphqlAnswer): void {
    const body = Buffer.from(JSON.stringify(answer));
    response.setHeader(WIRE_HEADER, writeWireRange(this.#wire));
    // What is left of a refused body is not worth reading.
    if (status !== 200) response.setHeader('connection', 'close');
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(body, () => {
      if (status !== 200) request.destroy();
    });
  }

  #checkHead(request: IncomingMessage): void {
    if (!this.#hosts.has(request.headers.host ?? '')) throw HOST_UNKNOWN;
    if (request.url !== HUB_PATHS.graphql && request.url !== HUB_PATHS.enrolment) throw NOT_FOUND;
    if (request.method !== 'POST') throw POST_ONLY;
    if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(request.headers['content-type'] ?? '')) throw JSON_ONLY;
    if (request.headers['content-encoding'] !== undefined) throw JSON_ONLY;
    commonWire(readWireRange(request.headers[WIRE_HEADER]?.toString()), this.#wire);
  }

  async #ask(request: IncomingMessage): Promise<GraphqlAnswer> {
    const hub = this.#hub;
    if (request.url === HUB_PATHS.enrolment) {
      const operation = await this.#reader.read(request, ENROLMENT_BODY_BYTES);
      return this.#services.enrolment.execute(operation, { hub });
    }
    const device = this.#deviceOf(request);
    await hub.callers.identify(device);
    const running = this.#running.get(device) ?? 0;
    if (running >= REQUESTS_OF_DEVICE) throw BUSY;
    this.#running.set(device, running + 1);
    try {
      const operation = await this.#reader.read(request, LIMITS.bodyBytes);
      // Asked after the body has come, which may have taken a while.
      const caller = await hub.callers.identify(device);
      return await this.#services.graphql.execute(operation, { hub, caller });
    } finally {
      const left = (this.#running.get(device) ?? 1) - 1;
      if (left === 0) this.#running.delete(device);
      else this.#running.set(device, left);
    }
  }

  /** The device on the line, with its socket noted so that it can be cut. */
  #deviceOf(request: IncomingMessage): string {
    const socket = request.socket as TLSSocket;
    const known = this.#deviceOfSocket.get(socket);
    if (known) return known;
    const device = socket.authorized ? deviceOfCertificate(socket.getPeerCertificate()) : undefined;
    if (!device) throw CERTIFICATE_REQUIRED;
    const sockets = this.#sockets.get(device) ?? new Set();
    if (sockets.size >= SOCKETS_OF_DEVICE) throw BUSY;
    this.#sockets.set(device, sockets.add(socket));
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
      const right = this.#hosts.has(request.headers.host ?? '') && request.url === HUB_PATHS.subscriptions;
      if (!right || request.headers.origin !== undefined) throw NOT_FOUND;
      const device = this.#deviceOf(request);
      this.#subscriptions.accept(device, request, socket, head);
    } catch (error) {
      const status = STATUS[asFailure(error).code] ?? 400;
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    }
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const HOST_UNKNOWN = new Failure(
  'http.host-unknown',
  'This hub is not reached under that name. Use the address of the invitation.',
);
const NOT_FOUND = new Failure('http.not-found', 'There is nothing at this address.');
const POST_ONLY = new Failure('http.post-only', 'Operations are sent by POST.');
const JSON_ONLY = new Failure('http.json-only', 'Operations are sent as application/json.');
const CERTIFICATE_REQUIRED = new Failure(
  'hub.certificate-required',
  'Only a device with a valid certificate of this hub may ask. Enrol with an invitation.',
);
const BUSY = new Failure('hub.busy', 'This device asks for more at once than the hub answers. Try again in a moment.', {
  retry: true,
});

const STATUS: Readonly<Record<string, number>> = {
  'http.host-unknown': 421,
  'http.not-found': 404,
  'http.post-only': 405,
  'http.json-only': 415,
  'http.body-too-large': 413,
  'sync.wire-version': 426,
  'hub.certificate-required': 403,
  'hub.device-unknown': 403,
  'hub.device-revoked': 403,
  'hub.busy': 429,
  'internal.unexpected': 500,
};
