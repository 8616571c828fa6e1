/**
 * Where readers of SMART Health Links ask: anybody with the link, on a phone or in a browser of another clinic. It stands on loopback or
 * an inner address, behind whatever gives the region's links a certificate that phones trust. It answers the links' two paths, and the
 * patient's page of a video visit (`call-pages.ts`), and nothing else.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { equalBytes } from '../../../shared/encoding/bytes.ts';
import { isJsonObject } from '../../../shared/fhir/strict-json.ts';
import { randomBytes } from '../../vault/primitives.ts';
import type { CallPages } from '../patients/call-pages.ts';
import type { HealthLinks } from '../patients/health-links.ts';
import { listening } from './listening.ts';

const MOST_ASKED_BYTES = 8_192;
const CONNECTIONS = 256;
/** A file that is too long to stand in its manifest is fetched once, soon. */
const TICKET_MS = 5 * 60_000;
const MOST_TICKETS = 100;
/** Of one link: whoever has it uses up no other reader's. */
const MOST_TICKETS_EACH = 10;
const TOKEN = '([A-Za-z0-9_-]{43})';
const [MANIFEST, FILE] = [new RegExp(`/m/${TOKEN}$`), new RegExp(`/f/${TOKEN}$`)];
const CONTENT = 'application/fhir+json';

/** The specification asks for CORS: readers are pages of anybody. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

type Links = Pick<HealthLinks, 'open' | 'isThere' | 'address'>;

interface Ticket {
  readonly link: Uint8Array;
  readonly body: string;
  readonly until: number;
}

export class LinkServer {
  readonly #links: Links;
  readonly #clock: () => number;
  readonly #calls: Pick<CallPages, 'answer'> | undefined;
  readonly #server: Server;
  readonly #tickets = new Map<string, Ticket>();

  constructor(links: Links, clock: () => number, calls?: Pick<CallPages, 'answer'>) {
    this.#links = links;
    this.#calls = calls;
    this.#clock = clock;
    this.#server = createServer({ headersTimeout: 10_000, requestTimeout: 20_000, maxHeaderSize: 8_192 }, (request, response) => {
      this.#answer(request, response).catch(() => respond(response, 500));
    });
    this.#server.maxConnections = CONNECTIONS;
  }

  listen(port: number, host: string): Promise<number> {
    return listening(this.#server, port, host);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] as string;
    if (await this.#calls?.answer(request, response, path)) return;
    const link = MANIFEST.exec(path)?.[1];
    const file = FILE.exec(path)?.[1];
    if (request.method === 'OPTIONS')
      return respond(response, 204, '', {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'content-type',
      });
    if (link && request.method === 'POST') return this.#manifest(request, response, Buffer.from(link, 'base64url'));
    if (file && request.method === 'GET') return this.#file(response, file);
    respond(response, link || file ? 405 : 404);
  }

  async #manifest(request: IncomingMessage, response: ServerResponse, link: Uint8Array): Promise<void> {
    const asked = manifestRequest(await textOf(request));
    if (!asked) return respond(response, 400);
    const answer = await this.#links.open(link, asked.recipient, asked.passcode);
    if (!answer) return respond(response, 404);
    if ('triesLeft' in answer)
      return respond(response, 401, JSON.stringify({ remainingAttempts: answer.triesLeft }), {
        'content-type': 'application/json',
      });
    const { body } = answer;
    const file = body.length <= asked.embeddedLengthMax ? { embedded: body } : { location: this.#ticket(link, body) };
    respond(response, 200, JSON.stringify({ files: [{ contentType: CONTENT, ...file }] }), {
      'content-type': 'application/json',
    });
  }

  #ticket(link: Uint8Array, body: string): string {
    const now = this.#clock();
    const own = [...this.#tickets].filter(([, ticket]) => equalBytes(ticket.link, link));
    for (const [name] of own.slice(0, Math.max(0, own.length + 1 - MOST_TICKETS_EACH))) this.#tickets.delete(name);
    for (const [name, { until }] of this.#tickets)
      if (until <= now || this.#tickets.size >= MOST_TICKETS) this.#tickets.delete(name);
    const name = Buffer.from(randomBytes(32)).toString('base64url');
    this.#tickets.set(name, { link, body, until: now + TICKET_MS });
    return `${this.#links.address}/f/${name}`;
  }

  async #file(response: ServerResponse, name: string): Promise<void> {
    const ticket = this.#tickets.get(name);
    this.#tickets.delete(name);
    // A file that waits to be fetched is no longer there than its link.
    if (!ticket || ticket.until <= this.#clock() || !(await this.#links.isThere(ticket.link))) respond(response, 404);
    else respond(response, 200, ticket.body, { 'content-type': 'application/jose' });
  }
}

interface Asked {
  readonly recipient: string;
  readonly passcode: string;
  readonly embeddedLengthMax: number;
}

/** Undefined for what is no manifest request. */
export function manifestRequest(text: string | undefined): Asked | undefined {
  try {
    const asked: unknown = JSON.parse(text ?? '');
    if (!isJsonObject(asked as never)) return undefined;
    const { recipient, passcode = '', embeddedLengthMax = Number.MAX_SAFE_INTEGER } = asked as Record<string, unknown>;
    if (typeof recipient !== 'string' || recipient.trim() === '') return undefined;
    if (typeof passcode !== 'string' || typeof embeddedLengthMax !== 'number') return undefined;
    return { recipient: recipient.trim(), passcode, embeddedLengthMax };
  } catch {
    return undefined;
  }
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > MOST_ASKED_BYTES) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

function respond(response: ServerResponse, status: number, body = '', headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { ...HEADERS, ...headers });
  response.end(body);
}
