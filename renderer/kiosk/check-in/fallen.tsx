import { Button, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { KioskPage } from '../kiosk-parts.tsx';

/** Long enough to be read; then the kiosk is there for the next person. */
const AGAIN_AFTER = 20_000;

/** The page could not be drawn: nothing of the person is shown any more, and it begins anew. */
export function Fallen() {
  const { t } = useTranslation('kiosk');
  useEffect(() => {
    const waiting = setTimeout(() => window.location.reload(), AGAIN_AFTER);
    return () => clearTimeout(waiting);
  }, []);
  return (
    <KioskPage>
      <Stack align="center" gap="xl" role="alert">
        <Text size="xl" fw={600} ta="center">
          {t('refusals.unknown')}
        </Text>
        <Button size="xl" onClick={() => window.location.reload()}>
          {t('frame.start')}
        </Button>
      </Stack>
    </KioskPage>
  );
}
