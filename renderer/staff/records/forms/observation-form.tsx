import { Group, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateField, rightNow } from '../../../parts/fields/date-field.tsx';
import { shownUnit } from '../../../parts/words/measured-words.ts';
import { type Decimal, decimalTyped, type ExactObject, exactJson, withMembers } from '../exact-json.ts';
import { changedFields, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField, useWrongUnit } from './form-fields.tsx';
import {
  DIASTOLIC,
  isLaboratory,
  LOINC,
  LOINC_CODE,
  SYSTOLIC,
  UCUM,
  type VitalName,
  vitalNames,
  vitalSigns,
} from './vital-signs.ts';

interface ObservationForm {
  /** A vital sign's name, or `other`. */
  readonly preset: string;
  readonly code: string;
  readonly title: string;
  readonly value: string;
  /** The lower of a blood pressure's two values. */
  readonly second: string;
  readonly unit: string;
  readonly at: string;
  readonly note: string;
}

const isVital = (preset: string): preset is VitalName => (vitalNames as readonly string[]).includes(preset);
const hasTwoValues = (form: ObservationForm): boolean => form.code === vitalSigns.bloodPressure.code;

export const loincConcept = (code: string, title: string): ExactObject => ({
  coding: [{ system: LOINC, code, display: title }],
  text: title,
});

/** A FHIR Quantity; `wrong` has let through nothing but decimals. */
export function quantityOf(value: string, unit: string): ExactObject {
  return { value: decimalTyped(value) as Decimal, unit: shownUnit(unit), system: UCUM, code: unit };
}

const components = (form: ObservationForm): readonly ExactObject[] => [
  { code: loincConcept(SYSTOLIC.code, SYSTOLIC.title), valueQuantity: quantityOf(form.value, form.unit) },
  { code: loincConcept(DIASTOLIC.code, DIASTOLIC.title), valueQuantity: quantityOf(form.second, form.unit) },
];

export function writeObservation(form: ObservationForm, patient: string): string {
  const laboratory = !isVital(form.preset) || isLaboratory(form.preset);
  const category = laboratory ? 'laboratory' : 'vital-signs';
  return exactJson({
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    code: loincConcept(form.code, form.title),
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: form.at,
    valueQuantity: hasTwoValues(form) ? undefined : quantityOf(form.value, form.unit),
    component: hasTwoValues(form) ? components(form) : undefined,
    note: form.note.trim() === '' ? undefined : [{ text: form.note.trim() }],
  });
}

/** Where each of a record's values stands; a blood pressure's components come in either order. */
function valuePaths(reader: ResourceReader): { first: string; second: string } | undefined {
  if (reader.has('valueQuantity.value')) return { first: 'valueQuantity', second: '' };
  const places = [0, 1, 2, 3].map((index) => `component[${index}]`);
  const of = (code: string): string | undefined => places.find((place) => reader.text(`${place}.code.coding[0].code`) === code);
  const systolic = of(SYSTOLIC.code);
  const diastolic = of(DIASTOLIC.code);
  return systolic && diastolic ? { first: `${systolic}.valueQuantity`, second: `${diastolic}.valueQuantity` } : undefined;
}

/** True for an observation whose value is one that this form can change. */
export const hasMeasuredValue = (resource: string): boolean => valuePaths(new ResourceReader(resource)) !== undefined;

function amend(form: ObservationForm, before: ObservationForm, resource: string): string {
  const changed = changedFields(form, before);
  const paths = valuePaths(new ResourceReader(resource));
  const value = decimalTyped(form.value);
  const second = decimalTyped(form.second);
  return withMembers(resource, {
    status: 'amended',
    ...(changed.has('at') ? { effectiveDateTime: form.at } : {}),
    ...(changed.has('value') && paths && value ? { [`${paths.first}.value`]: value } : {}),
    ...(changed.has('second') && paths && second ? { [`${paths.second}.value`]: second } : {}),
    ...(changed.has('note') ? firstText(resource, 'note', form.note) : {}),
  });
}

function read(resource: string): ObservationForm {
  const reader = new ResourceReader(resource);
  const paths = valuePaths(reader);
  const code = reader.text('code.coding[0].code');
  return {
    preset: vitalNames.find((name) => vitalSigns[name].code === code) ?? 'other',
    code,
    title: reader.concept('code'),
    value: reader.text(`${paths?.first}.value`),
    second: paths?.second ? reader.text(`${paths.second}.value`) : '',
    unit: reader.text(`${paths?.first}.code`) || reader.text(`${paths?.first}.unit`),
    at: reader.text('effectiveDateTime'),
    note: reader.text('note[0].text'),
  };
}

export const observationForm: FormDefinition<ObservationForm, string> = {
  empty: () => ({ ...preset('bloodPressure'), value: '', second: '', at: rightNow(), note: '' }),
  read,
  wrong: (form, t, { amending }) => {
    if (!amending && !LOINC_CODE.test(form.code)) return t('write.wrong.loinc');
    if (!amending && form.title.trim() === '') return t('write.wrong.title');
    if (!decimalTyped(form.value) || (hasTwoValues(form) && !decimalTyped(form.second))) return t('write.wrong.number');
    if (!amending && form.unit.trim() === '') return t('write.wrong.unit');
    return form.at === '' ? t('write.wrong.date') : undefined;
  },
  write: writeObservation,
  amend,
  Fields: ObservationFields,
};

export function preset(name: VitalName): Pick<ObservationForm, 'preset' | 'code' | 'title' | 'unit'> {
  const { code, title, unit } = vitalSigns[name];
  return { preset: name, code, title, unit };
}

function ObservationFields({ form, change, amending }: FieldsProps<ObservationForm>) {
  const { t } = useTranslation();
  const free = form.preset === 'other';
  const choose = (name: string | null): void => {
    if (name !== null && isVital(name)) change(preset(name));
    else change({ preset: 'other', code: '', title: '', unit: '' });
  };
  return (
    <Stack gap="md">
      {amending ? null : (
        <Select
          label={t('write.observation.what')}
          data={[
            ...vitalNames.map((name) => ({ value: name as string, label: t(`write.observation.${name}`) })),
            { value: 'other', label: t('write.observation.other') },
          ]}
          value={form.preset}
          onChange={choose}
          allowDeselect={false}
          openOnFocus={false}
          data-autofocus
        />
      )}
      {free && !amending ? <OwnCode form={form} change={change} /> : null}
      <Values form={form} change={change} amending={amending} />
      <DateField label={t('write.observation.at')} value={form.at} onChange={(at) => change({ at })} withTime past required />
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}

type Part = Pick<FieldsProps<ObservationForm>, 'form' | 'change'>;

function OwnCode({ form, change }: Part) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={2}>
      <TextInput
        label={t('write.observation.loinc')}
        placeholder="718-7"
        value={form.code}
        onChange={(event) => change({ code: event.currentTarget.value.trim() })}
        error={form.code !== '' && !LOINC_CODE.test(form.code) ? t('write.wrong.loinc') : undefined}
        required
      />
      <TextInput
        label={t('write.observation.title')}
        value={form.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
        required
      />
    </SimpleGrid>
  );
}

function Values({ form, change, amending }: Part & { amending: boolean }) {
  const { t } = useTranslation();
  const free = form.preset === 'other';
  const two = hasTwoValues(form);
  const wrongUnit = useWrongUnit(free && !amending ? form.unit : '');
  return (
    <Group align="flex-start" grow>
      <TextInput
        label={two ? t('write.observation.systolic') : t('item.value')}
        description={t('write.observation.exact')}
        inputMode="decimal"
        value={form.value}
        onChange={(event) => change({ value: event.currentTarget.value })}
        error={form.value !== '' && !decimalTyped(form.value) ? t('write.wrong.number') : undefined}
        required
      />
      {two ? (
        <TextInput
          label={t('write.observation.diastolic')}
          description={t('write.observation.exact')}
          inputMode="decimal"
          value={form.second}
          onChange={(event) => change({ second: event.currentTarget.value })}
          error={form.second !== '' && !decimalTyped(form.second) ? t('write.wrong.number') : undefined}
          required
        />
      ) : null}
      <TextInput
        label={t('write.observation.unit')}
        description={t('write.observation.unitHint')}
        value={form.unit}
        onChange={(event) => change({ unit: event.currentTarget.value.trim() })}
        readOnly={!free || amending}
        error={wrongUnit}
        required
      />
    </Group>
  );
}
