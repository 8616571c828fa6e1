import { Alert, List, Stack, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hubClockError } from '../../../shared/fleet/hub-clock.ts';
import type { Fleet } from './fleet-screen.tsx';

/** A word on a clock counts as long as the device that said it is heard. */
const LATELY_MS = 3_600_000;

/** Says that the hub's own clock is wrong where most devices agree on it: else somebody would set theirs, one by one, by a wrong one. */
export function HubClock({ fleet: { devices, now } }: { fleet: Fleet }) {
  const { t } = useTranslation();
  const heard = devices.filter(({ revoked, cut, reportedAt }) => !revoked && !cut && now - (reportedAt ?? 0) < LATELY_MS);
  const error = hubClockError(heard.flatMap(({ report }) => (report ? [report.skew] : [])));
  if (error === undefined) return null;
  const count = Math.round(Math.abs(error) / 60_000);
  return (
    <Alert role="alert" color="red" icon={<IconClockExclamation aria-hidden />} title={t('fleet.hubClock.title')}>
      <Stack gap="sm">
        <Text size="sm">
          {t(error > 0 ? 'fleet.hubClock.ahead' : 'fleet.hubClock.behind', { count })} {t('fleet.hubClock.means')}
        </Text>
        <List size="sm" type="ordered">
          {t('fleet.hubClock.steps')
            .split('\n')
            .map((step) => (
              <List.Item key={step}>{step}</List.Item>
            ))}
        </List>
      </Stack>
    </Alert>
  );
}
