import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Select, SimpleGrid, Stack, Switch, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Modality, NotePartsFragment, TeleNoteInput } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { DateField, rightNow } from '../../parts/fields/date-field.tsx';
import { useFirstField } from '../../parts/focus/first-field.ts';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { Loading } from '../../parts/states.tsx';
import { SignWords } from '../../parts/words/sign-words.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { useChartDraft } from '../records/records.tsx';
import { noteText, signNote } from './note-documents.ts';

const modalities: readonly Modality[] = ['VIDEO', 'AUDIO', 'PHONE', 'CHAT'];

/** Texts only, so that a draft is what the form shows. */
interface NoteFields {
  readonly participants: string;
  readonly modality: string;
  readonly place: string;
  readonly consented: boolean;
  readonly startedAt: string;
  readonly assessment: string;
  readonly plan: string;
  readonly reason: string;
}

const SEPARATOR = '\n';
const listed = (participants: string): string[] => participants.split(SEPARATOR).filter((name) => name !== '');

const BLANK: NoteFields = {
  participants: '',
  modality: '',
  place: '',
  consented: false,
  startedAt: '',
  assessment: '',
  plan: '',
  reason: '',
};

function fieldsOf(note: NotePartsFragment | undefined, known: Partial<NoteFields>): NoteFields {
  if (!note) return { ...BLANK, startedAt: rightNow(), ...known };
  const { participants, modality, place, consentToTreatment, startedAt, assessment, plan } = note;
  return {
    participants: participants.join(SEPARATOR),
    modality,
    place,
    consented: consentToTreatment,
    startedAt,
    assessment,
    plan,
    reason: '',
  };
}

/** What is signed, once everything that has to be said is there. */
function noteOf(patient: string, amended: NotePartsFragment | undefined, form: NoteFields): TeleNoteInput | undefined {
  const modality = modalities.find((each) => each === form.modality);
  const participants = listed(form.participants);
  const [assessment, plan, reason] = [form.assessment.trim(), form.plan.trim(), form.reason.trim()];
  if (!modality || participants.length === 0 || assessment === '' || plan === '' || form.startedAt === '') return undefined;
  if (amended && reason === '') return undefined;
  return {
    patient,
    record: amended?.id ?? null,
    amendmentReason: amended ? reason : null,
    participants,
    modality,
    place: form.place.trim(),
    consentToTreatment: form.consented,
    assessment,
    plan,
    startedAt: form.startedAt,
  };
}

interface NoteFormProps {
  readonly patient: string;
  readonly amended?: NotePartsFragment;
  readonly onClose: () => void;
  readonly onSigned: () => void;
}

/** A note of a remote visit in a dialog. */
export function NoteForm({ patient, amended, onClose, onSigned }: NoteFormProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  return (
    <NoteWriting
      patient={patient}
      amended={amended}
      columns={3}
      frame={(form) => (
        <Modal
          opened
          onClose={onClose}
          title={titled(t(amended ? 'note.amend' : 'note.new'))}
          size="xl"
          closeButtonProps={{ 'aria-label': t('actions.close') }}
        >
          {form}
        </Modal>
      )}
      onLater={onClose}
      onSigned={() => {
        onSigned();
        onClose();
      }}
    />
  );
}

interface NoteWritingProps {
  readonly patient: string;
  readonly amended?: NotePartsFragment | undefined;
  /** What is known before anybody writes. */
  readonly known?: Partial<NoteFields>;
  readonly columns: number;
  /** What stands around the form until it is read for signing. */
  readonly frame?: (form: ReactNode) => ReactNode;
  readonly onLater?: () => void;
  readonly onSigned: () => void;
}

/** A note of a remote visit: written as a draft, read as the exact text, signed with the passphrase. */
export function NoteWriting({
  patient,
  amended,
  known = {},
  columns,
  frame = (form) => form,
  onLater,
  onSigned,
}: NoteWritingProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [start] = useState(() => fieldsOf(amended, known));
  const draft = useChartDraft({ patient, kind: 'TELE_NOTE', key: amended?.id ?? 'new' }, start);
  const [input, setInput] = useState<TeleNoteInput | null>(null);
  const { form, change } = draft;
  const written = noteOf(patient, amended, form);
  const first = useFirstField(draft.ready && input === null && onLater !== undefined);

  const preview = (event: FormEvent): void => {
    event.preventDefault();
    if (written) setInput(written);
  };

  if (input) {
    return (
      <SignNote
        input={input}
        onClose={() => setInput(null)}
        onSigned={async () => {
          // The note is signed; a draft left behind would only be offered again.
          await draft.discard().catch(() => undefined);
          onSigned();
        }}
      />
    );
  }
  return frame(
    draft.ready ? (
      <form ref={first} onSubmit={preview}>
        <Stack gap="md">
          <DraftNotice {...draft} />
          <NoteFieldset form={form} change={change} columns={columns} isAmended={amended !== undefined} />
          <Group>
            <Text size="xs" c="dimmed" role="status" flex="1 1 120px">
              {draft.savedAt === null ? '' : t('write.draftSaved', { time: format.moment(draft.savedAt) })}
            </Text>
            <Group ml="auto">
              {onLater ? (
                <Button variant="default" onClick={onLater}>
                  {t('write.later')}
                </Button>
              ) : null}
              <Button type="submit" disabled={!written}>
                {t('note.preview')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    ) : (
      <Loading rows={6} />
    ),
  );
}

interface NoteFieldsetProps {
  readonly form: NoteFields;
  readonly change: (change: Partial<NoteFields>) => void;
  readonly columns: number;
  readonly isAmended: boolean;
}

function NoteFieldset({ form, change, columns, isAmended }: NoteFieldsetProps) {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={columns}>
        <Select
          label={t('note.modality')}
          data={modalities.map((value) => ({ value, label: t(`modality.${value}`) }))}
          value={form.modality || null}
          onChange={(value) => change({ modality: value ?? '' })}
          required
          data-autofocus
        />
        <DateField
          label={t('note.startedAt')}
          value={form.startedAt}
          onChange={(startedAt) => change({ startedAt })}
          withTime
          past
          required
        />
        <TextInput
          label={t('note.place')}
          placeholder={t('note.placeHint')}
          value={form.place}
          onChange={(event) => change({ place: event.currentTarget.value })}
          required
        />
      </SimpleGrid>
      <TagsInput
        label={t('note.participants')}
        description={t('note.participantsHint')}
        value={listed(form.participants)}
        onChange={(names) => change({ participants: names.join(SEPARATOR) })}
        acceptValueOnBlur
        required
      />
      <Switch
        label={t('note.consentToTreatment')}
        checked={form.consented}
        onChange={(event) => change({ consented: event.currentTarget.checked })}
      />
      <Textarea
        label={t('note.assessment')}
        value={form.assessment}
        onChange={(event) => change({ assessment: event.currentTarget.value })}
        autosize
        minRows={4}
        required
      />
      <Textarea
        label={t('note.plan')}
        value={form.plan}
        onChange={(event) => change({ plan: event.currentTarget.value })}
        autosize
        minRows={3}
        required
      />
      {isAmended ? (
        <Textarea
          label={t('write.reason')}
          description={t('write.reasonHint')}
          value={form.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
          autosize
          required
        />
      ) : null}
    </>
  );
}

function SignNote({ input, onClose, onSigned }: { input: TeleNoteInput; onClose: () => void; onSigned: () => Promise<void> }) {
  const client = useApolloClient();
  const { data, error } = useQuery(noteText, { variables: { input }, fetchPolicy: 'no-cache' });
  return (
    <SignWords
      words={data?.teleNoteText}
      error={error}
      onClose={onClose}
      onSign={async (passphrase) => {
        await client.mutate({ mutation: signNote, variables: { input, passphrase } });
        await onSigned();
      }}
    />
  );
}
