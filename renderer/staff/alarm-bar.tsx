import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconDeviceFloppy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../parts/navigation.tsx';
import { useFormat } from '../parts/words/use-format.ts';
import styles from './desk.module.css';
import { openAlarms } from './ledger/evidence-documents.ts';
import { useEvidenceWords } from './ledger/evidence-words.ts';

/**
 * Above every screen: the gravest alarm that somebody here has to know of. What stops syncing stays until it is resolved, the rest
 * until it was acknowledged. Without one, that this computer's disk has altered something.
 */
export function AlarmBar() {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEvidenceWords();
  const { data } = useQuery(openAlarms);
  const loud = data?.syncState.alarms.filter(({ stops, acknowledgedAt }) => stops || acknowledgedAt === null) ?? [];
  const gravest = loud.find(({ stops }) => stops) ?? loud[0];
  if (!gravest) return data && data.syncState.diskCheck.faults.length > 0 ? <DiskBar /> : null;
  const Icon = gravest.stops ? IconAlertOctagon : IconAlertTriangle;
  return (
    <div role="alert" className={gravest.stops ? styles.alarm : styles.warning}>
      <Group gap="sm" justify="space-between" className={styles.bar}>
        <Group gap="xs" wrap="nowrap">
          <Icon size={20} className={styles.mark} aria-hidden />
          <div>
            <Text size="sm" fw={600}>
              {words(gravest).title}
              {loud.length > 1 ? ` ${t('evidence.andMore', { count: loud.length - 1 })}` : ''}
            </Text>
            <Text size="sm">
              {t('evidence.since', { moment: format.moment(gravest.since) })}{' '}
              {gravest.stops ? t('evidence.workGoesOn') : t('evidence.goesOn')}
            </Text>
          </div>
        </Group>
        <WhatToDo />
      </Group>
    </div>
  );
}

function DiskBar() {
  const { t } = useTranslation();
  return (
    <div role="alert" className={styles.warning}>
      <Group gap="sm" justify="space-between" className={styles.bar}>
        <Group gap="xs" wrap="nowrap">
          <IconDeviceFloppy size={20} className={styles.mark} aria-hidden />
          <Text size="sm" fw={600}>
            {t('disk.altered')}
          </Text>
        </Group>
        <WhatToDo />
      </Group>
    </div>
  );
}

function WhatToDo() {
  const { t } = useTranslation();
  const { place, go } = useNavigation();
  if (place.screen === 'ledger') return null;
  return (
    <Button size="compact-sm" variant="white" color="dark" className={styles.mark} onClick={() => go('ledger')}>
      {t('evidence.whatToDo')}
    </Button>
  );
}
