import { Alert, Badge, Stack, Text } from '@mantine/core';
import { IconMessageExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ItemPartsFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';

type Said = ItemPartsFragment['disagreements'];

/** In a list: that the patient disagrees, and with what words. */
export function DisagreementLines({ said }: { said: Said }) {
  const { t } = useTranslation();
  return said.map(({ record, words }) => (
    <Text key={record} size="xs" component="div" dir="auto">
      <Badge color="grape" mr={6} leftSection={<IconMessageExclamation size={12} aria-hidden />}>
        {t('item.disagrees')}
      </Badge>
      {words}
    </Text>
  ));
}

/** Beside the record itself: the patient's own words, whole. */
export function Disagreements({ said }: { said: Said }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (said.length === 0) return null;
  return (
    <Alert color="grape" icon={<IconMessageExclamation aria-hidden />} title={t('item.disagrees')}>
      <Stack gap="xs">
        {said.map(({ record, words, date }) => (
          <div key={record}>
            <Text size="sm" style={{ whiteSpace: 'pre-line' }} dir="auto">
              {words}
            </Text>
            <Text size="xs" c="dimmed">
              {t('item.disagreesSince', { date: format.recorded(date) })}
            </Text>
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
