/** What the ceremonies are made of. */
import { Button, Code, CopyButton, Group, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fleet } from './fleet-screen.tsx';

/** What each ceremony's own part is given, and what it fills in. */
export interface CeremonyProps {
  readonly fleet: Fleet;
  readonly onActed: () => void;
  readonly guide: (parts: CeremonyParts) => ReactNode;
}

export interface CeremonyParts {
  /** The preview of old and new, and what does it. */
  readonly act: ReactNode;
  /** How it stands now, beside what to look at. */
  readonly standing?: ReactNode;
  /** What takes it back. */
  readonly undo?: ReactNode;
}

/** What stands now and what will. */
export function BeforeAfter({ before, after }: { before: readonly string[]; after: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={2}>
      <Value label={t('ceremonies.before')} lines={before} />
      <Value label={t('ceremonies.after')} lines={after} />
    </SimpleGrid>
  );
}

function Value({ label, lines }: { label: string; lines: readonly string[] }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {lines.join('\n')}
      </Code>
    </div>
  );
}

/** A line for the hub's machine. */
export function Command({ children }: { children: string }) {
  const { t } = useTranslation();
  return (
    <Group wrap="nowrap" align="center" gap="xs">
      <Code block flex={1} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {children}
      </Code>
      <CopyButton value={children}>
        {({ copied, copy }) => (
          <Button variant="default" size="compact-sm" onClick={copy}>
            {t(copied ? 'fleet.copied' : 'ceremonies.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
