/** The numbers of lines: what is missing between them. */

/** Numbers, both ends included. */
export interface MissingLines {
  readonly from: number;
  readonly to: number;
}

/** Numbers that are missing from 1 up to the last one, or to `until` when that is higher. @param numbers rising */
export function gaps(numbers: readonly number[], until: number): MissingLines[] {
  const missing: MissingLines[] = [];
  let next = 1;
  for (const number of numbers) {
    if (number > next) missing.push({ from: next, to: number - 1 });
    next = number + 1;
  }
  if (until >= next) missing.push({ from: next, to: until });
  return missing;
}

export const isTwice = (numbers: readonly number[]): boolean => numbers.some((number, at) => number === numbers[at - 1]);
