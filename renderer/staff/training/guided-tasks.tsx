import { useMutation } from '@apollo/client/react';
import { Badge, Button, Group, List, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { IconCircle, IconCircleCheck, IconDownload, IconRefresh, IconSchool } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrainingPartsFragment, TrainingTask } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useNavigation } from '../../parts/navigation.tsx';
import { Empty, ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { TakeRecord } from './take-record.tsx';
import { beginTraining } from './training-documents.ts';

/** Where each task is done. */
const PLACES: Readonly<Record<TrainingTask, string>> = {
  FIND: 'patients',
  ALLERGY: 'patients',
  PRESCRIPTION: 'patients',
  CORRECTION: 'patients',
  RESTRICTION: 'restrictions',
  GLASS: 'patients',
  LOG: 'access',
  CONSENT: 'patients',
  CONFLICT: 'conflicts',
};

/** The tasks with what was judged of each, from what truly happened in the clinic. */
export function GuidedTasks({ training }: { training: TrainingPartsFragment }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<'again' | 'record' | null>(null);
  const [begin, { loading, error }] = useMutation(beginTraining, { refetchQueries: ['TrainingNow'] });
  const start = (): void => {
    setAsking(null);
    // A refusal is shown below.
    begin().catch(() => undefined);
  };
  if (training.beganAt === null)
    return (
      <>
        <Empty icon={<IconSchool aria-hidden />} title={t('training.notBegun')} text={t('training.notBegunHint')}>
          <Button loading={loading} onClick={start}>
            {t('training.begin')}
          </Button>
        </Empty>
        {error ? <ErrorNotice error={error} /> : null}
      </>
    );
  const done = training.tasks.filter(({ doneAt }) => doneAt !== null).length;
  const score = { points: training.points, of: training.mostPoints, done, total: training.tasks.length };
  return (
    <Stack gap="sm" component="section" aria-label={t('training.tasks')}>
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2}>{t('training.tasks')}</Title>
          <Text role="status" fw={600}>
            {t('training.score', score)}
          </Text>
        </Group>
        <Group gap="xs">
          <Button variant="subtle" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => setAsking('again')}>
            {t('training.again')}
          </Button>
          <Button leftSection={<IconDownload size={16} aria-hidden />} onClick={() => setAsking('record')}>
            {t('training.record')}
          </Button>
        </Group>
      </Group>
      {error ? <ErrorNotice error={error} /> : null}
      <List listStyleType="none" spacing="xs" styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}>
        {training.tasks.map((judged) => (
          <List.Item key={judged.task}>
            <Task training={training} judged={judged} />
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed">
        {t('training.judged')}
      </Text>
      {asking === 'again' ? <BeginAnew onClose={() => setAsking(null)} onBegin={start} /> : null}
      {asking === 'record' ? <TakeRecord onClose={() => setAsking(null)} /> : null}
    </Stack>
  );
}

function BeginAnew({ onClose, onBegin }: { onClose: () => void; onBegin: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={onClose} title={t('training.again')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('training.againExplained')}</Text>
        <FormEnd onClose={onClose}>
          <Button onClick={onBegin}>{t('training.begin')}</Button>
        </FormEnd>
      </Stack>
    </Modal>
  );
}

interface TaskProps {
  readonly training: TrainingPartsFragment;
  readonly judged: TrainingPartsFragment['tasks'][number];
}

function Task({ training, judged }: TaskProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const { task, doneAt, mistakes, points } = judged;
  const person = task === 'GLASS' ? training.emergency : task === 'LOG' ? training.watched : training.patient;
  const named = {
    name: person?.name ?? '',
    born: person?.birthDate ? format.recorded(person.birthDate) : '',
    number: person?.number ?? '',
  };
  return (
    <Paper withBorder p="sm" component="article" aria-label={t(`training.task.${task}.title`)}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          {doneAt === null ? <IconCircle size={22} aria-hidden /> : <IconCircleCheck size={22} aria-hidden />}
          <Stack gap={2} flex={1}>
            <Text fw={600}>{t(`training.task.${task}.title`)}</Text>
            <Text size="sm">{t(`training.task.${task}.text`, named)}</Text>
            {mistakes > 0 ? (
              <Text size="sm" c="red" fw={600}>
                {t(`training.task.${task}.mistake`)}
              </Text>
            ) : null}
          </Stack>
        </Group>
        <Stack gap={4} align="flex-end" miw={96}>
          <Badge color={doneAt === null ? 'gray' : 'lagoon'}>
            {doneAt === null ? t('training.open') : t('training.points', { count: points })}
          </Badge>
          <Button size="compact-xs" variant="subtle" onClick={() => go(PLACES[task])}>
            {t('training.go')}
          </Button>
        </Stack>
      </Group>
    </Paper>
  );
}
