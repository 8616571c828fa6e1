import { Select, SimpleGrid, Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localInstant } from '../../../../shared/encoding/wall-clock.ts';
import { DateField } from '../../../parts/fields/date-field.tsx';
import { type CodedText, CodedTextFields, codedConcept, noCodedText, readCodedText } from '../coded-text.tsx';
import { AgainstTheChart, allergiesTo, medicationSystems, notesAgainst, RXNORM } from '../conflicts/against-the-chart.tsx';
import { type ExactObject, exactJson } from '../exact-json.ts';
import { amendedNamed, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField } from './form-fields.tsx';

interface MedicationForm extends CodedText {
  readonly status: string;
  readonly dosage: string;
  readonly since: string;
  readonly note: string;
  /** Why it is given although an allergy speaks against it. */
  readonly despite: string;
}

const states = ['active', 'completed', 'stopped', 'on-hold'] as const;

/** A statement says since when; a request when it was written. */
function names(resourceType: string): { dosage: string; since: string } {
  return resourceType === 'MedicationRequest'
    ? { dosage: 'dosageInstruction', since: 'authoredOn' }
    : { dosage: 'dosage', since: 'effectiveDateTime' };
}

function members(form: MedicationForm, resourceType: string): { readonly [Field in keyof MedicationForm]?: ExactObject } {
  const name = names(resourceType);
  return {
    status: { status: form.status },
    words: { medicationCodeableConcept: codedConcept(form) },
    since: { [name.since]: form.since || undefined },
    dosage: { [name.dosage]: form.dosage.trim() === '' ? undefined : [{ text: form.dosage.trim() }] },
    note: { note: form.note.trim() === '' ? undefined : [{ text: form.note.trim() }] },
  };
}

export const medicationForm: FormDefinition<MedicationForm, string> = {
  empty: () => ({ ...noCodedText, system: RXNORM, status: 'active', dosage: '', since: '', note: '', despite: '' }),
  read: (resource) => {
    const reader = new ResourceReader(resource);
    const name = names(reader.text('resourceType'));
    return {
      ...readCodedText(reader, 'medicationCodeableConcept'),
      status: reader.text('status'),
      dosage: reader.text(`${name.dosage}[0].text`),
      since: reader.text(name.since),
      note: reader.text('note[0].text'),
      despite: '',
    };
  },
  wrong: (form, t, { amending, facts }) => {
    if (form.words.trim() === '') return t('write.wrong.medication');
    // An amendment says its reason anyway.
    const isUnsaid = !amending && form.despite.trim() === '' && allergiesTo(form, facts).length > 0;
    return isUnsaid ? t('write.wrong.despite') : undefined;
  },
  write: (form, patient, facts) =>
    exactJson({
      resourceType: 'MedicationStatement',
      ...Object.assign({}, ...Object.values(members(form, 'MedicationStatement'))),
      note: notesAgainst(form, facts),
      subject: { reference: `Patient/${patient}` },
      dateAsserted: localInstant(Date.now()),
    }),
  amend: (form, before, resource) => {
    const resourceType = new ResourceReader(resource).text('resourceType');
    return amendedNamed(resource, form, before, {
      ...members(form, resourceType),
      dosage: firstText(resource, names(resourceType).dosage, form.dosage),
      note: firstText(resource, 'note', form.note),
    });
  },
  Fields: MedicationFields,
};

function MedicationFields({ form, change, amending, facts }: FieldsProps<MedicationForm>) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <CodedTextFields label={t('write.medication.what')} value={form} onChange={change} systems={medicationSystems} />
      <AgainstTheChart form={form} facts={facts} amending={amending} change={change} />
      <Textarea
        label={t('write.medication.dosage')}
        description={t('write.medication.dosageHint')}
        value={form.dosage}
        onChange={(event) => change({ dosage: event.currentTarget.value })}
        autosize
        minRows={2}
      />
      <SimpleGrid cols={2}>
        <Select
          label={t('item.status')}
          data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={form.status || null}
          onChange={(value) => change({ status: value ?? 'active' })}
          allowDeselect={false}
        />
        <DateField label={t('write.medication.since')} value={form.since} onChange={(since) => change({ since })} partial />
      </SimpleGrid>
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}
