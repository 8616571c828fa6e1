import { useApolloClient } from '@apollo/client/react';
import { Badge, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErasurePartsFragment, ErasureState } from '../../generated/graphql.ts';
import { download } from '../../parts/fields/download.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { erasureCertificate } from './erasure-documents.ts';
import { erasureLines } from './erasure-words.ts';
import { PrintErasure } from './print-erasure.tsx';
import { RetainedList } from './retained-list.tsx';

const colors: Readonly<Record<ErasureState, string>> = {
  REFUSED: 'orange',
  ERASED: 'blue',
  ON_LEDGER: 'blue',
  CONFIRMED: 'green',
};

/** One erasure or refusal: what, why, when, by whom; who has confirmed and who has not. */
export function ErasureCard({ erasure }: { erasure: ErasurePartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const [problem, setProblem] = useState<unknown>(null);
  const [printing, setPrinting] = useState(false);
  const { id, state, retained } = erasure;
  const { what, confirmations, lastBackup } = erasureLines(t, format, erasure);
  const save = async (): Promise<void> => {
    try {
      const { data } = await client.query({ query: erasureCertificate, variables: { id }, fetchPolicy: 'no-cache' });
      if (data) download(`erasure-${id.slice(0, 8)}.json`, data.erasureCertificate);
      setProblem(null);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={3}>{t('erasure.number', { id: id.slice(0, 8) })}</Title>
            <Badge color={colors[state]}>{t(`erasure.state.${state}`)}</Badge>
          </Group>
          <Group gap="xs">
            {state === 'REFUSED' ? null : (
              <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => void save()}>
                {t('erasure.certificate')}
              </Button>
            )}
            <Button variant="subtle" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => setPrinting(true)}>
              {t('erasure.print')}
            </Button>
          </Group>
        </Group>
        <Text size="sm">{what[0]}</Text>
        <Text size="sm" c="dimmed">
          {what[1]}
        </Text>
        {retained.length > 0 ? <RetainedList retained={retained} /> : null}
        {confirmations.length > 0 ? (
          <List size="sm">
            {confirmations.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        ) : null}
        {lastBackup ? <Text size="sm">{lastBackup}</Text> : null}
        {problem ? <ErrorNotice error={problem} /> : null}
        {printing ? <PrintErasure erasure={erasure} onClose={() => setPrinting(false)} /> : null}
      </Stack>
    </Paper>
  );
}
