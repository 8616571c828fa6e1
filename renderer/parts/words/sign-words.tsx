import { Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PassphraseDialog } from '../fields/passphrase-dialog.tsx';
import { ExactText } from '../paper/exact-text.tsx';
import { ErrorNotice, Loading } from '../states.tsx';

interface SignWordsProps {
  /** Undefined while they are on their way. */
  readonly words: string | undefined;
  /** Why there are none. */
  readonly error: unknown;
  readonly onClose: () => void;
  /** Rejects with the refusal that is then shown; the dialog stays open. */
  readonly onSign: (passphrase: string) => Promise<void>;
}

/** The exact words of a note, read before the passphrase signs them. */
export function SignWords({ words, error, onClose, onSign }: SignWordsProps) {
  const { t } = useTranslation();
  if (words === undefined) {
    return (
      <Modal opened onClose={onClose} title={t('note.sign')} size="xl" closeButtonProps={{ 'aria-label': t('actions.close') }}>
        {error ? <ErrorNotice error={error} /> : <Loading rows={6} />}
      </Modal>
    );
  }
  return (
    <PassphraseDialog opened title={t('note.sign')} action={t('note.signAction')} size="xl" onClose={onClose} onConfirm={onSign}>
      <Text size="sm">{t('note.signExplained')}</Text>
      <ExactText label={t('note.exactText')} text={words} height={360} />
    </PassphraseDialog>
  );
}
