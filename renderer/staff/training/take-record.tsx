import { useApolloClient } from '@apollo/client/react';
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../parts/fields/download.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { signTrainingRecord } from './training-documents.ts';

/** The competency record leaves the training clinic as a signed file. */
export function TakeRecord({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [name, setName] = useState('');
  const sign = async (passphrase: string): Promise<void> => {
    const { data } = await client.mutate({ mutation: signTrainingRecord, variables: { name, passphrase } });
    if (data) download(data.signTrainingRecord.fileName, data.signTrainingRecord.json);
  };
  return (
    <PassphraseDialog opened title={t('training.record')} action={t('training.signRecord')} onClose={onClose} onConfirm={sign}>
      <Text size="sm">{t('training.recordExplained')}</Text>
      <TextInput
        label={t('training.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={120}
        required
        data-autofocus
      />
    </PassphraseDialog>
  );
}
