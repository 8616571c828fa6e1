/** What every screen of the kiosk is made of. */
import { Alert, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconTextSize, IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isRightToLeft } from '../language/kiosk-words.ts';
import { refusalOf } from '../parts/words/service-error.ts';
import { useLargerLetters } from './check-in/larger-letters.ts';
import { useHushAfter, useReadAloud } from './read-aloud.ts';

/** The middle of the screen. */
export function KioskPage({ children }: { children: ReactNode }) {
  useHushAfter();
  return (
    <main className="kiosk-page" id="kiosk-page">
      <Stack gap="lg">{children}</Stack>
    </main>
  );
}

/** The title of a screen; whoever listens or tabs begins there. */
export function ScreenTitle({ children }: { children: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    // A screen begins where it is read and reached, however far the one before was pushed.
    window.scrollTo(0, 0);
  }, []);
  return (
    <Title order={1} ref={title} tabIndex={-1} style={{ outline: 'none' }}>
      {children}
    </Title>
  );
}

/** Whose kiosk it is, above everything that is pressed; only a tall glass has the room for it. */
export function KioskHead({ clinic }: { clinic: string }) {
  return (
    <div className="kiosk-head kiosk-unprinted" aria-hidden>
      <bdi>{clinic}</bdi>
    </div>
  );
}

/** Back, reading aloud, and the way out that is always there. */
export function KioskBar({ onBack, onDone }: { onBack?: (() => void) | undefined; onDone: () => void }) {
  const { t } = useTranslation('kiosk');
  const Back = useBackIcon();
  const aloud = useReadAloud();
  const letters = useLargerLetters();
  return (
    <header className="kiosk-bar">
      <Group gap="sm" className="kiosk-ways">
        {onBack ? (
          <Button className="kiosk-back" leftSection={<Back aria-hidden />} onClick={onBack}>
            {t('frame.back')}
          </Button>
        ) : null}
        {aloud ? (
          <Button
            variant="subtle"
            className="kiosk-aloud"
            aria-label={t(aloud.reading ? 'frame.quiet' : 'frame.readAloud')}
            leftSection={aloud.reading ? <IconVolumeOff size={32} aria-hidden /> : <IconVolume size={32} aria-hidden />}
            onClick={aloud.toggle}
          >
            {t(aloud.reading ? 'frame.quiet' : 'frame.readAloud')}
          </Button>
        ) : null}
        <Button
          variant="subtle"
          px="sm"
          className="kiosk-letters"
          aria-label={t(letters.isLargest ? 'frame.usualLetters' : 'frame.largerLetters')}
          onClick={letters.next}
        >
          <IconTextSize size={32} aria-hidden />
          <span className={letters.isUsual ? 'kiosk-letters-word' : 'kiosk-letters-word kiosk-letters-large'}>
            {t(letters.isLargest ? 'frame.usualLetters' : 'frame.largerLetters')}
          </span>
        </Button>
      </Group>
      <Button variant="filled" className="kiosk-done" onClick={onDone}>
        {t('frame.done')}
      </Button>
    </header>
  );
}

function useBackIcon(): typeof IconArrowLeft {
  const { i18n } = useTranslation('kiosk');
  return isRightToLeft(i18n.language) ? IconArrowRight : IconArrowLeft;
}

export function Waiting({ text, hint }: { text?: string; hint?: string }) {
  const { t } = useTranslation('kiosk');
  return (
    <KioskPage>
      <Stack align="center" gap="lg" pt="15vh" role="status" aria-busy="true">
        <Loader size="xl" type="dots" />
        <Text size="xl" fw={600} ta="center">
          {text ?? t('frame.waiting')}
        </Text>
        {hint ? <Text ta="center">{hint}</Text> : null}
      </Stack>
    </KioskPage>
  );
}

interface RefusedProps {
  readonly error: unknown;
  /** Left out: something was not done. */
  readonly title?: string;
  readonly onAgain?: () => void;
}

/** Why something was not done, in the person's language, with the code that the desk can look up. */
export function Refused({ error, title, onAgain }: RefusedProps) {
  const { t, i18n } = useTranslation('kiosk');
  const { code } = refusalOf(error);
  const known = i18n.exists(`refusals.${code}`, { ns: 'kiosk' });
  const tries = triesLeftOf(error);
  return (
    <Alert
      role="alert"
      color="red"
      title={title ?? t('frame.refused')}
      styles={{ title: { fontSize: 'var(--mantine-font-size-lg)' } }}
    >
      <Stack gap="sm">
        <Text>{known ? t(`refusals.${code}` as 'refusals.unknown') : t('refusals.unknown')}</Text>
        {tries === undefined ? null : <Text fw={600}>{t('pin.triesLeft', { count: tries })}</Text>}
        {known ? null : <Text size="sm">{t('frame.code', { code })}</Text>}
        {onAgain ? (
          <Group>
            <Button onClick={onAgain}>{t('frame.again')}</Button>
          </Group>
        ) : null}
      </Stack>
    </Alert>
  );
}

interface UnansweredProps {
  readonly asked: { readonly error?: unknown; refetch(): Promise<unknown> };
}

/** A screen whose question has no answer: it waits, or says why, and asks again. */
export function Unanswered({ asked: { error, refetch } }: UnansweredProps) {
  const { t } = useTranslation('kiosk');
  if (!error) return <Waiting />;
  return (
    <KioskPage>
      <Refused title={t('frame.notShown')} error={error} onAgain={() => void refetch().catch(() => undefined)} />
    </KioskPage>
  );
}

interface CardListProps<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly children: (item: Item) => ReactNode;
}

/** Things one under the other, each on a card. */
export function CardList<Item>({ items, keyOf, children }: CardListProps<Item>) {
  return (
    <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {items.map((item) => (
        <li key={keyOf(item)} className="kiosk-card">
          {children(item)}
        </li>
      ))}
    </Stack>
  );
}

/** What the patient has just done, and how far it reaches. */
export function JustDone({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Alert color="green" role="status" title={title} styles={{ title: { fontSize: 'var(--mantine-font-size-lg)' } }}>
      <Text>{children}</Text>
    </Alert>
  );
}

function triesLeftOf(error: unknown): number | undefined {
  const errors = (error as { errors?: ReadonlyArray<{ extensions?: { details?: Record<string, unknown> } }> } | null)?.errors;
  const tries = errors?.[0]?.extensions?.details?.left;
  return typeof tries === 'number' ? tries : undefined;
}

/** One fact under its name. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fw={600} component="div">
        {typeof children === 'string' ? <bdi>{children}</bdi> : children}
      </Text>
    </div>
  );
}

/** Phrases that have commas of their own, one under the other. */
export function WordList({ words }: { words: readonly string[] }) {
  return (
    <ul style={{ margin: 0, paddingInlineStart: '1.25rem' }}>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}
