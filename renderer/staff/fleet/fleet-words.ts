/** Needs, alarms, problems and acts in a person's words. */
import type { TFunction } from 'i18next';
import { ALARMS, PROBLEMS } from '../../../shared/sync/device-report.ts';
import type { FleetDevicePartsFragment } from '../../generated/graphql.ts';

export type FleetDevice = FleetDevicePartsFragment;
type Need = FleetDevice['needs'][number];

/** Red: somebody lies or is copied. Orange: it does not work. The rest can wait. */
export const NEED_COLORS: Readonly<Record<Need, 'red' | 'orange' | 'gray'>> = {
  ALARM: 'red',
  COPIED: 'red',
  SILENT_FOR_A_DAY: 'orange',
  UNWITNESSED: 'orange',
  QUARANTINED: 'orange',
  SILENT_FOR_AN_HOUR: 'orange',
  FAR_BEHIND: 'orange',
  NO_PROOF: 'orange',
  CLOCK: 'orange',
  PROBLEM: 'orange',
  NEVER_HEARD: 'gray',
  ORDER_OPEN: 'gray',
  WAITING: 'gray',
  OLD_VERSION: 'gray',
};

/** A need that somebody should look into, as against what settles by itself. */
export const isUrgent = (need: Need): boolean => NEED_COLORS[need] !== 'gray';

/** What a device has caught somebody at, in words. Silence of the witnesses is a need of its own: it is no lie. */
export function alarmWords(t: TFunction, alarms: readonly string[]): string {
  const lies = alarms.filter((alarm) => alarm !== 'frozen');
  return lies.map((alarm) => alarmWord(t, alarm)).join(', ');
}

function alarmWord(t: TFunction, alarm: string): string {
  const known = ALARMS.find((kind) => kind === alarm);
  return known === undefined || known === 'other' ? t('fleet.otherAlarm') : t(`evidence.${known}.title`);
}

export function problemWord(t: TFunction, problem: string): string {
  return t(`fleet.problem.${PROBLEMS.find((kind) => kind === problem) ?? 'other'}`);
}

/** Minutes and more by which a clock is wrong, in words; null when it is right. */
export function skewWord(t: TFunction, skew: number): string | null {
  const minutes = Math.round(Math.abs(skew) / 60_000);
  if (minutes < 2) return null;
  return t(skew > 0 ? 'fleet.clockAhead' : 'fleet.clockBehind', { count: minutes });
}
