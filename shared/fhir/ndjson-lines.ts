/** Cuts a stream of bytes into lines, holding one line at a time and never more than the limit of one. */
import { isBlank, joined } from './source-bytes.ts';

interface Line {
  /** From 1. */
  readonly number: number;
  /** Without the line feed; undefined when the line is longer than the limit and was passed over. */
  readonly bytes: Uint8Array | undefined;
}

const LINE_FEED = 0x0a;
/** Of JSON. */
const [LIST_BEGINS, LIST_ENDS, OBJECT_BEGINS, OBJECT_ENDS] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Lines of `chunks`, the last one also when no line feed ends it. Blank lines are lines. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<Line> {
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

/**
 * The lines of a file of resources, blank ones left out. `broken` alone where its first resource goes over several lines: read line by
 * line it would be refused as often as it has lines.
 */
export async function* resourceLines(chunks: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<Line | 'broken'> {
  let first: Line | undefined;
  let isBegun = false;
  for await (const line of linesOf(chunks, maxLineBytes)) {
    if (line.bytes && isBlank(line.bytes)) continue;
    if (first && goesOn(first, line)) return yield 'broken';
    if (first) yield first;
    // A copy: where it came from is read into again.
    first = isBegun ? undefined : { number: line.number, bytes: line.bytes?.slice() };
    if (isBegun) yield line;
    isBegun = true;
  }
  if (first) yield first;
}

/** Whether JSON that begins in a line goes on in the next one, as it does where it was written to be read by people. */
function goesOn(line: Line, next: Line): boolean {
  const [begins, ends] = outermost(line);
  const isCut = (begins === OBJECT_BEGINS && ends !== OBJECT_ENDS) || (begins === LIST_BEGINS && ends !== LIST_ENDS);
  const [nextBegins, nextEnds] = outermost(next);
  return isCut && !(nextBegins === OBJECT_BEGINS && nextEnds === OBJECT_ENDS);
}

/** White space, and the bytes of a mark at the beginning (U+FEFF). */
const SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d, 0xef, 0xbb, 0xbf]);

/** The first and the last byte that are no white space. */
function outermost({ bytes = new Uint8Array(0) }: Line): readonly [number | undefined, number | undefined] {
  const isInk = (byte: number): boolean => !SPACE.has(byte);
  return [bytes.find(isInk), bytes.findLast(isInk)];
}
