/** Cuts a stream of bytes into lines, holding one line at a time and never more than the limit of one. */
import { joined } from './source-bytes.ts';

interface Line {
  /** From 1. */
  readonly number: number;
  /** Without the line feed; undefined when the line is longer than the limit and was passed over. */
  readonly bytes: Uint8Array | undefined;
}

const LINE_FEED = 0x0a;

/** Lines of `chunks`, the last one also when no line feed ends it. Blank lines are lines. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<Line> {
  let number = 1;
  let pieces: Uint8Array[] = [];
  let held = 0;
  const take = (piece: Uint8Array): void => {
    held += piece.length;
    if (held > maxLineBytes) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  };
  const finish = (): Line => {
    const line = { number: number++, bytes: held > maxLineBytes ? undefined : joined(pieces, held) };
    pieces = [];
    held = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      take(chunk.subarray(from, end));
      yield finish();
      from = end + 1;
    }
    // A copy: the reader may use its buffer again for the next chunk.
    take(chunk.slice(from));
  }
  if (held > 0) yield finish();
}
