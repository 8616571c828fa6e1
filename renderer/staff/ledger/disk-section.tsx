import { useQuery } from '@apollo/client/react';
import { Alert, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/words/use-format.ts';
import { diskState, unfinishedFileStore } from './ledger-documents.ts';

/** What the check of this computer's disk has found, with what to do; one quiet line when there is nothing. */
export function DiskSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(diskState);
  const { data: begun } = useQuery(unfinishedFileStore, { fetchPolicy: 'cache-and-network' });
  const check = data?.syncState.diskCheck;
  if (!check) return null;
  const { faults, finishedAt } = check;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('disk.section')}>
      <Stack gap="md">
        <Title order={2}>{t('disk.section')}</Title>
        {faults.length === 0 ? (
          <Text size="sm">{finishedAt === null ? t('disk.first') : t('disk.whole', { moment: format.moment(finishedAt) })}</Text>
        ) : (
          <Alert color="red" icon={<IconDeviceFloppy aria-hidden />} title={t('disk.altered')}>
            <Stack gap="sm">
              <List size="sm">
                {faults.map(({ part, count }) => (
                  <List.Item key={part}>{t(`disk.part.${part}`, { count, number: format.number(count) })}</List.Item>
                ))}
              </List>
              <div>
                <Text size="sm" fw={600}>
                  {t('evidence.now')}
                </Text>
                <List size="sm" type="ordered">
                  {t('disk.todo')
                    .split('\n')
                    .map((step) => (
                      <List.Item key={step}>{step}</List.Item>
                    ))}
                </List>
              </div>
            </Stack>
          </Alert>
        )}
        {begun && begun.unfinishedFileStore.files > 0 ? (
          <Text size="sm">
            {t('disk.unfinished', {
              count: begun.unfinishedFileStore.files,
              size: format.bytes(begun.unfinishedFileStore.bytes),
              days: begun.unfinishedFileStore.keptDays,
            })}
          </Text>
        ) : null}
      </Stack>
    </Paper>
  );
}
