/** A slow twin of shared/ledger/merkle.ts: RFC 9162 section 2.1 word for word, over lists, with nothing kept or shared. */
import { hash } from '../support/ledger-builder.ts';

/** The largest power of two smaller than n. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Section 2.1.1, MTH(D[n]). */
export function treeHash(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return hash();
  if (entries.length === 1) return hash(Uint8Array.of(0x00), entries[0] as Uint8Array);
  const k = splitOf(entries.length);
  return hash(Uint8Array.of(0x01), treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
}

/** Section 2.1.3.1, PATH(m, D[n]). */
export function path(m: number, entries: readonly Uint8Array[]): Uint8Array[] {
  if (entries.length === 1) return [];
  const k = splitOf(entries.length);
  return m < k
    ? [...path(m, entries.slice(0, k)), treeHash(entries.slice(k))]
    : [...path(m - k, entries.slice(k)), treeHash(entries.slice(0, k))];
}

/** Section 2.1.4.1, PROOF(m, D[n]) = SUBPROOF(m, D[n], true). */
export const consistency = (m: number, entries: readonly Uint8Array[]): Uint8Array[] => subproof(m, entries, true);

function subproof(m: number, entries: readonly Uint8Array[], b: boolean): Uint8Array[] {
  if (m === entries.length) return b ? [] : [treeHash(entries)];
  const k = splitOf(entries.length);
  return m <= k
    ? [...subproof(m, entries.slice(0, k), b), treeHash(entries.slice(k))]
    : [...subproof(m - k, entries.slice(k), false), treeHash(entries.slice(0, k))];
}
