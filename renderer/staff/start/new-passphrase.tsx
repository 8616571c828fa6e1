import { useQuery } from '@apollo/client/react';
import { List, PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../parts/states.tsx';
import { useDebounced } from '../../parts/use-debounced.ts';
import { passphraseStrength } from './workstation.ts';

interface NewPassphrase {
  readonly first: string;
  readonly second: string;
  /** The service takes it, and it was typed twice alike. */
  readonly good: boolean;
}

export const noPassphrase: NewPassphrase = { first: '', second: '', good: false };

const COLORS = ['red', 'red', 'orange', 'lagoon', 'green'] as const;
const scores = ['0', '1', '2', '3', '4'] as const;

interface NewPassphraseFieldsProps {
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  /** Words that must not be in it: the clinic's and the person's own name. */
  readonly words: readonly string[];
}

/** A new passphrase, typed twice, with its strength as the service judges it. */
export function NewPassphraseFields({ value, onChange, words: forbidden }: NewPassphraseFieldsProps) {
  const { t, i18n } = useTranslation();
  const asked = useDebounced(value.first, 150);
  // Nothing of it is kept in the page's cache.
  const { data, previousData, error } = useQuery(passphraseStrength, {
    variables: { passphrase: asked, words: forbidden.filter((word) => word.trim() !== '') },
    skip: asked === '',
    fetchPolicy: 'no-cache',
  });
  const strength = value.first === '' ? undefined : (data ?? previousData)?.passphraseStrength;
  const judged = asked === value.first ? data?.passphraseStrength : undefined;
  const good = judged?.accepted === true && value.first === value.second;
  useEffect(() => {
    if (good !== value.good) onChange({ ...value, good });
  }, [good, value, onChange]);
  const differs = value.second !== '' && !value.first.startsWith(value.second) && value.first !== value.second;
  const advise = (key: string): string =>
    i18n.exists(`passphrase.advice.${key}`) ? t(`passphrase.advice.${key}` as 'passphrase.advice.longer') : key;
  const score = scores[strength?.score ?? 0] ?? '0';
  const words = strength ? t(`passphrase.score.${score}`) : t('passphrase.strength');

  return (
    <Stack gap="sm">
      <PasswordInput
        label={t('passphrase.new')}
        description={t('passphrase.newHint')}
        value={value.first}
        onChange={(event) => onChange({ ...value, first: event.currentTarget.value, good: false })}
        autoComplete="new-password"
        required
      />
      <div aria-live="polite">
        <Progress value={strength ? 8 + strength.score * 23 : 0} color={COLORS[strength?.score ?? 0]} aria-label={words} />
        <Text size="sm" mt={4}>
          {words}
        </Text>
        {strength && strength.advice.length > 0 ? (
          <List size="sm" c="dimmed">
            {strength.advice.map((key) => (
              <List.Item key={key}>{advise(key)}</List.Item>
            ))}
          </List>
        ) : null}
      </div>
      {error ? <ErrorNotice error={error} /> : null}
      <PasswordInput
        label={t('passphrase.again')}
        value={value.second}
        onChange={(event) => onChange({ ...value, second: event.currentTarget.value, good: false })}
        error={differs ? t('passphrase.differs') : undefined}
        autoComplete="new-password"
        required
      />
    </Stack>
  );
}
