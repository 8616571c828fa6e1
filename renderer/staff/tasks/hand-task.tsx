import { useMutation } from '@apollo/client/react';
import { Alert, Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskPartsFragment } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { quietly } from '../../parts/quietly.ts';
import { handTask, tasksOf } from './task-documents.ts';
import { ownerOf, useReadAtTheDesk, WhomField } from './whom-field.tsx';

/** Gives an open task to somebody else; from whom to whom, and why, stands in its history. */
export function HandTask({ task, onClose }: { task: TaskPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [whom, setWhom] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [hand, { loading, error }] = useMutation(handTask, { refetchQueries: [tasksOf] });
  const isReadAtTheDesk = useReadAtTheDesk(whom);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!whom) return;
    const variables = { task: task.id, revision: task.revision, reason, ...ownerOf(whom) };
    // The refusal is shown below.
    if (!(await hand({ variables }).catch(() => undefined))) return;
    announce(t('tasks.handedNow', { what: task.what }));
    onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('tasks.handTitle', { name: task.patient.name })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={(event) => quietly(submit(event))}>
        <Stack gap="md">
          <Text size="sm">{task.what}</Text>
          <WhomField value={whom} onChange={setWhom} except={task.owner?.id ?? task.role ?? undefined} autoFocus />
          {isReadAtTheDesk ? <Alert color="orange">{t('tasks.willReadAtTheDesk')}</Alert> : null}
          <TextInput
            label={t('tasks.handReason')}
            description={t('tasks.handReasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
          />
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={!whom}>
              {t('tasks.handAction')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
