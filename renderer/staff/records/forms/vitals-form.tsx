/** The vital signs of one moment: each that was measured becomes an Observation of its own, all of them in one commit. */
import { Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateField, rightNow } from '../../../parts/fields/date-field.tsx';
import { measuredWords, shownUnit } from '../../../parts/words/measured-words.ts';
import { type Units, useUnits } from '../../../parts/words/units.ts';
import { useFormat } from '../../../parts/words/use-format.ts';
import { decimalTyped } from '../exact-json.ts';
import { type ChartFacts, type FieldsProps, type FormDefinition, neverAmended } from './form-definition.ts';
import { preset, writeObservation } from './observation-form.tsx';
import { type VitalName, type VitalSign, vitalSigns } from './vital-signs.ts';
import styles from './vitals-form.module.css';

/** Texts by the name of a sign, so that a draft is what the form shows. */
interface VitalsForm {
  readonly bloodPressure: string;
  readonly diastolic: string;
  readonly heartRate: string;
  readonly temperature: string;
  readonly oxygen: string;
  readonly respiration: string;
  readonly weight: string;
  readonly height: string;
  readonly temperatureUnit: string;
  readonly weightUnit: string;
  readonly heightUnit: string;
  readonly at: string;
}

/** In the order in which they are taken. */
const measured = ['bloodPressure', 'heartRate', 'temperature', 'oxygen', 'respiration', 'weight', 'height'] as const;
type Measured = (typeof measured)[number];
const unitFields = { temperature: 'temperatureUnit', weight: 'weightUnit', height: 'heightUnit' } as const;
const hasUnits = (name: Measured): name is keyof typeof unitFields => name in unitFields;

const unitOf = (form: VitalsForm, name: Measured): string => (hasUnits(name) ? form[unitFields[name]] : vitalSigns[name].unit);
const isTyped = (form: VitalsForm, name: Measured): boolean =>
  form[name].trim() !== '' || (name === 'bloodPressure' && form.diastolic.trim() !== '');
const isNumber = (typed: string): boolean => decimalTyped(typed) !== undefined;
const isComplete = (form: VitalsForm, name: Measured): boolean =>
  isNumber(form[name]) && (name !== 'bloodPressure' || isNumber(form.diastolic));

export const vitalsForm: FormDefinition<VitalsForm> = {
  ...neverAmended,
  empty: () => ({
    ...{ bloodPressure: '', diastolic: '', heartRate: '', temperature: '', oxygen: '', respiration: '', weight: '', height: '' },
    temperatureUnit: vitalSigns.temperature.unit,
    weightUnit: vitalSigns.weight.unit,
    heightUnit: vitalSigns.height.unit,
    at: rightNow(),
  }),
  wrong: (form, t) => {
    const typed = measured.filter((name) => isTyped(form, name));
    if (typed.length === 0) return t('write.wrong.noVital');
    const incomplete = typed.find((name) => !isComplete(form, name));
    if (incomplete === 'bloodPressure' && isNumber(form[incomplete]) !== isNumber(form.diastolic))
      return t('write.wrong.pressure');
    if (incomplete) return t('write.wrong.vital', { name: t(`write.observation.${incomplete}`) });
    return form.at === '' ? t('write.wrong.date') : undefined;
  },
  write: (form, patient) =>
    measured
      .filter((name) => isTyped(form, name))
      .map((name) =>
        writeObservation(
          {
            ...preset(name),
            value: form[name],
            second: name === 'bloodPressure' ? form.diastolic : '',
            unit: unitOf(form, name),
            at: form.at,
            note: '',
          },
          patient,
        ),
      ),
  Fields: VitalsFields,
};

/** Whether a value, in the unit that it was typed in, lies outside of what is seen in people. */
function isUnlikely(units: Units | undefined, name: VitalName, typed: string, unit: string): boolean {
  const value = Number(decimalTyped(typed)?.literal ?? Number.NaN);
  const { plausible, unit: own }: VitalSign = vitalSigns[name];
  const converted = unit === own ? value : units?.convert(value, unit, own);
  return converted !== undefined && (converted < plausible[0] || converted > plausible[1]);
}

function VitalsFields({ form, change, facts }: FieldsProps<VitalsForm>) {
  const { t } = useTranslation();
  const units = useUnits();
  const index = bodyMassIndex(form, units);
  return (
    <Stack gap="sm">
      <DateField label={t('write.observation.at')} value={form.at} onChange={(at) => change({ at })} withTime past required />
      {measured.map((name, at) => (
        <VitalRow key={name} name={name} form={form} change={change} facts={facts} units={units} isFirst={at === 0} />
      ))}
      <Text size="xs" c="dimmed" aria-live="polite">
        {index === undefined ? t('write.vitals.exact') : t('write.vitals.bodyMassIndex', { index })}
      </Text>
    </Stack>
  );
}

interface VitalRowProps {
  readonly name: Measured;
  readonly form: VitalsForm;
  readonly change: (change: Partial<VitalsForm>) => void;
  readonly facts: ChartFacts;
  readonly units: Units | undefined;
  readonly isFirst: boolean;
}

/** One sign: its value, its unit, and what was measured last. */
function VitalRow({ name, form, change, facts, units, isFirst }: VitalRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sign: VitalSign = vitalSigns[name];
  const unit = unitOf(form, name);
  const label = t(`write.observation.${name}`);
  const last = facts.vitals.find(({ code }) => code === sign.code);
  const unlikely = [form[name], ...(name === 'bloodPressure' ? [form.diastolic] : [])].some((typed) =>
    isUnlikely(units, name, typed, unit),
  );
  const field = (key: Measured | 'diastolic', words: string) => (
    <TextInput
      aria-label={words}
      placeholder={name === 'bloodPressure' ? words : undefined}
      inputMode="decimal"
      w={name === 'bloodPressure' ? 96 : 200}
      flex="none"
      value={form[key]}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
      error={form[key] !== '' && !isNumber(form[key])}
      data-autofocus={isFirst && key !== 'diastolic' ? true : undefined}
    />
  );
  return (
    <div>
      <div className={styles.row}>
        <Text size="sm" fw={500} className={styles.label}>
          {label}
        </Text>
        {name === 'bloodPressure' ? (
          <Group gap={8} wrap="nowrap" flex="none">
            {field(name, t('write.observation.systolic'))}
            {field('diastolic', t('write.observation.diastolic'))}
          </Group>
        ) : (
          field(name, label)
        )}
        {hasUnits(name) ? (
          <Select
            aria-label={t('write.vitals.unitOf', { name: label })}
            data={[sign.unit, ...(sign.otherUnits ?? [])].map((value) => ({ value, label: shownUnit(value) }))}
            value={unit}
            onChange={(value) => change({ [unitFields[name]]: value ?? sign.unit })}
            allowDeselect={false}
            w={78}
            flex="none"
          />
        ) : (
          <Text size="sm" w={78} pl="sm" flex="none">
            {shownUnit(unit)}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {last?.value
            ? t('write.vitals.last', { value: measuredWords(last.value, last.unit), date: format.recorded(last.date) })
            : ''}
        </Text>
      </div>
      <Text size="xs" c="var(--mantine-color-orange-light-color)" className={styles.doubt} role="status">
        {unlikely ? t('write.vitals.unlikely') : ''}
      </Text>
    </div>
  );
}

/** Kilograms by square metres, one decimal; for the eye, never recorded. */
function bodyMassIndex(form: VitalsForm, units: Units | undefined): string | undefined {
  if (!units || !isNumber(form.weight) || !isNumber(form.height)) return undefined;
  const weight = units.convert(Number(decimalTyped(form.weight)?.literal), form.weightUnit, 'kg');
  const height = units.convert(Number(decimalTyped(form.height)?.literal), form.heightUnit, 'm');
  return weight === undefined || !height ? undefined : (weight / height ** 2).toFixed(1);
}
