import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Modal, Paper, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartPartsFragment, MergedPartsFragment } from '../../../generated/graphql.ts';
import { FormEnd } from '../../../parts/fields/form-end.tsx';
import { PatientPicker } from '../../../parts/fields/patient-picker.tsx';
import { useAnnounce } from '../../../parts/focus/use-announce.ts';
import { MatchEvidence } from '../../../parts/match-evidence.tsx';
import { quietly } from '../../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../../parts/states.tsx';
import { genderWord } from '../../../parts/words/person-words.ts';
import { useFormat } from '../../../parts/words/use-format.ts';
import { mergeCandidates, mergedPatient, mergePatients } from '../chart-documents.ts';

interface MergePatientsProps {
  readonly patient: ChartPartsFragment['patient'];
  readonly onClose: () => void;
}

/** Chooses the second record of a person, compares the two, and has the open chart show both. */
export function MergePatients({ patient, onClose }: MergePatientsProps) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [other, setOther] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [merge, { loading, error }] = useMutation(mergePatients, { refetchQueries: 'active' });
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (other === null) return;
    // A refusal is shown below.
    const done = await merge({ variables: { patient: patient.id, other, reason } }).catch(() => undefined);
    if (!done?.data) return;
    announce(t('merge.done', { name: patient.name }));
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('merge.title', { name: patient.name })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={send}>
        <Stack gap="md">
          <Text size="sm">{t('merge.explained', { name: patient.name })}</Text>
          <Candidates patient={patient.id} chosen={other} onChoose={setOther} />
          <PatientPicker label={t('merge.search')} value={other} onChange={setOther} />
          {other === null ? null : <Compared patient={patient} other={other} />}
          <Textarea
            label={t('merge.reason')}
            description={t('merge.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            required
          />
          <Text size="xs" c="dimmed">
            {t('merge.notShared')}
          </Text>
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={other === null || other === patient.id || reason.trim() === ''}>
              {t('merge.confirm')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}

interface CandidatesProps {
  readonly patient: string;
  readonly chosen: string | null;
  readonly onChoose: (other: string) => void;
}

function Candidates({ patient, chosen, onChoose }: CandidatesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(mergeCandidates, { variables: { id: patient }, fetchPolicy: 'network-only' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={3} />;
  if (data.patientDuplicates.length === 0) return <Alert color="gray">{t('merge.nobody')}</Alert>;
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('merge.likely')}
      </Title>
      {data.patientDuplicates.slice(0, 4).map(({ patient: one, probability, evidence }) => (
        <Paper key={one.id} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <div>
              <Text size="sm" fw={600}>
                {one.name}, {format.recorded(one.birthDate) || t('chart.bornUnknown')}
              </Text>
              <MatchEvidence probability={probability} evidence={evidence} />
            </div>
            <Button
              size="compact-sm"
              variant={chosen === one.id ? 'filled' : 'default'}
              style={{ flexShrink: 0 }}
              onClick={() => onChoose(one.id)}
            >
              {t('patients.thatOne')}
            </Button>
          </Group>
        </Paper>
      ))}
    </Stack>
  );
}

function Compared({ patient, other }: { patient: ChartPartsFragment['patient']; other: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(mergedPatient, { variables: { id: other } });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data?.patient) return <Loading rows={3} />;
  const said = (one: Omit<MergedPartsFragment, '__typename' | 'mergedInto' | 'shared' | 'id'>): readonly string[] => [
    one.name,
    format.recorded(one.birthDate ?? null),
    genderWord(t, one.gender),
    one.city ?? '',
    one.phone ?? '',
    [...new Set(one.identifiers.map(({ value }) => value))].join(', '),
  ];
  const [mine, theirs] = [said(patient), said(data.patient)];
  const labels = [
    t('patients.name'),
    ...(['birthDate', 'gender', 'city', 'phone', 'identifier'] as const).map((field) => t(`patients.field.${field}`)),
  ];
  return (
    <Table aria-label={t('merge.compare')} withTableBorder layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={130} />
          <Table.Th scope="col">{t('merge.this')}</Table.Th>
          <Table.Th scope="col">{t('merge.other')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {labels.map((label, at) => (
          <Table.Tr key={label} hidden={!mine[at] && !theirs[at]}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{mine[at] || '–'}</Table.Td>
            <Table.Td
              fw={mine[at] && theirs[at] && mine[at] !== theirs[at] ? 700 : undefined}
              style={{ overflowWrap: 'anywhere' }}
            >
              {theirs[at] || '–'}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
