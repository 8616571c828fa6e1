/** Medicine that is handed over by a prescription: FHIR R4 MedicationDispense, its lot in a contained Medication. */
import { Alert, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { dayHere } from '../../../../shared/encoding/wall-clock.ts';
import {
  type DispenseRefusal,
  type HandedOver,
  prescribedIn,
  refusedBecause,
  supplyOf,
} from '../../../../shared/records/dispensing.ts';
import type { ItemPartsFragment } from '../../../generated/graphql.ts';
import { DateField, rightNow } from '../../../parts/fields/date-field.tsx';
import { type CodedText, codedConcept, noCodedText, readCodedText } from '../coded-text.tsx';
import { AgainstTheChart, allergiesTo, notesAgainst } from '../conflicts/against-the-chart.tsx';
import { decimalTyped, type ExactObject, exactAt, exactJson, withMembers } from '../exact-json.ts';
import { plainTitle } from '../item-title.ts';
import { doseUnits, doseUnitText } from './dosage.ts';
import { changedFields, type FieldsProps, type FormDefinition, firstText, ResourceReader } from './form-definition.ts';
import { NoteField } from './form-fields.tsx';
import { UCUM } from './vital-signs.ts';

interface DispenseForm extends CodedText {
  readonly quantity: string;
  /** UCUM; '' where the prescription counts in nothing that has a name, as packs. */
  readonly unit: string;
  /** How many days it lasts. */
  readonly days: string;
  readonly at: string;
  readonly lot: string;
  readonly expires: string;
  /** Who fetched it; '' for the patient. */
  readonly receiver: string;
  readonly status: string;
  readonly note: string;
  readonly despite: string;
}

/** The prescription by which it is handed over, and what was handed over of it. */
export interface DispensedBy {
  readonly item: ItemPartsFragment;
  /** Its exact text. */
  readonly resource: string;
  readonly handed: readonly HandedOver[];
}

const states = ['completed', 'cancelled', 'entered-in-error'] as const;
const LOT = 'handed-over';

/** An amount in the words of this language: `20 tablet(s)`. */
const amountWords = (value: string, unit: string, t: TFunction): string => `${value} ${doseUnitText(unit, t)}`.trim();

/**
 * @param writer who is signed in, as a FHIR Reference
 * @param by undefined where what was handed over is amended: the service counts it
 */
export function dispenseForm(
  t: TFunction,
  writer: ExactObject,
  by: DispensedBy | undefined,
): FormDefinition<DispenseForm, string> {
  return {
    empty: () => begun(by),
    read,
    wrong: (form, _, { amending, facts }) => {
      if (!(Number(decimalTyped(form.quantity)?.literal) > 0)) return t('write.dispense.wrong.quantity');
      if (form.days !== '' && !(Number(decimalTyped(form.days)?.literal) > 0)) return t('write.prescription.wrong.days');
      if (form.at === '') return t('write.wrong.given');
      const refusal = by && refusalOf(form, by);
      if (refusal) return refusalWords(refusal, t);
      const isUnsaid = !amending && form.despite.trim() === '' && allergiesTo(form, facts).length > 0;
      return isUnsaid ? t('write.wrong.despite') : undefined;
    },
    write: (form, patient, facts) => {
      const prescription = by?.resource ?? '{}';
      const { words, system, code } = form;
      const concept = exactAt(prescription, 'medicationCodeableConcept') ?? codedConcept({ words, system, code });
      const security = exactAt(prescription, 'meta.security');
      return exactJson({
        resourceType: 'MedicationDispense',
        // What is protected as a prescription is protected when it is handed over.
        meta: security && { security },
        contained: [{ resourceType: 'Medication', id: LOT, code: concept, batch: batchOf(form) }],
        status: form.status,
        medicationReference: { reference: `#${LOT}`, display: words },
        subject: { reference: `Patient/${patient}` },
        performer: [{ actor: writer }],
        authorizingPrescription: by && [{ reference: `MedicationRequest/${by.item.id}`, display: words }],
        quantity: quantityOf(form, t),
        daysSupply: daysOf(form),
        whenHandedOver: form.at,
        receiver: [form.receiver.trim() === '' ? { reference: `Patient/${patient}` } : { display: form.receiver.trim() }],
        note: notesAgainst(form, facts),
        dosageInstruction: exactAt(prescription, 'dosageInstruction'),
      });
    },
    amend: (form, before, resource) => amend(form, before, resource, t),
    Fields: (props) => <DispenseFields {...props} by={by} />,
  };
}

/** All that one supply has, and no more than is left. */
function begun(by: DispensedBy | undefined): DispenseForm {
  const reader = new ResourceReader(by?.resource ?? '{}');
  const supply = by && supplyOf(prescribedIn(by.resource), by.handed);
  const one = prescribedIn(by?.resource ?? '{}').amount?.value ?? '';
  const isLess = supply?.left !== undefined && Number(supply.left) < Number(one);
  const inDays = (path: string): string => (reader.text(`${path}.code`) === 'd' ? reader.text(`${path}.value`) : '');
  return {
    ...{ words: by?.item.title ?? '', code: by?.item.code ?? '', system: by?.item.codeSystem ?? noCodedText.system },
    quantity: isLess ? (supply.left ?? '') : one,
    unit: one === '' ? countedIn(reader) : (supply?.unit ?? ''),
    // Of less than one supply nobody said how long it lasts.
    days: isLess
      ? ''
      : inDays('dispenseRequest.expectedSupplyDuration') || inDays('dosageInstruction[0].timing.repeat.boundsDuration'),
    ...{ at: rightNow(), lot: '', expires: '', receiver: '', status: 'completed', note: '', despite: '' },
  };
}

/** What is taken by the piece or the millilitre is handed over so; of a dose in milligrams nobody hands over milligrams. */
function countedIn(prescription: ResourceReader): string {
  const dosed = prescription.text('dosageInstruction[0].doseAndRate[0].doseQuantity.code');
  return dosed.startsWith('{') || dosed === 'mL' ? dosed : '';
}

function read(resource: string): DispenseForm {
  const reader = new ResourceReader(resource);
  const isContained = reader.has('contained[0].code');
  return {
    ...readCodedText(reader, isContained ? 'contained[0].code' : 'medicationCodeableConcept'),
    quantity: reader.text('quantity.value'),
    unit: reader.text('quantity.code') || reader.text('quantity.unit'),
    days: reader.text('daysSupply.value'),
    at: reader.text('whenHandedOver'),
    lot: reader.text('contained[0].batch.lotNumber'),
    expires: reader.text('contained[0].batch.expirationDate'),
    receiver: reader.has('receiver[0].reference') ? '' : reader.text('receiver[0].display'),
    status: reader.text('status'),
    note: reader.text('note[0].text'),
    despite: '',
  };
}

function amend(form: DispenseForm, before: DispenseForm, resource: string, t: TFunction): string {
  const changed = changedFields(form, before);
  const isAmount = changed.has('quantity') || changed.has('unit');
  const isReceived = changed.has('receiver');
  const subject = new ResourceReader(resource).text('subject.reference');
  const receiver = form.receiver.trim() === '' ? { reference: subject } : { display: form.receiver.trim() };
  return withMembers(resource, {
    ...(changed.has('status') ? { status: form.status } : {}),
    ...(isAmount ? { quantity: quantityOf(form, t) } : {}),
    ...(changed.has('days') ? { daysSupply: daysOf(form) } : {}),
    ...(changed.has('at') ? { whenHandedOver: form.at } : {}),
    ...(isReceived ? { receiver: [receiver] } : {}),
    ...(changed.has('note') ? firstText(resource, 'note', form.note) : {}),
    ...(changed.has('lot') || changed.has('expires') ? lotMembers(form, resource) : {}),
  });
}

/** The Medication that was handed over, with this lot. */
function lotMembers(form: DispenseForm, resource: string): ExactObject {
  const code = exactAt(resource, 'contained[0].code') ?? exactAt(resource, 'medicationCodeableConcept') ?? codedConcept(form);
  return {
    medicationCodeableConcept: undefined,
    medicationReference: { reference: `#${LOT}`, display: form.words },
    contained: [{ resourceType: 'Medication', id: LOT, code, batch: batchOf(form) }],
  };
}

function batchOf({ lot, expires }: DispenseForm): ExactObject | undefined {
  if (lot.trim() === '' && expires === '') return undefined;
  return { lotNumber: lot.trim() || undefined, expirationDate: expires || undefined };
}

function quantityOf({ quantity, unit }: DispenseForm, t: TFunction): ExactObject {
  const coded = unit === '' ? {} : { unit: doseUnitText(unit, t), system: UCUM, code: unit };
  return { value: decimalTyped(quantity), ...coded };
}

function daysOf({ days }: DispenseForm): ExactObject | undefined {
  const value = decimalTyped(days);
  return value && { value, unit: 'd', system: UCUM, code: 'd' };
}

function refusalOf(form: DispenseForm, { resource, handed }: DispensedBy): DispenseRefusal | undefined {
  const { status, unit, at, expires } = form;
  const value = decimalTyped(form.quantity)?.literal;
  const wanted = { record: '', status, amount: value === undefined ? undefined : { value, unit }, at, expires };
  return refusedBecause(prescribedIn(resource), handed, wanted, dayHere(rightNow()));
}

/** What stands against it, and what to do. */
function refusalWords(refusal: DispenseRefusal, t: TFunction): string {
  switch (refusal.reason) {
    case 'not-active':
      return t('write.dispense.refused.not-active', {
        status: t(`state.${refusal.status as 'stopped'}`, { defaultValue: refusal.status }),
      });
    case 'more-than-left':
      return t('write.dispense.refused.more-than-left', { left: amountWords(refusal.left, refusal.unit, t) });
    case 'other-unit':
      return t('write.dispense.refused.other-unit', { unit: doseUnitText(refusal.unit, t) });
    case 'not-yet-valid':
    case 'no-longer-valid':
    case 'lot-expired':
      return t(`write.dispense.refused.${refusal.reason}`, { date: refusal.date });
    default:
      return t(`write.dispense.refused.${refusal.reason}`);
  }
}

/** What is left of a prescription, or was handed over of one that does not say how much, in words. */
export function leftWords({ resource, handed }: Pick<DispensedBy, 'resource' | 'handed'>, t: TFunction): string {
  const { left, total, handedOver, over, unit, uncounted } = supplyOf(prescribedIn(resource), handed);
  const amount = (value: string): string => amountWords(value, unit, t);
  const said =
    left === undefined || total === undefined
      ? t('write.dispense.handedOver', { amount: amount(handedOver) })
      : t('write.dispense.left', { left: amount(left), total: amount(total) });
  return [
    said,
    over === undefined ? '' : t('write.dispense.over', { over: amount(over) }),
    uncounted === 0 ? '' : t('write.dispense.uncounted', { count: uncounted }),
  ]
    .filter(Boolean)
    .join(' ');
}

interface DispenseFieldsProps extends FieldsProps<DispenseForm> {
  readonly by: DispensedBy | undefined;
}

function DispenseFields({ form, change, amending, facts, by }: DispenseFieldsProps) {
  const { t } = useTranslation();
  const refusal = by && refusalOf(form, by);
  // The prescription itself is no second one of the same.
  const others = { ...facts, medications: facts.medications.filter(({ id }) => id !== by?.item.id) };
  return (
    <Stack gap="md">
      <div>
        <Text fw={600}>{plainTitle(t, form.words)}</Text>
        {by?.item.value ? <Text size="sm">{by.item.value}</Text> : null}
        {by ? (
          <Text size="sm" c="dimmed">
            {leftWords(by, t)}
          </Text>
        ) : null}
      </div>
      {amending ? null : <AgainstTheChart form={form} facts={others} amending={amending} change={change} />}
      <AmountFields
        form={form}
        change={change}
        isFixed={by !== undefined && (prescribedIn(by.resource).amount?.unit ?? '') !== ''}
      />
      <div aria-live="polite">
        {refusal && form.quantity !== '' ? (
          <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
            {refusalWords(refusal, t)}
          </Alert>
        ) : null}
      </div>
      <SimpleGrid cols={2}>
        <TextInput
          label={t('write.immunization.lot')}
          value={form.lot}
          onChange={(event) => change({ lot: event.currentTarget.value })}
          spellCheck={false}
        />
        <DateField
          label={t('write.immunization.expires')}
          value={form.expires}
          onChange={(expires) => change({ expires })}
          partial
        />
        <DateField label={t('write.dispense.at')} value={form.at} onChange={(at) => change({ at })} withTime past required />
        <TextInput
          label={t('write.dispense.receiver')}
          description={t('write.dispense.receiverHint')}
          value={form.receiver}
          onChange={(event) => change({ receiver: event.currentTarget.value })}
        />
      </SimpleGrid>
      {amending ? (
        <Select
          label={t('item.status')}
          data={states.map((value) => ({ value, label: t(`state.${value}`) }))}
          value={form.status}
          onChange={(status) => change({ status: status ?? 'completed' })}
          allowDeselect={false}
        />
      ) : null}
      <NoteField value={form.note} onChange={(note) => change({ note })} />
    </Stack>
  );
}

interface AmountFieldsProps extends Pick<FieldsProps<DispenseForm>, 'form' | 'change'> {
  /** The prescription counts in a unit of its own. */
  readonly isFixed: boolean;
}

function AmountFields({ form, change, isFixed }: AmountFieldsProps) {
  const { t } = useTranslation();
  const units = [...new Set([...doseUnits, form.unit])].filter(Boolean);
  return (
    <SimpleGrid cols={3}>
      <TextInput
        label={t('write.prescription.quantity')}
        inputMode="decimal"
        value={form.quantity}
        // How long it lasts was said of another quantity.
        onChange={(event) => change({ quantity: event.currentTarget.value, days: '' })}
        data-autofocus
        required
      />
      <Select
        label={t('write.observation.unit')}
        data={units.map((unit) => ({ value: unit, label: doseUnitText(unit, t) }))}
        value={form.unit || null}
        onChange={(unit) => change({ unit: unit ?? '' })}
        allowDeselect={!isFixed}
      />
      <TextInput
        label={t('write.dispense.days')}
        inputMode="numeric"
        value={form.days}
        onChange={(event) => change({ days: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}
