/** A laboratory result, on its own or as the answer to an order, which it completes in the same commit. */
import { Alert, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateField, rightNow } from '../../../parts/fields/date-field.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { type CodedText, CodedTextFields, codedConcept, noCodedText } from '../coded-text.tsx';
import { decimalTyped, type ExactObject, exactJson } from '../exact-json.ts';
import { type FieldsProps, type FormDefinition, neverAmended } from './form-definition.ts';
import { NoteField, useWrongUnit } from './form-fields.tsx';
import { quantityOf } from './observation-form.tsx';
import { LOINC } from './vital-signs.ts';

interface ResultForm extends CodedText {
  /** The record of the order; '' without one. */
  readonly order: string;
  /** A number, or words such as "negative". */
  readonly value: string;
  readonly unit: string;
  /** The limits of the laboratory's reference range. */
  readonly low: string;
  readonly high: string;
  readonly at: string;
  readonly note: string;
}

const systems = { [LOINC]: 'LOINC', 'http://snomed.info/sct': 'SNOMED CT' };
const INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';

/** HL7's code: low, high or normal; undefined where there is no limit to compare with. */
function interpretation({ value, low, high }: ResultForm): 'L' | 'H' | 'N' | undefined {
  const [measured, from, to] = [value, low, high].map((typed) => decimalTyped(typed)?.literal);
  if (measured === undefined || (from === undefined && to === undefined)) return undefined;
  if (from !== undefined && Number(measured) < Number(from)) return 'L';
  return to !== undefined && Number(measured) > Number(to) ? 'H' : 'N';
}

function limits({ low, high, unit }: ResultForm): readonly ExactObject[] | undefined {
  const limit = (typed: string): ExactObject | undefined => (decimalTyped(typed) ? quantityOf(typed, unit) : undefined);
  return limit(low) || limit(high) ? [{ low: limit(low), high: limit(high) }] : undefined;
}

export const resultForm: FormDefinition<ResultForm, string> = {
  ...neverAmended,
  empty: () => ({
    ...{ ...noCodedText, system: LOINC, order: '', value: '', unit: '', low: '', high: '' },
    ...{ at: rightNow(), note: '' },
  }),
  wrong: (form, t) => {
    if (form.words.trim() === '') return t('write.wrong.title');
    if (form.value.trim() === '') return t('write.wrong.result');
    if (decimalTyped(form.value) && form.unit === '') return t('write.wrong.unit');
    if ([form.low, form.high].some((limit) => limit !== '' && !decimalTyped(limit))) return t('write.wrong.limits');
    return form.at === '' ? t('write.wrong.date') : undefined;
  },
  write: (form, patient) => {
    const isNumber = decimalTyped(form.value) !== undefined;
    const code = interpretation(form);
    return exactJson({
      resourceType: 'Observation',
      basedOn: form.order === '' ? undefined : [{ reference: `ServiceRequest/${form.order}` }],
      status: 'final',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
      code: codedConcept(form),
      subject: { reference: `Patient/${patient}` },
      effectiveDateTime: form.at,
      ...(isNumber ? { valueQuantity: quantityOf(form.value, form.unit) } : { valueString: form.value.trim() }),
      interpretation: code === undefined ? undefined : [{ coding: [{ system: INTERPRETATION, code }] }],
      note: form.note.trim() === '' ? undefined : [{ text: form.note.trim() }],
      referenceRange: isNumber ? limits(form) : undefined,
    });
  },
  answers: ({ order }) => order,
  Fields: ResultFields,
};

function ResultFields({ form, change, facts }: FieldsProps<ResultForm>) {
  const { t } = useTranslation();
  const format = useFormat();
  const wrongUnit = useWrongUnit(form.unit);
  const found = interpretation(form);
  const choose = (id: string | null): void => {
    const order = facts.orders.find((each) => each.id === id);
    if (!order) change({ order: '' });
    else change({ order: order.id, words: order.title, code: order.code ?? '', system: order.codeSystem ?? LOINC });
  };
  const field = (name: 'value' | 'low' | 'high', label: string, isRequired = false) => (
    <TextInput
      label={label}
      inputMode="decimal"
      value={form[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      required={isRequired}
    />
  );
  return (
    <Stack gap="md">
      {facts.orders.length > 0 ? (
        <Select
          label={t('write.result.order')}
          description={t('write.result.orderHint')}
          data={facts.orders.map(({ id, title, date }) => ({ value: id, label: `${title} · ${format.recorded(date)}` }))}
          value={form.order || null}
          onChange={choose}
          clearable
        />
      ) : null}
      <CodedTextFields label={t('write.result.what')} value={form} onChange={change} systems={systems} />
      <SimpleGrid cols={4}>
        {field('value', t('write.result.value'), true)}
        <TextInput
          label={t('write.observation.unit')}
          value={form.unit}
          onChange={(event) => change({ unit: event.currentTarget.value.trim() })}
          error={wrongUnit}
        />
        {field('low', t('write.result.low'))}
        {field('high', t('write.result.high'))}
      </SimpleGrid>
      <div aria-live="polite">
        {found === 'L' || found === 'H' ? <Alert color="orange">{t(`write.result.${found}`)}</Alert> : null}
      </div>
      <DateField label={t('write.result.at')} value={form.at} onChange={(at) => change({ at })} withTime past required />
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}
