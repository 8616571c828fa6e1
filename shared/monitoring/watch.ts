/**
 * How a watch stands: plan, readings, what was acknowledged, and the receiving clock, and nothing else. The same from the same, in
 * whatever order it came, so that each desk of a clinic comes to it by itself and nothing has to be remembered.
 */
import { type Ladder, reached } from './ladder.ts';
import type { Reading } from './reading.ts';

export interface PlanTerms extends Ladder {
  /** Decimals as typed, in the measurement's unit; a reading below, or above, is outside. */
  readonly low: string | undefined;
  readonly high: string | undefined;
  /** A reading is expected at least this often. */
  readonly intervalMinutes: number;
}

export interface PlanVersion extends PlanTerms {
  readonly id: string;
  /** Milliseconds since 1970: it counts for what is received from then on. */
  readonly from: number;
  /** False: from then on nothing is watched. */
  readonly active: boolean;
}

export interface Acknowledgement {
  /** Id of the reading that alerted. */
  readonly alert: string;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface Alert {
  readonly reading: Reading;
  readonly side: 'LOW' | 'HIGH';
  /** The threshold that it broke, as typed. */
  readonly threshold: string;
  readonly acknowledged: Acknowledgement | undefined;
  readonly escalated: boolean;
  /** The plan's version that it came under. */
  readonly plan: string;
  /** Steps of the ladder that it has reached, and how often somebody was told; as they stood when it was acknowledged. */
  readonly step: number;
  readonly calls: number;
}

/** From the worst to the calmest. */
export const WATCH_STATES = ['ESCALATED', 'ALERT', 'NOT_WATCHING', 'WATCHING', 'ENDED'] as const;
type WatchState = (typeof WATCH_STATES)[number];

export interface Watch {
  readonly state: WatchState;
  /** The oldest first. */
  readonly alerts: readonly Alert[];
  /** Measured last, of what is a reading at all. */
  readonly last: Reading | undefined;
  /** Also while alerts stand. */
  readonly notWatchingSince: number | undefined;
  /** When it goes quiet unless something comes that counts; undefined once it is, and after its end. */
  readonly watchingUntil: number | undefined;
  /** Received since the watch began and counted for nothing: late, without a time, or in another unit. */
  readonly passedOver: number;
}

const MINUTE = 60_000;
/** Clocks of devices may be so far ahead; what comes from further in the future has no time that can be believed. */
const MOST_AHEAD = 5 * MINUTE;

/** @param now by the receiving clock, milliseconds since 1970 */
export function watchOf(
  versions: readonly PlanVersion[],
  readings: readonly Reading[],
  acknowledgements: readonly Acknowledgement[],
  now: number,
): Watch {
  const plan = inOrder(versions, ({ from }) => from);
  const received = inOrder(readings, (reading) => reading.received);
  const first = firstOf(acknowledgements);

  const alerts = received.flatMap((reading): Alert[] => {
    const version = inForce(plan, reading.received);
    if (!version?.active || !isFresh(version, reading)) return [];
    const side = sideOf(version, reading);
    if (side !== 'LOW' && side !== 'HIGH') return [];
    const acknowledged = first.get(reading.id);
    const stood = Math.max(0, (acknowledged?.at ?? now) - reading.received) / MINUTE;
    const { step, calls } = reached(version, stood);
    const escalated = !acknowledged && step > 0;
    const threshold = String(side === 'LOW' ? version.low : version.high);
    return [{ reading, side, threshold, acknowledged, escalated, plan: version.id, step, calls }];
  });

  const standing = received.filter(({ corrected, value }) => !corrected && value !== '');
  const last = inOrder(standing, ({ measured }) => measured ?? 0).at(-1);
  const current = plan.at(-1);
  const open = alerts.filter(({ acknowledged }) => !acknowledged);
  const calm = current?.active ? silence(plan, current, received, now) : undefined;
  return {
    state: stateOf(open, current?.active === true, calm?.since),
    alerts,
    last,
    notWatchingSince: calm?.since,
    watchingUntil: calm?.until,
    passedOver: calm?.passedOver ?? 0,
  };
}

/** Two desks may have acknowledged the same alert: the first one counts. */
function firstOf(acknowledgements: readonly Acknowledgement[]): ReadonlyMap<string, Acknowledgement> {
  const lastFirst = [...acknowledgements].sort((one, other) => other.at - one.at || (one.by < other.by ? 1 : -1));
  return new Map(lastFirst.map((each) => [each.alert, each]));
}

function stateOf(open: readonly Alert[], isActive: boolean, since: number | undefined): WatchState {
  if (open.some(({ escalated }) => escalated)) return 'ESCALATED';
  if (open.length > 0) return 'ALERT';
  if (!isActive) return 'ENDED';
  return since === undefined ? 'WATCHING' : 'NOT_WATCHING';
}

/** Since when nothing that counts has come, or until when that is not so; and how much came that did not count. */
function silence(
  plan: readonly PlanVersion[],
  current: PlanVersion,
  received: readonly Reading[],
  now: number,
): { readonly since: number | undefined; readonly until: number | undefined; readonly passedOver: number } {
  const ended = plan.findLast(({ active }) => !active);
  const begun = plan.find(({ from, active }) => active && from >= (ended?.from ?? from))?.from ?? current.from;
  const counted = received.filter((reading) => !reading.corrected && counts(current, reading));
  // A clock that was ahead once must not keep a watch alive for years.
  const last = counted.findLast((reading) => reading.received <= now + MOST_AHEAD);
  const until = last && last.received + current.intervalMinutes * MINUTE;
  const since = until !== undefined && now < until ? undefined : Math.max(begun, until ?? begun);
  const came = received.filter((reading) => !reading.corrected && reading.received >= begun);
  const passedOver = came.filter((reading) => !counts(current, reading)).length;
  return { since, until: since === undefined ? until : undefined, passedOver };
}

const counts = (terms: PlanTerms, reading: Reading): boolean => isFresh(terms, reading) && sideOf(terms, reading) !== undefined;

/** Measured no longer ago than the interval when it arrived: what is older says nothing of now. */
export function isFresh({ intervalMinutes }: PlanTerms, { measured, received }: Reading): boolean {
  if (measured === undefined) return false;
  return received - measured <= intervalMinutes * MINUTE && measured - received <= MOST_AHEAD;
}

/** Where a reading lies. Undefined when that cannot be said: no number, or a bound (`<70`) that leaves both open. */
export function sideOf({ low, high }: PlanTerms, { value }: Reading): 'LOW' | 'HIGH' | 'INSIDE' | undefined {
  const [, comparator = '', digits = ''] = /^([<>]=?)?(-?[\d.]+(?:[eE][+-]?\d+)?)$/.exec(value) ?? [];
  const number = Number(digits);
  if (digits === '' || Number.isNaN(number)) return undefined;
  const least = low === undefined ? Number.NEGATIVE_INFINITY : Number(low);
  const most = high === undefined ? Number.POSITIVE_INFINITY : Number(high);
  if (comparator.startsWith('<')) {
    if (number <= least) return 'LOW';
    return low === undefined && number <= most ? 'INSIDE' : undefined;
  }
  if (comparator.startsWith('>')) {
    if (number >= most) return 'HIGH';
    return high === undefined && number >= least ? 'INSIDE' : undefined;
  }
  if (number < least) return 'LOW';
  return number > most ? 'HIGH' : 'INSIDE';
}

export interface DryRun {
  /** That would have counted. */
  readonly readings: number;
  readonly alerts: number;
  /** Times at which nothing came for longer than the interval. */
  readonly gaps: number;
}

/** What these terms would have made of the past, from a moment on. */
export function dryRun(terms: PlanTerms, readings: readonly Reading[], from: number, now: number): DryRun {
  const version = { ...terms, id: '', from, active: true };
  const { alerts } = watchOf([version], readings, [], now);
  const counted = inOrder(readings, ({ received }) => received).filter(
    (reading) => reading.received >= from && reading.received <= now && !reading.corrected && counts(terms, reading),
  );
  const moments = [from, ...counted.map(({ received }) => received), now];
  const isGap = (moment: number, at: number): boolean =>
    at > 0 && moment - (moments[at - 1] as number) > terms.intervalMinutes * MINUTE;
  return { readings: counted.length, alerts: alerts.length, gaps: moments.filter(isGap).length };
}

function inForce(plan: readonly PlanVersion[], at: number): PlanVersion | undefined {
  return plan.findLast(({ from }) => from <= at);
}

/** Each once, by time and then by id: the same order on every desk. */
function inOrder<Item extends { readonly id: string }>(items: readonly Item[], timeOf: (item: Item) => number): Item[] {
  const once = [...new Map(items.map((item) => [item.id, item])).values()];
  return once.sort((one, other) => timeOf(one) - timeOf(other) || (one.id < other.id ? -1 : 1));
}
