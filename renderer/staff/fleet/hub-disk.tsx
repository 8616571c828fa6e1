import { Alert, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HubLedgerQuery } from '../../generated/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';

const PARTS = ['FILE', 'STATE', 'BLOCKS', 'TREE', 'DOCUMENTS', 'STORE'] as const;

/** What the hub has found on its own disk, with what to do; one quiet line when there is nothing. */
export function HubDiskSection({ disk: { finishedAt, faults } }: { disk: NonNullable<HubLedgerQuery['hubLedger']['disk']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isStoreAlone = faults.every(({ part }) => part === 'STORE');
  return (
    <Paper withBorder p="md" component="section" aria-label={t('fleet.disk.section')}>
      <Stack gap="sm">
        <Title order={2}>{t('fleet.disk.section')}</Title>
        {faults.length === 0 ? (
          <Text size="sm">
            {finishedAt === null ? t('fleet.disk.first') : t('fleet.disk.whole', { moment: format.moment(finishedAt) })}
          </Text>
        ) : (
          <Alert
            color="red"
            icon={<IconDeviceFloppy aria-hidden />}
            title={t(isStoreAlone ? 'fleet.disk.alteredStore' : 'fleet.disk.altered')}
          >
            <Stack gap="sm">
              <List size="sm">
                {faults.map(({ part, count }) => (
                  <List.Item key={part}>
                    {t(`fleet.disk.part.${PARTS.find((known) => known === part) ?? 'other'}`, {
                      count,
                      number: format.number(count),
                    })}
                  </List.Item>
                ))}
              </List>
              <List size="sm" type="ordered">
                {t(isStoreAlone ? 'fleet.disk.todoStore' : 'fleet.disk.todo')
                  .split('\n')
                  .map((step) => (
                    <List.Item key={step}>{step}</List.Item>
                  ))}
              </List>
            </Stack>
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}
