import { Alert, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type MedicationWarning, medicationWarnings } from '../../../shared/records/medication-warnings.ts';
import type { ItemPartsFragment } from '../../generated/graphql.ts';
import { DateField } from '../../parts/date-field.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { type CodedText, CodedTextFields, codedConcept, noCodedText, readCodedText } from './coded-text.tsx';
import { type ExactObject, exactJson, withMembers } from './exact-json.ts';
import {
  type ChartFacts,
  changedFields,
  type FieldsProps,
  type FormDefinition,
  firstText,
  ResourceReader,
} from './form-definition.ts';
import { NoteField } from './form-fields.tsx';

interface MedicationForm extends CodedText {
  readonly status: string;
  readonly dosage: string;
  readonly since: string;
  readonly note: string;
  /** Why it is given although an allergy speaks against it. */
  readonly despite: string;
}

const allergiesTo = (form: MedicationForm, facts: ChartFacts): ItemPartsFragment[] =>
  medicationWarnings(form, facts).flatMap(({ kind, source }) => (kind === 'allergy' ? [source] : []));

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

/** The reason stands in the record itself, behind the names of the allergies. */
function notes(form: MedicationForm, facts: ChartFacts): ExactObject[] | undefined {
  const against = allergiesTo(form, facts).map(({ title }) => title);
  const despite = against.length > 0 ? [`${against.join(', ')}: ${form.despite.trim()}`] : [];
  const all = [form.note.trim(), ...despite].filter((text) => text !== '');
  return all.length === 0 ? undefined : all.map((text) => ({ text }));
}

export const medicationForm: FormDefinition<MedicationForm> = {
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
      note: notes(form, facts),
      subject: { reference: `Patient/${patient}` },
      dateAsserted: new Date().toISOString(),
    }),
  amend: (form, before, resource) => {
    const changed = changedFields(form, before);
    const named = changed.has('words') || changed.has('code') || changed.has('system');
    const resourceType = new ResourceReader(resource).text('resourceType');
    const all = {
      ...members(form, resourceType),
      dosage: firstText(resource, names(resourceType).dosage, form.dosage),
      note: firstText(resource, 'note', form.note),
    };
    const fields = (['status', 'dosage', 'since', 'note'] as const).filter((field) => changed.has(field));
    return withMembers(resource, Object.assign({}, named ? all.words : {}, ...fields.map((field) => all[field])));
  },
  Fields: MedicationFields,
};

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
const systems = { [RXNORM]: 'RxNorm', 'http://www.whocc.no/atc': 'ATC', 'http://snomed.info/sct': 'SNOMED CT' };

function MedicationFields({ form, change, amending, facts }: FieldsProps<MedicationForm>) {
  const { t } = useTranslation();
  const warnings = medicationWarnings(form, facts);
  return (
    <Stack gap="md">
      <CodedTextFields label={t('write.medication.what')} value={form} onChange={change} systems={systems} />
      <Text size="xs" c="dimmed">
        {t('write.medication.compared')}
      </Text>
      <div aria-live="polite">
        <Warnings warnings={warnings} />
      </div>
      {!amending && warnings.some(({ kind }) => kind === 'allergy') ? (
        <Textarea
          label={t('write.medication.despite')}
          description={t('write.medication.despiteHint')}
          value={form.despite}
          onChange={(event) => change({ despite: event.currentTarget.value })}
          autosize
          required
        />
      ) : null}
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
        <DateField label={t('write.medication.since')} value={form.since} onChange={(since) => change({ since })} />
      </SimpleGrid>
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}

/** Each names the entry it comes from. */
function Warnings({ warnings }: { warnings: ReadonlyArray<MedicationWarning<ItemPartsFragment>> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      {warnings.map(({ kind, source }) => (
        <Alert
          key={source.id}
          color={kind === 'allergy' ? 'red' : 'orange'}
          icon={<IconAlertTriangle aria-hidden />}
          title={t(`write.medication.${kind}`, { title: source.title })}
        >
          {t('write.medication.source', {
            author: source.author,
            date: format.recorded(source.date) || format.day(source.recordedAt),
          })}
        </Alert>
      ))}
    </Stack>
  );
}
