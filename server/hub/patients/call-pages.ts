/**
 * The pages that the hub serves to whoever has a link: the patient's end of a video visit with three questions about one room, and the case
 * of a second opinion, which asks where health links are read. A
 * program that only looks at a link (a mail filter, a messenger) asks none of them and so uses nothing up.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { asFailure } from '../../../shared/outcome/failure.ts';
import { NONCE_PLACEHOLDER, type Page, pageHeaders } from '../../../shared/pages/page-policy.ts';
import { MOST_SIGNAL } from '../../../shared/telemedicine/call-signal.ts';
import { type CallRooms, callToken, roomName } from './call-rooms.ts';

const MOST_ASKED = MOST_SIGNAL + 1_000;
/** Under which path each page stands. */
const PAGES: Readonly<Record<string, Page>> = { v: 'visit.html', o: 'opinion.html' };
const PAGE = /\/([vo])\/$/;
const ASSET = /\/([vo])\/assets\/([\w.-]+\.(js|css))$/;
const ASKED = /\/v\/(join|send|signals)$/;
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

const STATUS: Readonly<Record<string, number>> = {
  'call.over': 404,
  'call.used': 409,
  'call.too-large': 413,
  'call.too-many': 429,
};

export class CallPages {
  readonly #rooms: CallRooms;
  readonly #folder: string;

  /** @param folder of the built pages */
  constructor(rooms: CallRooms, folder: string) {
    this.#rooms = rooms;
    this.#folder = folder;
  }

  /** Whether the path is one of these; then it is answered. */
  async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const asked = ASKED.exec(path)?.[1];
    const asset = ASSET.exec(path);
    const page = PAGE.exec(path)?.[1];
    if (!asked && !asset && !page) return false;
    if (asked) await this.#ask(request, response, asked);
    else if (request.method !== 'GET') end(response, 405);
    else if (asset) await this.#file(response, pageAt(asset[1]), asset[2] as string, TYPES[asset[3] as string] as string);
    else await this.#page(response, pageAt(page));
    return true;
  }

  async #page(response: ServerResponse, file: Page): Promise<void> {
    const nonce = randomBytes(16).toString('base64');
    const page = await readFile(join(this.#folder, file), 'utf8').catch(() => undefined);
    if (page === undefined) return end(response, 404);
    response.writeHead(200, { ...pageHeaders(nonce, file), 'content-type': 'text/html; charset=utf-8' });
    response.end(page.replaceAll(NONCE_PLACEHOLDER, nonce));
  }

  /** What this page loads; no other page's files. */
  async #file(response: ServerResponse, file: Page, name: string, type: string): Promise<void> {
    const page = await readFile(join(this.#folder, file), 'utf8').catch(() => '');
    const isOfPage = page.includes(`"./assets/${name}"`);
    const bytes = isOfPage ? await readFile(join(this.#folder, 'assets', name)).catch(() => undefined) : undefined;
    if (!bytes) return end(response, 404);
    // Its name is made of what is in it.
    const headers = { ...pageHeaders('', undefined), 'Cache-Control': 'public, max-age=31536000, immutable' };
    response.writeHead(200, { ...headers, 'content-type': type });
    response.end(bytes);
  }

  async #ask(request: IncomingMessage, response: ServerResponse, asked: string): Promise<void> {
    // Only the page itself sends JSON here: a form of another site cannot, and another site's script is not let.
    if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json') return end(response, 405);
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') return end(response, 403);
    const body = await bodyOf(request);
    if (!body) return end(response, 413);
    try {
      answer(response, 200, asked === 'join' ? this.#join(request, response, body) : await this.#result(asked, body));
    } catch (error) {
      const { code, message } = asFailure(error);
      answer(response, STATUS[code] ?? 400, { code, message });
    }
  }

  /** The browser keeps its seat until it is closed, so that a page that is loaded again is still inside. */
  #join(request: IncomingMessage, response: ServerResponse, { room, token }: Record<string, unknown>): object {
    const had = /(?:^|; )seat=([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? '')?.[1];
    const taken = this.#rooms.join(roomName(room), callToken(token), had === undefined ? undefined : callToken(had));
    response.setHeader('set-cookie', `seat=${taken.seat}; Secure; HttpOnly; SameSite=Strict`);
    return taken;
  }

  async #result(asked: string, { room, seat, body, after }: Record<string, unknown>): Promise<object> {
    const name = roomName(room);
    if (asked === 'send') return { sent: this.#rooms.sendToClinic(name, callToken(seat), String(body)) };
    return { signals: await this.#rooms.signalsForGuest(name, callToken(seat), Number(after)) };
  }
}

const pageAt = (path: string | undefined): Page => PAGES[path ?? ''] ?? 'visit.html';

/** Undefined for too much, or for what is no JSON object. */
async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  let text = '';
  for await (const part of request as AsyncIterable<Buffer>) {
    text += part.toString('utf8');
    if (text.length > MOST_ASKED) return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const QUIET = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const;

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, QUIET);
  response.end();
}

function answer(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { ...QUIET, 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
