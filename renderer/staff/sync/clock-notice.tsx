import { Alert, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/words/use-format.ts';

/** That this computer's clock and the hub's are far apart; nothing while they are close. */
export function ClockNotice({ skew }: { skew: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (skew === null) return null;
  const span = format.span(Math.abs(skew));
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
