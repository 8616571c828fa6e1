import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface OwnPassphraseProps {
  readonly value: string;
  readonly onChange: (passphrase: string) => void;
  readonly autoFocus?: boolean;
}

/** The passphrase of who is signed in, once more. */
export function OwnPassphrase({ value, onChange, autoFocus = false }: OwnPassphraseProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('passphrase.yours')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="current-password"
      // A dialog looks for the mark, a page for the property.
      {...(autoFocus && { 'data-autofocus': true, autoFocus: true })}
      required
    />
  );
}
