import { Alert, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dayHere, localInstant } from '../../../../shared/encoding/wall-clock.ts';
import { DateField, rightNow } from '../../../parts/fields/date-field.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { type CodedText, CodedTextFields, codedConcept, noCodedText, readCodedText } from '../coded-text.tsx';
import { decimalTyped, type ExactObject, exactJson } from '../exact-json.ts';
import { amendedNamed, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField } from './form-fields.tsx';

interface ImmunizationForm extends CodedText {
  readonly at: string;
  readonly lot: string;
  readonly expires: string;
  /** Which dose of its series, from 1; '' where nobody counts. */
  readonly dose: string;
  readonly note: string;
}

const CVX = 'http://hl7.org/fhir/sid/cvx';
const systems = { [CVX]: 'CVX', 'http://www.whocc.no/atc': 'ATC', 'http://snomed.info/sct': 'SNOMED CT' };
const DOSE = /^[1-9]\d?$/;
const DOSE_PATH = 'protocolApplied[0].doseNumberPositiveInt';

function members(form: ImmunizationForm): { readonly [Field in keyof ImmunizationForm]?: ExactObject } {
  const dose = decimalTyped(form.dose);
  return {
    words: { vaccineCode: codedConcept(form) },
    at: { occurrenceDateTime: form.at },
    lot: { lotNumber: form.lot.trim() || undefined },
    expires: { expirationDate: form.expires || undefined },
    dose: { protocolApplied: dose ? [{ doseNumberPositiveInt: dose }] : undefined },
    note: { note: form.note.trim() === '' ? undefined : [{ text: form.note.trim() }] },
  };
}

export const immunizationForm: FormDefinition<ImmunizationForm, string> = {
  empty: () => ({ ...noCodedText, system: CVX, at: rightNow(), lot: '', expires: '', dose: '', note: '' }),
  read: (resource) => {
    const reader = new ResourceReader(resource);
    return {
      ...readCodedText(reader, 'vaccineCode'),
      at: reader.text('occurrenceDateTime'),
      lot: reader.text('lotNumber'),
      expires: reader.text('expirationDate'),
      dose: reader.text(DOSE_PATH),
      note: reader.text('note[0].text'),
    };
  },
  wrong: (form, t) => {
    if (form.words.trim() === '') return t('write.wrong.vaccine');
    if (form.at === '') return t('write.wrong.given');
    return form.dose !== '' && !DOSE.test(form.dose) ? t('write.wrong.dose') : undefined;
  },
  write: (form, patient) =>
    exactJson({
      resourceType: 'Immunization',
      status: 'completed',
      ...Object.assign({}, ...Object.values(members(form))),
      patient: { reference: `Patient/${patient}` },
      recorded: localInstant(Date.now()),
      primarySource: true,
    }),
  amend: (form, before, resource) => {
    const dose = decimalTyped(form.dose);
    return amendedNamed(resource, form, before, {
      ...members(form),
      // A series is kept with its name and length where one is written down.
      ...(dose && new ResourceReader(resource).has(DOSE_PATH) ? { dose: { [DOSE_PATH]: dose } } : {}),
      note: firstText(resource, 'note', form.note),
    });
  },
  templated: ['words', 'system', 'code', 'dose', 'note'],
  Fields: ImmunizationFields,
};

/** Whether the lot was past its date on the day it was given. */
const wasExpired = ({ at, expires }: ImmunizationForm): boolean => at !== '' && expires !== '' && expires < dayHere(at);

function ImmunizationFields({ form, change }: FieldsProps<ImmunizationForm>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="md">
      <CodedTextFields label={t('write.immunization.what')} value={form} onChange={change} systems={systems} />
      <DateField label={t('write.immunization.at')} value={form.at} onChange={(at) => change({ at })} withTime past required />
      <SimpleGrid cols={3}>
        <TextInput
          label={t('write.immunization.lot')}
          value={form.lot}
          onChange={(event) => change({ lot: event.currentTarget.value })}
          spellCheck={false}
        />
        <DateField label={t('write.immunization.expires')} value={form.expires} onChange={(expires) => change({ expires })} />
        <TextInput
          label={t('write.immunization.dose')}
          value={form.dose}
          onChange={(event) => change({ dose: event.currentTarget.value.trim() })}
          inputMode="numeric"
        />
      </SimpleGrid>
      <div aria-live="polite">
        {wasExpired(form) ? (
          <Alert color="red">{t('write.immunization.expired', { date: format.recorded(form.expires) })}</Alert>
        ) : null}
      </div>
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}
