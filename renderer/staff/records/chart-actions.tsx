import { useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconArrowsJoin2, IconChecklist, IconChevronDown, IconPrinter, IconReceipt, IconUserX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { ChartPartsFragment } from '../../generated/graphql.ts';
import { usePaymentAsking } from '../../parts/payment-asking.ts';
import { useTaskAsking } from '../../parts/task-asking.ts';
import { writerNow } from './chart-documents.ts';
import { MergePatients } from './people/merge-patients.tsx';
import { RecordDeath } from './people/record-death.tsx';

const PrintChart = lazy(() => import('./papers/print-chart.tsx').then((file) => ({ default: file.PrintChart })));

/** What is done with a whole chart, now and then. */
export function ChartActions({ chart }: { chart: ChartPartsFragment }) {
  const { t } = useTranslation();
  const askForTask = useTaskAsking();
  const showPayments = usePaymentAsking();
  const [merging, setMerging] = useState(false);
  const [dying, setDying] = useState(false);
  const role = useQuery(writerNow, { fetchPolicy: 'cache-first' }).data?.workstation.signedIn?.role ?? '';
  const { patient } = chart;
  const [printing, setPrinting] = useState(false);
  const mayMerge = mayDo(role, 'patients.merge') && !patient.shared && !patient.mergedInto;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t('chart.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => setPrinting(true)}>
            {t('print.open')}
          </Menu.Item>
          {mayDo(role, 'payments.read') ? (
            <Menu.Item leftSection={<IconReceipt size={16} aria-hidden />} onClick={() => showPayments(patient)}>
              {t('payments.open')}
            </Menu.Item>
          ) : null}
          {mayDo(role, 'tasks.write') && !patient.shared ? (
            <Menu.Item leftSection={<IconChecklist size={16} aria-hidden />} onClick={() => askForTask({ patient })}>
              {t('tasks.add')}
            </Menu.Item>
          ) : null}
          {mayMerge ? (
            <Menu.Item leftSection={<IconArrowsJoin2 size={16} aria-hidden />} onClick={() => setMerging(true)}>
              {t('merge.action')}
            </Menu.Item>
          ) : null}
          {mayDo(role, 'chart.write') && !patient.shared ? (
            <Menu.Item leftSection={<IconUserX size={16} aria-hidden />} onClick={() => setDying(true)}>
              {t(patient.deceased ? 'death.correct' : 'death.record')}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {printing ? (
        <Suspense>
          <PrintChart chart={chart} onClose={() => setPrinting(false)} />
        </Suspense>
      ) : null}
      {dying ? <RecordDeath patient={patient} onClose={() => setDying(false)} /> : null}
      {merging ? <MergePatients patient={patient} onClose={() => setMerging(false)} /> : null}
    </>
  );
}
