import { useQuery } from '@apollo/client/react';
import { Button, Menu } from '@mantine/core';
import { IconArrowsJoin2, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { ChartPartsFragment } from '../../generated/graphql.ts';
import { writerNow } from './chart-documents.ts';
import { MergePatients } from './merge-patients.tsx';

/** What is done with a whole chart, now and then. */
export function ChartActions({ chart }: { chart: ChartPartsFragment }) {
  const { t } = useTranslation();
  const [merging, setMerging] = useState(false);
  const role = useQuery(writerNow, { fetchPolicy: 'cache-first' }).data?.workstation.signedIn?.role ?? '';
  const { patient } = chart;
  const mayMerge = mayDo(role, 'chart.write') && !patient.shared && !patient.mergedInto;
  if (!mayMerge) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
            {t('chart.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowsJoin2 size={16} aria-hidden />} onClick={() => setMerging(true)}>
            {t('merge.action')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {merging ? <MergePatients patient={patient} onClose={() => setMerging(false)} /> : null}
    </>
  );
}
