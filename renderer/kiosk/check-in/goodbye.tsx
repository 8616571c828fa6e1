import { Button, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { KioskLanguage } from '../../language/kiosk-words.ts';
import { KioskPage } from '../kiosk-parts.tsx';

const SHOWN_MS = 8_000;

/** On a fresh page that knows nothing but the language of who has left. */
export function Goodbye({ language, onNext }: { language: KioskLanguage; onNext: () => void }) {
  const { t, i18n } = useTranslation('kiosk');
  useEffect(() => {
    if (i18n.language !== language) void i18n.changeLanguage(language);
    const timer = setTimeout(onNext, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [language, i18n, onNext]);
  return (
    <KioskPage>
      <Stack align="center" gap="lg" pt="12vh">
        <IconCircleCheck size={72} aria-hidden color="var(--mantine-color-lagoon-7)" />
        <Title order={1}>{t('ended.title')}</Title>
        <Text ta="center">{t('ended.explain')}</Text>
        <Button onClick={onNext}>{t('ended.next')}</Button>
      </Stack>
    </KioskPage>
  );
}
