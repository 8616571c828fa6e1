import { useMutation } from '@apollo/client/react';
import { Alert, Button, DataList, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SyncPartsFragment } from '../../generated/graphql.ts';
import { Page } from '../../parts/page.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { ServiceError } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { AdmissionRequests } from './admission-requests.tsx';
import { Bundles } from './bundles.tsx';
import { CaughtNotice } from './caught-notice.tsx';
import { ClinicHost } from './clinic-host.tsx';
import { ClinicKeys } from './clinic-keys.tsx';
import { ClockNotice } from './clock-notice.tsx';
import { ContinuityNotice } from './continuity-notice.tsx';
import { Devices } from './devices.tsx';
import { JoinRegion } from './join-region.tsx';
import { RegionClinics } from './region-clinics.tsx';
import { syncNow } from './region-documents.ts';
import { RegionPolicy } from './region-policy.tsx';
import { useSyncState } from './sync-state.ts';
import { useSyncWords } from './sync-words.ts';

/** The region, how far this desk and it know of each other, and the clinic's own devices. */
export function SyncScreen() {
  const { t } = useTranslation();
  const { sync, live, error, retry } = useSyncState();
  const [start, { loading, error: refused }] = useMutation(syncNow);
  const decides = useSignedIn().role === 'administrator';
  const alone = sync?.connection === 'ALONE';
  return (
    <Page
      title={t('screens.sync')}
      actions={
        sync && !alone ? (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={loading}
            // A refusal is shown below.
            onClick={() => void start().catch(() => undefined)}
          >
            {t('sync.now')}
          </Button>
        ) : null
      }
    >
      {error ? <ErrorNotice error={error} onRetry={retry} /> : null}
      {refused ? <ErrorNotice error={refused} /> : null}
      {!sync && !error ? <Loading rows={6} /> : null}
      {sync ? <StateInWords sync={sync} live={live} /> : null}
      {alone && decides ? <JoinRegion /> : null}
      {sync?.region ? (
        <>
          {decides ? <AdmissionRequests /> : null}
          <RegionPolicy decides={decides} />
          <RegionClinics />
        </>
      ) : null}
      {sync ? <ClinicHost sync={sync} /> : null}
      <Devices decides={decides} />
      {sync?.region ? <Bundles replicaSize={sync.replicaSize} /> : null}
      {sync?.region && decides ? <ClinicKeys /> : null}
    </Page>
  );
}

function StateInWords({ sync, live }: { sync: SyncPartsFragment; live: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useSyncWords(live ? sync : undefined);
  const { region, problem } = sync;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('sync.state')}>
      <Stack gap="sm">
        <Title order={2}>{words.headline}</Title>
        <Text size="sm">{words.sentence}</Text>
        {problem ? <Problem problem={problem} isCaught={sync.connection === 'STOPPED'} /> : null}
        <ContinuityNotice sync={sync} />
        <ClockNotice skew={sync.clockSkew} />
        {sync.connection === 'DOWNLOADING' ? (
          <Progress value={(100 * sync.replicaSize) / Math.max(1, sync.hubSize)} aria-label={t('sync.downloaded')} />
        ) : null}
        {words.details.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
        {words.warning === null ? null : (
          <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={words.warning}>
            {t('sync.smallRegionExplained')}
          </Alert>
        )}
        {region ? (
          <DataList labelWidth="160px" gap={4}>
            <Fact label={t('sync.region')} value={region.name} />
            <Fact label={t('sync.address')} value={region.address} />
            <Fact label={t('sync.regionId')} value={region.id} />
            <Fact label={t('sync.hubKey')} value={region.hubKey} />
            <Fact
              label={t('sync.quorum')}
              value={t('sync.quorumOf', { needed: sync.witnessesNeeded, witnesses: sync.witnesses })}
            />
            <Fact
              label={t('sync.lastContact')}
              value={sync.lastContact === null ? t('sync.never') : format.ago(sync.lastContact)}
            />
            {sync.nextAttempt === null ? null : <Fact label={t('sync.nextAttempt')} value={format.ago(sync.nextAttempt)} />}
          </DataList>
        ) : (
          <Alert color="lagoon" icon={<IconInfoCircle aria-hidden />} title={t('sync.aloneTitle')}>
            {t('sync.aloneExplained')}
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}

function Problem({ problem, isCaught }: { problem: NonNullable<SyncPartsFragment['problem']>; isCaught: boolean }) {
  if (isCaught) return <CaughtNotice problem={problem} />;
  return <ErrorNotice error={new ServiceError(problem.code, problem.message)} />;
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue style={{ overflowWrap: 'anywhere' }}>{value}</DataList.ItemValue>
    </DataList.Item>
  );
}
