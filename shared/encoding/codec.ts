/**
 * The byte format of everything that is signed, hashed or sealed: the presentation language of RFC 8446 section 3,
 * as RFC 9162 uses it. Big-endian integers, fixed and length-prefixed vectors, no optional order, no slack: one value
 * has one encoding, and what is left over or cut short is refused.
 */

import { counted } from '../outcome/counted.ts';
import { Failure } from '../outcome/failure.ts';
import { fromUtf8, utf8, viewOf } from './bytes.ts';

export interface Codec<T> {
  write(out: Writer, value: T): void;
  read(input: Reader): T;
}

export type Decoded<C> = C extends Codec<infer T> ? T : never;

const NOTHING = new Uint8Array(0);
/** Bytes that are copied sooner than `slice` has begun to. */
const SHORT = 64;
/** Bytes of memory that values share: one that outlives the others keeps no more than this. */
const SHARED = 8192;

/** The largest integer of so many bytes. */
const MAX_OF = [0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff];

/** A growing byte buffer. */
export class Writer {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  #room(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
    }
    return at;
  }

  uint(bytes: 1 | 2 | 3 | 4, value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > (MAX_OF[bytes] as number))
      throw malformed(`${value} does not fit ${counted(bytes, 'byte')}`);
    const at = this.#room(bytes);
    for (let place = at + bytes - 1, left = value; place >= at; place--, left >>>= 8) this.#bytes[place] = left & 0xff;
  }

  /** One byte for each character of `text`, all of them below U+0100. */
  characters(text: string): void {
    const at = this.#room(text.length);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0xff) throw malformed('a character does not fit one byte');
      this.#bytes[at + index] = code;
    }
  }

  /** An unsigned 64-bit integer below 2^53. */
  uint64(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw malformed(`${value} is not an unsigned safe integer`);
    this.uint(4, Math.floor(value / 2 ** 32));
    this.uint(4, value % 2 ** 32);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** A copy of what was written. */
  done(): Uint8Array {
    if (this.#length > SHORT) return this.#bytes.slice(0, this.#length);
    const copy = new Uint8Array(this.#length);
    for (let at = 0; at < copy.length; at++) copy[at] = this.#bytes[at] as number;
    return copy;
  }

  /** Copies what was written to `target` from `from` on. */
  copyTo(target: Uint8Array, from: number): void {
    for (let at = 0; at < this.#length; at++) target[from + at] = this.#bytes[at] as number;
  }

  /** Wipes what was written and keeps the memory. */
  clear(): void {
    this.#bytes.fill(0, 0, this.#length);
    this.#length = 0;
  }
}

/** Reads forward through bytes that somebody else wrote; hands out views, never copies. */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get position(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  uint(bytes: 1 | 2 | 3 | 4): number {
    const all = this.#bytes;
    const from = this.#at;
    const end = from + bytes;
    if (end > all.length) throw malformed('it ends too early');
    this.#at = end;
    let value = 0;
    for (let at = from; at < end; at++) value = value * 256 + (all[at] as number);
    return value;
  }

  uint64(): number {
    const high = this.uint(4);
    if (high > 0x1fffff) throw malformed('an integer is above 2^53');
    return high * 2 ** 32 + this.uint(4);
  }

  raw(length: number): Uint8Array {
    const bytes = this.#bytes;
    const from = this.#at;
    if (bytes.length - from < length) throw malformed('it ends too early');
    this.#at = from + length;
    return length === 0 ? NOTHING : viewOf(bytes, from, from + length);
  }

  /** A length in `prefix` bytes, at most `max`, and so many bytes. */
  opaque(prefix: 1 | 2 | 3 | 4, max: number): Uint8Array {
    const length = this.uint(prefix);
    if (length > max) throw malformed(`${counted(length, 'byte')} where at most ${max} belong`);
    return this.raw(length);
  }
}

function malformed(why: string): Failure {
  return new Failure('encoding.malformed', `These bytes are not in the agreed form: ${why}.`);
}

const integer = (bytes: 1 | 2 | 3 | 4): Codec<number> => ({
  write: (out, value) => out.uint(bytes, value),
  read: (input) => input.uint(bytes),
});

export const u8 = integer(1);
export const u16 = integer(2);
export const u24 = integer(3);
export const u32 = integer(4);

/** 64 bits on the wire, values below 2^53: times in milliseconds since 1970-01-01T00:00Z, positions, sizes. */
export const u64: Codec<number> = { write: (out, value) => out.uint64(value), read: (input) => input.uint64() };

/** Exactly `length` bytes: `opaque name[length]`. */
export function fixed(length: number): Codec<Uint8Array> {
  return {
    write: (out, value) => {
      if (value.length !== length) throw malformed(`${counted(value.length, 'byte')} where ${length} belong`);
      out.raw(value);
    },
    read: (input) => input.raw(length),
  };
}

const prefixOf = (max: number): 1 | 2 | 3 | 4 => (max < 2 ** 8 ? 1 : max < 2 ** 16 ? 2 : max < 2 ** 24 ? 3 : 4);

/** `opaque name<0..max>`: the length in the fewest bytes that hold `max`, then the bytes. */
export function opaque(max: number): Codec<Uint8Array> {
  const prefix = prefixOf(max);
  return {
    write: (out, value) => {
      if (value.length > max) throw malformed(`${counted(value.length, 'byte')} where at most ${max} belong`);
      out.uint(prefix, value.length);
      out.raw(value);
    },
    read: (input) => input.opaque(prefix, max),
  };
}

/** UTF-8 text of at most `max` bytes. */
export function text(max: number): Codec<string> {
  const inner = opaque(max);
  return {
    write: (out, value) => {
      // A lone surrogate has no UTF-8: the encoder would put another character in its place.
      if (!value.isWellFormed()) throw malformed('a text is not well-formed Unicode');
      inner.write(out, utf8(value));
    },
    read: (input) => textOf(inner.read(input)),
  };
}

/** @throws {Failure} `encoding.malformed` when the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (cause) {
    throw new Failure('encoding.malformed', 'A text in these bytes is not UTF-8.', { cause });
  }
}

/** At most `max` items, counted, not measured: count in the fewest bytes that hold `max`, then the items. */
export function list<T>(item: Codec<T>, max: number): Codec<T[]> {
  const prefix = prefixOf(max);
  return {
    write: (out, values) => {
      if (values.length > max) throw malformed(`${counted(values.length, 'item')} where at most ${max} belong`);
      out.uint(prefix, values.length);
      for (const value of values) item.write(out, value);
    },
    read: (input) => {
      const count = input.uint(prefix);
      if (count > max) throw malformed(`${counted(count, 'item')} where at most ${max} belong`);
      const values: T[] = [];
      for (let index = 0; index < count; index++) values.push(item.read(input));
      return values;
    },
  };
}

/** A closed choice of words, one byte on the wire: its place in `words`, from zero. */
export function choice<const W extends readonly string[]>(...words: W): Codec<W[number]> {
  return {
    write: (out, value) => {
      const at = words.indexOf(value);
      if (at < 0) throw malformed(`"${value}" is not one of ${words.join(', ')}`);
      out.uint(1, at);
    },
    read: (input) => {
      const word = words[input.uint(1)];
      if (word === undefined) throw malformed(`a choice is not one of ${words.join(', ')}`);
      return word;
    },
  };
}

export const flag: Codec<boolean> = {
  write: (out, value) => out.uint(1, value ? 1 : 0),
  read: (input) => {
    const value = input.uint(1);
    if (value > 1) throw malformed('a flag is neither 0 nor 1');
    return value === 1;
  },
};

/** Fields in the order in which they are written here. */
export function struct<S extends Record<string, Codec<unknown>>>(fields: S): Codec<{ [K in keyof S]: Decoded<S[K]> }> {
  const entries = Object.entries(fields).map(([name, codec]) => ({ name, codec }));
  return {
    write: (out, value) => {
      for (let at = 0; at < entries.length; at++) {
        const { name, codec } = entries[at] as (typeof entries)[number];
        codec.write(out, value[name as keyof S]);
      }
    },
    read: (input) => {
      const value: Record<string, unknown> = {};
      for (const { name, codec } of entries) value[name] = codec.read(input);
      return value as { [K in keyof S]: Decoded<S[K]> };
    },
  };
}

/**
 * `definition` with its reading written out by hand, for what is read with every block: the general way costs several times as much. Both
 * must accept the same bytes and give the same value (test/encoding/read-by-hand-is-the-same.test.ts).
 */
export function readAs<T>(definition: Codec<T>, read: (input: Reader) => T): HandRead<T> {
  return { write: definition.write, read, definition };
}

export interface HandRead<T> extends Codec<T> {
  readonly definition: Codec<T>;
}

/** Memory for what is being encoded, one inside the other at times: new memory for each small row would cost more than writing it. */
const spare: Writer[] = [];

/** The bytes that `write` writes. */
export function written(write: (out: Writer) => void): Uint8Array {
  const out = spare.pop() ?? new Writer();
  try {
    write(out);
    return out.done();
  } finally {
    out.clear();
    spare.push(out);
  }
}

export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  return written((out) => codec.write(out, value));
}

/**
 * Encodes many short values that are public and live about as long as each other, one behind the other in the same memory: a view of it
 * costs half as much as an array of its own, and whoever reads the value gets further views without having its bytes moved first.
 */
export class SharedMemory {
  #bytes = new Uint8Array(0);
  #at = 0;

  encode<T>(codec: Codec<T>, value: T): Uint8Array {
    const out = spare.pop() ?? new Writer();
    try {
      codec.write(out, value);
      const from = this.#room(out.length);
      out.copyTo(this.#bytes, from);
      return viewOf(this.#bytes, from, from + out.length);
    } finally {
      out.clear();
      spare.push(out);
    }
  }

  #room(length: number): number {
    if (this.#at + length > this.#bytes.length) {
      this.#bytes = new Uint8Array(Math.max(SHARED, length));
      this.#at = 0;
    }
    this.#at += length;
    return this.#at - length;
  }
}

/** @throws {Failure} `encoding.malformed` when the bytes are short, long, or out of range anywhere. */
export function decode<T>(codec: Codec<T>, bytes: Uint8Array): T {
  const input = new Reader(bytes);
  const value = codec.read(input);
  if (input.left > 0) throw malformed(`${counted(input.left, 'byte')} too many`);
  return value;
}
