import { Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { divOfText } from '../../../../shared/fhir/plain-narrative.ts';
import { SOAP_NOTE, SOAP_PARTS, SOAP_SECTIONS, type SoapTexts, soapTexts } from '../../../../shared/fhir/soap-note.ts';
import { isJsonObject, readStrictJson } from '../../../../shared/fhir/strict-json.ts';
import { DateField, rightNow } from '../../../parts/fields/date-field.tsx';
import { type ExactObject, exactJson, withMembers } from '../exact-json.ts';
import { changedFields, type FieldsProps, type FormDefinition } from './form-definition.ts';
import { loincConcept } from './observation-form.tsx';

interface SoapForm extends SoapTexts {
  readonly at: string;
}

const sections = (form: SoapForm): readonly ExactObject[] =>
  SOAP_PARTS.filter((part) => form[part].trim() !== '').map((part) => ({
    title: SOAP_SECTIONS[part].title,
    code: loincConcept(SOAP_SECTIONS[part].code, SOAP_SECTIONS[part].title),
    text: { status: 'additional', div: divOfText(form[part].trim()) },
  }));

const nothing: SoapTexts = { subjective: '', objective: '', assessment: '', plan: '' };

/** @param writer who is signed in, as a FHIR Reference */
export const soapForm = (writer: ExactObject): FormDefinition<SoapForm, string> => ({
  empty: () => ({ ...nothing, at: rightNow() }),
  read: (resource) => {
    const { value } = readStrictJson(resource, { fhir: false });
    const note = isJsonObject(value) ? value : {};
    return { ...(soapTexts(note) ?? nothing), at: typeof note.date === 'string' ? note.date : '' };
  },
  wrong: (form, t) => {
    if (SOAP_PARTS.every((part) => form[part].trim() === '')) return t('write.wrong.emptyNote');
    return form.at === '' ? t('write.wrong.date') : undefined;
  },
  write: (form, patient) =>
    exactJson({
      resourceType: 'Composition',
      status: 'final',
      type: loincConcept(SOAP_NOTE, 'Progress note'),
      subject: { reference: `Patient/${patient}` },
      date: form.at,
      author: [writer],
      title: 'Progress note',
      section: sections(form),
    }),
  amend: (form, before, resource) => {
    const changed = changedFields(form, before);
    return withMembers(resource, {
      status: 'amended',
      ...(changed.has('at') ? { date: form.at } : {}),
      ...(SOAP_PARTS.some((part) => changed.has(part)) ? { section: sections(form) } : {}),
    });
  },
  templated: SOAP_PARTS,
  Fields: SoapFields,
});

function SoapFields({ form, change }: FieldsProps<SoapForm>) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {SOAP_PARTS.map((part, at) => (
        <Textarea
          key={part}
          label={t(`write.soap.${part}`)}
          description={t(`write.soap.hint.${part}`)}
          value={form[part]}
          onChange={(event) => change({ [part]: event.currentTarget.value })}
          autosize
          minRows={3}
          maxRows={12}
          data-autofocus={at === 0 ? true : undefined}
        />
      ))}
      <DateField label={t('write.soap.at')} value={form.at} onChange={(at) => change({ at })} withTime past required />
    </Stack>
  );
}
