/** From where medications may come besides an import: what the patient says, and what another clinic has opened to this one. */
import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localInstant } from '../../../../shared/encoding/wall-clock.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { openChart, putRecords } from '../chart-documents.ts';
import { exactJson } from '../exact-json.ts';
import { alikeElsewhere } from './reconcile-documents.ts';

/** Writes a statement whose source is the patient; it then stands among what came. */
export function SaidByPatient({ patient, onSaid }: { patient: string; onSaid: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [dosage, setDosage] = useState('');
  const [put, { loading, error }] = useMutation(putRecords);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const whose = { reference: `Patient/${patient}` };
    const resource = exactJson({
      resourceType: 'MedicationStatement',
      status: 'active',
      medicationCodeableConcept: { text: words.trim() },
      subject: whose,
      dateAsserted: localInstant(Date.now()),
      informationSource: whose,
      dosage: dosage.trim() === '' ? undefined : [{ text: dosage.trim() }],
    });
    // A refusal is shown below.
    const done = await put({ variables: { patient, inputs: [{ patient, resource }] } }).catch(() => undefined);
    if (!done?.data) return;
    setWords('');
    setDosage('');
    onSaid();
  };
  return (
    <form onSubmit={add}>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('reconcile.said')}
          placeholder={t('reconcile.saidWhat')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          flex={2}
        />
        <TextInput
          label={t('write.medication.dosage')}
          value={dosage}
          onChange={(event) => setDosage(event.currentTarget.value)}
          flex={1}
        />
        <Button
          type="submit"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          loading={loading}
          disabled={words.trim() === ''}
        >
          {t('reconcile.add')}
        </Button>
      </Group>
      {error ? <ErrorNotice error={error} /> : null}
    </form>
  );
}

interface OtherClinicsListProps {
  readonly patient: string;
  readonly chosen: string | null;
  readonly onChoose: (other: string | null) => void;
}

/** Charts of the same person that other clinics have opened to this one; looking at one leaves its line there. */
export function OtherClinicsList({ patient, chosen, onChoose }: OtherClinicsListProps) {
  const { t } = useTranslation();
  const { data } = useQuery(alikeElsewhere, { variables: { id: patient } });
  const [open, { loading, error }] = useMutation(openChart);
  const elsewhere = (data?.patientDuplicates ?? []).filter(({ patient: one }) => one.shared);
  if (elsewhere.length === 0) return null;
  const choose = async (id: string): Promise<void> => {
    // A refusal is shown below.
    const opened = await open({ variables: { patient: id, purpose: 'TREAT' } }).catch(() => undefined);
    if (opened?.data) onChoose(id);
  };
  return (
    <Group gap="xs">
      <Text size="sm">{t('reconcile.elsewhere')}</Text>
      {elsewhere.map(({ patient: one }) => (
        <Button
          key={one.id}
          size="compact-sm"
          variant={chosen === one.id ? 'filled' : 'default'}
          aria-pressed={chosen === one.id}
          loading={loading}
          onClick={() => (chosen === one.id ? onChoose(null) : void choose(one.id))}
        >
          {one.custodianName}
        </Button>
      ))}
      {error ? <ErrorNotice error={error} /> : null}
    </Group>
  );
}
