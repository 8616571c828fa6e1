/**
 * What a page of Careledger may load and run: its own scripts, its own styles under a nonce of this one load, images from
 * memory. No text becomes markup or script without the page's one Trusted Types policy.
 */

/** Stands in renderer/index.html, in `<meta name="style-nonce">`, where this load's nonce belongs. */
export const NONCE_PLACEHOLDER = '__STYLE_NONCE__';

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

/** The headers of every answer, whatever it is. */
export function pageHeaders(styleNonce: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(styleNonce),
    // The camera reads care cards (renderer/parts/read-camera.ts).
    'Permissions-Policy': 'camera=(self), microphone=(), geolocation=(), display-capture=()',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
