import { useApolloClient, useQuery } from '@apollo/client/react';
import { Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PutRecordInput } from '../../generated/graphql.ts';
import { ExactText } from '../../parts/exact-text.tsx';
import { PassphraseDialog } from '../../parts/passphrase-dialog.tsx';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { signSoapNote, soapNoteText } from './chart-documents.ts';

interface SignSoapNoteProps {
  readonly input: PutRecordInput;
  readonly onClose: () => void;
  /** @param title of the record */
  readonly onSigned: (title: string) => Promise<void>;
}

/** The exact words of a progress note, read before the passphrase signs them. */
export function SignSoapNote({ input, onClose, onSigned }: SignSoapNoteProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { data, error } = useQuery(soapNoteText, { variables: { input }, fetchPolicy: 'no-cache' });
  if (!data) {
    return (
      <Modal opened onClose={onClose} title={t('note.sign')} size="xl" closeButtonProps={{ 'aria-label': t('actions.close') }}>
        {error ? <ErrorNotice error={error} /> : <Loading rows={6} />}
      </Modal>
    );
  }
  return (
    <PassphraseDialog
      opened
      title={t('note.sign')}
      action={t('note.signAction')}
      size="xl"
      onClose={onClose}
      onConfirm={async (passphrase) => {
        const signed = await client.mutate({ mutation: signSoapNote, variables: { input, passphrase } });
        await onSigned(signed.data?.signSoapNote.title ?? '');
      }}
    >
      <Text size="sm">{t('note.signExplained')}</Text>
      <ExactText label={t('note.exactText')} text={data.soapNoteText} height={360} />
    </PassphraseDialog>
  );
}
