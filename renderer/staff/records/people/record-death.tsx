import { useMutation } from '@apollo/client/react';
import { Button, Modal, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../../generated/gql.ts';
import type { ChartPartsFragment } from '../../../generated/graphql.ts';
import { DraftNotice } from '../../../parts/drafts/draft-notice.tsx';
import { useFormDraft } from '../../../parts/drafts/use-draft.ts';
import { DateField } from '../../../parts/fields/date-field.tsx';
import { FormEnd } from '../../../parts/fields/form-end.tsx';
import { useAnnounce } from '../../../parts/focus/use-announce.ts';
import { useChartTitle } from '../../../parts/paper/chart-title.ts';

const recordDeath = graphql(`
  mutation RecordDeath($input: DeathInput!) {
    recordDeath(input: $input) {
      ...ChartParts
    }
  }
`);

interface RecordDeathProps {
  readonly patient: ChartPartsFragment['patient'];
  readonly onClose: () => void;
}

/** Says that the patient has died, when, and how that is known; or that what was recorded was a mistake. */
export function RecordDeath({ patient, onClose }: RecordDeathProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const announce = useAnnounce();
  const start = useMemo(() => ({ died: true, at: patient.deceasedAt ?? '', reason: '' }), [patient.deceasedAt]);
  // What was begun to correct a record of death is not what is begun to make one.
  const draft = useFormDraft({ patient: patient.id, kind: 'DEATH', key: patient.deceased ? 'correct' : 'new' }, start);
  const { died, at, reason } = draft.form;
  const [send, { loading, error }] = useMutation(recordDeath, { refetchQueries: 'active' });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const input = { patient: patient.id, died, at: died && at !== '' ? at : null, reason };
    // The refusal is shown below.
    if (!(await send({ variables: { input } }).catch(() => undefined))) return;
    await draft.discard().catch(() => undefined);
    announce(t(died ? 'death.recorded' : 'death.corrected'));
    onClose();
  };
  if (!draft.ready) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={titled(t(patient.deceased ? 'death.correct' : 'death.record'))}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <DraftNotice {...draft} />
          {died ? <Text size="sm">{t('death.explained')}</Text> : null}
          {patient.deceased ? (
            <SegmentedControl
              aria-label={t('death.what')}
              value={died ? 'died' : 'alive'}
              onChange={(value) => draft.change({ died: value === 'died' })}
              data={[
                { value: 'died', label: t('death.died') },
                { value: 'alive', label: t('death.alive') },
              ]}
            />
          ) : null}
          {died ? (
            <DateField
              label={t('death.at')}
              description={t('death.atHint')}
              value={at}
              onChange={(day) => draft.change({ at: day })}
              partial
              past
            />
          ) : null}
          <Textarea
            label={t('death.reason')}
            description={t('death.reasonHint')}
            value={reason}
            onChange={({ currentTarget }) => draft.change({ reason: currentTarget.value })}
            maxLength={500}
            autosize
            required
            data-autofocus
          />
          <FormEnd isKept error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={reason.trim() === ''}>
              {t(patient.deceased ? 'death.sendCorrection' : 'death.send')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
