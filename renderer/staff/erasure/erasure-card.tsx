import { useApolloClient } from '@apollo/client/react';
import { Badge, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErasurePartsFragment, ErasureState } from '../../generated/graphql.ts';
import { download } from '../../parts/download.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { erasureCertificate } from './erasure-documents.ts';
import { categoryWord } from './erasure-words.ts';
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
  const { id, state, at, by, ground, compartments, confirmations, retained, lastBackupDies } = erasure;
  const save = async (): Promise<void> => {
    try {
      const { data } = await client.query({ query: erasureCertificate, variables: { id }, fetchPolicy: 'no-cache' });
      if (data) download(`erasure-${id.slice(0, 8)}.json`, data.erasureCertificate);
      setProblem(null);
    } catch (error) {
      setProblem(error);
    }
  };
  const partyOf = ({ party, clinic, device, here }: (typeof confirmations)[number]): string => {
    if (party === 'HUB') return t('erasure.party.HUB');
    if (here) return t('erasure.party.HERE');
    return party === 'DESK'
      ? t('erasure.party.DESK', { device: device.slice(0, 8) })
      : t('erasure.party.CLINIC', { clinic, device: device.slice(0, 8) });
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
            <Button variant="subtle" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
              {t('erasure.print')}
            </Button>
          </Group>
        </Group>
        <Text size="sm">{t('erasure.line', { ground: t(`erasure.ground.${ground}`), by, at: format.moment(at) })}</Text>
        <Text size="sm" c="dimmed">
          {format.list(
            compartments.map(({ category, documents }) =>
              t('erasure.compartment', { category: categoryWord(t, category), count: documents }),
            ),
          )}
        </Text>
        {retained.length > 0 ? <RetainedList retained={retained} /> : null}
        {confirmations.length > 0 ? (
          <List size="sm">
            {confirmations.map((each) => (
              <List.Item key={`${each.party} ${each.device}`}>
                {each.at === null
                  ? t('erasure.notConfirmed', { who: partyOf(each) })
                  : t('erasure.confirmed', { who: partyOf(each), at: format.moment(each.at), count: each.count })}
              </List.Item>
            ))}
          </List>
        ) : null}
        {lastBackupDies === null ? null : <Text size="sm">{t('erasure.lastBackup', { date: format.day(lastBackupDies) })}</Text>}
        {problem ? <ErrorNotice error={problem} /> : null}
      </Stack>
    </Paper>
  );
}
