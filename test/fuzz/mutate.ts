/** Makes hostile inputs out of valid ones: a few random changes each, from single bits to pieces of other inputs. */
import { concat, utf8 } from '../../shared/encoding/bytes.ts';
import type { SampleRandom } from '../../shared/patients/sample-random.ts';

type Change = (random: SampleRandom, bytes: Uint8Array, others: readonly Uint8Array[]) => Uint8Array;

/** Values at which lengths, counts and signs break. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
/** Words that break readers of text. */
const WORDS = [
  '__proto__',
  'constructor',
  '\\toString\\',
  '{"__proto__":{"polluted":1}}',
  '"constructor":{"prototype":{"polluted":1}}',
  '[['.repeat(64),
  '{"a":'.repeat(64),
  '1e999999',
  '-0',
  '\u0000',
  '\ud800',
  '\u202e',
  '\n\n',
  '— ',
  '=',
  '\uFEFF',
  '../../../../etc/passwd',
  '%s%n',
].map(utf8);

/** From 0 up to, not including, `end`; 0 of nothing. */
const below = (random: SampleRandom, end: number): number => (end <= 1 ? 0 : random.between(0, end - 1));

const cut = (bytes: Uint8Array, from: number, length: number, put: Uint8Array): Uint8Array =>
  concat(bytes.subarray(0, from), put, bytes.subarray(Math.min(bytes.length, from + length)));

const CHANGES: readonly Change[] = [
  function flipBit(random, bytes) {
    const changed = bytes.slice();
    const at = below(random, bytes.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << below(random, 8));
    return changed;
  },
  function setByte(random, bytes) {
    const changed = bytes.slice();
    changed[below(random, bytes.length)] = below(random, 256);
    return changed;
  },
  function edgeNumber(random, bytes) {
    const width = random.pick([1, 2, 4]);
    const put = new Uint8Array(4);
    new DataView(put.buffer).setUint32(0, random.pick(EDGES));
    return cut(bytes, below(random, bytes.length), width, put.subarray(4 - width));
  },
  function truncate(random, bytes) {
    return bytes.slice(0, below(random, bytes.length + 1));
  },
  function removePiece(random, bytes) {
    return cut(bytes, below(random, bytes.length), 1 + below(random, 64), new Uint8Array(0));
  },
  function repeatPiece(random, bytes) {
    const from = below(random, bytes.length);
    const piece = bytes.slice(from, from + 1 + below(random, 64));
    return cut(bytes, from, 0, concat(...Array.from({ length: 1 + below(random, 8) }, () => piece)));
  },
  function insertWord(random, bytes) {
    return cut(bytes, below(random, bytes.length + 1), below(random, 8), random.pick(WORDS));
  },
  function insertNoise(random, bytes) {
    const noise = Uint8Array.from({ length: 1 + below(random, 16) }, () => below(random, 256));
    return cut(bytes, below(random, bytes.length + 1), 0, noise);
  },
  function spliceOther(random, bytes, others) {
    const other = random.pick(others);
    return concat(bytes.subarray(0, below(random, bytes.length)), other.subarray(below(random, other.length)));
  },
];

/** A valid input with one to four changes. */
export function mutated(random: SampleRandom, valid: readonly Uint8Array[]): Uint8Array {
  let bytes = random.pick(valid);
  for (let left = 1 + below(random, 4); left > 0; left--) bytes = random.pick(CHANGES)(random, bytes, valid);
  return bytes;
}
