/** Keys that were seen, in a few bits each (a Bloom filter): "no" is certain, "yes" is now and then wrong. */

const BITS_OF_KEY = 10;
const LOOKS = 4;
/** 2 MB: beyond some million and a half keys it answers "yes" more often, which costs a look into the database. */
const MOST_BITS = 2 ** 24;

export class SeenKeys {
  readonly #words: Uint32Array;
  readonly #mask: number;

  /** @param keys how many are expected. */
  constructor(keys: number) {
    let bits = 1024;
    while (bits < BITS_OF_KEY * keys && bits < MOST_BITS) bits *= 2;
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  add(key: string): void {
    let at = hashOf(key);
    const step = stepOf(at);
    for (let look = 0; look < LOOKS; look++) {
      const bit = at & this.#mask;
      this.#words[bit >>> 5] = (this.#words[bit >>> 5] as number) | (1 << (bit & 31));
      at = (at + step) | 0;
    }
  }

  has(key: string): boolean {
    let at = hashOf(key);
    const step = stepOf(at);
    for (let look = 0; look < LOOKS; look++) {
      const bit = at & this.#mask;
      if (((this.#words[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
      at = (at + step) | 0;
    }
    return true;
  }
}

/** Keys end in random ids: so many characters tell them apart as well as all of them. */
const LAST = 32;

/** FNV-1a over the last characters, its bits then mixed as MurmurHash3 does at its end. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = Math.max(0, key.length - LAST); at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** From the other half of the hash: places that agree on the first must not agree on all. */
const stepOf = (hash: number): number => Math.imul((hash >>> 16) | (hash << 16), 0x9e3779b1) | 1;
