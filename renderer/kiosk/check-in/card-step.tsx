/** The card: held under a scanner that types or in front of the camera, or its code typed with large keys or a keyboard. */
import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconScan } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeAtEnd, isCardCode } from '../../../shared/care-card/card-code.ts';
import { CardCamera } from '../../parts/camera/card-camera.tsx';
import { KioskPage, ScreenTitle } from '../kiosk-parts.tsx';

/** Crockford's letters: none of them is taken for a digit or another. */
const KEYS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Characters of a card's code; fewer keys before Enter were somebody at a keyboard. */
const SHORTEST = 32;
/** Keys that are remembered until Enter: more than any scanner sends. */
const MOST_KEYS = 1_000;

interface CardStepProps {
  /** Whose card, when it is not that of who checks in. */
  readonly title?: string;
  readonly explain?: string;
  readonly children?: ReactNode;
  readonly onCard: (card: string) => void;
}

export function CardStep({ title, explain, children, onCard }: CardStepProps) {
  const { t } = useTranslation('kiosk');
  const [typing, setTyping] = useState(false);
  return (
    <KioskPage>
      <ScreenTitle>{title ?? t('card.title')}</ScreenTitle>
      <Text>{explain ?? t('card.explain')}</Text>
      {typing ? <TypedCode onCard={onCard} /> : <Scanner onCard={onCard} />}
      <Group>
        <Button onClick={() => setTyping(!typing)}>{t(typing ? 'card.scan' : 'card.type')}</Button>
      </Group>
      {typing ? null : <CardCamera say={(word) => t(`camera.${word}`)} accepts={isCardCode} onRead={onCard} />}
      {children ? <Group>{children}</Group> : <Text fw={600}>{t('card.noCard')}</Text>}
    </KioskPage>
  );
}

function Scanner({ onCard }: { onCard: (card: string) => void }) {
  const typed = useRef('');
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Enter') {
        const text = typed.current;
        typed.current = '';
        if (text.length < SHORTEST) return;
        // A button that happens to be focused must not hear the scanner's last key.
        event.preventDefault();
        event.stopPropagation();
        onCard(codeAtEnd(text));
      } else if (event.key.length === 1) {
        typed.current = (typed.current + event.key).slice(-MOST_KEYS);
      }
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, [onCard]);
  return (
    <Group justify="center" py="4vh">
      <IconScan size={180} stroke={1} aria-hidden color="var(--mantine-color-lagoon-7)" />
    </Group>
  );
}

function TypedCode({ onCard }: { onCard: (card: string) => void }) {
  const { t } = useTranslation('kiosk');
  const [code, setCode] = useState('');
  const add = (text: string): void => setCode((before) => (before + text).toUpperCase().slice(0, 40));
  const plain = code.replaceAll(/[^0-9A-Z]/g, '');
  const shown = plain.replaceAll(/.{4}(?=.)/g, '$& ');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (plain.length >= SHORTEST) onCard(plain);
      }}
    >
      <TextInput
        label={t('card.code')}
        value={shown}
        onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
        spellCheck={false}
        autoFocus
        dir="ltr"
        inputMode="none"
        mb="md"
      />
      <div className="kiosk-keys kiosk-code">
        {[...KEYS].map((key) => (
          <Button key={key} px={0} onClick={() => add(key)}>
            {key}
          </Button>
        ))}
      </div>
      <Group mt="md">
        <Button onClick={() => setCode(plain.slice(0, -1))}>{t('card.erase')}</Button>
        <Button onClick={() => setCode('')}>{t('card.clear')}</Button>
        <Button type="submit" variant="filled" disabled={plain.length < SHORTEST}>
          {t('card.next')}
        </Button>
      </Group>
    </form>
  );
}
