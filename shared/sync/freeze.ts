/** When a ledger that stands still is worth an alarm: a hub that shows somebody an old ledger for ever tells no other lie. */

/** Witnesses cosign the newest checkpoint again after so long, also when nothing was written. */
export const COSIGN_AGAIN_MS = 5 * 60_000;
/** Without a fresh word of the witnesses for so long, while the hub answers. */
export const FROZEN_CONNECTED_MS = 10 * 60_000;
/** The same while the hub is out of reach. */
export const FROZEN_OFFLINE_MS = 24 * 3_600_000;

/** The age in milliseconds of the newest witnessed checkpoint when it is too old; undefined when it is fresh enough. */
export function frozenFor(witnessedAt: number, now: number, isConnected: boolean): number | undefined {
  const age = now - witnessedAt;
  return age > (isConnected ? FROZEN_CONNECTED_MS : FROZEN_OFFLINE_MS) ? age : undefined;
}
