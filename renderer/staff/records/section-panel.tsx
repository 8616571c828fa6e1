import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemPartsFragment, Section } from '../../generated/graphql.ts';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { usePaged } from '../../parts/use-paged.ts';
import { measuredWords } from '../../parts/words/measured-words.ts';
import { type Format, useFormat } from '../../parts/words/use-format.ts';
import { sectionItems } from './chart-documents.ts';
import { DisagreementLines } from './disagreements.tsx';
import { disputeWords } from './dispute-words.ts';
import { typeWord } from './forms/resource-fields.ts';
import { useAllowedKinds } from './forms/use-allowed-kinds.ts';
import { WriteIcon } from './forms/write-icon.tsx';
import { kindsIn, type Writing } from './forms/writing.ts';
import { authorColumn, dateColumn, statusColumn } from './item-columns.tsx';
import { plainTitle } from './item-title.ts';
import { SectionSearch } from './section-search.tsx';

interface SectionPanelProps {
  readonly patient: string;
  readonly section: Section;
  /** Another clinic keeps the chart. */
  readonly shared: boolean;
  readonly onOpen: (record: string) => void;
  readonly onWrite: (writing: Writing) => void;
  /** What brings something into a section that no form writes. */
  readonly attach?: ReactNode;
}

/** All records of one section, newest first, searchable. */
export function SectionPanel({ patient, section, shared, onOpen, onWrite, attach }: SectionPanelProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 80);
  // Notes of remote visits stand by themselves below the others.
  const asked = { patient, section, search: search === '' ? null : search, remote: section !== 'NOTE' };
  const { list: items, isCurrent, more, error, refetch } = usePaged(sectionItems, asked, ({ chart }) => chart.items);
  const isEmpty = items?.edges.length === 0 && search === '' && typed === '';
  const columns = useItemColumns(section);
  const kinds = kindsIn(section).filter(useAllowedKinds(shared));
  const write = kinds.length === 0 ? null : <WriteButtons kinds={kinds} onWrite={onWrite} />;

  return (
    <Stack gap="sm">
      <Group justify={isEmpty ? 'flex-end' : 'space-between'}>
        {isEmpty ? null : <SectionSearch section={section} value={typed} onChange={setTyped} />}
        {attach ?? (items && items.edges.length > 0 ? write : null)}
      </Group>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!items && !error ? <Loading rows={8} /> : null}
      {items && items.edges.length > 0 ? (
        <RowTable
          label={t(`section.${section}`)}
          columns={columns}
          rows={items.edges.map(({ node }) => node)}
          rowKey={({ id }) => id}
          onOpen={({ id }) => onOpen(id)}
          total={items.totalCount}
          {...(more && { onMore: more })}
          stale={!isCurrent}
        />
      ) : null}
      {items && items.edges.length === 0 ? (
        <Empty
          title={
            search === '' ? t('chart.nothingHere', { section: t(`section.${section}`) }) : t('chart.nothingFound', { search })
          }
          text={t(write ? 'chart.nothingHereWrite' : attach ? 'chart.nothingHereFile' : 'chart.nothingHereImport')}
        >
          {write}
        </Empty>
      ) : null}
    </Stack>
  );
}

interface WriteButtonsProps {
  readonly kinds: readonly Writing['kind'][];
  readonly onWrite: (writing: Writing) => void;
}

function WriteButtons({ kinds, onWrite }: WriteButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {kinds.map((kind, at) => (
        <Button
          key={kind}
          variant={at === 0 ? 'filled' : 'default'}
          leftSection={<WriteIcon kind={kind} size={16} />}
          onClick={() => onWrite({ kind })}
        >
          {t(`write.add.${kind}`)}
        </Button>
      ))}
    </Group>
  );
}

function useItemColumns(section: Section): readonly Column<ItemPartsFragment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => itemColumns(section, t, format), [section, t, format]);
}

/** Of what has no part of its own: its kind, and what it calls itself, which may be "institutional". */
function otherTitle(t: TFunction, type: string, title: string): string {
  const kind = typeWord(t, type);
  return title === type ? kind : `${kind}: ${title}`;
}

function itemColumns(section: Section, t: TFunction, format: Format): readonly Column<ItemPartsFragment>[] {
  const withValue = section === 'RESULT' || section === 'VITAL' || section === 'OTHER';
  const columns: Column<ItemPartsFragment>[] = [
    dateColumn(t, format),
    {
      key: 'title',
      label: t('item.title'),
      cell: ({ title, resourceType, detail, value, unit, dispute, disagreements }) => (
        <>
          <Text size="sm" fw={500}>
            {section === 'OTHER' ? otherTitle(t, resourceType, title) : plainTitle(t, title)}
          </Text>
          {resourceType === 'MedicationDispense' ? (
            <Text size="xs" c="dimmed">
              {t('write.dispense.handedOver', { amount: measuredWords(value ?? '', unit) })}
            </Text>
          ) : null}
          {detail || (section === 'NOTE' && value) ? (
            <Text size="xs" c="dimmed" lineClamp={2}>
              {detail ?? value}
            </Text>
          ) : null}
          {dispute ? (
            <Badge color="red" leftSection={<IconAlertOctagon size={12} aria-hidden />}>
              {disputeWords(t, dispute).title}
            </Badge>
          ) : null}
          <DisagreementLines said={disagreements} />
        </>
      ),
    },
  ];
  if (withValue)
    columns.push({
      key: 'value',
      label: t('item.value'),
      width: 150,
      numeric: section === 'VITAL',
      cell: ({ value, unit }) => (value ? measuredWords(value, unit) : '–'),
    });
  columns.push(statusColumn(t), authorColumn(t), {
    key: 'progress',
    label: t('item.progress'),
    width: 170,
    cell: ({ progress }) => <ProgressBadge reached={progress} />,
  });
  return columns;
}
