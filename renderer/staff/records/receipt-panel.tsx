import { useLazyQuery } from '@apollo/client/react';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconClock, IconDownload, IconFileCertificate } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress } from '../../generated/graphql.ts';
import { download } from '../../parts/download.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { receiptOf } from './chart-documents.ts';

const QrCode = lazy(() => import('../../parts/qr-code.tsx').then((file) => ({ default: file.QrCode })));
/** The most bytes that one QR code of the lowest correction level holds. */
const QR_BYTES = 2953;

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
          <Group align="flex-start">
            {new TextEncoder().encode(receipt.json).length <= QR_BYTES ? (
              <Suspense fallback={<Loading rows={5} />}>
                <QrCode text={receipt.json} label={t('receipt.qr')} size={300} />
              </Suspense>
            ) : (
              <Text size="sm" c="dimmed">
                {t('receipt.tooLongForQr')}
              </Text>
            )}
          </Group>
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
