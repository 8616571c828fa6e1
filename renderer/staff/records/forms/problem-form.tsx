import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localInstant } from '../../../../shared/encoding/wall-clock.ts';
import { DateField } from '../../../parts/fields/date-field.tsx';
import { type CodedText, CodedTextFields, codedConcept, noCodedText, readCodedText } from '../coded-text.tsx';
import { type ExactObject, exactJson } from '../exact-json.ts';
import { amendedNamed, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField, StandingFields } from './form-fields.tsx';

interface ProblemForm extends CodedText {
  readonly clinical: string;
  readonly verification: string;
  readonly onset: string;
  readonly abatement: string;
  readonly note: string;
}

const clinicalStates = ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'] as const;
const verifications = ['confirmed', 'provisional', 'differential', 'unconfirmed', 'refuted'] as const;
/** R4 con-4: a problem that has an end is none of the active ones. */
const ENDED: ReadonlySet<string> = new Set(['inactive', 'remission', 'resolved']);

function members(form: ProblemForm): { readonly [Field in keyof ProblemForm]?: ExactObject } {
  const state = (kind: 'clinical' | 'ver-status', code: string): ExactObject => ({
    coding: [{ system: `http://terminology.hl7.org/CodeSystem/condition-${kind}`, code }],
  });
  return {
    clinical: { clinicalStatus: state('clinical', form.clinical) },
    verification: { verificationStatus: state('ver-status', form.verification) },
    words: { code: codedConcept(form) },
    onset: { onsetDateTime: form.onset || undefined },
    abatement: { abatementDateTime: form.abatement || undefined },
    note: { note: form.note.trim() === '' ? undefined : [{ text: form.note.trim() }] },
  };
}

export const problemForm: FormDefinition<ProblemForm> = {
  empty: () => ({ ...noCodedText, clinical: 'active', verification: 'confirmed', onset: '', abatement: '', note: '' }),
  read: (resource) => {
    const reader = new ResourceReader(resource);
    return {
      ...readCodedText(reader, 'code'),
      clinical: reader.text('clinicalStatus.coding[0].code'),
      verification: reader.text('verificationStatus.coding[0].code'),
      onset: reader.text('onsetDateTime'),
      abatement: reader.text('abatementDateTime'),
      note: reader.text('note[0].text'),
    };
  },
  wrong: (form, t) => {
    if (form.words.trim() === '') return t('write.wrong.problem');
    return form.abatement !== '' && !ENDED.has(form.clinical) ? t('write.wrong.abated') : undefined;
  },
  write: (form, patient) =>
    exactJson({
      resourceType: 'Condition',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', code: 'problem-list-item' }] }],
      ...Object.assign({}, ...Object.values(members(form))),
      subject: { reference: `Patient/${patient}` },
      recordedDate: localInstant(Date.now()),
    }),
  amend: (form, before, resource) =>
    amendedNamed(resource, form, before, { ...members(form), note: firstText(resource, 'note', form.note) }),
  Fields: ProblemFields,
};

const systems = { 'http://snomed.info/sct': 'SNOMED CT', 'http://hl7.org/fhir/sid/icd-10': 'ICD-10' };

function ProblemFields({ form, change }: FieldsProps<ProblemForm>) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <CodedTextFields label={t('write.problem.what')} value={form} onChange={change} systems={systems} />
      <SimpleGrid cols={2}>
        <StandingFields form={form} onChange={change} clinical={clinicalStates} verification={verifications} />
        <DateField label={t('write.problem.onset')} value={form.onset} onChange={(onset) => change({ onset })} partial past />
        <DateField
          label={t('write.problem.abatement')}
          value={form.abatement}
          onChange={(abatement) => change({ abatement })}
          partial
          past
        />
      </SimpleGrid>
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}
