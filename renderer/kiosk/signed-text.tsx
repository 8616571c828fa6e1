import { Stack, Title } from '@mantine/core';
import { isRightToLeft } from '../language/kiosk-words.ts';
import { IsolatedText } from '../parts/isolated-text.tsx';

/** The words that are or will be signed, every one of them, in the language in which they are signed. */
export function SignedText({ title, text, language }: { title: string; text: string; language: string }) {
  return (
    <Stack gap="xs">
      <Title order={2}>{title}</Title>
      <pre className="kiosk-text" lang={language} dir={isRightToLeft(language) ? 'rtl' : 'ltr'} style={{ margin: 0 }}>
        <IsolatedText text={text} />
      </pre>
    </Stack>
  );
}
