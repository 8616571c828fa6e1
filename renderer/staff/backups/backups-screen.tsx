import { useMutation, useQuery, useSubscription } from '@apollo/client/react';
import { Alert, Badge, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackupPartsFragment } from '../../generated/graphql.ts';
import { download } from '../../parts/fields/download.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { Page } from '../../parts/page.tsx';
import { RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useRefusalWords } from '../../parts/words/refusal-words.ts';
import { problemError } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { backupsChanged, backupsNow, runDrill } from './backup-documents.ts';
import { BackupPlace } from './backup-place.tsx';
import { RecoveryShares } from './recovery-shares.tsx';

type Backup = BackupPartsFragment['backups'][number];

const colours = { WRITING: 'gray', WRITTEN: 'orange', GOOD: 'green', REFUSED: 'red', EXPIRED: 'gray' } as const;

/** Backups of this machine: which open, when the next is made, who could bring everything back, and the rehearsal of it. */
export function BackupsScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(backupsNow, { fetchPolicy: 'network-only' });
  const { data: news } = useSubscription(backupsChanged, { fetchPolicy: 'no-cache' });
  const state = news?.backupsChanged ?? data?.backups;
  return (
    <Page title={t('screens.backups')}>
      {error ? <ErrorNotice error={error} onRetry={() => void refetch().catch(() => undefined)} /> : null}
      {!state && !error ? <Loading rows={6} /> : null}
      {state ? (
        <>
          <Standing state={state} />
          <BackupPlace state={state} />
          <BackupTable backups={state.backups} isWriting={state.progress !== null} />
          <RecoveryShares set={state.recovery} />
          <RestoreDrill state={state} />
        </>
      ) : null}
    </Page>
  );
}

/** The one thing to know first: what would be lost if this machine burned down now. */
function Standing({ state }: { state: BackupPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const good = state.backups.find((backup) => backup.state === 'GOOD');
  const { progress, recovery } = state;
  if (progress) {
    const share = progress.total > 0 ? (100 * progress.done) / progress.total : 100;
    const step = (['copying', 'sealing', 'checking'] as const).find((name) => name === progress.step) ?? 'checking';
    return (
      <Paper withBorder p="md" role="status">
        <Text mb="xs">{t(`backups.step.${step}`)}</Text>
        <Progress value={share} animated aria-label={t(`backups.step.${step}`)} />
      </Paper>
    );
  }
  if (!good)
    return (
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('backups.noneGood')}>
        {t('backups.noneGoodExplained')}
      </Alert>
    );
  return (
    <Alert
      color={recovery ? 'green' : 'orange'}
      icon={recovery ? <IconShieldCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={t('backups.lastGood', { when: format.ago(good.made) })}
    >
      {recovery ? t('backups.covered', { threshold: recovery.threshold, count: recovery.holders.length }) : t('backups.noShares')}
    </Alert>
  );
}

function BackupTable({ backups, isWriting }: { backups: readonly Backup[]; isWriting: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (backups.length === 0) return <Empty title={t('backups.none')} text={t('backups.noneHint')} />;
  return (
    <section aria-label={t('backups.list')}>
      <Title order={2} mb="xs">
        {t('backups.list')}
      </Title>
      <RowTable
        label={t('backups.list')}
        rows={backups}
        rowKey={({ id }) => id}
        columns={[
          { key: 'made', label: t('backups.made'), width: 160, cell: ({ made }) => format.moment(made) },
          {
            key: 'state',
            label: t('item.status'),
            cell: (backup) => <State backup={backup} isWriting={isWriting && backup === backups[0]} />,
          },
          { key: 'size', label: t('backups.size'), width: 90, numeric: true, cell: ({ bytes }) => format.bytes(bytes) },
          {
            key: 'holds',
            label: t('backups.holds'),
            width: 200,
            cell: ({ documents, keys }) =>
              documents === null || keys === null
                ? '–'
                : t('backups.counts', { documents: format.number(documents), keys: format.number(keys) }),
          },
          {
            key: 'until',
            label: t('backups.until'),
            width: 120,
            cell: ({ state, expires }) => (state === 'EXPIRED' ? '–' : format.day(expires)),
          },
          {
            key: 'folder',
            label: t('backups.folder'),
            cell: ({ folder }) => (
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {folder}
              </Text>
            ),
          },
        ]}
      />
    </section>
  );
}

function State({ backup, isWriting }: { backup: Backup; isWriting: boolean }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  return (
    <Stack gap={2}>
      <Badge color={colours[backup.state]} variant="light">
        {isWriting ? t('backups.underWay') : t(`backups.state.${backup.state}`)}
      </Badge>
      {backup.problem ? <Text size="xs">{words(problemError(backup.problem))}</Text> : null}
      {backup.state === 'GOOD' && !backup.recoverable ? <Text size="xs">{t('backups.notInEscrow')}</Text> : null}
    </Stack>
  );
}

function RestoreDrill({ state }: { state: BackupPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const [certificate, setCertificate] = useState<string | null>(null);
  const [run] = useMutation(runDrill, { fetchPolicy: 'no-cache' });
  const { lastDrill, scheduleProblem } = state;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('backups.drill')}>
      <Stack gap="sm">
        <Title order={2}>{t('backups.drill')}</Title>
        <Text size="sm">{t('backups.drillExplained')}</Text>
        <Text size="sm">
          {lastDrill
            ? t('backups.lastDrill', { when: format.day(lastDrill.at), seconds: format.number(lastDrill.seconds) })
            : t('backups.neverDrilled')}
        </Text>
        {scheduleProblem ? <ErrorNotice error={problemError(scheduleProblem)} /> : null}
        <Group>
          <Button
            variant="default"
            disabled={!state.backups.some((backup) => backup.state === 'GOOD') || state.progress !== null}
            onClick={() => setAsking(true)}
          >
            {t('backups.drillAction')}
          </Button>
          {certificate ? (
            <Button variant="default" onClick={() => download('restore-drill.json', certificate)}>
              {t('backups.saveCertificate')}
            </Button>
          ) : null}
        </Group>
        {certificate ? <Text size="sm">{t('backups.certified')}</Text> : null}
      </Stack>
      <PassphraseDialog
        opened={asking}
        title={t('backups.drill')}
        action={t('backups.drillAction')}
        onClose={() => setAsking(false)}
        onConfirm={async (passphrase) => {
          const { data } = await run({ variables: { passphrase } });
          setCertificate(data?.runDrill ?? null);
        }}
      >
        <Text size="sm">{t('backups.drillSigned')}</Text>
      </PassphraseDialog>
    </Paper>
  );
}
