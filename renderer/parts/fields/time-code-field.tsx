import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface TimeCodeFieldProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly autoFocus?: boolean;
}

/** The code of an authenticator, typed. */
export function TimeCodeField({ value, onChange, autoFocus = false }: TimeCodeFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('secondFactor.code')}
      description={t('secondFactor.codeHint')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      inputMode="numeric"
      autoComplete="one-time-code"
      // The dialog looks for the mark when it opens; where it asks the service first, the field comes later.
      {...(autoFocus && { 'data-autofocus': true, autoFocus: true })}
      required
    />
  );
}
