import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Badge, Button, Code, Group, List, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconCheck, IconDownload, IconGitMerge, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidencePartsFragment, FollowRestoredHubMutation, ResumeSyncMutation } from '../../generated/graphql.ts';
import { download } from '../../parts/fields/download.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import {
  acknowledgeEvidence,
  everyEvidence,
  evidenceFile,
  followRestoredHub,
  openAlarms,
  resumeSync,
} from './evidence-documents.ts';
import { useEvidenceWords } from './evidence-words.ts';

/** What this computer has caught the hub or a device at, with what to do; one quiet line when there is nothing. */
export function EvidenceSection() {
  const { t } = useTranslation();
  const { data: live } = useQuery(openAlarms);
  const { data, error, refetch } = useQuery(everyEvidence);
  const open = live?.syncState.alarms;
  useEffect(() => {
    if (open) quietly(refetch());
  }, [open, refetch]);
  const past = data?.evidence.filter(({ resolvedAt }) => resolvedAt !== null) ?? [];
  return (
    <Paper withBorder p="md" component="section" aria-label={t('evidence.section')}>
      <Stack gap="md">
        <Title order={2}>{t('evidence.section')}</Title>
        {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
        {open?.length === 0 && !error ? <Text size="sm">{t('evidence.none')}</Text> : null}
        {open?.map((row) => (
          <OpenEvidence key={row.id} row={row} />
        ))}
        {past.length > 0 ? <PastEvidence rows={past} /> : null}
      </Stack>
    </Paper>
  );
}

function OpenEvidence({ row }: { row: EvidencePartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, what, steps } = useEvidenceWords()(row);
  const device = /^[0-9a-f]{64}$/.test(row.about) ? row.about : undefined;
  return (
    <Alert
      color={row.stops ? 'red' : 'orange'}
      icon={row.stops ? <IconAlertOctagon aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={title}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{what}</Text>
        <Text size="sm">
          {t('evidence.since', { moment: format.moment(row.since) })}
          {row.stops ? ` ${t('evidence.stopped')}` : ` ${t('evidence.goesOn')}`}
        </Text>
        {device ? (
          <Text size="sm">
            {t('evidence.about')} <Code>{device.slice(0, 16)}</Code>
          </Text>
        ) : null}
        <div>
          <Text size="sm" fw={600}>
            {t('evidence.now')}
          </Text>
          <List size="sm" type="ordered">
            {steps.map((step) => (
              <List.Item key={step}>{step}</List.Item>
            ))}
          </List>
        </div>
        {row.provable ? null : <Text size="sm">{t('evidence.notProvable')}</Text>}
        <EvidenceActs row={row} />
        <Text size="xs">
          {row.acknowledgedAt === null
            ? null
            : `${t('evidence.acknowledged', { name: row.acknowledgedBy ?? '', moment: format.moment(row.acknowledgedAt) })} `}
          {t('states.code')} <Code>{row.code}</Code>
        </Text>
      </Stack>
    </Alert>
  );
}

/** What a person can do about it: hand it to others, say that it was seen, or answer for going on. */
function EvidenceActs({ row }: { row: EvidencePartsFragment }) {
  const { t } = useTranslation();
  const [acknowledge, { loading, error }] = useMutation(acknowledgeEvidence);
  const [answering, setAnswering] = useState<keyof typeof ANSWERS | null>(null);
  return (
    <>
      {error ? <ErrorNotice error={error} /> : null}
      <Group gap="xs">
        {row.provable ? <ExportButton row={row} /> : null}
        {row.acknowledgedAt === null ? (
          <Button
            variant="default"
            loading={loading}
            leftSection={<IconCheck size={16} aria-hidden />}
            // A refusal is shown above.
            onClick={() => void acknowledge({ variables: { id: row.id } }).catch(() => undefined)}
          >
            {t('evidence.acknowledge')}
          </Button>
        ) : null}
        {row.code === 'sync.hub-restored' ? (
          <Button leftSection={<IconGitMerge size={16} aria-hidden />} onClick={() => setAnswering('follow')}>
            {t('evidence.follow')}
          </Button>
        ) : null}
        {row.stops ? (
          <Button variant="default" leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => setAnswering('resume')}>
            {t('evidence.resume')}
          </Button>
        ) : null}
      </Group>
      {answering ? <Answer of={answering} onClose={() => setAnswering(null)} /> : null}
    </>
  );
}

function ExportButton({ row }: { row: EvidencePartsFragment }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    try {
      const { data } = await client.query({ query: evidenceFile, variables: { id: row.id }, fetchPolicy: 'network-only' });
      if (data?.evidenceFile) download(`careledger-evidence-${row.id}-${row.code.replace('sync.', '')}.json`, data.evidenceFile);
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <>
      {error ? <ErrorNotice error={error} /> : null}
      <Button leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save()}>
        {t('evidence.export')}
      </Button>
    </>
  );
}

const ANSWERS = { resume: resumeSync, follow: followRestoredHub } as const;

/** An administrator answers for going on. */
function Answer({ of, onClose }: { of: keyof typeof ANSWERS; onClose: () => void }) {
  const { t } = useTranslation();
  const [answer, { loading, error }] = useMutation<ResumeSyncMutation | FollowRestoredHubMutation>(ANSWERS[of]);
  const confirm = async (): Promise<void> => {
    // The refusal is shown below.
    if (await answer().catch(() => undefined)) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t(`evidence.${of}`)} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <Text size="sm">{t(`evidence.${of}Explained`)}</Text>
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('actions.cancel')}
          </Button>
          <Button color="red" loading={loading} onClick={() => void confirm()}>
            {t(`evidence.${of}Action`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function PastEvidence({ rows }: { rows: readonly EvidencePartsFragment[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useEvidenceWords();
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {t('evidence.past')}
      </Text>
      <Stack gap={6}>
        {rows.map((row) => (
          <Group key={row.id} gap="xs" justify="space-between">
            <Text size="sm">
              {words(row).title} · {format.moment(row.since)} –{' '}
              {row.resolvedBy
                ? t('evidence.resolvedBy', { name: row.resolvedBy, moment: format.moment(row.resolvedAt ?? row.since) })
                : t('evidence.endedByItself', { moment: format.moment(row.resolvedAt ?? row.since) })}
            </Text>
            {row.provable ? <ExportButton row={row} /> : <Badge color="gray">{t('evidence.noFile')}</Badge>}
          </Group>
        ))}
      </Stack>
    </div>
  );
}
