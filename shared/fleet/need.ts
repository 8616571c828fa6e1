/** Which device of a region needs somebody, and why: the order of the fleet board. Pure, from what the hub tells. */
import { SKEW_SHOWN_MS } from '../sync/clock-skew.ts';
import type { FleetDevice } from '../sync/fleet-answer.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Each with its weight: what somebody should look at first weighs most. */
export const NEEDS = {
  /** It caught somebody at a lie. */
  ALARM: 100,
  /** Two copies of its data were at work. */
  COPIED: 90,
  SILENT_FOR_A_DAY: 60,
  /** No witness has spoken there for too long. That shows at all devices at once when the witnesses sleep, and must not bury a lie. */
  UNWITNESSED: 50,
  QUARANTINED: 40,
  SILENT_FOR_AN_HOUR: 30,
  /** More than a page of blocks is missing there. */
  FAR_BEHIND: 30,
  /** No fresh word of the witnesses for an hour. */
  NO_PROOF: 25,
  CLOCK: 25,
  PROBLEM: 20,
  NEVER_HEARD: 15,
  /** It has not made its replica anew as it was ordered. */
  ORDER_OPEN: 10,
  WAITING: 5,
  OLD_VERSION: 3,
} as const;
export type Need = keyof typeof NEEDS;

export interface Around {
  /** Blocks of the ledger. */
  readonly size: number;
  /** The hub's clock, milliseconds. */
  readonly now: number;
  /** The newest version in the fleet. */
  readonly newest: string;
  /** Of its clinic. */
  readonly quarantined: boolean;
  readonly rebaseline: number;
}

const PAGE = 2000;

/** The heaviest first; none for a device that was let go. */
export function needsOf(device: FleetDevice, { size, now, newest, quarantined, rebaseline }: Around): Need[] {
  const { report, reportedAt } = device;
  if (device.revoked || device.cut) return [];
  const found = new Set<Need>();
  if (device.copied) found.add('COPIED');
  if (quarantined) found.add('QUARANTINED');
  if (!report || reportedAt === null) return sorted(found.add('NEVER_HEARD'));
  const silent = now - reportedAt;
  if (silent > 24 * HOUR_MS) found.add('SILENT_FOR_A_DAY');
  else if (silent > HOUR_MS) found.add('SILENT_FOR_AN_HOUR');
  if (report.alarms.some((alarm) => alarm !== 'frozen')) found.add('ALARM');
  if (report.alarms.includes('frozen')) found.add('UNWITNESSED');
  if (report.problem !== 'none' && report.problem !== 'quarantined') found.add('PROBLEM');
  if (size - report.size > PAGE) found.add('FAR_BEHIND');
  if (reportedAt - report.witnessedAt > HOUR_MS && report.size > report.witnessed) found.add('NO_PROOF');
  if (Math.abs(report.clock - reportedAt) > SKEW_SHOWN_MS) found.add('CLOCK');
  if (report.events + report.documents > 0) found.add('WAITING');
  if (rebaseline > report.rebaselined) found.add('ORDER_OPEN');
  if (compareVersions(report.version, newest) < 0) found.add('OLD_VERSION');
  return sorted(found);
}

/** What a device's needs weigh together. */
export const weightOf = (needs: readonly Need[]): number => needs.reduce((sum, need) => sum + NEEDS[need], 0);

/** Of `1.2.3` and the like: negative when `one` is older. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const sorted = (needs: Set<Need>): Need[] => [...needs].sort((one, other) => NEEDS[other] - NEEDS[one]);
