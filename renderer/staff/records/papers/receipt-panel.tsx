import { useLazyQuery } from '@apollo/client/react';
import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconClock, IconDownload, IconFileCertificate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Progress } from '../../../generated/graphql.ts';
import { download } from '../../../parts/fields/download.ts';
import { ReceiptCodes } from '../../../parts/paper/receipt-codes.tsx';
import { ErrorNotice } from '../../../parts/states.tsx';
import { receiptOf } from '../chart-documents.ts';

/** A proof that this record stands in the region's ledger, to keep and to check without us. */
export function ReceiptPanel({ patient, record, progress }: { patient: string; record: string; progress: Progress }) {
  const { t } = useTranslation();
  const [ask, { data, loading, error }] = useLazyQuery(receiptOf, { fetchPolicy: 'no-cache' });
  if (progress === 'SAVED') {
    return (
      <Alert color="orange" icon={<IconClock aria-hidden />} title={t('receipt.pending')}>
        {t('receipt.pendingExplained')}
      </Alert>
    );
  }
  const receipt = data?.receipt;
  return (
    <Stack gap="md" align="flex-start">
      <Text size="sm">{t('receipt.explained')}</Text>
      {receipt ? null : (
        <Button
          leftSection={<IconFileCertificate size={16} aria-hidden />}
          loading={loading}
          onClick={() => void ask({ variables: { patient, record, version: null } })}
        >
          {t('receipt.make')}
        </Button>
      )}
      {error ? <ErrorNotice error={error} /> : null}
      {receipt ? (
        <>
          <Text size="sm" fw={600} role="status">
            {receipt.witnessed ? t('receipt.witnessed') : t('receipt.notWitnessed')}
          </Text>
          <ReceiptCodes json={receipt.json} />
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download(receipt.fileName, receipt.json)}
          >
            {t('receipt.download')}
          </Button>
        </>
      ) : null}
    </Stack>
  );
}
