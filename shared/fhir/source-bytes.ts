/** The bytes of a file to be imported: what they begin with, and all of them. */

type Chunks = AsyncIterable<Uint8Array>;

interface Beginning {
  /** Whether it begins as a ZIP archive (PKWARE, 4.3.7) or as gzip (RFC 1952): neither is unpacked. */
  readonly packed: boolean;
  /** Whether there is no byte at all. */
  readonly empty: boolean;
  /** From the start all the same. */
  readonly chunks: Chunks;
}

/** What the first bytes of a file tell. */
export async function beginningOf(chunks: Chunks): Promise<Beginning> {
  const iterator = chunks[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (!first.done && first.value.length === 0) first = await iterator.next();
  const [one, two, three] = first.done ? [] : first.value;
  const packed = (one === 0x50 && two === 0x4b && (three === 3 || three === 5)) || (one === 0x1f && two === 0x8b);
  if (packed) await iterator.return?.();
  const all = (async function* (): AsyncGenerator<Uint8Array> {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
  return { packed, empty: first.done === true, chunks: all };
}

/** Pieces that are `length` bytes together as one; a single one is not copied. */
export function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** All of them as one; undefined when they are more than `limit`. */
export async function wholeOf(chunks: Chunks, limit: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) return undefined;
    pieces.push(chunk.slice());
  }
  return joined(pieces, length);
}

export const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x0a || byte === 0x09);
