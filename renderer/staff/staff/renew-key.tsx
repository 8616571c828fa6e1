import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../parts/states.tsx';
import { lock } from '../start/workstation.ts';
import { renewOwnKey } from './staff-documents.ts';

/** A new key of one's own; the desk locks after it, since who is signed in has another key now. */
export function RenewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [renew, { loading, error }] = useMutation(renewOwnKey);
  const [lockNow] = useMutation(lock);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // The refusal is shown below.
    if (!(await renew({ variables: { passphrase } }).catch(() => undefined))) return;
    await lockNow().catch(() => undefined);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('staff.renewKeyTitle')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('staff.renewKeyExplained')}</Text>
          <PasswordInput
            label={t('passphrase.current')}
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
            autoComplete="current-password"
            data-autofocus
            required
          />
          {error ? <ErrorNotice error={error} /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('actions.cancel')}
            </Button>
            <Button type="submit" loading={loading} disabled={passphrase === ''}>
              {t('staff.renewKey')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
