import { useMutation } from '@apollo/client/react';
import { Button, Modal, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import type { RegisterPatientInput, RegisterPatientMutation } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { type DraftState, useFormDraft } from '../../parts/drafts/use-draft.ts';
import { DateField } from '../../parts/fields/date-field.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { Loading } from '../../parts/states.tsx';
import { DuplicateCandidates } from './duplicate-candidates.tsx';

const registerPatient = graphql(`
  mutation RegisterPatient($input: RegisterPatientInput!, $evenSo: Boolean) {
    registerPatient(input: $input, evenSo: $evenSo) {
      patient {
        id
        name
      }
      candidates {
        reasons
        probability
        evidence {
          field
          agreement
          weight
        }
        patient {
          id
          name
          birthDate
          gender
          city
          identifiers {
            system
            value
            type
          }
        }
      }
    }
  }
`);

export type Candidate = RegisterPatientMutation['registerPatient']['candidates'][number];

interface RegisterPatientProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onOpenChart: (patient: string) => void;
}

/** Registers a person. People who may be the same are shown first; nobody is ever merged by name and birth date. */
export function RegisterPatient({ opened, onClose, onOpenChart }: RegisterPatientProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('patients.register')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <RegisterForm
        onClose={onClose}
        onOpenChart={(id) => {
          onClose();
          onOpenChart(id);
        }}
      />
    </Modal>
  );
}

const empty = { family: '', given: '', birthDate: '', gender: '', phone: '', city: '', identifier: '' };

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const inputOf = (form: typeof empty): RegisterPatientInput => ({
  family: form.family.trim(),
  given: form.given.trim().split(/\s+/).filter(Boolean),
  birthDate: orNull(form.birthDate),
  gender: orNull(form.gender),
  phone: orNull(form.phone),
  city: orNull(form.city),
  identifier: orNull(form.identifier),
});

function RegisterForm({ onClose, onOpenChart }: Omit<RegisterPatientProps, 'opened'>) {
  const { t } = useTranslation();
  const draft = useFormDraft({ kind: 'REGISTRATION', key: 'new' }, empty);
  const { form } = draft;
  const [candidates, setCandidates] = useState<readonly Candidate[]>([]);
  const [register, { loading, error }] = useMutation(registerPatient);

  const send = async (evenSo: boolean): Promise<void> => {
    // A refusal is shown below.
    const result = await register({ variables: { input: inputOf(form), evenSo } }).catch(() => undefined);
    const answer = result?.data?.registerPatient;
    if (!answer?.patient) {
      setCandidates(answer?.candidates ?? []);
      return;
    }
    // They are registered; a draft left behind would only be offered again.
    await draft.discard().catch(() => undefined);
    onOpenChart(answer.patient.id);
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(false);
  };

  if (candidates.length > 0) {
    return (
      <DuplicateCandidates
        candidates={candidates}
        busy={loading}
        error={error}
        onChoose={(id) => {
          draft.discard().catch(() => undefined);
          onOpenChart(id);
        }}
        onBack={() => setCandidates([])}
        onEvenSo={() => void send(true)}
      />
    );
  }
  if (!draft.ready) return <Loading rows={5} />;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <DraftNotice {...draft} />
        <PersonFields form={form} change={draft.change} />
        <FormEnd isKept error={error} onClose={onClose}>
          <Button type="submit" loading={loading} disabled={form.family.trim() === ''}>
            {t('patients.registerAction')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}

const genderChoices = ['female', 'male', 'other', 'unknown'] as const;

function PersonFields({ form, change }: Pick<DraftState<typeof empty>, 'form' | 'change'>) {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={2} spacing="md">
        <TextInput
          label={t('patients.family')}
          value={form.family}
          onChange={(event) => change({ family: event.currentTarget.value })}
          data-autofocus
          required
        />
        <TextInput
          label={t('patients.given')}
          value={form.given}
          onChange={(event) => change({ given: event.currentTarget.value })}
          required
        />
        <DateField
          label={t('patients.birthDate')}
          description={t('patients.birthDateHint')}
          value={form.birthDate}
          onChange={(birthDate) => change({ birthDate })}
          partial
          past
        />
        <Select
          label={t('patients.gender')}
          description={t('patients.genderHint')}
          value={form.gender || null}
          onChange={(gender) => change({ gender: gender ?? '' })}
          data={genderChoices.map((value) => ({ value, label: t(`gender.${value}`) }))}
          clearable
        />
        <TextInput
          label={t('patients.city')}
          value={form.city}
          onChange={(event) => change({ city: event.currentTarget.value })}
        />
        <TextInput
          label={t('patients.phone')}
          value={form.phone}
          onChange={(event) => change({ phone: event.currentTarget.value })}
        />
      </SimpleGrid>
      <TextInput
        label={t('patients.identifier')}
        description={t('patients.identifierHint')}
        value={form.identifier}
        onChange={(event) => change({ identifier: event.currentTarget.value })}
      />
    </>
  );
}
