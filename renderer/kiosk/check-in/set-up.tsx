/** What whoever installs the kiosk sees, once. */
import { useMutation } from '@apollo/client/react';
import { Button, Code, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/kiosk/gql.ts';
import { KioskPage, Refused } from '../kiosk-parts.tsx';

const joinAsKiosk = graphql(`
  mutation JoinAsKiosk($invitation: String!) {
    joinAsKiosk(invitation: $invitation) {
      state
    }
  }
`);

/** In a browser: the code that the terminal shows, so that no other program gets in. */
export function CodeGate({ onCode }: { onCode: (code: string) => Promise<void> }) {
  const { t } = useTranslation('kiosk');
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const enter = (event: FormEvent): void => {
    event.preventDefault();
    setError(null);
    onCode(code.trim()).catch(setError);
  };
  return (
    <KioskPage>
      <Title order={1}>{t('setUp.title')}</Title>
      <form onSubmit={enter}>
        <Stack>
          <TextInput
            label={t('setUp.terminal')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoFocus
          />
          {error ? <Refused error={error} /> : null}
          <Button type="submit" variant="filled" disabled={code.trim() === ''}>
            {t('setUp.enter')}
          </Button>
        </Stack>
      </form>
    </KioskPage>
  );
}

export function SetUp({ device, waiting }: { device: string; waiting: boolean }) {
  const { t } = useTranslation('kiosk');
  const [invitation, setInvitation] = useState('');
  const [join, { error, loading }] = useMutation(joinAsKiosk);
  if (waiting)
    return (
      <KioskPage>
        <Title order={1}>{t('setUp.waitingTitle')}</Title>
        <Text>{t('setUp.waiting')}</Text>
        <Code block>{device.slice(0, 16).replaceAll(/.{4}(?=.)/g, '$& ')}</Code>
      </KioskPage>
    );
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    join({ variables: { invitation: invitation.trim() } }).catch(() => undefined);
  };
  return (
    <KioskPage>
      <Title order={1}>{t('setUp.title')}</Title>
      <Text>{t('setUp.explain')}</Text>
      <form onSubmit={ask}>
        <Stack>
          <TextInput
            label={t('setUp.invitation')}
            value={invitation}
            onChange={(event) => setInvitation(event.currentTarget.value)}
            spellCheck={false}
          />
          {error ? <Refused error={error} /> : null}
          <Button type="submit" variant="filled" loading={loading} disabled={invitation.trim() === ''}>
            {t('setUp.join')}
          </Button>
        </Stack>
      </form>
    </KioskPage>
  );
}
