/** `careledger://app/…`: the program's own pages, from one folder, instead of `file:`. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname, relative, resolve, sep } from 'node:path';
import type { CustomScheme, Session } from 'electron';
import { NONCE_PLACEHOLDER, PAGE_TYPES, pageHeaders, pageOf } from '../../shared/pages/page-policy.ts';

const SCHEME = 'careledger';
const HOST = 'app';

export const pageScheme: CustomScheme = { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } };

export const startPage = `${SCHEME}://${HOST}/`;
export const kioskPage = `${startPage}kiosk.html`;

/** True for an address of our own pages, whatever its path. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}

/** The file that an address names; undefined unless it lies inside `root` and is of a kind that pages are made of. */
export function pageFile(root: string, address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || !isOwnPage(address)) return undefined;
  const path = decoded(url.pathname);
  if (path === undefined || /[\0\\]/.test(path)) return undefined;
  const file = resolve(root, `.${path.endsWith('/') ? `${path}index.html` : path}`);
  const inside = relative(root, file);
  // Another drive's path stays absolute, a way out starts with two dots; a name with a dot in front is never a page's.
  if (inside === '' || resolve(inside) === inside || inside.split(sep).some((part) => part.startsWith('.'))) return undefined;
  return extname(file) in PAGE_TYPES ? file : undefined;
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** The answer to a page's request. Markup gets the nonce under which this load may bring its own styles. */
export async function servePage(root: string, { method, url }: Pick<Request, 'method' | 'url'>): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const file = pageFile(root, url);
  const headers = pageHeaders(nonce, pageOf(basename(file ?? '')));
  if (method !== 'GET' && method !== 'HEAD') return new Response('Only GET is answered here.', { status: 405, headers });
  const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (file === undefined || bytes === undefined) return new Response('There is no such page.', { status: 404, headers });
  headers['Content-Type'] = PAGE_TYPES[extname(file)] as string;
  const body = extname(file) === '.html' ? bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : new Uint8Array(bytes);
  return new Response(method === 'HEAD' ? null : body, { headers });
}

export function servePages(session: Session, root: string): void {
  session.protocol.handle(SCHEME, (request) => servePage(root, request));
}
