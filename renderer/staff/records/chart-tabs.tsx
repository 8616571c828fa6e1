import { Stack, Tabs, Text, Title } from '@mantine/core';
import { Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo, type Permission } from '../../../shared/access/permissions.ts';
import type { ChartPartsFragment, Section } from '../../generated/graphql.ts';
import { useShortcut } from '../../parts/shortcuts.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Loading } from '../../parts/states.tsx';
import { AccessPanel } from '../access/access.tsx';
import { ConsentPanel } from '../consent/consent.tsx';
import { AttachFile } from './attach-file.tsx';
import type { ChartPanel } from './chart-screen.tsx';
import { ChartSummary } from './chart-summary.tsx';
import styles from './chart-tabs.module.css';
import { ItemDrawer } from './item-drawer.tsx';
import { ProposalList } from './proposal-list.tsx';
import { RecordForm } from './record-form.tsx';
import { ResultsPanel } from './results-panel.tsx';
import { SectionPanel } from './section-panel.tsx';
import { UnfinishedDrafts } from './unfinished-drafts.tsx';
import { useAllowedKinds } from './use-allowed-kinds.ts';
import type { Writing } from './writing.ts';

const sections = [
  'PROBLEM',
  'ALLERGY',
  'MEDICATION',
  'IMMUNIZATION',
  'ENCOUNTER',
  'RESULT',
  'PROCEDURE',
  'DOCUMENT',
  'OTHER',
] as const;
type TabName = 'SUMMARY' | (typeof sections)[number] | 'NOTE' | 'MONITORING' | 'CONSENT' | 'OFFERS' | 'CARD' | 'ACCESS';
const tabNames: readonly TabName[] = ['SUMMARY', ...sections, 'NOTE', 'MONITORING', 'CONSENT', 'OFFERS', 'CARD', 'ACCESS'];

/** What a tab asks for beyond the chart itself. */
const NEEDS: Partial<Readonly<Record<TabName, Permission>>> = {
  MONITORING: 'monitoring.read',
  CONSENT: 'consent.read',
  OFFERS: 'offers.read',
  CARD: 'card.read',
  ACCESS: 'access.read',
};

/** Words of a tab, where a section's own are too long for one row. */
const SHORT = {
  PROCEDURE: 'chart.tab.PROCEDURE',
  CARD: 'chart.tab.CARD',
} as const satisfies Partial<Record<TabName, string>>;

/** The chart's parts, one under the other tab; a record opens beside them in a drawer. */
export function ChartTabs({ chart, panels }: { chart: ChartPartsFragment; panels: readonly ChartPanel[] }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<TabName>('SUMMARY');
  const [record, setRecord] = useState<string | null>(null);
  const [writing, setOpened] = useState<Writing | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const setWriting = (next: Writing | null): void => {
    if (next) before.current = document.activeElement;
    setOpened(next);
  };
  /** Whoever began by a key stood nowhere: they go on at the chart's parts. */
  const closeForm = (): void => {
    setWriting(null);
    const place = before.current instanceof HTMLElement && before.current !== document.body ? before.current : null;
    requestAnimationFrame(() => {
      const selected = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
      (place?.isConnected ? place : selected)?.focus();
    });
  };
  const patient = chart.patient.id;
  const countOf = (section: Section): number => chart.sections.find((entry) => entry.section === section)?.count ?? 0;
  const countIn = (name: TabName): number => {
    if (name === 'SUMMARY' || name === 'ACCESS' || name === 'OFFERS' || name === 'CARD' || name === 'MONITORING') return 0;
    return name === 'RESULT' ? countOf('RESULT') + countOf('VITAL') : countOf(name);
  };
  const isAllowed = useAllowedKinds(chart.patient.shared);
  const isFree = writing === null && record === null;
  useShortcut('v', t('write.add.VITALS'), () => setWriting({ kind: 'VITALS' }), isFree);
  useShortcut('n', t('write.add.SOAP'), () => setWriting({ kind: 'SOAP' }), isFree);
  useShortcut('r', t('write.add.PRESCRIPTION'), () => setWriting({ kind: 'PRESCRIPTION' }), isFree && isAllowed('PRESCRIPTION'));
  useShortcut('a', t('write.add.ALLERGY'), () => setWriting({ kind: 'ALLERGY' }), isFree);
  useShortcut('p', t('write.add.PROBLEM'), () => setWriting({ kind: 'PROBLEM' }), isFree);
  useShortcut('o', t('write.add.ORDER'), () => setWriting({ kind: 'ORDER' }), isFree);
  useShortcut(
    'm',
    t('write.add.RECONCILIATION'),
    () => setWriting({ kind: 'RECONCILIATION' }),
    isFree && isAllowed('RECONCILIATION'),
  );
  const NotesPanel = panels.find(({ key }) => key === 'NOTE')?.panel;
  const TasksPanel = panels.find(({ key }) => key === 'TASKS')?.panel;
  const WatchPanel = panels.find(({ key }) => key === 'MONITORING')?.panel;
  const CardPanel = panels.find(({ key }) => key === 'CARD')?.panel;
  const OffersPanel = panels.find(({ key }) => key === 'OFFERS')?.panel;
  const { role } = useSignedIn();
  const shown = tabNames.filter((name) => {
    const needs = NEEDS[name];
    return (name !== 'OTHER' || countOf('OTHER') > 0) && (needs === undefined || mayDo(role, needs));
  });

  return (
    <>
      <Tabs value={tab} onChange={(next) => setTab((next ?? 'SUMMARY') as TabName)} keepMounted={false}>
        <Tabs.List ref={list} px="lg" className={styles.list} aria-label={t('chart.parts')}>
          {shown.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              fz="xs"
              rightSection={
                countIn(name) > 0 ? (
                  <Text span size="xs" c="dimmed">
                    {countIn(name)}
                  </Text>
                ) : null
              }
            >
              {t(name in SHORT ? SHORT[name as keyof typeof SHORT] : `section.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="SUMMARY" p="lg">
          <ProposalList patient={patient} />
          <UnfinishedDrafts patient={patient} isWriting={writing !== null} onWrite={setWriting} onOpen={setRecord} />
          <Suspense>{TasksPanel ? <TasksPanel patient={patient} /> : null}</Suspense>
          <ChartSummary chart={chart} onOpen={setRecord} onWrite={setWriting} onSection={setTab} />
        </Tabs.Panel>
        {sections.map((name) => (
          <Tabs.Panel key={name} value={name} p="lg">
            {name === 'RESULT' ? (
              <ResultsPanel patient={patient} shared={chart.patient.shared} onOpen={setRecord} onWrite={setWriting} />
            ) : (
              <SectionPanel
                patient={patient}
                section={name}
                shared={chart.patient.shared}
                onOpen={setRecord}
                onWrite={setWriting}
                {...(name === 'DOCUMENT' && !chart.patient.shared
                  ? { attach: <AttachFile patient={patient} onAttached={setRecord} /> }
                  : {})}
              />
            )}
          </Tabs.Panel>
        ))}
        <Suspense fallback={<Loading />}>
          <Tabs.Panel value="NOTE" p="lg">
            <Stack gap="xl">
              <Stack gap="sm" component="section" aria-label={t('notes.clinical')}>
                <Title order={2}>{t('notes.clinical')}</Title>
                <SectionPanel
                  patient={patient}
                  section="NOTE"
                  shared={chart.patient.shared}
                  onOpen={setRecord}
                  onWrite={setWriting}
                />
              </Stack>
              <Stack gap="sm" component="section" aria-label={t('notes.remote')}>
                <Title order={2}>{t('notes.remote')}</Title>
                {NotesPanel ? <NotesPanel patient={patient} /> : null}
              </Stack>
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="MONITORING" p="lg">
            {WatchPanel ? <WatchPanel patient={patient} /> : null}
          </Tabs.Panel>
          <Tabs.Panel value="CONSENT" p="lg">
            <ConsentPanel patient={patient} />
          </Tabs.Panel>
          <Tabs.Panel value="OFFERS" p="lg">
            {OffersPanel ? <OffersPanel patient={patient} /> : null}
          </Tabs.Panel>
          <Tabs.Panel value="CARD" p="lg">
            {CardPanel ? <CardPanel patient={patient} /> : null}
          </Tabs.Panel>
          <Tabs.Panel value="ACCESS" p="lg">
            <AccessPanel patient={patient} />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
      <ItemDrawer patient={chart.patient} record={record} onClose={() => setRecord(null)} onAmend={setWriting} />
      <RecordForm chart={chart} writing={writing} onClose={closeForm} />
    </>
  );
}
