import { Badge, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconEye, IconEyeOff } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AlertPartsFragment, WatchPartsFragment, WatchState } from '../../generated/graphql.ts';
import { shownUnit } from '../../parts/words/measured-words.ts';
import { type Format, useFormat } from '../../parts/words/use-format.ts';

const looks: Readonly<Record<WatchState, { readonly color: string; readonly icon: typeof IconEye }>> = {
  ESCALATED: { color: 'red', icon: IconAlertTriangle },
  ALERT: { color: 'red', icon: IconAlertTriangle },
  NOT_WATCHING: { color: 'orange', icon: IconEyeOff },
  WATCHING: { color: 'green', icon: IconEye },
  ENDED: { color: 'gray', icon: IconEyeOff },
};

/** How a watch stands, in a word, and since when nothing comes. */
export function WatchStanding({ watch }: { watch: WatchPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { color, icon: Icon } = looks[watch.state];
  return (
    <Stack gap={2} align="flex-start">
      <Badge
        color={color}
        variant={watch.state === 'ESCALATED' ? 'filled' : 'light'}
        leftSection={<Icon size={12} aria-hidden />}
      >
        {t(`monitoring.state.${watch.state}`)}
      </Badge>
      {watch.notWatchingSince ? (
        <Text size="xs">{t('monitoring.notWatchingSince', { moment: format.moment(watch.notWatchingSince) })}</Text>
      ) : null}
      {watch.passedOver > 0 ? (
        <Text size="xs" c="dimmed">
          {t('monitoring.passedOver', { count: watch.passedOver })}
        </Text>
      ) : null}
    </Stack>
  );
}

/** The value that was measured last, and how long ago. */
export function LastReading({ watch: { last, unit } }: { watch: WatchPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!last) return <Text size="sm">{t('monitoring.noReading')}</Text>;
  return (
    <>
      <Text size="sm" fw={600}>
        {last.value} {shownUnit(unit)}
      </Text>
      <Text size="xs" c="dimmed">
        {last.measured ? format.ago(last.measured) : t('monitoring.noTime')}
      </Text>
    </>
  );
}

/** A reading that is outside, named, with its time and what became of it. */
export function AlertLine({ alert, unit }: { alert: AlertPartsFragment; unit: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reading, side, threshold, corrected, acknowledgedBy, acknowledgedAt } = alert;
  return (
    <div>
      <Text size="sm" fw={acknowledgedBy ? 400 : 600} c={acknowledgedBy ? undefined : 'red'}>
        {t(`monitoring.outside.${side}`, { value: `${reading.value} ${shownUnit(unit)}`, threshold })}
      </Text>
      <Text size="xs" c="dimmed">
        {[
          format.moment(reading.measured ?? reading.received),
          corrected ? t('monitoring.corrected') : '',
          acknowledgedBy && acknowledgedAt
            ? t('monitoring.seenBy', { name: acknowledgedBy, moment: format.moment(acknowledgedAt) })
            : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </div>
  );
}

type Plan = WatchPartsFragment['plans'][number];

export function thresholdWords(t: TFunction, { low, high }: Pick<Plan, 'low' | 'high'>, unit: string): string {
  const shown = shownUnit(unit);
  if (low && high) return t('monitoring.between', { low, high, unit: shown });
  return low ? t('monitoring.notBelow', { low, unit: shown }) : t('monitoring.notAbove', { high: high ?? '', unit: shown });
}

/** Each step of a plan's ladder, and how often all are told again. */
export function ladderWords(t: TFunction, format: Format, { escalateMinutes, ladder, repeatMinutes }: Plan): string[] {
  const steps = ladder.length > 0 ? ladder : [{ afterMinutes: escalateMinutes, tell: [] }];
  const words = steps.map(({ afterMinutes, tell }) => {
    const span = spanWords(t, afterMinutes);
    const people = format.list(tell.map(({ name }) => name));
    return people === '' ? t('monitoring.escalates', { span }) : t('monitoring.escalatesTo', { span, people });
  });
  return repeatMinutes ? [...words, t('monitoring.repeats', { span: spanWords(t, repeatMinutes) })] : words;
}

/** Minutes in the largest unit that they fill. */
export function spanWords(t: TFunction, minutes: number): string {
  if (minutes % 1440 === 0) return t('monitoring.days', { count: minutes / 1440 });
  return minutes % 60 === 0 ? t('monitoring.hours', { count: minutes / 60 }) : t('monitoring.minutes', { count: minutes });
}
