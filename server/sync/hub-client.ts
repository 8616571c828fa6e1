/**
 * The hub over HTTPS: GraphQL by POST under mutual TLS 1.3, answers bounded in size and time. What comes back is only
 * bytes and texts; nothing here believes them.
 */

import { createHash, randomBytes, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { checkServerIdentity, connect, type DetailedPeerCertificate } from 'node:tls';
import { equalBytes } from '../../shared/encoding/bytes.ts';
import { Failure } from '../../shared/outcome/failure.ts';
import { toldElsewhere } from '../../shared/sync/hub-store.ts';
import { CLINIC_HOST_OPERATIONS, ENROLMENT_OPERATIONS, HUB_OPERATIONS } from '../../shared/sync/operations.ts';
import { LIMITS } from '../../shared/sync/wire.ts';
import {
  commonWire,
  readWireRange,
  WIRE_HEADER,
  WIRE_RANGE,
  type WireRange,
  writeWireRange,
} from '../../shared/sync/wire-range.ts';
import { deviceOfCertificate, isPageCertificate } from '../identity/peer-names.ts';

export interface HubTrust {
  /** The region's authority, PEM: the only one that is believed. */
  readonly authority: string;
  /** What a device shows; left out for enrolment. */
  readonly device?: { readonly certificate: string; readonly privateKey: string } | undefined;
  /** At a clinic host, which has a device's certificate and no name: whether that device (hexadecimal) may stand there. */
  readonly standsThere?: ((device: string) => boolean) | undefined;
}

/** A clinic host is asked under this name, which no page of a browser can ever be reached by (RFC 2606). */
export const CLINIC_HOST_NAME = 'clinic-host.invalid';

/** How the other side of a TLS connection is recognised beyond its authority: a hub by its name, a clinic host by its device. */
export function peerCheck({ standsThere }: HubTrust): { checkServerIdentity: typeof checkServerIdentity } {
  if (!standsThere)
    return {
      checkServerIdentity: (name, peer) =>
        isPageCertificate(peer) ? new Error('the page of a kiosk, and no hub') : checkServerIdentity(name, peer),
    };
  return {
    checkServerIdentity: (_, peer) => {
      const device = deviceOfCertificate(peer);
      return device && standsThere(device) ? undefined : new Error('not a device of this clinic');
    },
  };
}

const REQUEST_MS = 30_000;
/** From the question to the last byte of its answer: a hub that sends a byte now and then must not hold a line for ever. */
const WHOLE_MS = 600_000;

/** One connection pool to one hub, whose certificate the platform checks against the region's authority. */
export class HubClient {
  readonly #address: URL;
  readonly #agent: Agent;
  readonly #wholeMs: number;
  readonly #host: string | undefined;
  /** Where the hub is and how it is recognised, for a thread that asks on its own. */
  readonly place: { readonly address: string; readonly trust: HubTrust } | undefined;
  /** Hears with each answer what time it is at the hub, as HTTP writes it. */
  onDate: (date: string) => void = () => undefined;
  readonly #wire: WireRange;

  /** @param wholeMs how long one answer may take to its last byte. @param wire the versions that this side speaks */
  constructor(address: string, trust: HubTrust, wholeMs = WHOLE_MS, wire = WIRE_RANGE) {
    this.#wire = wire;
    this.#address = addressOf(address);
    // A thread cannot be told who may stand at a clinic host.
    this.place = trust.standsThere ? undefined : { address, trust };
    this.#host = trust.standsThere ? CLINIC_HOST_NAME : undefined;
    this.#wholeMs = wholeMs;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 4,
      minVersion: 'TLSv1.3',
      servername: this.#host ?? hostName(this.#address),
      ...peerCheck(trust),
      ca: trust.authority,
      ...(trust.device && { cert: trust.device.certificate, key: trust.device.privateKey }),
    });
  }

  /**
   * Runs one operation of the hub's schema.
   * @throws {Failure} `sync.hub-unreachable` (try again), `sync.hub-answer` (garbage, too long, cut short), or the code that the hub gives.
   */
  async ask<Data>(name: keyof typeof HUB_OPERATIONS, variables: Record<string, unknown> = {}): Promise<Data> {
    return this.#run('/graphql', name, HUB_OPERATIONS[name], variables);
  }

  /** The same for a clinic host. */
  async askHost<Data>(name: keyof typeof CLINIC_HOST_OPERATIONS, variables: Record<string, unknown> = {}): Promise<Data> {
    return this.#run('/graphql', name, CLINIC_HOST_OPERATIONS[name], variables);
  }

  /** The same for the schema that answers without a certificate. */
  async enroll<Data>(name: keyof typeof ENROLMENT_OPERATIONS, variables: Record<string, unknown> = {}): Promise<Data> {
    return this.#run('/enrolment', name, ENROLMENT_OPERATIONS[name], variables);
  }

  async #run<Data>(path: string, operationName: string, query: string, variables: Record<string, unknown>): Promise<Data> {
    const trace = this.newTrace();
    const answer = await this.post(path, Buffer.from(JSON.stringify({ operationName, query, variables })), trace);
    let result: {
      data?: Data | null;
      errors?: Array<{ message?: unknown; extensions?: { code?: unknown; retry?: unknown; details?: unknown } }>;
    };
    try {
      result = JSON.parse(answer.toString('utf8'));
      if (typeof result !== 'object' || result === null) throw new TypeError('no object');
    } catch (cause) {
      throw new Failure(
        'sync.hub-answer',
        'The hub answered with something that is not JSON. Nothing of it was used. It is asked again by itself; if this stays, tell the hub’s administrator.',
        {
          retry: true,
          cause,
        },
      );
    }
    const error = result.errors?.[0];
    if (error) {
      const code = typeof error.extensions?.code === 'string' ? error.extensions.code : 'sync.hub-error';
      const failure = new Failure(code, String(error.message ?? 'The hub refused this.').slice(0, 500), {
        retry: error.extensions?.retry === true,
        details: { ...namedValues(error.extensions?.details), trace },
      });
      // Hubs of earlier versions say so of their own disk.
      throw toldElsewhere(failure);
    }
    if (typeof result.data !== 'object' || result.data === null)
      throw new Failure(
        'sync.hub-answer',
        'The hub answered without data. Nothing of it was used. It is asked again by itself; if this stays, tell the hub’s administrator.',
        { retry: true },
      );
    return result.data;
  }

  close(): void {
    this.#agent.destroy();
  }

  /**
   * GETs a file of the hub from byte `from` on and hands on what comes, piece by piece. False where the hub has none there. No redirection
   * is followed: there is no other host.
   * @throws {Failure} `sync.hub-unreachable`, `sync.hub-answer` also when there are more than `most` bytes
   */
  async fetchFile(path: string, from: number, most: number, take: (piece: Uint8Array) => Promise<void> | void): Promise<boolean> {
    const headers = from > 0 ? { range: `bytes=${from}-` } : {};
    const place = {
      agent: this.#agent,
      host: this.#address.hostname,
      port: this.#address.port,
      path,
      headers,
      timeout: REQUEST_MS,
    };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = httpsRequest(place, resolve);
      request.on('timeout', () => request.destroy(new Error(`no answer within ${REQUEST_MS / 1000} seconds`)));
      request.on('error', (cause) => reject(unreachable(this.#address, cause)));
      request.end();
    });
    const { statusCode } = response;
    if (statusCode === 404) {
      response.resume();
      return false;
    }
    const refused = (what: string): Failure => {
      response.destroy();
      return new Failure('sync.hub-answer', `The hub answered a request for a file with ${what}. Nothing of it was used.`, {
        retry: true,
      });
    };
    if (statusCode !== (from > 0 ? 206 : 200)) throw refused(`status ${statusCode}`);
    let bytes = 0;
    try {
      for await (const piece of response as AsyncIterable<Buffer>) {
        bytes += piece.length;
        if (bytes > most) throw refused('more bytes than it has');
        await take(piece);
      }
    } catch (cause) {
      throw unreachable(this.#address, cause);
    }
    return true;
  }

  /** 16 random bytes of one request, hexadecimal (W3C Trace Context). */
  protected newTrace(): string {
    return randomBytes(16).toString('hex');
  }

  /** One request and the bytes of its answer. @throws {Failure} `sync.hub-unreachable`, `sync.hub-answer`. */
  protected post(path: string, body: Buffer, trace: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => request.destroy(new Error('the answer takes too long')), this.#wholeMs);
      const failed = (cause: unknown): void => {
        clearTimeout(late);
        reject(unreachable(this.#address, cause));
      };
      const headers = {
        'content-type': 'application/json',
        'content-length': body.length,
        accept: 'application/graphql-response+json',
        [WIRE_HEADER]: writeWireRange(this.#wire),
        // W3C Trace Context: an incident in the hub's log carries the same random number.
        traceparent: `00-${trace}-${trace.slice(0, 16)}-01`,
        ...(this.#host && { host: this.#host }),
      };
      const request = httpsRequest(
        {
          agent: this.#agent,
          host: hostName(this.#address),
          port: this.#address.port,
          path,
          method: 'POST',
          headers,
          timeout: REQUEST_MS,
        },
        (response) => {
          if (response.headers.date) this.onDate(response.headers.date);
          try {
            commonWire(this.#wire, readWireRange(response.headers[WIRE_HEADER]?.toString()));
          } catch (error) {
            request.destroy(error as Failure);
            return;
          }
          const chunks: Buffer[] = [];
          let length = 0;
          response.on('data', (chunk: Buffer) => {
            length += chunk.length;
            if (length > LIMITS.bodyBytes)
              request.destroy(
                new Failure(
                  'sync.hub-answer',
                  `The hub's answer is over the limit of ${LIMITS.bodyBytes} bytes. Nothing of it was used.`,
                ),
              );
            else chunks.push(chunk);
          });
          response.on('end', () => {
            if (!response.complete) return failed(new Error('the answer was cut short'));
            clearTimeout(late);
            resolve(Buffer.concat(chunks, length));
          });
          response.on('error', failed);
        },
      );
      request.on('timeout', () => request.destroy(new Error(`no answer within ${REQUEST_MS / 1000} seconds`)));
      request.on('error', failed);
      request.end(body);
    });
  }
}

function unreachable(address: URL, cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  return new Failure(
    'sync.hub-unreachable',
    `The hub at ${address.host} cannot be reached. Work goes on here and is sent when it is back.`,
    { retry: true, details: { host: address.host }, cause },
  );
}

/** What a hub's sentence names, as far as it is few short texts and numbers: the sentences of other languages quote them. */
function namedValues(details: unknown): Record<string, string | number> {
  if (typeof details !== 'object' || details === null) return {};
  const isValue = ([name, value]: [string, unknown]): boolean =>
    /^[a-z]\w{0,30}$/i.test(name) && (typeof value === 'number' || (typeof value === 'string' && value.length <= 200));
  return Object.fromEntries(Object.entries(details).filter(isValue).slice(0, 10));
}

function addressOf(address: string): URL {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:')
    throw new Failure('sync.address-malformed', 'A hub address begins with https://, for example https://hub.example.org:7443.');
  return url;
}

/** A URL writes an IPv6 address in brackets; who connects to it, and who checks a certificate, does not. */
export const hostName = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * The authority's certificate (PEM) as the hub presents it, found by the fingerprint that an invitation carries. It is
 * trusted for that fingerprint alone; every later connection lets the platform verify against it.
 * @throws {Failure} `sync.hub-foreign`, `sync.hub-unreachable`.
 */
export function findAuthority(address: string, fingerprint: Uint8Array): Promise<string> {
  const url = addressOf(address);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostName(url),
      port: Number(url.port || 443),
      servername: hostName(url),
      minVersion: 'TLSv1.3',
      rejectUnauthorized: false,
      timeout: REQUEST_MS,
    });
    const ended = (cause: unknown): void => {
      socket.destroy();
      reject(unreachable(url, cause));
    };
    socket.once('secureConnect', () => {
      const authority = inChain(socket.getPeerCertificate(true), fingerprint);
      socket.destroy();
      if (authority) resolve(authority);
      else
        reject(
          new Failure(
            'sync.hub-foreign',
            'This is not the hub that the invitation names: its authority has another fingerprint. Ask who invited you.',
          ),
        );
    });
    socket.once('timeout', () => ended(new Error('no answer')));
    socket.once('error', ended);
  });
}

function inChain(leaf: DetailedPeerCertificate, fingerprint: Uint8Array): string | undefined {
  const seen = new Set<string>();
  for (let at = leaf; at?.raw && !seen.has(at.fingerprint256); at = at.issuerCertificate) {
    seen.add(at.fingerprint256);
    if (equalBytes(createHash('sha256').update(at.raw).digest(), fingerprint)) return new X509Certificate(at.raw).toString();
  }
  return undefined;
}
