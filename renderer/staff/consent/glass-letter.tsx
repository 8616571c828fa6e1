import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { GlassUsePartsFragment } from '../../generated/graphql.ts';
import { download } from '../../parts/download.ts';
import { ExactText } from '../../parts/exact-text.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';
import { noteGlassTold } from './glass-documents.ts';

interface GlassLetterProps {
  readonly use: GlassUsePartsFragment;
  readonly onClose: () => void;
  readonly onTold: () => void;
}

/** The notice to the patient: a letter to save and print, and the note that they have been told. */
export function GlassLetter({ use, onClose, onTold }: GlassLetterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [note, { loading, error }] = useMutation(noteGlassTold);
  const told = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await note({ variables: { use: use.use } }).catch(() => undefined);
    if (!done) return;
    onTold();
    onClose();
  };
  const who = { who: use.who, role: t(`role.${use.role as 'nurse'}`), clinic: use.clinic, at: format.moment(use.began) };
  const happened =
    use.reason === 'CARE_CARD'
      ? [t('glass.letterCard', who)]
      : [
          t('glass.letterWhat', { ...who, until: format.moment(use.ends) }),
          t('glass.letterWhy', { reason: t(`glass.reasons.${use.reason}`), words: use.words }),
        ];
  const letter = [
    t('glass.letterTo', { name: use.patientName }),
    ...happened,
    use.review
      ? t('glass.letterReviewed', { verdict: t(`glass.verdicts.${use.review.verdict}`), at: format.day(use.review.at) })
      : t('glass.letterNotReviewed'),
    t('glass.letterRights'),
    t('glass.letterNumber', { use: use.use }),
  ].join('\n\n');
  return (
    <Modal opened onClose={onClose} title={t('glass.letter')} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <ExactText label={t('glass.letterText')} text={letter} />
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={() => download(`notice-${use.use.slice(0, 8)}.txt`, letter, 'text/plain;charset=utf-8')}
          >
            {t('glass.letterSave')}
          </Button>
          <Button loading={loading} onClick={() => void told()} disabled={use.toldAt !== null}>
            {t('glass.told')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
