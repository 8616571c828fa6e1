import { Button, Group, Paper, Stack, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import {
  IconAffiliate,
  IconArrowLeft,
  IconBuildingHospital,
  IconPlugConnected,
  IconRestore,
  IconTestPipe,
} from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { DoorPage } from '../../parts/door-page.tsx';
import { CreateClinic, CreateInRegion } from './create-clinic.tsx';
import styles from './first-run.module.css';
import { JoinClinic } from './join-clinic.tsx';
import { RestoreClinic } from './restore-clinic.tsx';
import { SampleClinic } from './sample-clinic.tsx';

type Way = 'create' | 'region' | 'join' | 'restore' | 'sample';

const ways: readonly { way: Way; icon: typeof IconTestPipe; form: ComponentType<{ keychain: boolean }> }[] = [
  { way: 'create', icon: IconBuildingHospital, form: CreateClinic },
  { way: 'region', icon: IconAffiliate, form: CreateInRegion },
  { way: 'join', icon: IconPlugConnected, form: JoinClinic },
  { way: 'restore', icon: IconRestore, form: RestoreClinic },
  { way: 'sample', icon: IconTestPipe, form: SampleClinic },
];

/** A computer without a clinic: the ways to begin. */
export function FirstRun({ workstation }: { workstation: WorkstationPartsFragment }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Way | null>(null);
  const Form = ways.find(({ way }) => way === chosen)?.form;

  if (Form && chosen) {
    return (
      <DoorPage title={t(`firstRun.${chosen}.title`)} width={540}>
        <Form keychain={workstation.keychain} />
        <Group>
          <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={() => setChosen(null)}>
            {t('firstRun.otherWay')}
          </Button>
        </Group>
      </DoorPage>
    );
  }
  return (
    <DoorPage title={t('firstRun.title')} width={620}>
      <Text>{t('firstRun.explain')}</Text>
      <Stack gap="sm">
        {ways.map(({ way, icon: Icon }) => (
          <UnstyledButton key={way} onClick={() => setChosen(way)} className={styles.way}>
            <Paper withBorder p="md">
              <Group wrap="nowrap" align="flex-start">
                <ThemeIcon variant="light" size={38}>
                  <Icon size={22} aria-hidden />
                </ThemeIcon>
                <div>
                  <Title order={2}>{t(`firstRun.${way}.title`)}</Title>
                  <Text size="sm" c="dimmed">
                    {t(`firstRun.${way}.explain`)}
                  </Text>
                </div>
              </Group>
            </Paper>
          </UnstyledButton>
        ))}
      </Stack>
    </DoorPage>
  );
}
