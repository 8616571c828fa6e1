import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconGitMerge } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictListQuery } from '../../../generated/graphql.ts';
import { Page } from '../../../parts/page.tsx';
import { quietly } from '../../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../../parts/states.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { conflictList } from './conflict-documents.ts';
import { SettleConflict } from './settle-conflict.tsx';

type Waiting = ConflictListQuery['conflicts'][number];

/** The inbox: records that two people changed before they heard of each other, and what other clinics propose. */
export function ConflictsScreen() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Waiting | null>(null);
  const { data, error, refetch } = useQuery(conflictList, { fetchPolicy: 'cache-and-network' });
  const done = (): void => {
    setChosen(null);
    quietly(refetch());
  };
  if (chosen) {
    return (
      <Page
        title={t('conflicts.compareOf', { name: chosen.patient.name })}
        note={t('conflicts.compareNote')}
        actions={
          <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={done}>
            {t('actions.back')}
          </Button>
        }
      >
        <SettleConflict patient={chosen.patient.id} conflict={chosen.id} onDone={done} />
      </Page>
    );
  }
  return (
    <Page title={t('screens.conflicts')} note={t('conflicts.note')}>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={4} /> : null}
      {data?.conflicts.length === 0 ? (
        <Empty icon={<IconGitMerge aria-hidden />} title={t('conflicts.none')} text={t('conflicts.noneHint')} />
      ) : null}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {data?.conflicts.map((waiting) => (
          <WaitingRow key={waiting.id} waiting={waiting} onChoose={() => setChosen(waiting)} />
        ))}
      </Stack>
    </Page>
  );
}

function WaitingRow({ waiting, onChoose }: { waiting: Waiting; onChoose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { patient, at, mine, proposedBy } = waiting;
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Group gap="xs">
            <Text fw={600}>{patient.name}</Text>
            {proposedBy ? <Badge color="violet">{t('proposals.by', { clinic: proposedBy })}</Badge> : null}
            {mine ? <Badge variant="light">{t('conflicts.mine')}</Badge> : null}
          </Group>
          <Text size="sm" c="dimmed">
            {[
              format.recorded(patient.birthDate),
              t(proposedBy ? 'proposals.writtenAt' : 'conflicts.writtenAt', { at: format.moment(at) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <Button onClick={onChoose} aria-label={t('conflicts.compareOf', { name: patient.name })}>
          {t('conflicts.compare')}
        </Button>
      </Group>
    </Paper>
  );
}
