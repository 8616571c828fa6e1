import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconSignature, IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotePartsFragment } from '../../generated/graphql.ts';
import { useCallDesk } from '../../parts/call-desk.ts';
import { ExactText } from '../../parts/exact-text.tsx';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { ConsultSection } from './consult-section.tsx';
import { nameOf, notesOf } from './note-documents.ts';
import { NoteForm } from './note-form.tsx';
import { OpinionSection } from './opinion-section.tsx';

type Writing = { readonly amended?: NotePartsFragment };

/** Signed notes of remote visits, newest first, and the form that writes and amends them. */
export function NotesPanel({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState<Writing | null>(null);
  const { data, error, refetch } = useQuery(notesOf, { variables: { patient } });
  const notes = data?.teleNotes;
  const calls = useCallDesk();
  const name = useQuery(nameOf, { variables: { patient } }).data?.patient?.name;
  const call = (
    <Button
      variant="default"
      leftSection={<IconVideo size={16} aria-hidden />}
      disabled={!name || calls.patient !== null}
      onClick={() => calls.begin({ id: patient, name: name ?? '' })}
    >
      {t('call.begin')}
    </Button>
  );
  const write = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setWriting({})}>
      {t('note.new')}
    </Button>
  );
  return (
    <Stack gap="md">
      {notes && notes.length > 0 ? (
        <Group justify="flex-end" gap="xs">
          {call}
          {write}
        </Group>
      ) : null}
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!notes && !error ? <Loading rows={6} /> : null}
      {notes?.map((note) => (
        <NoteCard key={`${note.id} ${note.version}`} note={note} onAmend={() => setWriting({ amended: note })} />
      ))}
      {notes?.length === 0 ? (
        <Empty icon={<IconVideo aria-hidden />} title={t('note.none')} text={t('note.noneHint')}>
          {write}
          {call}
        </Empty>
      ) : null}
      <ConsultSection patient={patient} />
      <OpinionSection patient={patient} />
      {writing ? (
        <NoteForm patient={patient} {...writing} onClose={() => setWriting(null)} onSigned={() => quietly(refetch())} />
      ) : null}
    </Stack>
  );
}

function NoteCard({ note, onAmend }: { note: NotePartsFragment; onAmend: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState(false);
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap={6}>
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={2}>
              {t(`modality.${note.modality}`)}, {format.recorded(note.startedAt)}
            </Title>
            <Badge color="lagoon" leftSection={<IconSignature size={13} aria-hidden />}>
              {t('note.signedBy', { name: note.signedBy })}
            </Badge>
            {note.version > 1 ? <Badge color="orange">{t('note.amended', { version: note.version })}</Badge> : null}
            <ProgressBadge reached={note.progress} />
          </Group>
          <Group gap="xs">
            <Button variant="subtle" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {t('note.exactText')}
            </Button>
            <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={onAmend}>
              {t('write.amend')}
            </Button>
          </Group>
        </Group>
        <Text size="sm" c="dimmed">
          {[
            note.participants.join(', '),
            note.place,
            note.consentToTreatment ? t('note.consented') : t('note.notConsented'),
          ].join(' · ')}
        </Text>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          <strong>{t('note.assessment')}:</strong> {note.assessment}
        </Text>
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          <strong>{t('note.plan')}:</strong> {note.plan}
        </Text>
        {note.amendmentReason ? <Text size="sm">{t('history.reason', { reason: note.amendmentReason })}</Text> : null}
        {shown ? <ExactText label={t('note.exactText')} text={note.text} /> : null}
      </Stack>
    </Paper>
  );
}
