import { Button, Modal, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartTitle } from '../paper/chart-title.ts';
import { FormEnd } from './form-end.tsx';

interface PassphraseDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly children?: ReactNode;
  readonly size?: string | number;
  /** As of `FormEnd`. */
  readonly isKept?: boolean;
  readonly onClose: () => void;
  /** Rejects with the refusal that is then shown; the dialog stays open. */
  readonly onConfirm: (passphrase: string) => Promise<void>;
}

/** Shows what a person is about to answer for and asks for their passphrase. */
export function PassphraseDialog(props: PassphraseDialogProps) {
  const { opened, title, children, size = 'lg', onClose } = props;
  const { t } = useTranslation();
  const titled = useChartTitle();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={titled(title)}
      size={size}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        {children}
        <PassphraseForm {...props} />
      </Stack>
    </Modal>
  );
}

function PassphraseForm({ action, danger, isKept = false, onClose, onConfirm }: PassphraseDialogProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const confirm = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await onConfirm(passphrase);
      onClose();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={confirm}>
      <Stack gap="md">
        <PasswordInput
          label={t('passphrase.yours')}
          description={t('passphrase.whySign')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="current-password"
          data-autofocus
          required
        />
        <FormEnd isKept={isKept} error={error} onClose={onClose}>
          <Button type="submit" color={danger ? 'red' : undefined} loading={busy} disabled={passphrase === ''}>
            {action}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}
