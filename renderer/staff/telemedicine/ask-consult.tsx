import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PassphraseDialog } from '../../parts/passphrase-dialog.tsx';
import { CaseFields, caseInput, EMPTY_CASE } from './case-fields.tsx';
import { askConsult, consultClinics } from './consult-documents.ts';

interface AskConsultProps {
  readonly patient: string;
  readonly onClose: () => void;
  readonly onAsked: () => void;
}

/** A question to another clinic of the region. */
export function AskConsult({ patient, onClose, onAsked }: AskConsultProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const clinics = useQuery(consultClinics).data?.clinics.filter(({ own }) => !own) ?? [];
  const [clinic, setClinic] = useState<string | null>(null);
  const [choice, setChoice] = useState(EMPTY_CASE);
  const send = async (passphrase: string): Promise<void> => {
    const input = { patient, clinic: clinic ?? '', ...caseInput(choice) };
    await client.mutate({ mutation: askConsult, variables: { input, passphrase } });
    onAsked();
  };

  return (
    <PassphraseDialog opened title={t('consult.ask')} action={t('consult.send')} size="xl" onClose={onClose} onConfirm={send}>
      {clinics.length === 0 ? <Alert color="orange">{t('consult.noClinics')}</Alert> : null}
      <Select
        label={t('consult.clinic')}
        data={clinics.map(({ chain, name }) => ({ value: chain, label: name }))}
        value={clinic}
        onChange={setClinic}
        required
        data-autofocus
      />
      <CaseFields value={choice} onChange={setChoice} />
    </PassphraseDialog>
  );
}
