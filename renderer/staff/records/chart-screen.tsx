import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Group, Stack } from '@mantine/core';
import { IconArrowLeft, IconLockExclamation } from '@tabler/icons-react';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Purpose } from '../../generated/graphql.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { chartNow, closeChart, openChart } from './chart-documents.ts';
import { ChartHead } from './chart-head.tsx';
import { ChartTabs } from './chart-tabs.tsx';

/** A panel that a domain above the records puts into the chart. */
export interface ChartPanel {
  readonly key: 'NOTE' | 'OFFERS';
  readonly panel: ComponentType<{ patient: string }>;
}

interface ChartScreenProps {
  readonly patient: string;
  readonly panels: readonly ChartPanel[];
}

type Opening = { state: 'opening' } | { state: 'open' } | { state: 'refused'; error: unknown };

/** Opens the chart for a purpose, which writes the access line first; until that is durable nothing of it is shown. */
function useOpening(patient: string, purpose: Purpose): Opening & { again: () => void } {
  const client = useApolloClient();
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another opening
  useEffect(() => {
    let left = false;
    setOpening({ state: 'opening' });
    client.mutate({ mutation: openChart, variables: { patient, purpose } }).then(
      () => !left && setOpening({ state: 'open' }),
      (error: unknown) => !left && setOpening({ state: 'refused', error }),
    );
    return () => {
      left = true;
      // A locked vault has closed every chart already.
      client.mutate({ mutation: closeChart, variables: { patient } }).catch(() => undefined);
    };
  }, [client, patient, purpose, attempt]);

  return { ...opening, again: () => setAttempt(attempt + 1) };
}

/** One patient's chart. */
export function ChartScreen({ patient, panels }: ChartScreenProps) {
  const { t } = useTranslation();
  const { back } = useNavigation();
  const [purpose] = useState<Purpose>('TREAT');
  const opening = useOpening(patient, purpose);
  const { data, error } = useQuery(chartNow, {
    variables: { patient },
    skip: opening.state !== 'open',
    fetchPolicy: 'cache-first',
  });

  if (opening.state === 'refused' || error) {
    return (
      <Page title={t('chart.refused')}>
        <Stack gap="md">
          <ErrorNotice error={opening.state === 'refused' ? opening.error : error} onRetry={opening.again} />
          <Empty icon={<IconLockExclamation aria-hidden />} title={t('chart.notShown')} text={t('chart.notShownHint')}>
            <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={back}>
              {t('actions.back')}
            </Button>
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
    <Stack gap={0}>
      <ChartHead chart={data.chart} />
      <ChartTabs chart={data.chart} panels={panels} />
    </Stack>
  );
}
