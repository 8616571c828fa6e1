/** Words that are signed: shown as they were, or read before one signature. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isRightToLeft } from '../../language/kiosk-words.ts';
import { IsolatedText } from '../../parts/words/isolated-text.tsx';
import { DecidingButton } from '../deciding-button.tsx';
import { KioskPage, Refused, ScreenTitle } from '../kiosk-parts.tsx';

interface SignedTextProps {
  readonly title: string;
  readonly text: string;
  readonly language: string;
}

/** The words that are or will be signed, every one of them, in the language in which they are signed. */
export function SignedText({ title, text, language }: SignedTextProps) {
  return (
    <Stack gap="xs">
      <Title order={2}>{title}</Title>
      <pre className="kiosk-text" lang={language} dir={isRightToLeft(language) ? 'rtl' : 'ltr'} style={{ margin: 0 }}>
        <IsolatedText text={text} />
      </pre>
    </Stack>
  );
}

interface ReadAndSignProps extends SignedTextProps {
  /** What the signature means, under the words. */
  readonly means: string;
  readonly error: unknown;
  readonly onSign: () => void;
  readonly back: string;
  readonly onBack: () => void;
}

/** All the words, then one signature, or back. */
export function ReadAndSign({ means, error, onSign, back, onBack, ...words }: ReadAndSignProps) {
  const { t } = useTranslation('kiosk');
  return (
    <KioskPage key="reading">
      <ScreenTitle>{t('give.read')}</ScreenTitle>
      <SignedText {...words} />
      <Text>{means}</Text>
      {error ? <Refused error={error} /> : null}
      <Group>
        <DecidingButton onPress={onSign}>{t('give.agree')}</DecidingButton>
        <Button onClick={onBack}>{back}</Button>
      </Group>
    </KioskPage>
  );
}
