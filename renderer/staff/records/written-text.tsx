import { Paper, ScrollArea, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { writtenWordsOf } from './written-words.ts';

/** The words that a record carries inside, as they are read: a clinical note comes before its fields. */
export function WrittenText({ resource }: { resource: string }) {
  const { t } = useTranslation();
  const written = useMemo(() => writtenWordsOf(resource), [resource]);
  return written.map(({ title, words }) => (
    <Paper key={`${title} ${words}`} withBorder p="sm" component="section" aria-label={title || t('item.written')}>
      <Title order={3} mb={6}>
        {title || t('item.written')}
      </Title>
      <ScrollArea.Autosize
        mah="60vh"
        offsetScrollbars="y"
        type="auto"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title || t('item.written') }}
      >
        <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {words}
        </Text>
      </ScrollArea.Autosize>
    </Paper>
  ));
}
