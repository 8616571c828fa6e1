import { Alert, Button, Code, EmptyState, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusalWords } from './words/refusal-words.ts';
import { refusalOf } from './words/service-error.ts';

/** Grey lines where rows will be; nothing at all for the first moment, so that quick answers do not flicker. */
export function Loading({ rows = 5, label }: { rows?: number; label?: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Stack gap="xs" role="status" aria-busy aria-label={label ?? t('states.loading')} mih={rows * 34}>
      {shown ? Array.from({ length: rows }, (_, row) => row).map((row) => <Skeleton key={row} height={26} radius="sm" />) : null}
    </Stack>
  );
}

/** There is nothing here yet, and this is what to do about it. */
export function Empty(props: { title: string; text: string; icon?: ReactNode; children?: ReactNode }) {
  const { title, text, icon, children } = props;
  return (
    <EmptyState
      py="xl"
      size="sm"
      variant="light"
      icon={icon ?? <IconInbox aria-hidden />}
      title={title}
      description={
        <Text c="dimmed" size="sm" component="span">
          {text}
        </Text>
      }
    >
      {children === undefined ? null : <EmptyState.Actions>{children}</EmptyState.Actions>}
    </EmptyState>
  );
}

interface ErrorNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** What was tried; that something was refused, or with `onRetry` could not be read, when left out. */
  readonly title?: string;
}

/** What was refused, or with `onRetry` could not be read, in words, with its code for whoever is asked for help. */
export function ErrorNotice({ error, onRetry, title }: ErrorNoticeProps) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const refusal = refusalOf(error);
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconAlertTriangle aria-hidden />}
      title={title ?? t(onRetry ? 'states.notLoaded' : 'states.refused')}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{words(refusal)}</Text>
        <Group gap="md">
          <Text size="xs" c="dimmed">
            {t('states.code')} <Code>{refusal.code}</Code>
          </Text>
          {onRetry ? (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t('states.retry')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  );
}
