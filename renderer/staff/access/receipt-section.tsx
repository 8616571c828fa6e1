import { useLazyQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileCertificate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { download } from '../../parts/fields/download.ts';
import { ReceiptCodes } from '../../parts/paper/receipt-codes.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { accessReceipt } from './access-documents.ts';

/** Lines with their proof, to keep and to check without us. @param lines ids; the whole log when left out */
export function ReceiptSection({ patient, lines }: { patient: string; lines?: readonly string[] }) {
  const { t } = useTranslation();
  const [ask, { data, loading, error }] = useLazyQuery(accessReceipt, { fetchPolicy: 'no-cache' });
  const receipt = data?.accessReceipt;
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm">{t('access.receiptExplained')}</Text>
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconFileCertificate size={16} aria-hidden />}
          loading={loading}
          onClick={() => void ask({ variables: { patient, lines: lines ? [...lines] : null } })}
        >
          {t('access.receiptMake')}
        </Button>
        {receipt ? (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download(receipt.fileName, receipt.json)}
          >
            {t('receipt.download')}
          </Button>
        ) : null}
      </Group>
      {error ? <ErrorNotice error={error} /> : null}
      {receipt ? (
        <>
          <Text size="sm" fw={600} role="status">
            {[
              t('access.receiptLines', { count: receipt.lines }),
              receipt.waiting > 0 ? t('access.receiptWaiting', { count: receipt.waiting }) : '',
            ].join(' ')}
          </Text>
          <ReceiptCodes json={receipt.json} />
        </>
      ) : null}
    </Stack>
  );
}
