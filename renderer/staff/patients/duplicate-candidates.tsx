import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MatchEvidence } from '../../parts/match-evidence.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import type { Candidate } from './register-patient.tsx';

interface DuplicateCandidatesProps {
  readonly candidates: readonly Candidate[];
  readonly busy: boolean;
  readonly error: unknown;
  readonly onChoose: (patient: string) => void;
  readonly onBack: () => void;
  readonly onEvenSo: () => void;
}

/** From here on the button at hand is not the one that makes a second record. */
const LIKELY = 0.9;

/** People who may be the one being registered, with the reason for each; the person at the desk decides. */
export function DuplicateCandidates({ candidates, busy, error, onChoose, onBack, onEvenSo }: DuplicateCandidatesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isLikely = candidates.some(({ probability }) => probability >= LIKELY);
  return (
    <Stack gap="md">
      <Alert color="orange" icon={<IconUsers aria-hidden />} title={t('patients.maybeSame', { count: candidates.length })}>
        {t('patients.maybeSameHint')}
      </Alert>
      {candidates.map(({ patient, probability, evidence }) => (
        <Paper key={patient.id} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Text fw={600}>{patient.name}</Text>
              <Text size="sm" c="dimmed">
                {[format.recorded(patient.birthDate), patient.city, ...patient.identifiers.slice(0, 2).map(({ value }) => value)]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
              <MatchEvidence probability={probability} evidence={evidence} />
            </div>
            <Button
              variant={probability >= LIKELY ? 'filled' : 'default'}
              style={{ flexShrink: 0 }}
              onClick={() => onChoose(patient.id)}
            >
              {t('patients.thatOne')}
            </Button>
          </Group>
        </Paper>
      ))}
      {error ? <ErrorNotice error={error} /> : null}
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('actions.back')}
        </Button>
        <Button variant={isLikely ? 'default' : 'filled'} onClick={onEvenSo} loading={busy}>
          {t('patients.evenSo')}
        </Button>
      </Group>
    </Stack>
  );
}
