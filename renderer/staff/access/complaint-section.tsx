import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { IconMessage2, IconMessage2Check } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComplaintsOfQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { complainOfAccess, complaintsOf, type ShownVisit } from './access-documents.ts';
import { actionWord } from './access-words.ts';
import { ComplaintAuthor } from './complaint-author.tsx';

interface ComplaintSectionProps {
  readonly patient: string;
  readonly lines: ShownVisit['lines'];
}

/** "This was not right": what was said about this visit so far, and a new complaint about one of its lines. */
export function ComplaintSection({ patient, lines }: ComplaintSectionProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(complaintsOf, { variables: { patient } });
  const [isOpen, setIsOpen] = useState(false);
  const ids = new Set(lines.map(({ id }) => id));
  const said = (data?.complaintsOf ?? []).filter((complaint) => complaint.line && ids.has(complaint.line.id));
  return (
    <Stack gap="xs" align="stretch">
      {error ? <ErrorNotice error={error} /> : null}
      {said.map((complaint) => (
        <SaidComplaint key={complaint.id} complaint={complaint} />
      ))}
      {isOpen ? (
        <ComplaintForm
          patient={patient}
          lines={lines}
          onClose={() => setIsOpen(false)}
          onSent={async () => {
            setIsOpen(false);
            await refetch();
          }}
        />
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

function SaidComplaint({ complaint }: { complaint: ComplaintsOfQuery['complaintsOf'][number] }) {
  const { t } = useTranslation();
  const { answer, words, by, openedAt } = complaint;
  return (
    <Alert
      color={answer ? 'green' : 'blue'}
      icon={answer ? <IconMessage2Check aria-hidden /> : <IconMessage2 aria-hidden />}
      title={answer ? t('access.complaint.answered') : t('access.complaint.received')}
    >
      <Text size="sm">{words}</Text>
      <ComplaintAuthor by={by} openedAt={openedAt} />
      {answer ? (
        <Text size="sm" mt="xs">
          {t('access.complaint.answerOf', { by: answer.by, words: answer.words })}
        </Text>
      ) : null}
    </Alert>
  );
}

interface ComplaintFormProps extends ComplaintSectionProps {
  readonly onClose: () => void;
  readonly onSent: () => Promise<void>;
}

function ComplaintForm({ patient, lines, onClose, onSent }: ComplaintFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [complain, { loading, error }] = useMutation(complainOfAccess);
  const [words, setWords] = useState('');
  const [line, setLine] = useState(lines[0]?.id ?? '');
  const send = async (): Promise<void> => {
    await complain({ variables: { patient, line, words } });
    await onSent();
  };
  return (
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
        {error ? <ErrorNotice error={error} /> : null}
        <Group>
          <Button type="submit" loading={loading} disabled={words.trim() === ''}>
            {t('access.complaint.send')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
