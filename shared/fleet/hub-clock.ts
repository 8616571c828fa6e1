/** Whether it is the hub's clock that is wrong, where devices disagree with it. Pure, from what the hub tells. */
import { SKEW_SHOWN_MS } from '../sync/clock-skew.ts';

/** One alone may as well be wrong itself. */
const FEWEST = 2;

/**
 * Milliseconds by which the hub's clock is probably ahead of the time (behind: negative); undefined where half of the devices and more are
 * close to it, or do not agree on which way it is wrong.
 * @param skews of devices that were heard lately: milliseconds by which the clock of each is ahead of the hub's
 */
export function hubClockError(skews: readonly number[]): number | undefined {
  if (skews.length < FEWEST) return undefined;
  const sorted = skews.toSorted((one, other) => one - other);
  const low = sorted[(sorted.length - 1) >> 1] as number;
  const high = sorted[sorted.length >> 1] as number;
  if (low > SKEW_SHOWN_MS) return -low;
  return high < -SKEW_SHOWN_MS ? -high : undefined;
}
