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
/** Characters in one code: a version that a telephone still reads from a screen. */
const CODE_LENGTH = 1800;
const MOST_CODES = 6;

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

/** The receipt's text, cut into as many QR codes as it takes; none when that would be too many to scan. */
function ReceiptCodes({ json }: { json: string }) {
  const { t } = useTranslation();
  const count = Math.ceil(json.length / CODE_LENGTH);
  const each = Math.ceil(json.length / count);
  const parts = Array.from({ length: count }, (_, index) => json.slice(index * each, (index + 1) * each));
  if (parts.length > MOST_CODES) {
    return (
      <Text size="sm" c="dimmed">
        {t('receipt.tooLongForQr')}
      </Text>
    );
  }
  return (
    <>
      <Text size="sm">{t('receipt.qrExplained', { count: parts.length })}</Text>
      <Suspense fallback={<Loading rows={5} />}>
        <Group align="flex-start">
          {parts.map((text, index) => (
            <QrCode key={text} text={text} label={t('receipt.qr', { part: index + 1, parts: parts.length })} size={260} />
          ))}
        </Group>
      </Suspense>
    </>
  );
}
