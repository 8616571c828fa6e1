import { useMutation } from '@apollo/client/react';
import { Button, PasswordInput, Select, Stack, Text } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkstationPartsFragment } from '../../generated/graphql.ts';
import { DoorPage } from '../../parts/door-page.tsx';
import { ErrorNotice } from '../../parts/states.tsx';
import { KeychainNote } from './keychain-note.tsx';
import { unlock } from './workstation.ts';

/** The locked workstation: who you are and your passphrase. The service waits longer after each wrong one and says how long. */
export function UnlockScreen({ workstation }: { workstation: WorkstationPartsFragment }) {
  const { t } = useTranslation();
  const { staff, clinic, keychain } = workstation;
  const [person, setPerson] = useState<string | null>(staff.length === 1 ? (staff[0]?.id ?? null) : null);
  const [passphrase, setPassphrase] = useState('');
  const [open, { loading, error }] = useMutation(unlock);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!person) return;
    setPassphrase('');
    // The refusal is shown below.
    open({ variables: { staff: person, passphrase } }).catch(() => undefined);
  };

  return (
    <DoorPage title={clinic ? t('unlock.titleOf', { clinic: clinic.name }) : t('unlock.title')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('unlock.explain')}</Text>
          <Select
            label={t('unlock.who')}
            placeholder={t('unlock.choose')}
            data={staff.map(({ id, name, role }) => ({ value: id, label: [name, role].filter(Boolean).join(' · ') }))}
            value={person}
            onChange={setPerson}
            allowDeselect={false}
            required
          />
          <PasswordInput
            label={t('passphrase.yours')}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            autoComplete="current-password"
            autoFocus
            required
          />
          {error ? <ErrorNotice error={error} /> : null}
          <Button
            type="submit"
            loading={loading}
            disabled={!person || passphrase === ''}
            leftSection={<IconLockOpen size={16} aria-hidden />}
          >
            {t('unlock.action')}
          </Button>
          {loading ? (
            <Text size="sm" c="dimmed" role="status">
              {t('unlock.opening')}
            </Text>
          ) : null}
          {keychain ? null : <KeychainNote keychain={false} />}
        </Stack>
      </form>
    </DoorPage>
  );
}
