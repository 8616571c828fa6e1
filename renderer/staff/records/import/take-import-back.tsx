import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, List, Modal, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPartsFragment, ImportUndoPlanQuery } from '../../../generated/graphql.ts';
import { FormEnd } from '../../../parts/fields/form-end.tsx';
import { RowTable } from '../../../parts/row-table.tsx';
import { ErrorNotice, Loading } from '../../../parts/states.tsx';
import { importUndoPlan, takeImportBack } from './import-documents.ts';

type Undo = ImportUndoPlanQuery['importUndo'];

/** Whether there is something of this import to take back. */
export const isUndoable = ({ dryRun, state, accepted }: ImportPartsFragment): boolean =>
  !dryRun && accepted > 0 && state !== 'RUNNING' && state !== 'TAKEN_BACK';

/** Opens the question that says what taking the import back will do. */
export function TakeImportBack({ job }: { job: ImportPartsFragment }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        onClick={() => setAsking(true)}
        disabled={!isUndoable(job)}
      >
        {t('import.undo.open')}
      </Button>
      {asking ? <Question job={job} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function Question({ job, onClose }: { job: ImportPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { data, error: unplanned } = useQuery(importUndoPlan, { variables: { id: job.id }, fetchPolicy: 'network-only' });
  const [takeBack, { loading, error }] = useMutation(takeImportBack);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // A refusal is shown below.
    const done = await takeBack({ variables: { id: job.id, reason } }).catch(() => undefined);
    if (done?.data) onClose();
  };
  const plan = data?.importUndo;
  const nothing = plan !== undefined && plan.marked + plan.restored === 0;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('import.undo.title')}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          {unplanned ? <ErrorNotice error={unplanned} /> : plan ? <Effects undo={plan} planned /> : <Loading rows={3} />}
          <Text size="sm">{t('import.undo.stays')}</Text>
          <Textarea
            label={t('import.undo.reason')}
            description={t('import.undo.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            required
          />
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" color="red" loading={loading} disabled={!plan || nothing || reason.trim() === ''}>
              {t('import.undo.confirm')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}

/** What was taken back, and what stayed. */
export function TakenBack({ undo }: { undo: Undo }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder p="md">
      <Title order={2} mb="xs">
        {t('import.undo.done')}
      </Title>
      <Effects undo={undo} planned={false} />
    </Paper>
  );
}

function Effects({ undo, planned }: { undo: Undo; planned: boolean }) {
  const { t } = useTranslation();
  const { marked, restored, people, leftCount, left } = undo;
  return (
    <Stack gap="sm">
      {marked + restored === 0 ? <Text size="sm">{t('import.undo.nothing')}</Text> : null}
      <List size="sm">
        {marked > 0 ? <List.Item>{t('import.undo.marked', { count: marked })}</List.Item> : null}
        {restored > 0 ? <List.Item>{t('import.undo.restored', { count: restored })}</List.Item> : null}
        {people > 0 ? <List.Item>{t('import.undo.people', { count: people })}</List.Item> : null}
      </List>
      {leftCount > 0 ? (
        <>
          <Alert color="orange">{t(planned ? 'import.undo.willStay' : 'import.undo.stayed', { count: leftCount })}</Alert>
          <RowTable
            label={t('import.undo.leftTitle')}
            rows={left.map((each, index) => ({ ...each, index }))}
            rowKey={({ index }) => String(index)}
            total={leftCount}
            columns={[
              { key: 'name', label: t('import.undo.patient'), cell: ({ name }) => name || t('import.undo.directory') },
              { key: 'title', label: t('import.undo.record'), cell: ({ title, resourceType }) => title || resourceType },
              { key: 'reason', label: t('import.message'), cell: ({ reason }) => t(`import.undo.because.${reason}`) },
            ]}
          />
        </>
      ) : null}
    </Stack>
  );
}
