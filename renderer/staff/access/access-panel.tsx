import { useMutation } from '@apollo/client/react';
import { Badge, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconDownload, IconEye, IconFilterOff, IconRobot, IconUrgent, IconUser } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../parts/fields/download.ts';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { usePaged } from '../../parts/use-paged.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { roleWord } from '../ledger/roles.ts';
import { accessVisits, exportAccessLog, type ShownVisit } from './access-documents.ts';
import { AccessFilter, asFilter, NO_FILTER } from './access-filter.tsx';
import { actionWord, categoryWords, processWord, whenWords } from './access-words.ts';
import { CompletenessCard } from './completeness-card.tsx';
import { VisitDrawer } from './visit-drawer.tsx';

/** Who opened these records, here and elsewhere, when and why; and whether a line is missing. */
export function AccessPanel({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const columns = useLogColumns();
  const [chosen, setChosen] = useState(NO_FILTER);
  const [opened, setOpened] = useState<ShownVisit | null>(null);
  const [now] = useState(() => Date.now());
  const settled = useDebounced(chosen, 80);
  const filter = useMemo(() => asFilter(settled, now), [settled, now]);
  const asked = { patient, filter };
  const { list: log, isCurrent, error, refetch, more } = usePaged(accessVisits, asked, (data) => data.accessVisits);
  const [handOut, handingOut] = useMutation(exportAccessLog);
  const save = (kind: 'CSV' | 'FHIR'): void => {
    const asked = handOut({ variables: { patient, format: kind, filter } }).then(({ data: made }) => {
      if (made)
        download(made.exportAccessLog.fileName, made.exportAccessLog.text, kind === 'CSV' ? 'text/csv' : 'application/fhir+json');
    });
    quietly(asked);
  };

  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!log) return <Loading rows={8} />;
  const isFiltered = chosen !== NO_FILTER;
  if (log.edges.length === 0 && !isFiltered)
    return <Empty icon={<IconEye aria-hidden />} title={t('access.none')} text={t('access.noneHint')} />;
  return (
    <Stack gap="md">
      <CompletenessCard patient={patient} />
      <AccessFilter chosen={chosen} onChoose={setChosen} log={log}>
        <SaveLog onSave={save} saving={handingOut.loading} />
      </AccessFilter>
      {handingOut.error ? <ErrorNotice error={handingOut.error} /> : null}
      {log.edges.length === 0 ? (
        <Empty icon={<IconFilterOff aria-hidden />} title={t('access.noneFound')} text={t('access.noneFoundHint')}>
          <Button variant="default" onClick={() => setChosen(NO_FILTER)}>
            {t('access.allLines')}
          </Button>
        </Empty>
      ) : (
        <RowTable
          label={t('section.ACCESS')}
          rows={log.edges.map(({ node }) => node)}
          rowKey={({ id }) => id}
          onOpen={setOpened}
          stale={!isCurrent}
          total={log.totalCount}
          {...(more && { onMore: more })}
          columns={columns}
        />
      )}
      <VisitDrawer patient={patient} visit={opened} onClose={() => setOpened(null)} />
    </Stack>
  );
}

function SaveLog({ onSave, saving }: { onSave: (kind: 'CSV' | 'FHIR') => void; saving: boolean }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" style={{ flexShrink: 0 }} leftSection={<IconDownload size={16} aria-hidden />} loading={saving}>
          {t('access.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onSave('CSV')}>{t('access.exportCsv')}</Menu.Item>
        <Menu.Item onClick={() => onSave('FHIR')}>{t('access.exportFhir')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useLogColumns(): readonly Column<ShownVisit>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: 'at', label: t('access.at'), width: 220, cell: ({ first, last }) => whenWords(format, first, last) },
    { key: 'who', label: t('access.who'), cell: (visit) => <Who visit={visit} /> },
    { key: 'clinic', label: t('access.clinic'), cell: (visit) => <Where visit={visit} /> },
    {
      key: 'action',
      label: t('access.action'),
      cell: ({ actions, categories }) => (
        <>
          {format.list(actions.map((action) => actionWord(t, action)))}
          {categories.length === 0 ? null : (
            <Text size="xs" c="dimmed">
              {categoryWords(t, format, categories)}
            </Text>
          )}
        </>
      ),
    },
    { key: 'purpose', label: t('access.purpose'), width: 150, cell: ({ purpose }) => t(`purpose.${purpose}`) },
  ];
}

/** A person, or a program with the person on whose word it worked. */
function Who({ visit: { who, role, byProgram, process, brokeGlass } }: { visit: ShownVisit }) {
  const { t } = useTranslation();
  const Icon = byProgram ? IconRobot : IconUser;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Icon size={18} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div>
        <Text size="sm" fw={500}>
          {byProgram ? t('access.program', { process: processWord(t, process) }) : who}
        </Text>
        <Text size="xs" c="dimmed">
          {byProgram ? t('access.onBehalfOf', { who }) : roleWord(t, role)}
        </Text>
        {brokeGlass ? (
          <Badge color="orange" leftSection={<IconUrgent size={12} aria-hidden />}>
            {t('access.brokeGlass')}
          </Badge>
        ) : null}
      </div>
    </Group>
  );
}

function Where({ visit: { clinic, own, recipient } }: { visit: ShownVisit }) {
  const { t } = useTranslation();
  return (
    <>
      <Group gap="xs">
        {clinic}
        {own ? null : <Badge color="violet">{t('access.elsewhere')}</Badge>}
      </Group>
      {recipient ? (
        <Text size="xs" c="dimmed">
          {t('access.givenTo', { clinic: recipient })}
        </Text>
      ) : null}
    </>
  );
}
