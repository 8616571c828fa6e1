import { useQuery } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../shared/access/permissions.ts';
import type { ChartPartsFragment } from '../../../generated/graphql.ts';
import { useSignedIn } from '../../../parts/signed-in.ts';
import { writerNow } from '../chart-documents.ts';
import type { ExactObject } from '../exact-json.ts';
import { plainTitle } from '../item-title.ts';
import { RecordEditor } from '../record-editor.tsx';
import { allergyForm } from './allergy-form.tsx';
import { DispenseEditor } from './dispense-editor.tsx';
import type { ChartFacts } from './form-definition.ts';
import { immunizationForm } from './immunization-form.tsx';
import { medicationForm } from './medication-form.tsx';
import { observationForm } from './observation-form.tsx';
import { orderForm } from './order-form.tsx';
import { prescriptionForm } from './prescription-form.tsx';
import { problemForm } from './problem-form.tsx';
import { resultForm } from './result-form.tsx';
import { soapForm } from './soap-form.tsx';
import { vitalsForm } from './vitals-form.tsx';
import type { Writing } from './writing.ts';

const ReconcileMedications = lazy(() =>
  import('../medications/reconcile-medications.tsx').then((file) => ({ default: file.ReconcileMedications })),
);

interface RecordFormProps {
  readonly chart: ChartPartsFragment;
  readonly writing: Writing | null;
  readonly onClose: () => void;
}

/** The dialog in which a record is written or amended. */
export function RecordForm({ chart, writing, onClose }: RecordFormProps) {
  const { t } = useTranslation();
  const writer = useWriter();
  const { role } = useSignedIn();
  const forms = useMemo(
    () => ({ PRESCRIPTION: prescriptionForm(t, writer), ORDER: orderForm(writer), SOAP: soapForm(writer) }),
    [t, writer],
  );
  if (!writing) return null;
  if (writing.kind === 'RECONCILIATION')
    return (
      <Suspense>
        <ReconcileMedications chart={chart} onClose={onClose} />
      </Suspense>
    );
  const { kind, amended } = writing;
  const { patient, summary } = chart;
  const others = (items: ChartFacts['allergies']): ChartFacts['allergies'] => items.filter(({ id }) => id !== amended?.item.id);
  const editor = {
    patient: patient.id,
    custodian: patient.shared ? patient.custodianName : null,
    encounter: patient.shared ? null : (chart.encounterNow ?? null),
    facts: {
      allergies: others(summary.allergies),
      medications: others(summary.medications),
      vitals: summary.vitals,
      orders: summary.orders,
    },
    writing,
    onClose,
  };
  return (
    <Modal
      opened
      onClose={onClose}
      // Whose record it is: the dialog covers the chart's head.
      title={`${patient.name} · ${amended ? t('write.amendOf', { title: plainTitle(t, amended.item.title) }) : t(`write.add.${kind}`)}`}
      size={['PRESCRIPTION', 'SOAP', 'VITALS'].includes(kind) ? 'xl' : 'lg'}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {kind === 'VITALS' ? <RecordEditor {...editor} definition={vitalsForm} /> : null}
      {kind === 'OBSERVATION' ? <RecordEditor {...editor} definition={observationForm} /> : null}
      {kind === 'ALLERGY' ? <RecordEditor {...editor} definition={allergyForm} /> : null}
      {kind === 'PROBLEM' ? <RecordEditor {...editor} definition={problemForm} /> : null}
      {kind === 'IMMUNIZATION' ? <RecordEditor {...editor} definition={immunizationForm} /> : null}
      {kind === 'MEDICATION' ? <RecordEditor {...editor} definition={medicationForm} /> : null}
      {kind === 'PRESCRIPTION' ? <RecordEditor {...editor} definition={forms.PRESCRIPTION} /> : null}
      {kind === 'DISPENSE' ? <DispenseEditor {...editor} writer={writer} /> : null}
      {kind === 'ORDER' ? <RecordEditor {...editor} definition={forms.ORDER} /> : null}
      {kind === 'RESULT' ? <RecordEditor {...editor} definition={resultForm} /> : null}
      {kind === 'SOAP' ? <RecordEditor {...editor} definition={forms.SOAP} signs={mayDo(role, 'note.sign')} /> : null}
    </Modal>
  );
}

/** Who is signed in, as a record names who wrote it. */
function useWriter(): ExactObject {
  const writer = useQuery(writerNow, { fetchPolicy: 'cache-first' }).data?.workstation.signedIn;
  const { id = '', name = '' } = writer ?? {};
  return useMemo(
    () => ({ type: 'Practitioner', identifier: { system: 'urn:careledger:staff', value: id }, display: name }),
    [id, name],
  );
}
