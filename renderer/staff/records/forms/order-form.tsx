import { Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localInstant } from '../../../../shared/encoding/wall-clock.ts';
import { DateField } from '../../../parts/fields/date-field.tsx';
import { type CodedText, CodedTextFields, codedConcept, noCodedText, readCodedText } from '../coded-text.tsx';
import { type ExactObject, exactJson } from '../exact-json.ts';
import { amendedNamed, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField } from './form-fields.tsx';
import { LOINC } from './vital-signs.ts';

interface OrderForm extends CodedText {
  readonly kind: string;
  readonly priority: string;
  readonly status: string;
  /** When it is to be done; '' as soon as may be. */
  readonly on: string;
  readonly reason: string;
  /** Who is asked to do it. */
  readonly performer: string;
  readonly note: string;
}

/** SNOMED CT codes, as FHIR's value set of service request categories has them. */
const kinds = { laboratory: '108252007', imaging: '363679005', referral: '3457005', procedure: '387713003' } as const;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as readonly Kind[];
const priorities = ['routine', 'urgent', 'asap', 'stat'] as const;
const states = ['active', 'on-hold', 'completed', 'revoked'] as const;
const systems = { [LOINC]: 'LOINC', 'http://snomed.info/sct': 'SNOMED CT' };
const isKind = (name: string): name is Kind => Object.hasOwn(kinds, name);

type Member = Exclude<keyof OrderForm, 'system' | 'code'>;

function members(form: OrderForm): { readonly [Field in Member]: ExactObject } {
  const { kind, reason, performer, note } = form;
  const category = isKind(kind) ? [{ coding: [{ system: 'http://snomed.info/sct', code: kinds[kind] }], text: kind }] : undefined;
  return {
    status: { status: form.status },
    kind: { category },
    priority: { priority: form.priority },
    words: { code: codedConcept(form) },
    on: { occurrenceDateTime: form.on || undefined },
    reason: { reasonCode: reason.trim() === '' ? undefined : [{ text: reason.trim() }] },
    performer: { performer: performer.trim() === '' ? undefined : [{ display: performer.trim() }] },
    note: { note: note.trim() === '' ? undefined : [{ text: note.trim() }] },
  };
}

/** An order, FHIR R4 ServiceRequest. @param writer who is signed in, as a FHIR Reference */
export const orderForm = (writer: ExactObject): FormDefinition<OrderForm, string> => ({
  empty: () => ({
    ...{ ...noCodedText, system: LOINC, kind: 'laboratory', priority: 'routine', status: 'active' },
    ...{ on: '', reason: '', performer: '', note: '' },
  }),
  read: (resource) => {
    const reader = new ResourceReader(resource);
    const category = reader.text('category[0].coding[0].code');
    return {
      ...readCodedText(reader, 'code'),
      kind: kindNames.find((name) => kinds[name] === category) ?? '',
      priority: reader.text('priority') || 'routine',
      status: reader.text('status'),
      on: reader.text('occurrenceDateTime'),
      reason: reader.concept('reasonCode[0]'),
      performer: reader.text('performer[0].display'),
      note: reader.text('note[0].text'),
    };
  },
  wrong: (form, t) => (form.words.trim() === '' ? t('write.wrong.order') : undefined),
  write: (form, patient) =>
    exactJson({
      resourceType: 'ServiceRequest',
      intent: 'order',
      ...Object.assign({}, ...Object.values(members(form))),
      subject: { reference: `Patient/${patient}` },
      authoredOn: localInstant(Date.now()),
      requester: writer,
    }),
  amend: (form, before, resource) =>
    amendedNamed(resource, form, before, { ...members(form), note: firstText(resource, 'note', form.note) }),
  templated: ['words', 'system', 'code', 'kind', 'priority', 'reason', 'performer', 'note'],
  Fields: OrderFields,
});

function OrderFields({ form, change, amending }: FieldsProps<OrderForm>) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <CodedTextFields label={t('write.order.what')} value={form} onChange={change} systems={systems} />
      <SimpleGrid cols={amending ? 4 : 3}>
        <Select
          label={t('write.order.kind')}
          data={kindNames.map((value) => ({ value: value as string, label: t(`write.order.kinds.${value}`) }))}
          value={form.kind || null}
          onChange={(kind) => change({ kind: kind ?? '' })}
          allowDeselect={false}
        />
        <Select
          label={t('write.order.priority')}
          data={priorities.map((value) => ({ value, label: t(`write.order.priorities.${value}`) }))}
          value={form.priority}
          onChange={(priority) => change({ priority: priority ?? 'routine' })}
          allowDeselect={false}
        />
        <DateField label={t('write.order.on')} value={form.on} onChange={(on) => change({ on })} />
        {amending ? (
          <Select
            label={t('item.status')}
            data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
            value={form.status}
            onChange={(status) => change({ status: status ?? 'active' })}
            allowDeselect={false}
          />
        ) : null}
      </SimpleGrid>
      <TextInput
        label={t('write.order.reason')}
        value={form.reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      <TextInput
        label={t('write.order.performer')}
        description={t('write.order.performerHint')}
        value={form.performer}
        onChange={(event) => change({ performer: event.currentTarget.value })}
      />
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}
