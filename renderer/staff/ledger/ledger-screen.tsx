import { useQuery } from '@apollo/client/react';
import { Button, Code, Group, Paper, Progress, Text } from '@mantine/core';
import { IconLink, IconRefresh, IconShieldCheck, IconSignature } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockPartsFragment } from '../../generated/graphql.ts';
import { Page } from '../../parts/page.tsx';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { eventWord } from './act-words.ts';
import { AdministrationDrawer } from './administration.tsx';
import { BlockDrawer } from './block-drawer.tsx';
import { DiskSection } from './disk-section.tsx';
import { EarlierBlocks } from './earlier-blocks.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { ledgerState, newestBlocks } from './ledger-documents.ts';

const PAGE = 50;

/** The ledger as this computer holds it: pending blocks on top, then the newest first. */
export function LedgerScreen() {
  const { t } = useTranslation();
  const columns = useBlockColumns();
  const [limit, setLimit] = useState(PAGE);
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState<BlockPartsFragment | null>(null);
  const { data, previousData, error, refetch } = useQuery(newestBlocks, { variables: { before: null, limit } });
  const blocks = (data ?? previousData)?.ledgerBlocks;
  const inRegion = (useQuery(ledgerState).data?.syncState?.replicaSize ?? 0) > 0;
  const more = useCallback(() => setLimit((before) => before + PAGE), []);

  return (
    <Page
      title={t('screens.ledger')}
      note={t('ledger.note')}
      actions={
        <>
          {inRegion ? (
            <Button variant="default" leftSection={<IconSignature size={16} aria-hidden />} onClick={() => setAsked(true)}>
              {t('administration.title')}
            </Button>
          ) : null}
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => quietly(refetch())}>
            {t('ledger.refresh')}
          </Button>
        </>
      }
    >
      <EvidenceSection />
      <DiskSection />
      <AuditState onFound={setShown} />
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!blocks && !error ? <Loading rows={10} /> : null}
      {blocks?.length === 0 ? (
        <Empty icon={<IconLink aria-hidden />} title={t('ledger.none')} text={t('ledger.noneHint')} />
      ) : null}
      {blocks && blocks.length > 0 ? (
        <RowTable
          label={t('screens.ledger')}
          rows={blocks}
          rowKey={({ hash }) => hash}
          onOpen={setShown}
          {...(blocks.length >= limit ? { onMore: more } : {})}
          columns={columns}
        />
      ) : null}
      <AdministrationDrawer opened={asked} onClose={() => setAsked(false)} />
      <BlockDrawer block={shown} onClose={() => setShown(null)} />
    </Page>
  );
}

function useBlockColumns(): readonly Column<BlockPartsFragment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'position',
      label: t('ledger.position'),
      width: 110,
      cell: ({ position }) =>
        position === null ? (
          <Text span size="sm" c="dimmed">
            {t('ledger.pending')}
          </Text>
        ) : (
          format.number(position)
        ),
    },
    { key: 'time', label: t('ledger.time'), width: 195, cell: ({ time }) => format.moment(time) },
    { key: 'clinic', label: t('ledger.clinic'), cell: ({ clinic }) => clinic },
    {
      key: 'events',
      label: t('ledger.events'),
      cell: ({ events }) => (
        <Text size="sm" truncate maw={330}>
          {eventWords(
            t,
            events.map(({ type }) => type),
          )}
        </Text>
      ),
    },
    { key: 'hash', label: t('ledger.hash'), width: 140, cell: ({ hash }) => <Code>{hash.slice(0, 12)}</Code> },
    {
      key: 'progress',
      label: t('item.progress'),
      width: 240,
      cell: ({ progress, audited }) => (
        <Group gap={4} wrap="nowrap">
          <ProgressBadge reached={progress} />
          {audited ? <IconShieldCheck size={16} role="img" aria-label={t('ledger.audited')} /> : null}
        </Group>
      ),
    },
  ];
}

/** `Entry written ×12, Access log counted`. */
function eventWords(t: TFunction, types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => eventWord(t, type) + (count === 1 ? '' : ` ×${count}`)).join(', ');
}

function AuditState({ onFound }: { onFound: (block: BlockPartsFragment) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(ledgerState);
  const state = data?.syncState;
  if (!state) return null;
  const { auditedSize, historyFrom, replicaSize, witnessedSize } = state;
  if (replicaSize === 0) return <Text size="sm">{t('ledger.notInRegion')}</Text>;
  const share = auditedSize / replicaSize;
  return (
    <>
      <Paper withBorder p="md">
        <Group justify="space-between" mb={6}>
          <Text size="sm">{t('ledger.size', { size: format.number(replicaSize), witnessed: format.number(witnessedSize) })}</Text>
          <Text size="sm">
            {share >= 1
              ? historyFrom > 0
                ? t('ledger.auditedFrom', { from: format.number(historyFrom) })
                : t('ledger.allAudited')
              : t('sync.audit', { done: format.number(auditedSize), size: format.number(replicaSize) })}
          </Text>
        </Group>
        <Progress value={share * 100} aria-label={t('ledger.auditProgress')} color="green" />
      </Paper>
      {historyFrom > 0 ? <EarlierBlocks from={historyFrom} onFound={onFound} /> : null}
    </>
  );
}
