import { Alert, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/use-format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** That this computer's clock and the hub's are far apart; nothing while they are close. */
export function ClockNotice({ skew }: { skew: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (skew === null) return null;
  const apart = Math.abs(skew);
  const [unit, size] =
    apart >= 2 * DAY ? (['days', DAY] as const) : apart >= 2 * HOUR ? (['hours', HOUR] as const) : (['minutes', MINUTE] as const);
  const span = t(`clock.${unit}`, { count: Math.round(apart / size) });
  return (
    <Alert
      color="orange"
      icon={<IconClockExclamation aria-hidden />}
      title={t(skew > 0 ? 'clock.ahead' : 'clock.behind', { span })}
    >
      <Text size="sm">{t('clock.explained', { moment: format.moment(Date.now()) })}</Text>
    </Alert>
  );
}
