import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Card, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconMessage2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { AccessComplaintsQuery } from '../../generated/graphql.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { roleWord } from '../ledger/roles.ts';
import { accessComplaints, answerComplaint } from './access-documents.ts';
import { actionWord } from './access-words.ts';
import { ComplaintAuthor } from './complaint-author.tsx';

type Complaint = AccessComplaintsQuery['accessComplaints'][number];

/** What patients say was not right, for the privacy officer: those that wait for an answer first. */
export function ComplaintList() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(accessComplaints);
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={4} />;
  if (data.accessComplaints.length === 0)
    return <Empty icon={<IconMessage2 aria-hidden />} title={t('access.complaint.none')} text={t('access.complaint.noneHint')} />;
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {data.accessComplaints.map((complaint) => (
        <Card key={complaint.id} component="li" withBorder>
          <ComplaintView complaint={complaint} />
        </Card>
      ))}
    </Stack>
  );
}

function ComplaintView({
  complaint: { id, patient, patientName, about, line, record, words, by, openedAt, dueAt, overdue, answer, isAsAnchored },
}: {
  complaint: Complaint;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Text fw={600}>{patientName}</Text>
        <Group gap="xs">
          {isAsAnchored ? null : <Badge color="red">{t('access.complaint.notAnchored')}</Badge>}
          {overdue ? <Badge color="red">{t('access.complaint.overdue', { day: format.day(dueAt) })}</Badge> : null}
          {answer || overdue ? null : <Badge variant="outline">{t('access.complaint.due', { day: format.day(dueAt) })}</Badge>}
          <Badge color={answer ? 'green' : 'orange'}>
            {answer ? t('access.complaint.answered') : t('access.complaint.received')}
          </Badge>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {line
          ? t('access.complaint.about', {
              who: line.who,
              role: roleWord(t, line.role),
              clinic: line.clinic,
              action: actionWord(t, line.action),
              purpose: t(`purpose.${line.purpose}`),
              at: format.moment(line.at),
            })
          : t(`access.complaint.subject.${about}`)}
      </Text>
      {record ? <AboutRecord patient={patient} record={record} /> : null}
      <Text style={{ whiteSpace: 'pre-line' }}>{words}</Text>
      <ComplaintAuthor by={by} openedAt={openedAt} />
      {about === 'COPY' && !answer ? <Text size="sm">{t('access.complaint.copyHint')}</Text> : null}
      {answer ? (
        <Text size="sm">{t('access.complaint.answerOf', { by: answer.by, words: answer.words })}</Text>
      ) : (
        <AnswerForm id={id} />
      )}
    </Stack>
  );
}

/** Where in the chart the disputed record is; who may read charts goes there, and the chart itself asks what for. */
function AboutRecord({ patient, record: { section, date } }: { patient: string; record: NonNullable<Complaint['record']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const readsCharts = mayDo(useSignedIn().role, 'chart.read');
  const place = t(`section.${section}`);
  return (
    <Group gap="sm">
      <Text size="sm">
        {date === ''
          ? t('access.complaint.undatedRecord', { section: place })
          : t('access.complaint.record', { section: place, day: format.recorded(date) })}
      </Text>
      {readsCharts ? (
        <Button size="compact-sm" variant="default" onClick={() => go('chart', patient)}>
          {t('access.complaint.openChart')}
        </Button>
      ) : null}
    </Group>
  );
}

function AnswerForm({ id }: { id: string }) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [answer, { loading, error }] = useMutation(answerComplaint, { refetchQueries: [accessComplaints] });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        quietly(answer({ variables: { id, words } }));
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={t('access.complaint.answer')}
          description={t('access.complaint.answerHint')}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
          minRows={2}
          autosize
          maxLength={1_000}
        />
        {error ? <ErrorNotice error={error} /> : null}
        <Group>
          <Button type="submit" size="compact-md" loading={loading} disabled={words.trim() === ''}>
            {t('access.complaint.sendAnswer')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
