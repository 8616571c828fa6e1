import { useMutation } from '@apollo/client/react';
import { Button, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentPartsFragment } from '../../generated/graphql.ts';
import type { PaperBlock } from '../../parts/paper/paper.tsx';
import {
  type PaperFacts,
  paperFoot,
  paperHead,
  paperPatient,
  paperSignature,
  paperTitle,
} from '../../parts/paper/paper-parts.tsx';
import { PaperSheet } from '../../parts/paper/paper-sheet.tsx';
import { usePaperFacts } from '../../parts/paper/printer-now.ts';
import { moneyWords } from './money-words.ts';
import { notePaymentPrint } from './payment-documents.ts';
import styles from './print-receipt.module.css';

interface PrintReceiptProps {
  readonly patient: PaperFacts['patient'];
  readonly receipt: PaymentPartsFragment;
  readonly onClose: () => void;
}

/** A receipt as it is printed; what does not count any more says so across the page. */
export function PrintReceipt({ patient, receipt, onClose }: PrintReceiptProps) {
  const { t } = useTranslation();
  const facts = usePaperFacts(patient);
  const blocks = useMemo(() => receiptPaper(facts, receipt), [facts, receipt]);
  const [note] = useMutation(notePaymentPrint);
  return (
    <PaperSheet
      size="a5"
      blocks={blocks}
      foot={paperFoot(facts)}
      isReady={facts.clinic !== ''}
      note={() => note({ variables: { patient: patient.id, receipt: receipt.id } })}
    >
      <div>
        <Button size="compact-sm" variant="subtle" leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={onClose}>
          {t('payments.all')}
        </Button>
      </div>
      <Text size="sm">{t('payments.written', { number: receipt.number })}</Text>
    </PaperSheet>
  );
}

/** What was paid, line by line, with the sum, how, when, and who took it. */
function receiptPaper(facts: PaperFacts, receipt: PaymentPartsFragment): PaperBlock[] {
  const { t, format } = facts;
  const { number, paidAt, means, currency, lines, total, takenBy, voided } = receipt;
  const line = (key: string, what: string, amount: string, style: string | undefined): PaperBlock => ({
    key,
    content: (
      <div className={style}>
        <span>{what}</span>
        <span>{moneyWords(format, amount, currency)}</span>
      </div>
    ),
  });
  const off: PaperBlock[] =
    voided === null
      ? []
      : [{ key: 'void', content: <p className={styles.void}>{t('payments.voidPrinted', { reason: voided })}</p> }];
  return [
    paperHead(facts),
    paperTitle(t('payments.receiptTitle', { number })),
    ...off,
    paperPatient(facts),
    ...lines.map(({ what, amount }, at) => line(`line ${at}`, what, amount, styles.line)),
    line('total', t('payments.total'), total, styles.total),
    {
      key: 'paid',
      content: (
        <p className={styles.paid}>
          {t('payments.paid', { when: format.recorded(paidAt), how: t(`payments.by.${means}`), by: takenBy })}
        </p>
      ),
    },
    paperSignature(facts),
  ];
}
