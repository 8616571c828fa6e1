/**
 * The workstation in a browser, where Electron's binary is not to be had: the same page and services over loopback HTTP.
 * The terminal shows a one-time code; the browser that types it gets a strict cookie, and nobody else gets anything.
 */
import { createServer } from 'node:http';
import type { Page } from '../../../shared/pages/page-policy.ts';
import { BrowserSessions } from './browser-sessions.ts';
import type { PageDoor } from './page-door.ts';
import { PageServer, SERVER_LIMITS } from './page-server.ts';

export interface BrowserHost {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string;
  /** What the browser has to be told, once. */
  readonly code: string;
  close(): Promise<void>;
}

/**
 * @param port 0 for any that is free.
 * @param page the one that every address without a file leads to.
 * @throws {Failure} `host.port-taken`.
 */
export async function startBrowserHost(
  graphql: PageDoor,
  pages: string,
  port: number,
  page: Page = 'index.html',
): Promise<BrowserHost> {
  const admission = new BrowserSessions();
  const server = new PageServer(createServer(SERVER_LIMITS), { graphql, pages, page, admission, scheme: 'http' });
  const bound = await server.listen(port, '127.0.0.1');
  server.allow([`127.0.0.1:${bound}`, `localhost:${bound}`]);
  return { address: `http://127.0.0.1:${bound}/`, code: admission.code, close: () => server.close() };
}
