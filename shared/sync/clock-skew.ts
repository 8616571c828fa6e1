/** When the clocks of this computer and of the hub are so far apart that a person should look. The hub's is its word: shown, and trusted for nothing. */

const HTTP_DATE = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;

export const SKEW_SHOWN_MS = 2 * 60_000;

/**
 * Milliseconds by which this computer's clock is ahead of the hub's (behind: negative); undefined when they are close enough, or
 * when the hub names no time. Both are counted from 1970 in UTC, so a change to daylight saving moves neither.
 * @param date the hub's time as HTTP writes it (RFC 9110 section 5.6.7)
 */
export function clockSkew(own: number, date: string | undefined): number | undefined {
  if (!date || !HTTP_DATE.test(date)) return undefined;
  const hub = Date.parse(date);
  if (Number.isNaN(hub)) return undefined;
  const skew = own - hub;
  return Math.abs(skew) > SKEW_SHOWN_MS ? skew : undefined;
}
