/** The proof of a consent for the patient to take home: on paper with its words and codes, or as a file that `careledger verify` checks. */
import { useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ConsentPartsFragment } from '../../generated/graphql.ts';
import { useChartTitle } from '../../parts/chart-title.ts';
import { download } from '../../parts/download.ts';
import { ReceiptCodes } from '../../parts/receipt-codes.tsx';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { consentProofOf } from './consent-documents.ts';
import styles from './consent-proof.module.css';

interface ConsentProofProps {
  readonly patient: string;
  readonly consent: ConsentPartsFragment;
  readonly onClose: () => void;
}

export function ConsentProof({ patient, consent, onClose }: ConsentProofProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const variables = { patient, id: consent.id };
  const { data, error } = useQuery(consentProofOf, { variables, fetchPolicy: 'no-cache' });
  const json = data?.consentProof;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={titled(t('consent.proofOf', { clinic: consent.recipientName }))}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('consent.proofExplained')}</Text>
        {error ? <ErrorNotice error={error} /> : null}
        {!json && !error ? <Loading rows={4} /> : null}
        {json ? (
          <>
            <ReceiptCodes json={json} />
            <Group justify="flex-end">
              <Button
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden />}
                onClick={() => download('consent-proof.json', json)}
              >
                {t('receipt.download')}
              </Button>
              <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
                {t('consent.proofPrint')}
              </Button>
            </Group>
            {createPortal(
              <article className={styles.paper}>
                <h1>{t('consent.proofOf', { clinic: consent.recipientName })}</h1>
                <pre lang={consent.language}>{consent.text}</pre>
                <p>{t('consent.proofExplained')}</p>
                <ReceiptCodes json={json} />
              </article>,
              document.body,
            )}
          </>
        ) : null}
      </Stack>
    </Modal>
  );
}
