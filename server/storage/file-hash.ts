/** SHA-512 of a file, piece by piece, as releases name their files. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export async function sha512OfFile(path: string): Promise<{ bytes: number; sha512: Uint8Array }> {
  const hash = createHash('sha512');
  let bytes = 0;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha512: hash.digest() };
}
