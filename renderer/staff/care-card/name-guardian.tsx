import { useApolloClient, useQuery } from '@apollo/client/react';
import { Alert, Button, Checkbox, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  RELATIONSHIPS,
  REPRESENTATIVES,
  type Relationship,
  type Representative,
} from '../../../shared/care-card/guardian-text.ts';
import { beginningOf } from '../../../shared/encoding/wall-clock.ts';
import type { GuardianInput } from '../../generated/graphql.ts';
import { DateField } from '../../parts/fields/date-field.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { PatientPicker } from '../../parts/fields/patient-picker.tsx';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { CardFields, NO_CARD } from './card-fields.tsx';
import { guardianText, nameGuardian } from './guardian-documents.ts';

interface NameGuardianProps {
  readonly patient: string;
  readonly hasDied: boolean;
  readonly onClose: () => void;
  readonly onNamed: () => void;
}

/** Choices of which none is made beforehand, then the exact text, then the patient's card and the passphrase. */
export function NameGuardian({ patient, hasDied, onClose, onNamed }: NameGuardianProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const [input, setInput] = useState<GuardianInput | null>(null);
  const title = titled(t(hasDied ? 'guardians.nameRepresentative' : 'guardians.name'));
  if (input) return <Sign title={title} input={input} onClose={onClose} onNamed={onNamed} />;
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Choices patient={patient} hasDied={hasDied} onClose={onClose} onChosen={setInput} />
    </Modal>
  );
}

interface ChoicesProps {
  readonly patient: string;
  readonly hasDied: boolean;
  readonly onClose: () => void;
  readonly onChosen: (input: GuardianInput) => void;
}

function Choices({ patient, hasDied, onClose, onChosen }: ChoicesProps) {
  const { t, i18n } = useTranslation();
  const [guardian, setGuardian] = useState<string | null>(null);
  const [relationship, setRelationship] = useState<Relationship | Representative | null>(null);
  const [may, setMay] = useState<readonly string[]>([]);
  const [ends, setEnds] = useState('');
  const [evidence, setEvidence] = useState('');
  const isWhole = guardian !== null && relationship !== null && !(hasDied && (ends === '' || evidence.trim() === ''));
  const choose = (): void => {
    if (!isWhole) return;
    onChosen({
      patient,
      guardian,
      relationship,
      mayConsent: may.includes('consent'),
      mayComplain: may.includes('complain'),
      ends: ends === '' ? null : beginningOf(ends),
      evidence,
      language: i18n.language,
    });
  };
  return (
    <Stack gap="md">
      <Text size="sm">{t(hasDied ? 'guardians.diedExplained' : 'guardians.explained')}</Text>
      <PatientPicker label={t('guardians.who')} value={guardian} onChange={setGuardian} />
      <Select
        label={t(hasDied ? 'guardians.ground' : 'guardians.relationship')}
        data={(hasDied ? REPRESENTATIVES : RELATIONSHIPS).map((value) => ({
          value,
          label: t(`guardians.relationships.${value}`),
        }))}
        value={relationship}
        onChange={setRelationship}
        required
      />
      <Checkbox.Group
        label={t('guardians.mayTitle')}
        description={hasDied ? undefined : t('guardians.mayHint')}
        value={[...may]}
        onChange={setMay}
      >
        <Stack gap="xs" mt="xs">
          <Checkbox value="consent" label={t(hasDied ? 'guardians.may.endConsent' : 'guardians.may.consent')} />
          <Checkbox value="complain" label={t('guardians.may.complain')} />
        </Stack>
      </Checkbox.Group>
      <DateField
        label={t(hasDied ? 'guardians.endsAt' : 'guardians.ends')}
        description={t(hasDied ? 'guardians.diedEndsHint' : 'guardians.endsHint')}
        required={hasDied}
        value={ends}
        onChange={setEnds}
      />
      <TextInput
        label={t('guardians.evidence')}
        description={t(hasDied ? 'guardians.diedEvidenceHint' : 'guardians.evidenceHint')}
        required={hasDied}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
        maxLength={300}
      />
      <FormEnd onClose={onClose}>
        <Button onClick={choose} disabled={!isWhole}>
          {t('consent.readText')}
        </Button>
      </FormEnd>
    </Stack>
  );
}

interface SignProps {
  readonly title: string;
  readonly input: GuardianInput;
  readonly onClose: () => void;
  readonly onNamed: () => void;
}

function Sign({ title, input, onClose, onNamed }: SignProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const [card, setCard] = useState(NO_CARD);
  const { data, error } = useQuery(guardianText, { variables: { input }, fetchPolicy: 'no-cache' });
  const text = data?.guardianText;
  if (!text)
    return (
      <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
        {error ? <ErrorNotice error={error} /> : <Loading rows={4} />}
      </Modal>
    );
  return (
    <PassphraseDialog
      opened
      title={title}
      action={t('guardians.nameAction')}
      onClose={onClose}
      onConfirm={async (passphrase) => {
        const variables = { input, textHash: text.hash, passphrase, card: text.needsCard ? card : null };
        await client.mutate({ mutation: nameGuardian, variables });
        onNamed();
      }}
    >
      {text.isChild && text.ends != null ? (
        <Alert color="lagoon">{t('guardians.child', { at: format.day(text.ends) })}</Alert>
      ) : null}
      <Text size="sm">{t(text.needsCard ? 'guardians.signWithCard' : 'guardians.signByClinic')}</Text>
      <ExactText label={t('guardians.exactText')} text={text.text} />
      {text.needsCard ? <CardFields value={card} onChange={setCard} /> : null}
    </PassphraseDialog>
  );
}
