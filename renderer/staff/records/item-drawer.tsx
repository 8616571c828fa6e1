import { useQuery } from '@apollo/client/react';
import { Alert, Button, Drawer, Group, List, Stack, Tabs, Text } from '@mantine/core';
import { IconAlertOctagon, IconChecklist, IconMessageExclamation, IconPencil, IconPill } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { SOAP_NOTE } from '../../../shared/fhir/soap-note.ts';
import type { RecordNowQuery } from '../../generated/graphql.ts';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { ProgressSteps } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useTaskAsking } from '../../parts/task-asking.ts';
import { AttachmentView } from './attachments/attachment-view.tsx';
import { recordNow } from './chart-documents.ts';
import { ProposalList } from './conflicts/proposal-list.tsx';
import { Disagreements } from './disagreements.tsx';
import { disputeWords } from './dispute-words.ts';
import { FileDisagreement } from './file-disagreement.tsx';
import { WhatIsLeft } from './forms/dispense-editor.tsx';
import { hasMeasuredValue } from './forms/observation-form.tsx';
import { RecordFields } from './forms/record-fields.tsx';
import { useAllowedKinds } from './forms/use-allowed-kinds.ts';
import { kindOfType, type WriteKind, type Writing } from './forms/writing.ts';
import { plainTitle } from './item-title.ts';
import { ReceiptPanel } from './papers/receipt-panel.tsx';
import { RecordHistory } from './record-history.tsx';
import { UndoMerge, WaitingNotice } from './waiting-notice.tsx';
import { WrittenText } from './written-text.tsx';

/** Whose chart it is. */
interface ChartPatient {
  readonly id: string;
  readonly name: string;
  /** Another clinic keeps the chart. */
  readonly shared: boolean;
}

interface ItemDrawerProps {
  readonly patient: ChartPatient;
  readonly record: string | null;
  readonly onClose: () => void;
  readonly onAmend: (writing: Writing) => void;
}

/** One record beside the chart: what it says, its exact text, who changed what and why, and its proof. */
export function ItemDrawer({ patient, record, onClose, onAmend }: ItemDrawerProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const { data, error, refetch } = useQuery(recordNow, {
    variables: { patient: patient.id, id: record ?? '' },
    skip: record === null,
  });
  const shown = data?.record;
  return (
    <Drawer
      opened={record !== null}
      onClose={onClose}
      position="right"
      size={640}
      title={titled(shown ? plainTitle(t, shown.item.title) : t('item.record'))}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!shown && !error ? <Loading rows={10} /> : null}
      {shown ? (
        <RecordView
          patient={patient}
          record={shown}
          onAmend={(writing) => {
            onClose();
            onAmend(writing);
          }}
        />
      ) : null}
    </Drawer>
  );
}

interface RecordViewProps {
  readonly patient: ChartPatient;
  readonly record: RecordNowQuery['record'];
  readonly onAmend: (writing: Writing) => void;
}

function RecordView({ patient, record, onAmend }: RecordViewProps) {
  const { t } = useTranslation();
  const { item, resource, history } = record;
  return (
    <Stack gap="md">
      <ProgressSteps reached={item.progress} />
      <RecordActs patient={patient} record={record} onAmend={onAmend} />
      {item.dispute ? (
        <Alert color="red" icon={<IconAlertOctagon aria-hidden />} title={disputeWords(t, item.dispute).title}>
          {disputeWords(t, item.dispute).sentence}
        </Alert>
      ) : null}
      {item.waiting.length > 0 ? <WaitingNotice count={item.waiting.length} /> : null}
      {item.resourceType === 'DocumentReference' ? <AttachmentView patient={patient.id} record={item.id} /> : null}
      <WrittenText resource={resource} />
      {item.resourceType === 'MedicationRequest' ? <WhatIsLeft patient={patient.id} prescription={item} /> : null}
      <Disagreements said={item.disagreements} />
      <ProposalList patient={patient.id} record={item.id} />
      <Tabs defaultValue="fields" keepMounted={false}>
        <Tabs.List aria-label={t('item.record')}>
          <Tabs.Tab value="fields">{t('item.fields')}</Tabs.Tab>
          <Tabs.Tab value="history">{t('item.history', { count: history.length })}</Tabs.Tab>
          <Tabs.Tab value="text">{t('item.exactText')}</Tabs.Tab>
          <Tabs.Tab value="receipt">{t('item.receipt')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="fields" pt="md">
          <Stack gap="md">
            <RecordFields resource={resource} />
            <MissingReferences references={record.missingReferences} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          {record.undoable ? <UndoMerge patient={patient.id} record={item.id} /> : null}
          <RecordHistory history={history} />
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="md">
          <ExactText label={t('item.exactTextExplained')} text={resource} height={560} />
        </Tabs.Panel>
        <Tabs.Panel value="receipt" pt="md">
          <ReceiptPanel patient={patient.id} record={item.id} progress={item.progress} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** The form by which a record is amended, if it has one and may be. */
function amendedBy({ item, resource, amendable }: RecordNowQuery['record']): WriteKind | undefined {
  const known = kindOfType(item.resourceType);
  const isOther = (known === 'OBSERVATION' && !hasMeasuredValue(resource)) || (known === 'SOAP' && item.code !== SOAP_NOTE);
  return isOther || !amendable ? undefined : known;
}

/** What can be done about a record. */
function RecordActs({ patient, record, onAmend }: RecordViewProps) {
  const { t } = useTranslation();
  const askForTask = useTaskAsking();
  const { role } = useSignedIn();
  const mayAsk = mayDo(role, 'tasks.write');
  const [isDisagreed, setDisagreed] = useState(false);
  const { item, resource } = record;
  const kind = amendedBy(record);
  const isAllowed = useAllowedKinds(patient.shared);
  return (
    <Group gap="xs">
      {kind ? (
        <Button
          variant="default"
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => onAmend({ kind, amended: { item, resource } })}
        >
          {t('write.amend')}
        </Button>
      ) : null}
      {item.resourceType === 'MedicationRequest' && item.status === 'active' && isAllowed('DISPENSE') ? (
        <Button
          variant="default"
          leftSection={<IconPill size={16} aria-hidden />}
          onClick={() => onAmend({ kind: 'DISPENSE', prescription: item })}
        >
          {t('write.add.DISPENSE')}
        </Button>
      ) : null}
      {mayAsk ? (
        <Button
          variant="default"
          leftSection={<IconChecklist size={16} aria-hidden />}
          onClick={() =>
            askForTask({ patient, what: t('tasks.aboutResult', { title: item.title }), about: referenceTo(resource) })
          }
        >
          {t('tasks.add')}
        </Button>
      ) : null}
      {mayDo(role, 'chart.write') && record.disputable ? (
        <Button
          variant="default"
          leftSection={<IconMessageExclamation size={16} aria-hidden />}
          onClick={() => setDisagreed(true)}
        >
          {t('item.disagrees')}
        </Button>
      ) : null}
      {isDisagreed ? (
        <FileDisagreement
          patient={patient.id}
          record={{ id: item.id, title: plainTitle(t, item.title) }}
          onClose={() => setDisagreed(false)}
        />
      ) : null}
    </Group>
  );
}

/** What the record names and this chart does not have. */
function MissingReferences({ references }: { references: readonly string[] }) {
  const { t } = useTranslation();
  if (references.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('item.missingReferences')}
      </Text>
      <List size="sm">
        {references.map((reference) => (
          <List.Item key={reference}>{reference}</List.Item>
        ))}
      </List>
    </div>
  );
}

/** `Observation/<id>` of a record in FHIR. */
function referenceTo(resource: string): string {
  const { resourceType, id } = JSON.parse(resource) as { resourceType: string; id?: string };
  return `${resourceType}/${id ?? ''}`;
}
