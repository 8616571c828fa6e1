import { Button, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { quietly } from '../../parts/quietly.ts';

interface DeclineTaskProps {
  readonly what: string;
  readonly onClose: () => void;
  readonly onDecline: (reason: string) => Promise<void>;
}

/** Why a task is not done: who asked for it reads it. */
export function DeclineTask({ what, onClose, onDecline }: DeclineTaskProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    await onDecline(reason);
    setSending(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={titled(t('tasks.declineTitle'))}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={(event) => quietly(submit(event))}>
        <Stack gap="md">
          <Text size="sm">{what}</Text>
          <Textarea
            label={t('tasks.reason')}
            description={t('tasks.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
            maxLength={500}
            autosize
            minRows={2}
            required
            data-autofocus
          />
          <FormEnd onClose={onClose}>
            <Button type="submit" loading={sending} disabled={reason.trim() === ''}>
              {t('tasks.decline')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
