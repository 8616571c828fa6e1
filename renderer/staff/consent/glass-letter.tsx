/** The notice to the patient of an emergency access: a letter to print or to read out, and the note that they have been told. */
import { useMutation } from '@apollo/client/react';
import { Button, Modal, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GlassUsePartsFragment } from '../../generated/graphql.ts';
import { type PrinterFacts, paperHead, paperLines, paperSignature, paperTitle } from '../../parts/paper/paper-parts.tsx';
import { PaperSheet } from '../../parts/paper/paper-sheet.tsx';
import { usePrinter } from '../../parts/paper/printer-now.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { noteGlassTold } from './glass-documents.ts';

interface GlassLetterProps {
  readonly use: GlassUsePartsFragment;
  readonly onClose: () => void;
  readonly onTold: () => void;
}

export function GlassLetter({ use, onClose, onTold }: GlassLetterProps) {
  const { t } = useTranslation();
  const printer = usePrinter();
  const [note, { loading, error }] = useMutation(noteGlassTold);
  const blocks = useMemo(
    () => [
      paperHead(printer),
      paperTitle(printer.t('glass.letterTitle')),
      ...paperLines('letter', letterOf(printer, use)),
      paperSignature(printer),
    ],
    [printer, use],
  );
  const told = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await note({ variables: { use: use.use } }).catch(() => undefined);
    if (!done) return;
    onTold();
    onClose();
  };
  const foot = t('print.foot', { patient: use.patientName, by: printer.by, date: printer.format.day(Date.now()) });
  return (
    <Modal opened onClose={onClose} title={t('glass.letter')} size="90%" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <PaperSheet size="a4" blocks={blocks} foot={foot} isReady={printer.clinic !== ''}>
        <Text size="sm">{t('glass.letterExplained')}</Text>
        {error ? <ErrorNotice error={error} /> : null}
        <Button variant="default" loading={loading} onClick={() => void told()} disabled={use.toldAt !== null}>
          {t('glass.told')}
        </Button>
      </PaperSheet>
    </Modal>
  );
}

/** Who opened what, why, what the review said, and what the patient can do about it. */
function letterOf({ t, format }: PrinterFacts, use: GlassUsePartsFragment): string {
  const who = { who: use.who, role: t(`role.${use.role as 'nurse'}`), clinic: use.clinic, at: format.moment(use.began) };
  const happened =
    use.reason === 'CARE_CARD'
      ? [t('glass.letterCard', who)]
      : [
          t('glass.letterWhat', { ...who, until: format.moment(use.ends) }),
          t('glass.letterWhy', { reason: t(`glass.reasons.${use.reason}`), words: use.words.replace(/[\s.]+$/, '') }),
        ];
  const paragraphs = [
    t('glass.letterTo', { name: use.patientName }),
    ...happened,
    use.review
      ? t('glass.letterReviewed', { verdict: t(`glass.verdicts.${use.review.verdict}`), at: format.day(use.review.at) })
      : t('glass.letterNotReviewed'),
    t('glass.letterRights'),
    t('glass.letterNumber', { use: use.use }),
  ];
  return paragraphs.map((paragraph) => `${paragraph}\n`).join('\n');
}
