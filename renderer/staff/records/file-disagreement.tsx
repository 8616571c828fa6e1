import { useMutation } from '@apollo/client/react';
import { Button, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { recordNow } from './chart-documents.ts';
import { useDraftOfChart } from './forms/drafts.ts';

const fileDisagreement = graphql(`
  mutation FileDisagreement($patient: ID!, $record: ID!, $words: String!, $saidBy: String) {
    fileDisagreement(patient: $patient, record: $record, words: $words, saidBy: $saidBy) {
      ...ItemParts
    }
  }
`);

const NOTHING_SAID = { words: '', saidBy: '' };
/** Characters; in any script that is less than a statement may have. */
const MOST_WORDS = 1_000;

interface FileDisagreementProps {
  readonly patient: string;
  readonly record: { readonly id: string; readonly title: string };
  readonly onClose: () => void;
}

/** Writes down, word for word, what a patient has handed in on paper against one record. */
export function FileDisagreement({ patient, record, onClose }: FileDisagreementProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const announce = useAnnounce();
  const {
    form,
    change,
    discard,
    ready,
    restoredFrom,
    error: draftError,
  } = useDraftOfChart({ patient, kind: 'DISAGREEMENT', key: record.id }, NOTHING_SAID);
  const [file, { loading, error }] = useMutation(fileDisagreement, { refetchQueries: [recordNow] });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const variables = { patient, record: record.id, words: form.words, saidBy: form.saidBy.trim() || null };
    // The refusal is shown below.
    if (!(await file({ variables }).catch(() => undefined))) return;
    await discard().catch(() => undefined);
    announce(t('item.disagreementFiled'));
    onClose();
  };

  if (!ready) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={titled(t('item.disagrees'))}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <DraftNotice restoredFrom={restoredFrom} discard={discard} error={draftError} />
          <Text size="sm">{t('item.disagreementExplained', { title: record.title })}</Text>
          <Textarea
            label={t('item.disagreementWords')}
            description={t('item.disagreementHint')}
            value={form.words}
            onChange={({ currentTarget }) => change({ words: currentTarget.value })}
            minRows={5}
            maxLength={MOST_WORDS}
            autosize
            required
            data-autofocus
          />
          <TextInput
            label={t('item.disagreementBy')}
            description={t('item.disagreementByHint')}
            value={form.saidBy}
            onChange={({ currentTarget }) => change({ saidBy: currentTarget.value })}
            maxLength={100}
          />
          <FormEnd isKept error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={form.words.trim() === ''}>
              {t('item.disagreementFile')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
