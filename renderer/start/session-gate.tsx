import { Button, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DoorPage } from '../parts/door-page.tsx';
import { ErrorNotice } from '../parts/states.tsx';
import { openSession } from './browser-link.ts';

/** In a browser: asks for the code that the terminal shows, so that no other program on this computer gets in. */
export function SessionGate({ onAdmitted }: { onAdmitted: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    await openSession(code.trim()).then(onAdmitted, setError);
    setBusy(false);
  };

  return (
    <DoorPage title={t('session.title')}>
      <form onSubmit={enter}>
        <Stack gap="md">
          <Text size="sm">{t('session.explain')}</Text>
          <TextInput
            label={t('session.code')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            spellCheck={false}
            autoFocus
            required
          />
          {error ? <ErrorNotice error={error} /> : null}
          <Button type="submit" loading={busy} disabled={code.trim() === ''}>
            {t('session.enter')}
          </Button>
        </Stack>
      </form>
    </DoorPage>
  );
}
