/**
 * The page on which a browser of this computer asks a FIDO2 key or passkey, opened when one is asked for and closed at lock. Browsers let
 * no page of an address (127.0.0.1) speak with keys and none under a certificate that they do not know, and take http://localhost for
 * as safe as https. The page holds nothing: a ticket lets one of it fetch what is asked, and what it answers the vault judges.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asFailure, Failure } from '../../../shared/outcome/failure.ts';
import { Turns } from '../../../shared/outcome/turns.ts';
import { projectFile } from '../../storage/project-file.ts';
import type { PasskeyTask } from '../../vault/passkey-request.ts';
import { servePageFile } from './page-files.ts';
import { SERVER_LIMITS } from './page-server.ts';

/** The vault's part; what it throws a person reads on the page. */
export interface PasskeyVault {
  task(asked: { ticket: string; origin: string }): Promise<PasskeyTask>;
  answer(answer: { answerTo: string; origin: string; response: unknown }): Promise<void>;
}

/** `localhost` is both, and a browser takes whichever answers: who held the other one could stand in for this page. */
const ADDRESSES = ['127.0.0.1', '::1'] as const;
const BODY_BYTES = 64 * 1024;
const CONNECTIONS = 16;
const TRIES = 5;

export class PasskeyDoor {
  readonly #vault: PasskeyVault;
  #servers: Server[] = [];
  #port = 0;
  /** Opening and closing take turns. */
  readonly #turns = new Turns();

  constructor(vault: PasskeyVault) {
    this.#vault = vault;
  }

  /** Opens it unless it is open; gives the port. @throws {Failure} `host.port-taken`. */
  open(): Promise<number> {
    return this.#turns.take(async () => {
      if (this.#servers.length === 0) await this.#listen(TRIES);
      return this.#port;
    });
  }

  close(): Promise<void> {
    return this.#turns.take(() => this.#end());
  }

  /** One port that is free on both; where this computer has no IPv6, `localhost` is one address. */
  async #listen(tries: number): Promise<void> {
    for (const address of ADDRESSES) {
      const server = createServer(SERVER_LIMITS, (request, response) => {
        this.#serve(request, response).catch((error: unknown) => refuse(response, asFailure(error)));
      });
      server.maxConnections = CONNECTIONS;
      const fault = await listening(server, this.#servers.length === 0 ? 0 : this.#port, address);
      if (fault === undefined) {
        this.#servers.push(server);
        this.#port = (server.address() as AddressInfo).port;
      } else if (address === '127.0.0.1' || !['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(fault)) {
        await this.#end();
        if (tries > 1) return this.#listen(tries - 1);
        throw new Failure('passkey.no-port', `No port of this computer is free for the page of a key (${fault}). Try again.`, {
          retry: true,
        });
      }
    }
  }

  async #end(): Promise<void> {
    const closing = this.#servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    this.#servers = [];
    await Promise.all(closing);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = `localhost:${this.#port}`;
    const origin = `http://${host}`;
    if (request.headers.host !== host) throw MISDIRECTED;
    if (request.method === 'GET') return servePageFile(projectFile('out/renderer'), 'passkey.html', request, response);
    if (request.headers.origin !== origin) throw FOREIGN;
    const isJson = request.headers['content-type'] === 'application/json';
    const body = isJson && request.method === 'POST' ? await read(request) : undefined;
    if (request.url === '/task' && body)
      return send(response, 200, await this.#vault.task({ ticket: String(body.ticket), origin }));
    if (request.url !== '/answer' || !body) throw NOT_HERE;
    await this.#vault.answer({ answerTo: String(body.answerTo), origin, response: body.response });
    send(response, 200, {});
  }
}

/** What kept it from listening, by the system's name of the fault. */
function listening(server: Server, port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'));
    server.listen({ port, host, ipv6Only: true }, () => resolve(undefined));
  });
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES) throw TOO_LARGE;
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks, length).toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function refuse(response: ServerResponse, failure: Failure): void {
  if (response.headersSent) return void response.destroy();
  send(response, 400, failure);
}

function send(response: ServerResponse, status: number, value: object): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // What is left of a body that was refused is not read.
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end(body);
}

const MISDIRECTED = new Failure('host.misdirected', 'This address is not served here.');
const FOREIGN = new Failure('host.foreign-origin', 'Another site asked. Nothing was done.');
const NOT_HERE = new Failure('host.method', 'This is not asked here.');
const TOO_LARGE = new Failure('http.body-too-large', 'The answer of the key is larger than any is.');
