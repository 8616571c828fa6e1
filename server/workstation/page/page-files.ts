/** The built page's files over HTTP, from one folder, under the page's content policy. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { NONCE_PLACEHOLDER, PAGE_TYPES, type Page, pageHeaders } from '../../../shared/pages/page-policy.ts';

/** Answers GET of a file of the page; a path without an ending is the page itself, whose routes live in the browser. */
export async function servePageFile(
  root: string,
  page: Page,
  { method, url }: Pick<IncomingMessage, 'method' | 'url'>,
  response: ServerResponse,
): Promise<void> {
  const nonce = randomBytes(16).toString('base64');
  const headers = pageHeaders(nonce, page);
  const file = method === 'GET' || method === 'HEAD' ? fileOf(root, page, url ?? '/') : undefined;
  const bytes = file && (await readFile(file).catch(() => undefined));
  if (!file || !bytes) {
    response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
    response.end('There is no such page.');
    return;
  }
  const body = extname(file) === '.html' ? bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : bytes;
  response.writeHead(200, { ...headers, 'content-type': PAGE_TYPES[extname(file)] });
  response.end(method === 'HEAD' ? undefined : body);
}

function fileOf(root: string, page: Page, url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(path)) return undefined;
  const file = normalize(join(root, extname(path) === '' ? page : path));
  const isInside = file.startsWith(root + sep) && !file.slice(root.length).includes(`${sep}.`);
  return isInside && extname(file) in PAGE_TYPES ? file : undefined;
}
