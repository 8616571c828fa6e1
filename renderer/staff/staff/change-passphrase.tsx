import { useMutation } from '@apollo/client/react';
import { Button, Modal, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { NewPassphraseFields, noPassphrase } from '../start/new-passphrase.tsx';
import { changePassphrase } from './staff-documents.ts';

/** One's own passphrase, on this desk. */
export function ChangePassphrase({ onClose, words }: { onClose: () => void; words: readonly string[] }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState(noPassphrase);
  const [change, { loading, error }] = useMutation(changePassphrase);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // The refusal is shown below.
    const done = await change({ variables: { current, next: next.first } }).catch(() => undefined);
    if (!done) return;
    announce(t('staff.passphraseChanged'));
    onClose();
  };

  return (
    <Modal opened onClose={onClose} title={t('staff.changePassphrase')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <PasswordInput
            label={t('passphrase.current')}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
            data-autofocus
            required
          />
          <NewPassphraseFields value={next} onChange={setNext} words={words} />
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={current === '' || !next.good}>
              {t('staff.changePassphrase')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
