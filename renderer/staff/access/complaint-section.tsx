import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconMessage2, IconMessage2Check } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { complainOfAccess, complaintsOf, type ShownVisit } from './access-documents.ts';
import { actionWord } from './access-words.ts';

/** "This was not right": what was said about this visit so far, and a new complaint about one of its lines. */
export function ComplaintSection({ patient, lines }: { patient: string; lines: ShownVisit['lines'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(complaintsOf, { variables: { patient } });
  const [complain, complaining] = useMutation(complainOfAccess);
  const [isOpen, setIsOpen] = useState(false);
  const [words, setWords] = useState('');
  const [line, setLine] = useState(lines[0]?.id ?? '');
  const ids = new Set(lines.map(({ id }) => id));
  const said = (data?.complaintsOf ?? []).filter((complaint) => complaint.line && ids.has(complaint.line.id));
  const send = async (): Promise<void> => {
    await complain({ variables: { patient, line, words } });
    setIsOpen(false);
    setWords('');
    await refetch();
  };
  return (
    <Stack gap="xs" align="stretch">
      {error ? <ErrorNotice error={error} /> : null}
      {said.map((complaint) => (
        <Alert
          key={complaint.id}
          color={complaint.answer ? 'green' : 'blue'}
          icon={complaint.answer ? <IconMessage2Check aria-hidden /> : <IconMessage2 aria-hidden />}
          title={complaint.answer ? t('access.complaint.answered') : t('access.complaint.received')}
        >
          <Text size="sm">{complaint.words}</Text>
          <Text size="xs" c="dimmed">
            {complaint.by
              ? t('access.complaint.by', { by: complaint.by, at: format.moment(complaint.openedAt) })
              : t('access.complaint.byPatient', { at: format.moment(complaint.openedAt) })}
          </Text>
          {complaint.answer ? (
            <Text size="sm" mt="xs">
              {t('access.complaint.answerOf', { by: complaint.answer.by, words: complaint.answer.words })}
            </Text>
          ) : null}
        </Alert>
      ))}
      {isOpen ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            quietly(send());
          }}
        >
          <Stack gap="xs">
            {lines.length > 1 ? (
              <Select
                label={t('access.complaint.which')}
                data={lines.map(({ id, at, action }) => ({ value: id, label: `${format.moment(at)}, ${actionWord(t, action)}` }))}
                value={line}
                onChange={(chosen) => setLine(chosen ?? line)}
                allowDeselect={false}
              />
            ) : null}
            <Textarea
              label={t('access.complaint.words')}
              description={t('access.complaint.wordsHint')}
              value={words}
              onChange={({ currentTarget }) => setWords(currentTarget.value)}
              minRows={3}
              autosize
              maxLength={1_000}
              required
              data-autofocus
            />
            {complaining.error ? <ErrorNotice error={complaining.error} /> : null}
            <Group>
              <Button type="submit" loading={complaining.loading} disabled={words.trim() === ''}>
                {t('access.complaint.send')}
              </Button>
              <Button variant="default" onClick={() => setIsOpen(false)}>
                {t('actions.cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Group>
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconMessage2 size={16} aria-hidden />}
            onClick={() => setIsOpen(true)}
          >
            {t('access.complaint.open')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
