import { useQuery } from '@apollo/client/react';
import { Badge, Stack, Tabs } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { PatientPicker } from '../../parts/fields/patient-picker.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { accessComplaints, whoIsHere } from './access-documents.ts';
import { AccessPanel } from './access-panel.tsx';
import { ChangeList } from './change-list.tsx';
import { ComplaintList } from './complaint-list.tsx';

/** Who looked, without opening the chart; for the privacy officer also what patients complain of. */
export function AccessScreen() {
  const { t } = useTranslation();
  const role = useQuery(whoIsHere).data?.workstation.signedIn?.role ?? '';
  return (
    <Page title={t('screens.access')} note={t('access.note')}>
      {mayDo(role, 'access.review') ? (
        <Tabs defaultValue="log" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="log">{t('access.tabs.log')}</Tabs.Tab>
            <ComplaintsTab />
            <Tabs.Tab value="changes">{t('access.tabs.changes')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="log">
            <PatientLog />
          </Tabs.Panel>
          <Tabs.Panel value="complaints">
            <ComplaintList />
          </Tabs.Panel>
          <Tabs.Panel value="changes">
            <ChangeList />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <PatientLog />
      )}
    </Page>
  );
}

/** With how many are overdue. */
function ComplaintsTab() {
  const { t } = useTranslation();
  const complaints = useQuery(accessComplaints).data?.accessComplaints ?? [];
  const overdue = complaints.filter((complaint) => complaint.overdue).length;
  return (
    <Tabs.Tab
      value="complaints"
      rightSection={overdue > 0 ? <Badge color="red">{t('access.complaint.overdueCount', { count: overdue })}</Badge> : null}
    >
      {t('access.tabs.complaints')}
    </Tabs.Tab>
  );
}

function PatientLog() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Stack gap="md">
      <PatientPicker label={t('access.patient')} value={chosen} onChange={setChosen} />
      {chosen ? (
        <AccessPanel patient={chosen} />
      ) : (
        <Empty icon={<IconEye aria-hidden />} title={t('access.choose')} text={t('access.chooseHint')} />
      )}
    </Stack>
  );
}
