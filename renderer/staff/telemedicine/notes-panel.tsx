import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconSignature, IconVideo } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { NotePartsFragment } from '../../generated/graphql.ts';
import { useCallDesk } from '../../parts/call/call-desk.ts';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
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
  const named = useQuery(nameOf, { variables: { patient } }).data?.patient;
  const { role } = useSignedIn();
  // Another clinic's records are written there alone, and a note is signed by who may.
  const ours = named?.shared === false;
  const signs = ours && mayDo(role, 'note.sign');
  const call =
    ours && mayDo(role, 'chart.write') ? (
      <Button
        variant="default"
        leftSection={<IconVideo size={16} aria-hidden />}
        disabled={calls.patient !== null}
        onClick={() => calls.begin({ id: patient, name: named.name })}
      >
        {t('call.begin')}
      </Button>
    ) : null;
  const write = signs ? (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setWriting({})}>
      {t('note.new')}
    </Button>
  ) : null;
  return (
    <Stack gap="md">
      {notes ? (
        <Group justify="space-between" gap="xs">
          {/* One line: what was asked of others below is seen without scrolling. */}
          <Text size="sm" c="dimmed" flex={1} miw={220}>
            {notes.length === 0 ? [t('note.none'), t(signs ? 'note.noneHint' : 'note.noneHere')].join('. ') : null}
          </Text>
          <Group gap="xs">
            {call}
            {write}
          </Group>
        </Group>
      ) : null}
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!notes && !error ? <Loading rows={6} /> : null}
      {notes?.map((note) => (
        <NoteCard key={`${note.id} ${note.version}`} note={note}>
          {signs ? (
            <Button
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setWriting({ amended: note })}
            >
              {t('write.amend')}
            </Button>
          ) : null}
        </NoteCard>
      ))}
      <ConsultSection patient={patient} asks={signs} />
      <OpinionSection patient={patient} makes={signs} />
      {writing ? (
        <NoteForm patient={patient} {...writing} onClose={() => setWriting(null)} onSigned={() => quietly(refetch())} />
      ) : null}
    </Stack>
  );
}

/** @param children what may be done with it */
function NoteCard({ note, children }: { note: NotePartsFragment; children: ReactNode }) {
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
            {children}
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
