import { Stack, Tabs, Text, Title } from '@mantine/core';
import { type ReactNode, type Ref, type RefObject, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo, type Permission } from '../../../shared/access/permissions.ts';
import type { ChartPartsFragment, Section } from '../../generated/graphql.ts';
import { useAct } from '../../parts/focus/shortcuts.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Loading } from '../../parts/states.tsx';
import { AccessPanel } from '../access/access.tsx';
import { ConsentPanel } from '../consent/consent.tsx';
import { AttachFile } from './attachments/attach-file.tsx';
import type { ChartPanel } from './chart-screen.tsx';
import { ChartSummary } from './chart-summary.tsx';
import styles from './chart-tabs.module.css';
import { ProposalList } from './conflicts/proposal-list.tsx';
import { RecordForm } from './forms/record-form.tsx';
import { UnfinishedDrafts } from './forms/unfinished-drafts.tsx';
import { useAllowedKinds } from './forms/use-allowed-kinds.ts';
import type { Writing } from './forms/writing.ts';
import { ItemDrawer } from './item-drawer.tsx';
import { ResultsPanel } from './results-panel.tsx';
import { SectionPanel } from './section-panel.tsx';
import { TimelinePanel } from './timeline-panel.tsx';

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
type TabName =
  | 'SUMMARY'
  | 'TIMELINE'
  | (typeof sections)[number]
  | 'NOTE'
  | 'MONITORING'
  | 'CONSENT'
  | 'OFFERS'
  | 'CARD'
  | 'ACCESS';
const tabNames: readonly TabName[] = [
  'SUMMARY',
  'TIMELINE',
  ...sections,
  'NOTE',
  'MONITORING',
  'CONSENT',
  'OFFERS',
  'CARD',
  'ACCESS',
];

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

const UNCOUNTED: ReadonlySet<TabName> = new Set(['SUMMARY', 'TIMELINE', 'ACCESS', 'OFFERS', 'CARD', 'MONITORING']);

/** How many records a tab holds; 0 for those that count nothing. */
function countIn(chart: ChartPartsFragment, name: TabName): number {
  if (UNCOUNTED.has(name)) return 0;
  const countOf = (section: Section): number => chart.sections.find((entry) => entry.section === section)?.count ?? 0;
  return name === 'RESULT' ? countOf('RESULT') + countOf('VITAL') : countOf(name as Section);
}

/** What is being written beside the chart, and where its writer stood before. @param list the tabs */
function useWriting(list: RefObject<HTMLDivElement | null>) {
  const [writing, setOpened] = useState<Writing | null>(null);
  const before = useRef<Element | null>(null);
  const write = (next: Writing): void => {
    before.current = document.activeElement;
    setOpened(next);
  };
  /** Whoever began by a key stood nowhere: they go on at the chart's parts. */
  const close = (): void => {
    setOpened(null);
    const place = before.current instanceof HTMLElement && before.current !== document.body ? before.current : null;
    requestAnimationFrame(() => {
      const selected = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
      (place?.isConnected ? place : selected)?.focus();
    });
  };
  return { writing, write, close };
}

/** A key begins each of the forms that are written most. */
function useWriteShortcuts(write: (writing: Writing) => void, isFree: boolean, shared: boolean): void {
  const { t } = useTranslation();
  const isAllowed = useAllowedKinds(shared);
  useAct('v', t('write.add.VITALS'), () => write({ kind: 'VITALS' }), isFree);
  useAct('n', t('write.add.SOAP'), () => write({ kind: 'SOAP' }), isFree);
  useAct('r', t('write.add.PRESCRIPTION'), () => write({ kind: 'PRESCRIPTION' }), isFree && isAllowed('PRESCRIPTION'));
  useAct('a', t('write.add.ALLERGY'), () => write({ kind: 'ALLERGY' }), isFree);
  useAct('p', t('write.add.PROBLEM'), () => write({ kind: 'PROBLEM' }), isFree);
  useAct('o', t('write.add.ORDER'), () => write({ kind: 'ORDER' }), isFree);
  const reconciles = isFree && isAllowed('RECONCILIATION');
  useAct('m', t('write.add.RECONCILIATION'), () => write({ kind: 'RECONCILIATION' }), reconciles);
}

/** The chart's parts, one under the other tab; a record opens beside them in a drawer. */
export function ChartTabs({ chart, panels }: { chart: ChartPartsFragment; panels: readonly ChartPanel[] }) {
  const [tab, setTab] = useState<TabName>('SUMMARY');
  const [record, setRecord] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { writing, write, close } = useWriting(list);
  const { id: patient, shared } = chart.patient;
  useWriteShortcuts(write, writing === null && record === null, shared);
  const opening = { patient, shared, onOpen: setRecord, onWrite: write };
  const panel = (key: ChartPanel['key']): ReactNode => {
    const Panel = panels.find((entry) => entry.key === key)?.panel;
    return Panel ? <Panel patient={patient} /> : null;
  };

  return (
    <>
      <Tabs value={tab} onChange={(next) => setTab((next ?? 'SUMMARY') as TabName)} keepMounted={false}>
        <TabList ref={list} chart={chart} />
        <Tabs.Panel value="SUMMARY" p="lg">
          <ProposalList patient={patient} />
          <UnfinishedDrafts patient={patient} isWriting={writing !== null} onWrite={write} onOpen={setRecord} />
          <Suspense>{panel('TASKS')}</Suspense>
          <ChartSummary chart={chart} onOpen={setRecord} onWrite={write} onSection={setTab} />
        </Tabs.Panel>
        <Tabs.Panel value="TIMELINE" p="lg">
          <TimelinePanel patient={patient} onOpen={setRecord} />
        </Tabs.Panel>
        {sections.map((name) => (
          <Tabs.Panel key={name} value={name} p="lg">
            {name === 'RESULT' ? (
              <ResultsPanel {...opening} />
            ) : (
              <SectionPanel section={name} {...opening} {...attachIn(name, opening)} />
            )}
          </Tabs.Panel>
        ))}
        <Suspense fallback={<Loading />}>
          <Tabs.Panel value="NOTE" p="lg">
            <NotesOfBothKinds written={<SectionPanel section="NOTE" {...opening} />} remote={panel('NOTE')} />
          </Tabs.Panel>
          {(['MONITORING', 'OFFERS', 'CARD'] as const).map((key) => (
            <Tabs.Panel key={key} value={key} p="lg">
              {panel(key)}
            </Tabs.Panel>
          ))}
          <Tabs.Panel value="CONSENT" p="lg">
            <ConsentPanel patient={patient} />
          </Tabs.Panel>
          <Tabs.Panel value="ACCESS" p="lg">
            <AccessPanel patient={patient} />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
      <ItemDrawer patient={chart.patient} record={record} onClose={() => setRecord(null)} onAmend={write} />
      <RecordForm chart={chart} writing={writing} onClose={close} />
    </>
  );
}

/** The tabs that who is signed in may open. */
function TabList({ ref, chart }: { ref: Ref<HTMLDivElement>; chart: ChartPartsFragment }) {
  const { t } = useTranslation();
  const { role } = useSignedIn();
  const shown = tabNames.filter((name) => {
    const needs = NEEDS[name];
    return (name !== 'OTHER' || countIn(chart, 'OTHER') > 0) && (needs === undefined || mayDo(role, needs));
  });
  return (
    <Tabs.List ref={ref} px="lg" className={styles.list} aria-label={t('chart.parts')}>
      {shown.map((name) => {
        const count = countIn(chart, name);
        return (
          <Tabs.Tab
            key={name}
            value={name}
            fz="xs"
            rightSection={
              count > 0 ? (
                <Text span size="xs" c="dimmed">
                  {count}
                </Text>
              ) : null
            }
          >
            {t(name in SHORT ? SHORT[name as keyof typeof SHORT] : `section.${name}`)}
          </Tabs.Tab>
        );
      })}
    </Tabs.List>
  );
}

interface Opening {
  readonly patient: string;
  readonly shared: boolean;
  readonly onOpen: (record: string) => void;
}

/** A file is attached among the documents of an own patient. */
function attachIn(section: Section, { patient, shared, onOpen }: Opening): { readonly attach?: ReactNode } {
  return section === 'DOCUMENT' && !shared ? { attach: <AttachFile patient={patient} onAttached={onOpen} /> } : {};
}

function NotesOfBothKinds({ written, remote }: { written: ReactNode; remote: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Stack gap="xl">
      <Stack gap="sm" component="section" aria-label={t('notes.clinical')}>
        <Title order={2}>{t('notes.clinical')}</Title>
        {written}
      </Stack>
      <Stack gap="sm" component="section" aria-label={t('notes.remote')}>
        <Title order={2}>{t('notes.remote')}</Title>
        {remote}
      </Stack>
    </Stack>
  );
}
