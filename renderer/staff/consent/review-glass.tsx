import { useMutation } from '@apollo/client/react';
import { Button, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GlassUsePartsFragment, GlassVerdict } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { reviewGlass } from './glass-documents.ts';

interface ReviewGlassProps {
  readonly use: GlassUsePartsFragment;
  readonly onClose: () => void;
  readonly onReviewed: () => void;
}

/** The privacy officer's judgement of one use: it cannot be taken back. */
export function ReviewGlass({ use, onClose, onReviewed }: ReviewGlassProps) {
  const { t } = useTranslation();
  const [verdict, setVerdict] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [review, { loading, error }] = useMutation(reviewGlass);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const variables = { use: use.use, verdict: verdict as GlassVerdict, words };
    // The refusal is shown below.
    const done = await review({ variables }).catch(() => undefined);
    if (!done) return;
    onReviewed();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('glass.reviewOf', { who: use.who, patient: use.patientName })}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{use.words === '' ? t(`glass.reasons.${use.reason}`) : t('glass.said', { words: use.words })}</Text>
          <Radio.Group label={t('glass.verdict')} value={verdict} onChange={setVerdict} required>
            <Stack gap="xs" mt="xs">
              <Radio value="JUSTIFIED" label={t('glass.verdicts.JUSTIFIED')} />
              <Radio value="NOT_JUSTIFIED" label={t('glass.verdicts.NOT_JUSTIFIED')} />
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('glass.why')}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={2}
            required
          />
          <Text size="sm" c="dimmed">
            {t('glass.onceOnly')}
          </Text>
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={!verdict || words.trim() === ''}>
              {t('glass.sign')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
