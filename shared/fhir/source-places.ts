/** Where in a source something stands: its line, its path, and in words where the other faults are. */
import type { Issue } from './resource-check.ts';

/** Where a piece of text begins: line and path of its first character. */
export interface Origin {
  readonly line: number;
  readonly path: string;
}

/** The first fault in words, and where the others are. */
export function withFurther([first, ...others]: readonly Issue[]): string {
  const places = others.slice(0, 5).map(({ path }) => path);
  if (others.length > places.length) places.push(`${others.length - places.length} more`);
  return places.length === 0 ? (first?.message ?? '') : `${first?.message} Further faults: ${places.join(', ')}.`;
}

/** The path of `inner` inside of `outer`. */
export function within(outer: string, inner: string): string {
  if (outer === '' || inner === '') return outer + inner;
  // The checker's path begins with the type of the resource, which the outer path has already led to.
  if (outer.endsWith('.resource')) {
    const point = inner.search(/[.[]/);
    return point < 0 ? outer : outer + inner.slice(point);
  }
  return `${outer}.${inner}`;
}

/** How many line feeds stand between two places of a text. */
export function lineFeeds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
