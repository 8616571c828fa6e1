import { PasswordInput, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ShownCard } from '../../generated/graphql.ts';

/** The patient's card, scanned or typed, and the PIN that the patient types. */
export function CardFields({ value, onChange }: { value: ShownCard; onChange: (card: ShownCard) => void }) {
  const { t } = useTranslation();
  const field = { autoComplete: 'off', spellCheck: false, required: true } as const;
  return (
    <Stack gap="sm">
      <TextInput
        {...field}
        label={t('careCard.code')}
        description={t('careCard.codeHint')}
        value={value.code}
        onChange={(event) => onChange({ ...value, code: event.currentTarget.value })}
      />
      <PasswordInput
        {...field}
        inputMode="numeric"
        label={t('careCard.pin')}
        description={t('careCard.pinOnceHint')}
        value={value.pin}
        onChange={(event) => onChange({ ...value, pin: event.currentTarget.value })}
      />
    </Stack>
  );
}

export const NO_CARD: ShownCard = { code: '', pin: '' };
