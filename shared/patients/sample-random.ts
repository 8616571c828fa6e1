/** Chance that repeats itself: the same seed gives the same numbers on every machine. Never for keys or secrets. */

export interface SampleRandom {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(choices: readonly T[]): T;
  chance(probability: number): boolean;
  /** A number around `mean`, seldom further away than three times `spread`. */
  around(mean: number, spread: number): number;
  uuid(): string;
}

/** A 32-bit generator (a Weyl sequence through a multiply-and-shift mixer). */
export function sampleRandom(seed: number): SampleRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const hex = (digits: number): string => {
    let text = '';
    for (let left = digits; left > 0; left -= 4) text += between(0, 0xffff).toString(16).padStart(4, '0');
    return text.slice(0, digits);
  };
  return {
    next,
    between,
    pick: (choices) => choices[between(0, choices.length - 1)] as (typeof choices)[number],
    chance: (probability) => next() < probability,
    around: (mean, spread) => mean + (next() + next() + next() + next() - 2) * spread * 1.7,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[between(0, 3)]}${hex(3)}-${hex(12)}`,
  };
}
