/** A file as the answer to a GET, whole or in one range (RFC 9110). */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Of a file that never changes and has `size` bytes; false when it is not there like that. */
export async function sendFile(request: IncomingMessage, response: ServerResponse, path: string, size: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.size !== size) return false;
  const range = rangeOf(request.headers.range, size);
  if (range === 'beyond') {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return true;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    'content-type': 'application/octet-stream',
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  // Who goes away in the middle is no fault of ours.
  await pipeline(createReadStream(path, { start, end }), response).catch(() => response.destroy());
  return true;
}

/** One range of a file; undefined where none, or one of another form, is asked for, which is answered with all of it. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start >= size || end < start ? 'beyond' : { start, end };
}
