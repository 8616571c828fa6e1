import { useMutation } from '@apollo/client/react';
import { Alert, Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBackUp, IconGitMerge } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useNavigation } from '../../parts/navigation.tsx';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { undoMerge } from './conflicts/conflict-documents.ts';

/** Says on a record that another version of it waits, and where. */
export function WaitingNotice({ count }: { count: number }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  return (
    <Alert color="orange" icon={<IconGitMerge aria-hidden />} title={t('conflicts.waits', { count })}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('conflicts.waitsExplained')}</Text>
        <Button size="compact-sm" variant="default" onClick={() => go('conflicts')}>
          {t('conflicts.toInbox')}
        </Button>
      </Stack>
    </Alert>
  );
}

/** Takes the merge that is the newest version back, after a word about why. */
export function UndoMerge({ patient, record }: { patient: string; record: string }) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const [undo, { loading, error }] = useMutation(undoMerge, { refetchQueries: ['RecordNow', 'ConflictList'] });
  const confirm = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await undo({ variables: { input: { patient, record, reason: reason.trim() } } }).catch(() => undefined);
    if (done) setAsked(false);
  };
  return (
    <>
      <Button
        variant="default"
        mb="md"
        leftSection={<IconArrowBackUp size={16} aria-hidden />}
        onClick={() => {
          setReason('');
          setAsked(true);
        }}
      >
        {t('conflicts.undo')}
      </Button>
      <Modal
        opened={asked}
        onClose={() => setAsked(false)}
        title={titled(t('conflicts.undo'))}
        closeButtonProps={{ 'aria-label': t('actions.close') }}
      >
        <Stack gap="md">
          <Text size="sm">{t('conflicts.undoExplained')}</Text>
          <TextInput
            label={t('conflicts.reason')}
            description={t('conflicts.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            maxLength={500}
            data-autofocus
          />
          <FormEnd error={error} onClose={() => setAsked(false)}>
            <Button loading={loading} disabled={reason.trim() === ''} onClick={() => void confirm()}>
              {t('conflicts.undo')}
            </Button>
          </FormEnd>
        </Stack>
      </Modal>
    </>
  );
}
