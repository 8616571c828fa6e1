import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowsJoin2 } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../shared/access/permissions.ts';
import type { ChartPartsFragment } from '../../../generated/graphql.ts';
import { FormEnd } from '../../../parts/fields/form-end.tsx';
import { useAnnounce } from '../../../parts/focus/use-announce.ts';
import { useNavigation } from '../../../parts/navigation.tsx';
import { useChartTitle } from '../../../parts/paper/chart-title.ts';
import { useFormat } from '../../../parts/words/use-format.ts';
import { unmergePatients, writerNow } from '../chart-documents.ts';

type Merged = ChartPartsFragment['merged'][number];

/** Whose records a chart shows besides its patient's own, and the way back; in a chart that was merged, the way to the one that shows both. */
export function MergedNotice({ chart }: { chart: ChartPartsFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const [parted, setParted] = useState<Merged | null>(null);
  const role = useQuery(writerNow, { fetchPolicy: 'cache-first' }).data?.workstation.signedIn?.role ?? '';
  const { patient, merged } = chart;
  const into = patient.mergedInto;
  if (!into && merged.length === 0) return null;
  const names = merged.map(({ name, birthDate }) => [name, format.recorded(birthDate)].filter(Boolean).join(', ')).join('; ');
  return (
    <Alert color="violet" radius={0} icon={<IconArrowsJoin2 aria-hidden />} py="xs">
      <Group gap="md">
        <Text size="sm">{into ? t('merge.was') : t('merge.shows', { names })}</Text>
        {into ? (
          <Button size="compact-sm" variant="default" onClick={() => go('chart', into)}>
            {t('merge.openThat')}
          </Button>
        ) : null}
        {mayDo(role, 'patients.merge')
          ? merged.map((one) => (
              <Button key={one.id} size="compact-sm" variant="default" onClick={() => setParted(one)}>
                {t('merge.undo')}
                {merged.length > 1 ? `: ${one.name}` : ''}
              </Button>
            ))
          : null}
      </Group>
      {parted ? <PartPatients patient={patient.id} other={parted} onClose={() => setParted(null)} /> : null}
    </Alert>
  );
}

function PartPatients({ patient, other, onClose }: { patient: string; other: Merged; onClose: () => void }) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const announce = useAnnounce();
  const [reason, setReason] = useState('');
  const [part, { loading, error }] = useMutation(unmergePatients, { refetchQueries: 'active' });
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // A refusal is shown below.
    const done = await part({ variables: { patient, other: other.id, reason } }).catch(() => undefined);
    if (!done?.data) return;
    announce(t('merge.undone'));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={titled(t('merge.undoTitle'))} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <form onSubmit={send}>
        <Stack gap="md">
          <Text size="sm">{t('merge.undoExplained', { name: other.name })}</Text>
          <Textarea
            label={t('merge.undoReason')}
            description={t('merge.reasonHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            required
            data-autofocus
          />
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={reason.trim() === ''}>
              {t('merge.undo')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
