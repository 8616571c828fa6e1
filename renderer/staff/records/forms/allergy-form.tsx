import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localInstant } from '../../../../shared/encoding/wall-clock.ts';
import { type CodedText, CodedTextFields, codedConcept, noCodedText, readCodedText } from '../coded-text.tsx';
import { type ExactObject, exactJson } from '../exact-json.ts';
import { amendedNamed, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField, StandingFields } from './form-fields.tsx';

interface AllergyForm extends CodedText {
  readonly clinical: string;
  readonly verification: string;
  readonly criticality: string;
  readonly reaction: string;
  readonly note: string;
}

const clinicalStates = ['active', 'inactive', 'resolved'] as const;
const verifications = ['confirmed', 'unconfirmed', 'refuted'] as const;
const criticalities = ['low', 'high', 'unable-to-assess'] as const;

const stateOf = (kind: 'clinical' | 'verification', code: string): ExactObject => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/allergyintolerance-${kind}`, code }],
});

/** The members of an AllergyIntolerance that a field of the form stands for. */
function members(form: AllergyForm): { readonly [Field in keyof AllergyForm]?: ExactObject } {
  return {
    words: { code: codedConcept(form) },
    clinical: { clinicalStatus: stateOf('clinical', form.clinical) },
    verification: { verificationStatus: stateOf('verification', form.verification) },
    criticality: { criticality: form.criticality || undefined },
    reaction: { reaction: form.reaction.trim() === '' ? undefined : [{ manifestation: [{ text: form.reaction.trim() }] }] },
    note: { note: form.note.trim() === '' ? undefined : [{ text: form.note.trim() }] },
  };
}

export const allergyForm: FormDefinition<AllergyForm> = {
  empty: () => ({ ...noCodedText, clinical: 'active', verification: 'confirmed', criticality: '', reaction: '', note: '' }),
  read: (resource) => {
    const reader = new ResourceReader(resource);
    return {
      ...readCodedText(reader, 'code'),
      clinical: reader.text('clinicalStatus.coding[0].code'),
      verification: reader.text('verificationStatus.coding[0].code'),
      criticality: reader.text('criticality'),
      reaction: reader.concept('reaction[0].manifestation[0]'),
      note: reader.text('note[0].text'),
    };
  },
  wrong: (form, t) => (form.words.trim() === '' ? t('write.wrong.substance') : undefined),
  write: (form, patient) =>
    exactJson({
      resourceType: 'AllergyIntolerance',
      ...Object.assign({}, ...Object.values(members(form))),
      patient: { reference: `Patient/${patient}` },
      recordedDate: localInstant(Date.now()),
    }),
  amend: (form, before, resource) =>
    amendedNamed(resource, form, before, { ...members(form), note: firstText(resource, 'note', form.note) }),
  Fields: AllergyFields,
};

function AllergyFields({ form, change }: FieldsProps<AllergyForm>) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <CodedTextFields
        label={t('write.allergy.substance')}
        value={form}
        onChange={change}
        systems={{ 'http://snomed.info/sct': 'SNOMED CT' }}
      />
      <SimpleGrid cols={3}>
        <StandingFields form={form} onChange={change} clinical={clinicalStates} verification={verifications} />
        <Select
          label={t('write.allergy.criticality')}
          data={criticalities.map((value) => ({ value, label: t(`criticality.${value}`) }))}
          value={form.criticality || null}
          onChange={(value) => change({ criticality: value ?? '' })}
          clearable
        />
      </SimpleGrid>
      <TextInput
        label={t('write.allergy.reaction')}
        description={t('write.allergy.reactionHint')}
        value={form.reaction}
        onChange={(event) => change({ reaction: event.currentTarget.value })}
      />
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}
