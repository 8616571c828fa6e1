/** Needs, alarms, problems and acts in a person's words. */
import type { TFunction } from 'i18next';
import { ALARMS, PROBLEMS } from '../../../shared/sync/device-report.ts';
import type { FleetDevicePartsFragment, HubActPartsFragment } from '../../generated/graphql.ts';
import type { Format } from '../../parts/use-format.ts';

export type FleetDevice = FleetDevicePartsFragment;
export type Need = FleetDevice['needs'][number];

/** Red: somebody lies or is copied. Orange: it does not work. The rest can wait. */
export const NEED_COLORS: Readonly<Record<Need, 'red' | 'orange' | 'gray'>> = {
  ALARM: 'red',
  COPIED: 'red',
  SILENT_FOR_A_DAY: 'orange',
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

export const shortId = (id: string): string => `${id.slice(0, 4)} ${id.slice(4, 8)}`;

export function alarmWord(t: TFunction, alarm: string): string {
  const known = ALARMS.find((kind) => kind === alarm);
  return known === undefined || known === 'other' ? t('fleet.otherAlarm') : t(`evidence.${known}.title`);
}

export function problemWord(t: TFunction, problem: string): string {
  return t(`fleet.problem.${PROBLEMS.find((kind) => kind === problem) ?? 'other'}`);
}

/** What an act set, as it was and as it is. */
export function actValues(
  t: TFunction,
  format: Format,
  { kind, before, after }: Pick<HubActPartsFragment, 'kind' | 'before' | 'after'>,
) {
  const word = (value: number): string => {
    if (kind === 'REBASELINE') return value === 0 ? t('fleet.value.noOrder') : t('fleet.value.order', { number: value });
    if (kind === 'INVITATION')
      return value === 0 ? t('fleet.value.noInvitation') : t('fleet.value.invitation', { until: format.moment(value) });
    if (kind === 'RESTORATION')
      return value === 0 ? t('fleet.value.neverRestored') : t('fleet.value.restored', { blocks: format.number(value) });
    return t(`fleet.value.${kind}.${value === 1 ? 'set' : 'free'}`);
  };
  return { before: word(before), after: word(after) };
}

/** Minutes and more by which a clock is wrong, in words; null when it is right. */
export function skewWord(t: TFunction, skew: number): string | null {
  const minutes = Math.round(Math.abs(skew) / 60_000);
  if (minutes < 2) return null;
  return t(skew > 0 ? 'fleet.clockAhead' : 'fleet.clockBehind', { count: minutes });
}
