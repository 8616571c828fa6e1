import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChartTitle } from './paper/chart-title.ts';
import { ErrorNotice } from './states.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  readonly action: string;
  /** What is about to happen. */
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** Rejects with the refusal that is then shown; the dialog stays open. */
  readonly onConfirm: () => Promise<unknown>;
}

/** Asks before what cannot be taken back. The focus is on the way out: a key that is pressed too soon ends nothing. */
export function ConfirmDialog({ title, action, children, onClose, onConfirm }: ConfirmDialogProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };

  return (
    <Modal opened onClose={onClose} title={titled(title)} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        {children}
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('actions.cancel')}
          </Button>
          <Button color="red" loading={busy} onClick={() => void confirm()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
