/** A prescription: FHIR R4 MedicationRequest with dose, route, frequency and duration, held against the chart while it is written. */
import { Checkbox, Group, Paper, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { localInstant } from '../../../../shared/encoding/wall-clock.ts';
import { type CodedText, CodedTextFields, codedConcept, noCodedText, readCodedText } from '../coded-text.tsx';
import {
  AgainstTheChart,
  allergiesTo,
  medicationSystems,
  notesAgainst,
  RXNORM,
  sourcesAgainst,
} from '../conflicts/against-the-chart.tsx';
import { decimalTyped, type ExactObject, exactJson, withinMember, withMembers } from '../exact-json.ts';
import {
  type DosageForm,
  dosageText,
  doseUnits,
  doseUnitText,
  frequencyNames,
  noDosage,
  readDosage,
  routeNames,
  spans,
  writeDosage,
  wrongDosage,
} from './dosage.ts';
import { changedFields, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField } from './form-fields.tsx';

interface PrescriptionForm extends CodedText, DosageForm {
  /** How many units are to be handed out, and how often again. */
  readonly quantity: string;
  readonly repeats: string;
  readonly status: string;
  readonly note: string;
  readonly despite: string;
  /** The dosage in words, of a record that says it in no other way that this form knows. */
  readonly inWords: string;
}

const dosageFields = ['dose', 'unit', 'route', 'frequency', 'asNeeded', 'days', 'span'] as const;
const states = ['active', 'on-hold', 'completed', 'stopped', 'cancelled'] as const;
const WHOLE = /^\d{1,4}$/;

const isInWords = (form: PrescriptionForm): boolean => form.inWords !== '';

function dispensed({ quantity, repeats, unit }: PrescriptionForm, t: TFunction): ExactObject | undefined {
  const amount = decimalTyped(quantity);
  const again = decimalTyped(repeats);
  if (!amount && !again) return undefined;
  // A number of packs or pieces where the dose is one of pieces, else of packs as they are sold.
  const pieces = unit.startsWith('{') ? { unit: doseUnitText(unit, t), system: 'http://unitsofmeasure.org', code: unit } : {};
  return { numberOfRepeatsAllowed: again, quantity: amount ? { value: amount, ...pieces } : undefined };
}

/**
 * @param t the words in which the dosage is said in the record itself
 * @param writer who is signed in, as a FHIR Reference
 */
export function prescriptionForm(t: TFunction, writer: ExactObject): FormDefinition<PrescriptionForm, string> {
  return {
    empty: () => ({
      ...{ ...noCodedText, ...noDosage, system: RXNORM },
      ...{ quantity: '', repeats: '', status: 'active', note: '', despite: '', inWords: '' },
    }),
    read,
    wrong: (form, _, { amending, facts }) => {
      if (form.words.trim() === '') return t('write.wrong.medication');
      const dosage = isInWords(form) ? undefined : wrongDosage(form);
      if (dosage) return t(`write.prescription.wrong.${dosage}`);
      if (form.quantity !== '' && !decimalTyped(form.quantity)) return t('write.prescription.wrong.quantity');
      if (form.repeats !== '' && !WHOLE.test(form.repeats)) return t('write.prescription.wrong.repeats');
      const isUnsaid = !amending && form.despite.trim() === '' && allergiesTo(form, facts).length > 0;
      return isUnsaid ? t('write.wrong.despite') : undefined;
    },
    write: (form, patient, facts) =>
      exactJson({
        resourceType: 'MedicationRequest',
        status: form.status,
        intent: 'order',
        medicationCodeableConcept: codedConcept(form),
        subject: { reference: `Patient/${patient}` },
        supportingInformation: sourcesAgainst(form, facts),
        authoredOn: localInstant(Date.now()),
        requester: writer,
        note: notesAgainst(form, facts),
        dosageInstruction: [writeDosage(form, t)],
        dispenseRequest: dispensed(form, t),
      }),
    amend: (form, before, resource) => amend(form, before, resource, t),
    templated: ['words', 'system', 'code', ...dosageFields, 'quantity', 'repeats', 'note'],
    Fields: PrescriptionFields,
  };
}

function read(resource: string): PrescriptionForm {
  const reader = new ResourceReader(resource);
  const dosage = readDosage(reader);
  const isKnown = wrongDosage(dosage) === undefined;
  return {
    ...readCodedText(reader, 'medicationCodeableConcept'),
    ...dosage,
    quantity: reader.text('dispenseRequest.quantity.value'),
    repeats: reader.text('dispenseRequest.numberOfRepeatsAllowed'),
    status: reader.text('status'),
    note: reader.text('note[0].text'),
    despite: '',
    inWords: isKnown ? '' : reader.text('dosageInstruction[0].text') || '–',
  };
}

function amend(form: PrescriptionForm, before: PrescriptionForm, resource: string, t: TFunction): string {
  const changed = changedFields(form, before);
  const isNamed = changed.has('words') || changed.has('code') || changed.has('system');
  const isDosed = dosageFields.some((field) => changed.has(field));
  const said = withMembers(resource, {
    ...(changed.has('status') ? { status: form.status } : {}),
    ...(isNamed ? { medicationCodeableConcept: codedConcept(form) } : {}),
    ...(isDosed && !isInWords(form) ? { dosageInstruction: [writeDosage(form, t)] } : {}),
    ...(changed.has('inWords') ? firstText(resource, 'dosageInstruction', form.inWords) : {}),
    ...(changed.has('note') ? firstText(resource, 'note', form.note) : {}),
  });
  return changed.has('quantity') || changed.has('repeats') ? supplied(form, said, t) : said;
}

/** What else is said of the supply stays as it is. */
function supplied(form: PrescriptionForm, resource: string, t: TFunction): string {
  const { quantity, numberOfRepeatsAllowed } = dispensed(form, t) ?? {};
  const amount = decimalTyped(form.quantity);
  const isThere = new ResourceReader(resource).has('dispenseRequest.quantity.value');
  return withinMember(resource, 'dispenseRequest', {
    numberOfRepeatsAllowed,
    ...(isThere && amount ? { 'quantity.value': amount } : { quantity }),
  });
}

function PrescriptionFields({ form, change, amending, facts }: FieldsProps<PrescriptionForm>) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <CodedTextFields label={t('write.medication.what')} value={form} onChange={change} systems={medicationSystems} />
      <AgainstTheChart form={form} facts={facts} amending={amending} change={change} />
      {isInWords(form) ? (
        <Textarea
          label={t('write.medication.dosage')}
          value={form.inWords}
          onChange={(event) => change({ inWords: event.currentTarget.value || '–' })}
          autosize
        />
      ) : (
        <DosageFields form={form} change={change} />
      )}
      <SimpleGrid cols={3}>
        <TextInput
          label={t('write.prescription.quantity')}
          description={t('write.prescription.quantityHint')}
          inputMode="decimal"
          value={form.quantity}
          onChange={(event) => change({ quantity: event.currentTarget.value })}
        />
        <TextInput
          label={t('write.prescription.repeats')}
          description={t('write.prescription.repeatsHint')}
          inputMode="numeric"
          value={form.repeats}
          onChange={(event) => change({ repeats: event.currentTarget.value })}
        />
        <Select
          label={t('item.status')}
          description={t('write.prescription.statusHint')}
          data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={form.status || null}
          onChange={(value) => change({ status: value ?? 'active' })}
          allowDeselect={false}
        />
      </SimpleGrid>
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}

interface DosageFieldsProps {
  readonly form: DosageForm;
  readonly change: (change: Partial<DosageForm>) => void;
}

/** Dose, route, frequency and duration, and what they say together. */
function DosageFields({ form, change }: DosageFieldsProps) {
  const { t } = useTranslation();
  const said = dosageText(form, t);
  return (
    <>
      <DoseFields form={form} change={change} />
      <DurationFields form={form} change={change} />
      <Paper withBorder px="md" py="xs" aria-live="polite">
        <Text size="xs" c="dimmed">
          {t('write.prescription.says')}
        </Text>
        <Text size="sm" fw={500}>
          {said === '' ? '…' : said}
        </Text>
      </Paper>
    </>
  );
}

function DoseFields({ form, change }: DosageFieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={4}>
      <TextInput
        label={t('write.prescription.dose')}
        inputMode="decimal"
        value={form.dose}
        onChange={(event) => change({ dose: event.currentTarget.value })}
        error={form.dose !== '' && wrongDosage(form) === 'dose'}
        required
      />
      <Select
        label={t('write.observation.unit')}
        data={doseUnits.map((unit) => ({ value: unit as string, label: doseUnitText(unit, t) }))}
        value={form.unit}
        onChange={(unit) => change({ unit: unit ?? noDosage.unit })}
        allowDeselect={false}
      />
      <Select
        label={t('write.prescription.routeOf')}
        data={routeNames.map((name) => ({ value: name as string, label: t(`write.prescription.route.${name}`) }))}
        value={form.route || null}
        onChange={(route) => change({ route: route ?? '' })}
        allowDeselect={false}
        searchable
        required
      />
      <Select
        label={t('write.prescription.howOften')}
        data={frequencyNames.map((name) => ({ value: name as string, label: t(`write.prescription.frequency.${name}`) }))}
        value={form.frequency || null}
        onChange={(frequency) => change({ frequency: frequency ?? '' })}
        allowDeselect={false}
        searchable
        required
      />
    </SimpleGrid>
  );
}

/** For how long, and whether only when it is needed. */
function DurationFields({ form, change }: DosageFieldsProps) {
  const { t } = useTranslation();
  return (
    <Group align="flex-end" gap="md">
      <TextInput
        label={t('write.prescription.howLong')}
        description={t('write.prescription.howLongHint')}
        inputMode="numeric"
        value={form.days}
        onChange={(event) => change({ days: event.currentTarget.value })}
        w={200}
      />
      <Select
        aria-label={t('write.prescription.spanOf')}
        data={spans.map((value) => ({ value: value as string, label: t(`write.prescription.span.${value}`) }))}
        value={form.span}
        onChange={(span) => change({ span: span ?? noDosage.span })}
        allowDeselect={false}
        w={130}
      />
      <Checkbox
        label={t('write.prescription.asNeeded')}
        checked={form.asNeeded}
        onChange={(event) => change({ asNeeded: event.currentTarget.checked })}
        pb={8}
      />
    </Group>
  );
}
