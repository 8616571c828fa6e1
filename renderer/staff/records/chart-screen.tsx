import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Group, Stack } from '@mantine/core';
import { IconArrowLeft, IconLockExclamation } from '@tabler/icons-react';
import { type ComponentType, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Purpose } from '../../generated/graphql.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { Page } from '../../parts/page.tsx';
import { ChartOfProvider } from '../../parts/paper/chart-title.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { BreakGlassButton, CardNews, GlassMark } from '../consent/consent.tsx';
import { chartNow } from './chart-documents.ts';
import { ChartHead } from './chart-head.tsx';
import { ChartTabs } from './chart-tabs.tsx';
import { MergedNotice } from './people/merged-notice.tsx';
import { useOpenedChart } from './use-opened-chart.ts';

/** A panel that a domain above the records puts into the chart. */
export interface ChartPanel {
  readonly key: 'NOTE' | 'TASKS' | 'MONITORING' | 'OFFERS' | 'CARD';
  readonly panel: ComponentType<{ patient: string }>;
}

interface ChartScreenProps {
  readonly patient: string;
  /** Staff id of the colleague in whose place the chart is opened. */
  readonly covered: string | undefined;
  readonly panels: readonly ChartPanel[];
}

/** One patient's chart. */
export function ChartScreen({ patient, covered, panels }: ChartScreenProps) {
  const { t } = useTranslation();
  const { back } = useNavigation();
  const [purpose] = useState<Purpose>('TREAT');
  const client = useApolloClient();
  const opening = useOpenedChart(patient, purpose, covered);
  /** What is open has changed: nothing that was shown before stays in the page's memory. */
  const openAnew = (): void => {
    const id = client.cache.identify({ __typename: 'Chart', patient: { __typename: 'Patient', id: patient } });
    opening.again();
    if (id) client.cache.evict({ id });
    client.cache.gc();
  };
  const { data, error } = useQuery(chartNow, {
    variables: { patient },
    skip: opening.state !== 'open',
    fetchPolicy: 'cache-first',
  });

  if (opening.state === 'refused' || error) {
    const refusal = opening.state === 'refused' ? opening.error : error;
    const isKeptElsewhere = refusalOf(refusal).code === 'consent.nothing-open';
    return (
      <Page title={t('chart.refused')}>
        <Stack gap="md">
          <ErrorNotice error={refusal} onRetry={opening.again} />
          <Empty icon={<IconLockExclamation aria-hidden />} title={t('chart.notShown')} text={t('chart.notShownHint')}>
            <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={back}>
              {t('actions.back')}
            </Button>
            <BreakGlassButton
              patient={patient}
              custodian={isKeptElsewhere ? t('glass.thatClinic') : undefined}
              onBroken={openAnew}
            />
          </Empty>
        </Stack>
      </Page>
    );
  }
  if (!data) {
    return (
      <Group p="lg">
        <Stack flex={1}>
          <Loading rows={8} label={t('chart.opening')} />
        </Stack>
      </Group>
    );
  }
  return (
    <ChartOfProvider value={data.chart.patient.name}>
      <Stack gap={0}>
        <Suspense>
          <GlassMark patient={patient} onOver={openAnew} />
        </Suspense>
        <ChartHead chart={data.chart} onBroken={openAnew} />
        <Suspense>
          <CardNews patient={patient} />
        </Suspense>
        <MergedNotice chart={data.chart} />
        <ChartTabs chart={data.chart} panels={panels} />
      </Stack>
    </ChartOfProvider>
  );
}
