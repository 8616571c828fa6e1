/**
 * What a page of Careledger may load and run: its own scripts, its own styles under a nonce of this one load, images from
 * memory. No text becomes markup or script without the page's one Trusted Types policy.
 */

/** Stands in renderer/index.html, in `<meta name="style-nonce">`, where this load's nonce belongs. */
export const NONCE_PLACEHOLDER = '__STYLE_NONCE__';

/** Content Security Policy level 3. @param styleNonce base64, of this one load */
export function contentSecurityPolicy(styleNonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "img-src blob: 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The program's pages: a workstation's, a kiosk's, the one that asks a key, the patient's end of a video visit, and a case for a clinician elsewhere. */
export type Page = 'index.html' | 'kiosk.html' | 'passkey.html' | 'visit.html' | 'opinion.html';

/** What the pages are made of, by the ending of the file; one of another kind is not served. */
export const PAGE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Which page a file is; undefined for what a page loads. */
export const pageOf = (file: string): Page | undefined => (Object.keys(DEVICES) as Page[]).find((page) => page === file);

const NO_DEVICES = 'camera=(), microphone=()';
/** A desk and a patient see and hear each other; a kiosk's camera reads care cards (renderer/parts/camera/read-camera.ts), and a patient has their visit there. */
const DEVICES: Readonly<Record<Page, string>> = {
  'index.html': 'camera=(self), microphone=(self)',
  'kiosk.html': 'camera=(self), microphone=(self)',
  'passkey.html': NO_DEVICES,
  'opinion.html': NO_DEVICES,
  'visit.html': 'camera=(self), microphone=(self)',
};

/** The headers of every answer of a page, whatever it is. */
export function pageHeaders(styleNonce: string, page: Page | undefined): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(styleNonce),
    'Permissions-Policy': `${page ? DEVICES[page] : NO_DEVICES}, geolocation=(), display-capture=()`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
