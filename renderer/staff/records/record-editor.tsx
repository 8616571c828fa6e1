import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useMutation } from '@apollo/client/react';
import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PutRecordInput } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import formEnd from '../../parts/fields/form-end.module.css';
import { useFirstField } from '../../parts/focus/first-field.ts';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { putRecords, recordNow } from './chart-documents.ts';
import { proposeAmendment } from './conflicts/conflict-documents.ts';
import { withMembers } from './exact-json.ts';
import { useDraftOfChart } from './forms/drafts.ts';
import type { ChartFacts, FormDefinition } from './forms/form-definition.ts';
import { templatedIn } from './forms/form-templates.ts';
import { SignSoapNote } from './forms/sign-soap-note.tsx';
import { TemplateChoice, TemplateMaking } from './forms/template-choice.tsx';
import type { Writing } from './forms/writing.ts';
import { plainTitle } from './item-title.ts';

/** What is written, and where. */
interface RecordWriting {
  readonly patient: string;
  /** The other clinic that keeps the record, to which a change is proposed; null for one's own. */
  readonly custodian: string | null;
  /** The encounter that is under way. */
  readonly encounter: string | null;
  readonly facts: ChartFacts;
  readonly writing: Writing;
  readonly onClose: () => void;
}

interface RecordEditorProps<Form extends object> extends RecordWriting {
  readonly definition: FormDefinition<Form>;
  /** The record is read as the exact text and signed, where the clinic keeps the chart. */
  readonly signs?: boolean;
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

/** A new record of the encounter that is under way; statements and dispenses of medications call it their context (FHIR R4). */
function during(encounter: string | null, kind: Writing['kind'], resource: string): string {
  const reference = encounter === null ? undefined : { reference: `Encounter/${encounter}` };
  if (reference === undefined) return resource;
  return withMembers(resource, kind === 'MEDICATION' || kind === 'DISPENSE' ? { context: reference } : { encounter: reference });
}

/** The order that what is written answers, as its next version. */
async function completedOrder(client: ApolloClient, patient: string, order: string, reason: string): Promise<PutRecordInput[]> {
  if (order === '') return [];
  const { data } = await client.query({ query: recordNow, variables: { patient, id: order }, fetchPolicy: 'network-only' });
  if (!data) return [];
  const { item, resource } = data.record;
  return [{ patient, record: order, basedOn: item.version, resource: withMembers(resource, { status: 'completed' }), reason }];
}

/** What is sent of a form: the amended record, or each record that the form makes. */
function inputsOf<Form extends object>(
  props: RecordEditorProps<Form>,
  form: Form,
  start: Form,
  reason: string | null,
): PutRecordInput[] {
  const { patient, encounter, facts, writing, definition } = props;
  const { amended, kind } = writing;
  const texts = amended
    ? [definition.amend(form, start, amended.resource)]
    : [definition.write(form, patient, facts)].flat().map((text) => during(encounter, kind, text));
  return texts.map((resource) => ({
    patient,
    record: amended?.item.id ?? null,
    basedOn: amended?.item.version ?? null,
    resource,
    reason,
  }));
}

/** The form of one record: kept as a draft while it is typed, and written, proposed, or read and signed at the end. */
export function RecordEditor<Form extends object>(props: RecordEditorProps<Form>) {
  const { patient, custodian, facts, writing, onClose, definition } = props;
  const signs = props.signs === true && custodian === null;
  const [toSign, setToSign] = useState<PutRecordInput | null>(null);
  const { t } = useTranslation();
  const announce = useAnnounce();
  const client = useApolloClient();
  const { amended } = writing;
  const [start] = useState(() => ({
    ...(amended ? definition.read(amended.resource) : definition.empty()),
    changeReason: '',
  }));
  const draft = useDraftOfChart<typeof start>(
    { patient, kind: writing.kind, key: (amended?.item ?? writing.prescription)?.id ?? 'new' },
    start,
  );
  const change = (fields: object): void => draft.change(fields as Partial<typeof start>);
  const reason = draft.form.changeReason;
  const [put, { loading, error }] = useRecordWriter(custodian !== null);
  const [unanswered, setUnanswered] = useState<unknown>(null);
  const place = { amending: amended !== undefined, facts };
  const asksReason = amended !== undefined || custodian !== null;
  const wrong =
    definition.wrong(draft.form, t, place) ?? (asksReason && reason.trim() === '' ? t('write.wrong.reason') : undefined);

  const templates = templatesOf({ writing, definition, form: draft.form, start });

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const inputs = inputsOf(props, draft.form, start, asksReason ? reason.trim() : null);
    const [note] = inputs;
    if (signs && note) {
      setToSign(note);
      return;
    }
    // A refusal is shown below, and the draft stays.
    setUnanswered(null);
    const order = custodian === null ? (definition.answers?.(draft.form) ?? '') : '';
    const titles = await completedOrder(client, patient, order, t('write.result.completes'))
      .catch((refused: unknown) => setUnanswered(refused))
      .then((completed) => (completed ? put(patient, [...inputs, ...completed]) : []))
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
        {templates ? <TemplateChoice {...templates} onChoose={change} /> : null}
        <definition.Fields form={draft.form} change={change} {...place} />
        {asksReason ? (
          <Reason proposes={custodian !== null} value={reason} onChange={(changeReason) => change({ changeReason })} />
        ) : null}
        {(error ?? unanswered) ? <ErrorNotice error={error ?? unanswered} /> : null}
        {error && conflictCodes.test(refusalOf(error).code) ? <Text size="sm">{t('write.conflict')}</Text> : null}
        <EditorEnd {...props} signs={signs} wrong={wrong} savedAt={draft.savedAt} loading={loading}>
          {templates ? <TemplateMaking {...templates} /> : null}
        </EditorEnd>
      </Stack>
    </form>
  );
}

interface TemplatesProps<Form extends object> extends Pick<RecordEditorProps<Form>, 'writing' | 'definition'> {
  readonly form: Form;
  readonly start: Form;
}

/** What the clinic's templates fill of a new record; undefined for an amendment, and for a kind that has none. */
function templatesOf<Form extends object>({ writing, definition, form, start }: TemplatesProps<Form>) {
  const { templated = [] } = definition;
  if (writing.amended || templated.length === 0) return undefined;
  return { kind: writing.kind, now: templatedIn(form, templated), empty: templatedIn(start, templated) };
}

function Reason({ proposes, value, onChange }: { proposes: boolean; value: string; onChange: (reason: string) => void }) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t(proposes ? 'proposals.why' : 'write.reason')}
      description={t(proposes ? 'proposals.whyHint' : 'write.reasonHint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autosize
      required
    />
  );
}

interface EditorEndProps extends Pick<RecordWriting, 'custodian' | 'writing' | 'onClose'> {
  readonly signs: boolean;
  /** What is still missing or wrong. */
  readonly wrong: string | undefined;
  readonly savedAt: number | null;
  readonly loading: boolean;
  /** What else may be done with what is written. */
  readonly children: ReactNode;
}

/** What is missing, or when the draft was kept; later, or now. */
function EditorEnd({ custodian, writing, onClose, signs, wrong, savedAt, loading, children }: EditorEndProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const written = t(writing.amended ? 'write.saveAmended' : 'write.save');
  return (
    <Group className={formEnd.end}>
      <Text size="xs" c="dimmed" role="status" flex="1 1 120px">
        {wrong ?? (savedAt === null ? '' : t('write.draftSaved', { time: format.moment(savedAt) }))}
      </Text>
      <Group ml="auto">
        {children}
        <Button variant="default" onClick={onClose}>
          {t('write.later')}
        </Button>
        <Button type="submit" loading={loading} disabled={wrong !== undefined}>
          {custodian !== null ? t('proposals.propose') : signs ? t('note.preview') : written}
        </Button>
      </Group>
    </Group>
  );
}
