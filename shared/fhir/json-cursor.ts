/**
 * Finds the exact piece of a text that holds a value, so that a record can be kept as it was written. Works only on
 * text that the strict reader has accepted: nothing is checked a second time.
 */

/** A piece of a text: from `start` up to, not including, `end`. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** The members of the object that begins at `start`, in the order written, each name decoded. */
export function* membersOf(text: string, start: number): Generator<Slice & { name: string }> {
  let at = skipSpace(text, start + 1);
  while (text[at] === '"') {
    const nameEnd = skipString(text, at);
    const literal = text.slice(at, nameEnd);
    const name = literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
    const valueAt = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = skipValue(text, valueAt);
    yield { name, start: valueAt, end };
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

/** The elements of the array that begins at `start`. */
export function* elementsOf(text: string, start: number): Generator<Slice> {
  let at = skipSpace(text, start + 1);
  while (text[at] !== ']') {
    const end = skipValue(text, at);
    yield { start: at, end };
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

export function memberAt(text: string, start: number, name: string): Slice | undefined {
  if (text[start] !== '{') return undefined;
  for (const member of membersOf(text, start)) if (member.name === name) return member;
  return undefined;
}

/** The piece that holds the whole value of the text. */
export function rootOf(text: string): Slice {
  const start = skipSpace(text, 0);
  return { start, end: skipValue(text, start) };
}

/** The piece at `path` (`component[1].valueQuantity.value`, without the resource type), or undefined. */
export function sliceAt(text: string, path: string): Slice | undefined {
  let here: Slice | undefined = rootOf(text);
  for (const step of path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)) {
    if (here === undefined) return undefined;
    here = step[1] === undefined ? memberAt(text, here.start, step[2] as string) : elementAt(text, here.start, Number(step[1]));
  }
  return here;
}

/** The number at `path` exactly as it was written (`1.500`), or undefined when there is no number. */
export function decimalAt(text: string, path: string): string | undefined {
  const slice = sliceAt(text, path);
  if (slice === undefined) return undefined;
  const literal = text.slice(slice.start, slice.end);
  return /^-?\d/.test(literal) ? literal : undefined;
}

function elementAt(text: string, start: number, index: number): Slice | undefined {
  if (text[start] !== '[') return undefined;
  let place = 0;
  for (const element of elementsOf(text, start)) if (place++ === index) return element;
  return undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 0x20) at++;
  return at;
}

function skipString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== 0x22; code = text.charCodeAt(at)) at += code === 0x5c ? 2 : 1;
  return at + 1;
}

function skipValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === 0x22) return skipString(text, start);
  let at = start;
  if (first !== 0x7b && first !== 0x5b) {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code <= 0x20 || code === 0x2c || code === 0x5d || code === 0x7d) break;
    }
    return at;
  }
  let depth = 0;
  do {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = skipString(text, at);
      continue;
    }
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) depth--;
    at++;
  } while (depth > 0);
  return at;
}
