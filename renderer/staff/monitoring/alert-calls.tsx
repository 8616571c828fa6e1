import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { shownUnit } from '../../parts/words/measured-words.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import styles from './alert-calls.module.css';
import { alertCalls } from './monitoring-documents.ts';

/**
 * Above every screen: an alert that the plan's ladder tells who is signed in of. "Later" hides it until the ladder tells them again;
 * acknowledged under Monitoring, it goes.
 */
export function AlertCalls() {
  const { t } = useTranslation();
  const format = useFormat();
  const { place, go } = useNavigation();
  const { data } = useQuery(alertCalls, {
    skip: !mayDo(useSignedIn().role, 'monitoring.read'),
    fetchPolicy: 'cache-and-network',
  });
  /** How often each was told when it was put off. */
  const [putOff, setPutOff] = useState<ReadonlyMap<string, number>>(new Map());
  const loud = data?.alertCalls.filter(({ id, calls }) => calls > (putOff.get(id) ?? 0)) ?? [];
  const [call] = loud;
  if (!call || place.screen === 'monitoring') return null;
  const { patient, measurement, unit, alert, step, steps, covered } = call;
  const value = `${alert.reading.value} ${shownUnit(unit)}`;
  return (
    <div role="alert" className={step > 0 ? styles.escalated : styles.told}>
      <Group gap="sm" justify="space-between" className={styles.bar}>
        <Group gap="xs" className={styles.bar}>
          <IconBellRinging size={20} aria-hidden />
          <Text size="sm" fw={600}>
            {patient.name} · {t(`monitoring.measurement.${measurement}`)}{' '}
            {t(`monitoring.outside.${alert.side}`, { value, threshold: alert.threshold })}
            {loud.length > 1 ? ` ${t('evidence.andMore', { count: loud.length - 1 })}` : ''}
          </Text>
          <Text size="sm">
            {[
              t('monitoring.nobodySince', { time: format.moment(alert.reading.received) }),
              step > 0 ? t('monitoring.stepOf', { step, steps }) : '',
              covered ? t('cover.for', { name: covered }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-sm" variant="white" color="dark" onClick={() => go('monitoring')}>
            {t('monitoring.look')}
          </Button>
          <Button
            size="compact-sm"
            variant="transparent"
            className={styles.later}
            onClick={() => setPutOff(new Map([...putOff, ...loud.map(({ id, calls }) => [id, calls] as const)]))}
          >
            {t('monitoring.later')}
          </Button>
        </Group>
      </Group>
    </div>
  );
}
