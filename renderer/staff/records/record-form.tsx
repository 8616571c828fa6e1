import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { ChartPartsFragment, PutRecordInput } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/draft-notice.tsx';
import { useFirstField } from '../../parts/first-field.ts';
import { quietly } from '../../parts/quietly.ts';
import { refusalOf } from '../../parts/service-error.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useAnnounce } from '../../parts/use-announce.ts';
import { useFormat } from '../../parts/use-format.ts';
import { allergyForm } from './allergy-form.tsx';
import { putRecords, recordNow, writerNow } from './chart-documents.ts';
import { proposeAmendment } from './conflict-documents.ts';
import { useDraftOfChart } from './drafts.ts';
import { type ExactObject, withMembers } from './exact-json.ts';
import type { ChartFacts, FormDefinition } from './form-definition.ts';
import { templatedIn } from './form-templates.ts';
import { immunizationForm } from './immunization-form.tsx';
import { plainTitle } from './item-title.ts';
import { medicationForm } from './medication-form.tsx';
import { observationForm } from './observation-form.tsx';
import { orderForm } from './order-form.tsx';
import { prescriptionForm } from './prescription-form.tsx';
import { problemForm } from './problem-form.tsx';
import { resultForm } from './result-form.tsx';
import { SignSoapNote } from './sign-soap-note.tsx';
import { soapForm } from './soap-form.tsx';
import { TemplateChoice } from './template-choice.tsx';
import { vitalsForm } from './vitals-form.tsx';
import type { Writing } from './writing.ts';

const ReconcileMedications = lazy(() =>
  import('./reconcile-medications.tsx').then((file) => ({ default: file.ReconcileMedications })),
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
      size={kind === 'PRESCRIPTION' || kind === 'SOAP' ? 'xl' : 'lg'}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {kind === 'VITALS' ? <RecordEditor {...editor} definition={vitalsForm} /> : null}
      {kind === 'OBSERVATION' ? <RecordEditor {...editor} definition={observationForm} /> : null}
      {kind === 'ALLERGY' ? <RecordEditor {...editor} definition={allergyForm} /> : null}
      {kind === 'PROBLEM' ? <RecordEditor {...editor} definition={problemForm} /> : null}
      {kind === 'IMMUNIZATION' ? <RecordEditor {...editor} definition={immunizationForm} /> : null}
      {kind === 'MEDICATION' ? <RecordEditor {...editor} definition={medicationForm} /> : null}
      {kind === 'PRESCRIPTION' ? <RecordEditor {...editor} definition={forms.PRESCRIPTION} /> : null}
      {kind === 'ORDER' ? <RecordEditor {...editor} definition={forms.ORDER} /> : null}
      {kind === 'RESULT' ? <RecordEditor {...editor} definition={resultForm} /> : null}
      {kind === 'SOAP' ? <RecordEditor {...editor} definition={forms.SOAP} signs={mayDo(role, 'note.sign')} /> : null}
    </Modal>
  );
}

interface RecordEditorProps<Form extends object> {
  readonly patient: string;
  /** The other clinic that keeps the record, to which a change is proposed; null for one's own. */
  readonly custodian: string | null;
  /** The encounter that is under way. */
  readonly encounter: string | null;
  readonly facts: ChartFacts;
  readonly writing: Writing;
  readonly onClose: () => void;
  readonly definition: FormDefinition<Form>;
  /** The record is read as the exact text and signed, where the clinic keeps the chart. */
  readonly signs?: boolean;
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

/** Writes into a chart of this clinic, all or nothing, or proposes to the clinic that keeps it; gives the records' titles. */
function useRecordWriter(
  proposes: boolean,
): [(patient: string, inputs: PutRecordInput[]) => Promise<string[]>, { loading: boolean; error: unknown }] {
  const [put, putting] = useMutation(putRecords);
  const [propose, proposing] = useMutation(proposeAmendment);
  const write = async (patient: string, inputs: PutRecordInput[]): Promise<string[]> => {
    if (!proposes) return ((await put({ variables: { patient, inputs } })).data?.putRecords ?? []).map(({ title }) => title);
    const titles: string[] = [];
    for (const input of inputs) {
      const { data } = await propose({ variables: { input } });
      if (data) titles.push(data.proposeAmendment.title);
    }
    return titles;
  };
  return [write, { loading: putting.loading || proposing.loading, error: putting.error ?? proposing.error }];
}

const conflictCodes = /conflict|based-on|newer/;

/** A new record of the encounter that is under way; a MedicationStatement calls it its context (FHIR R4). */
function during(encounter: string | null, kind: Writing['kind'], resource: string): string {
  const reference = encounter === null ? undefined : { reference: `Encounter/${encounter}` };
  if (reference === undefined) return resource;
  return withMembers(resource, kind === 'MEDICATION' ? { context: reference } : { encounter: reference });
}

function RecordEditor<Form extends object>(props: RecordEditorProps<Form>) {
  const { patient, custodian, encounter, facts, writing, onClose, definition } = props;
  const signs = props.signs === true && props.custodian === null;
  const [toSign, setToSign] = useState<PutRecordInput | null>(null);
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const client = useApolloClient();
  const { amended } = writing;
  const [start] = useState(() => ({
    ...(amended ? definition.read(amended.resource) : definition.empty()),
    changeReason: '',
  }));
  const draft = useDraftOfChart<typeof start>({ patient, kind: writing.kind, key: amended?.item.id ?? 'new' }, start);
  const reason = draft.form.changeReason;
  const [put, { loading, error }] = useRecordWriter(custodian !== null);
  const [unanswered, setUnanswered] = useState<unknown>(null);
  const place = { amending: amended !== undefined, facts };
  const asksReason = amended !== undefined || custodian !== null;
  const wrong =
    definition.wrong(draft.form, t, place) ?? (asksReason && reason.trim() === '' ? t('write.wrong.reason') : undefined);
  const { Fields, templated = [] } = definition;

  /** The order that is answered, as its next version. */
  const answered = async (): Promise<PutRecordInput[]> => {
    const order = definition.answers?.(draft.form) ?? '';
    if (order === '' || custodian !== null) return [];
    const { data } = await client.query({ query: recordNow, variables: { patient, id: order }, fetchPolicy: 'network-only' });
    if (!data) return [];
    const { item, resource } = data.record;
    const completed = withMembers(resource, { status: 'completed' });
    return [{ patient, record: order, basedOn: item.version, resource: completed, reason: t('write.result.completes') }];
  };

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const texts = amended
      ? [definition.amend(draft.form, start, amended.resource)]
      : [definition.write(draft.form, patient, facts)].flat().map((text) => during(encounter, writing.kind, text));
    const inputs = texts.map((resource) => ({
      patient,
      record: amended?.item.id ?? null,
      basedOn: amended?.item.version ?? null,
      resource,
      reason: asksReason ? reason.trim() : null,
    }));
    const [note] = inputs;
    if (signs && note) {
      setToSign(note);
      return;
    }
    // A refusal is shown below, and the draft stays.
    setUnanswered(null);
    const titles = await answered()
      .catch((refused: unknown) => setUnanswered(refused))
      .then((order) => (order ? put(patient, [...inputs, ...order]) : []))
      .catch((): string[] => []);
    const title = titles
      .slice(0, inputs.length)
      .map((each) => plainTitle(t, each))
      .join(', ');
    if (title !== '') await finish(title);
  };

  /** The record is kept; a draft left behind would only be offered again. */
  const finish = async (title: string): Promise<void> => {
    await draft.discard().catch(() => undefined);
    announce(custodian === null ? t('write.saved', { title }) : t('proposals.sent', { title, clinic: custodian }));
    quietly(client.refetchQueries({ include: 'active' }));
    onClose();
  };

  const form = useFirstField(draft.ready && toSign === null);
  if (!draft.ready) return <Loading rows={6} />;
  if (toSign) return <SignSoapNote input={toSign} onClose={() => setToSign(null)} onSigned={finish} />;
  return (
    <form ref={form} onSubmit={save}>
      <Stack gap="md">
        <DraftNotice {...draft} />
        {custodian === null ? null : <Alert color="violet">{t('proposals.willPropose', { clinic: custodian })}</Alert>}
        {amended || templated.length === 0 ? null : (
          <TemplateChoice
            kind={writing.kind}
            now={templatedIn(draft.form, templated)}
            empty={templatedIn(start, templated)}
            onChoose={(fields) => draft.change(fields as Partial<typeof start>)}
          />
        )}
        <Fields form={draft.form} change={(change) => draft.change(change as Partial<typeof start>)} {...place} />
        {asksReason ? (
          <Textarea
            label={t(custodian === null ? 'write.reason' : 'proposals.why')}
            description={custodian === null ? t('write.reasonHint') : t('proposals.whyHint')}
            value={reason}
            onChange={(event) => draft.change({ changeReason: event.currentTarget.value } as Partial<typeof start>)}
            autosize
            required
          />
        ) : null}
        {(error ?? unanswered) ? <ErrorNotice error={error ?? unanswered} /> : null}
        {error && conflictCodes.test(refusalOf(error).code) ? <Text size="sm">{t('write.conflict')}</Text> : null}
        <Group>
          <Text size="xs" c="dimmed" role="status" flex="1 1 120px">
            {wrong ?? (draft.savedAt === null ? '' : t('write.draftSaved', { time: format.moment(draft.savedAt) }))}
          </Text>
          <Group ml="auto">
            <Button variant="default" onClick={onClose}>
              {t('write.later')}
            </Button>
            <Button type="submit" loading={loading} disabled={wrong !== undefined}>
              {custodian !== null
                ? t('proposals.propose')
                : signs
                  ? t('note.preview')
                  : t(amended ? 'write.saveAmended' : 'write.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
