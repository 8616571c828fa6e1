import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { CaseFields, caseInput } from './case-fields.tsx';
import { askConsult, consultClinics } from './consult-documents.ts';
import { useCaseDraft } from './use-case-draft.ts';

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
  const { draft, choice, changeCase } = useCaseDraft(patient, 'CONSULT');
  const clinic = draft.form.to;
  const send = async (passphrase: string): Promise<void> => {
    const input = { patient, clinic, ...caseInput(choice) };
    await client.mutate({ mutation: askConsult, variables: { input, passphrase } });
    await draft.discard().catch(() => undefined);
    onAsked();
  };

  if (!draft.ready) return null;
  return (
    <PassphraseDialog
      isKept
      opened
      title={t('consult.ask')}
      action={t('consult.send')}
      size="xl"
      onClose={onClose}
      onConfirm={send}
    >
      <DraftNotice {...draft} />
      {clinics.length === 0 ? <Alert color="orange">{t('consult.noClinics')}</Alert> : null}
      <Select
        label={t('consult.clinic')}
        data={clinics.map(({ chain, name }) => ({ value: chain, label: name }))}
        value={clinic || null}
        onChange={(chain) => draft.change({ to: chain ?? '' })}
        required
        data-autofocus
      />
      <CaseFields value={choice} hint={t('consult.readersHint')} onChange={changeCase} />
    </PassphraseDialog>
  );
}
