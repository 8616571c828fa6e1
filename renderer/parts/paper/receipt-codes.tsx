import { Group, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { codeParts } from '../camera/code-parts.ts';
import { Loading } from '../states.tsx';

const QrCode = lazy(() => import('./qr-code.tsx').then((file) => ({ default: file.QrCode })));

/** A receipt's text, cut into as many QR codes as it takes; none when that would be too many to scan. */
export function ReceiptCodes({ json }: { json: string }) {
  const { t } = useTranslation();
  const parts = codeParts(json);
  if (parts.length === 0) {
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
