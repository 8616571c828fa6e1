import { Group, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemPartsFragment } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { usePaged } from '../../parts/use-paged.ts';
import { measuredWords } from '../../parts/words/measured-words.ts';
import { type Format, useFormat } from '../../parts/words/use-format.ts';
import { sectionItems } from './chart-documents.ts';
import { DisagreementLines } from './disagreements.tsx';
import { authorColumn, dateColumn, statusColumn } from './item-columns.tsx';
import { plainTitle } from './item-title.ts';
import { SectionSearch } from './section-search.tsx';

interface TimelinePanelProps {
  readonly patient: string;
  readonly onOpen: (record: string) => void;
}

/** What happened, of every section in one line, newest first: what a visit found, ordered and began stands together. */
export function TimelinePanel({ patient, onOpen }: TimelinePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 80);
  const asked = { patient, section: null, search: search === '' ? null : search, remote: true };
  const { list, isCurrent, more, error, refetch } = usePaged(sectionItems, asked, ({ chart }) => chart.items);
  const columns = useMemo(() => timelineColumns(t, format), [t, format]);
  if (error && !list) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!list) return <Loading rows={8} />;
  if (list.edges.length === 0 && typed === '')
    return (
      <Empty
        icon={<IconHistory aria-hidden />}
        title={t('chart.nothingHere', { section: t('section.TIMELINE') })}
        text={t('chart.nothingHereWrite')}
      />
    );
  return (
    <Stack gap="sm">
      <Group>
        <SectionSearch section="TIMELINE" value={typed} onChange={setTyped} />
      </Group>
      {list.edges.length === 0 ? (
        <Empty title={t('chart.nothingFound', { search })} text={t('chart.nothingHereImport')} />
      ) : (
        <RowTable
          label={t('section.TIMELINE')}
          columns={columns}
          rows={list.edges.map(({ node }) => node)}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onOpen(id)}
          total={list.totalCount}
          {...(more && { onMore: more })}
          stale={!isCurrent}
        />
      )}
    </Stack>
  );
}

function timelineColumns(t: TFunction, format: Format): readonly Column<ItemPartsFragment>[] {
  return [
    dateColumn(t, format),
    { key: 'section', label: t('chart.kind'), width: 200, cell: ({ section }) => t(`section.${section}`) },
    {
      key: 'title',
      label: t('item.title'),
      cell: ({ title, value, unit, section, disagreements }) => (
        <>
          <Text size="sm">
            <Text span inherit fw={500}>
              {plainTitle(t, title)}
            </Text>
            {value && section !== 'NOTE' ? ` ${measuredWords(value, unit)}` : ''}
          </Text>
          <DisagreementLines said={disagreements} />
        </>
      ),
    },
    statusColumn(t),
    authorColumn(t),
  ];
}
