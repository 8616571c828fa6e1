import { Modal } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErasurePartsFragment } from '../../generated/graphql.ts';
import type { PaperBlock } from '../../parts/paper/paper.tsx';
import {
  clinicFoot,
  type PrinterFacts,
  paperHead,
  paperLines,
  paperSignature,
  paperTitle,
} from '../../parts/paper/paper-parts.tsx';
import { PaperSheet } from '../../parts/paper/paper-sheet.tsx';
import { usePrinter } from '../../parts/paper/printer-now.ts';
import { erasureLines } from './erasure-words.ts';

/** An erasure or refusal on paper. It names nobody: who was erased is known to nobody any more. */
export function PrintErasure({ erasure, onClose }: { erasure: ErasurePartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const printer = usePrinter();
  const blocks = useMemo(() => erasurePaper(printer, erasure), [printer, erasure]);
  return (
    <Modal
      opened
      onClose={onClose}
      size="90%"
      title={t('erasure.number', { id: erasure.id.slice(0, 8) })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <PaperSheet size="a4" blocks={blocks} foot={clinicFoot(printer)} isReady={printer.clinic !== ''} />
    </Modal>
  );
}

function erasurePaper(printer: PrinterFacts, erasure: ErasurePartsFragment): PaperBlock[] {
  const { t, format } = printer;
  const { what, retained, confirmations, lastBackup } = erasureLines(t, format, erasure);
  const part = (key: string, lines: readonly string[]): PaperBlock[] =>
    lines.length === 0 ? [] : paperLines(key, `\n${lines.map((line) => `– ${line}`).join('\n')}`);
  return [
    paperHead(printer),
    paperTitle(t('erasure.number', { id: erasure.id })),
    ...paperLines('state', t(`erasure.state.${erasure.state}`)),
    ...paperLines('what', what.join('\n')),
    ...part('retained', retained),
    ...part('confirmations', confirmations),
    ...(lastBackup ? paperLines('backup', `\n${lastBackup}`) : []),
    paperSignature(printer),
  ];
}
