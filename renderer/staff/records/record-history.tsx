import { Badge, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconGitMerge, IconSignature } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordNowQuery } from '../../generated/graphql.ts';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { DifferenceTable } from './conflicts/difference-table.tsx';
import { disputeWords } from './dispute-words.ts';

type Version = RecordNowQuery['record']['history'][number];

/** Who wrote each version, when and why, and what it changed; newest first. */
export function RecordHistory({ history }: { history: readonly Version[] }) {
  const newestFirst = history.toSorted((one, other) => other.version - one.version);
  return (
    <Stack gap="md">
      {newestFirst.map((version) => (
        <VersionCard key={version.document} version={version} />
      ))}
    </Stack>
  );
}

function VersionCard({ version }: { version: Version }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder p="md">
      <Stack gap={6}>
        <Group justify="space-between">
          <Title order={3}>{t('history.version', { version: version.version })}</Title>
          <Group gap={6}>
            {version.personallySigned ? (
              <Badge color="lagoon" leftSection={<IconSignature size={13} aria-hidden />}>
                {t('history.signed')}
              </Badge>
            ) : null}
            {version.merge === 'settled' || version.merge === 'reopened' ? (
              <Badge variant="light" leftSection={<IconGitMerge size={13} aria-hidden />}>
                {t(`history.${version.merge}`)}
              </Badge>
            ) : null}
            <ProgressBadge reached={version.progress} />
          </Group>
        </Group>
        <Text size="sm">
          {version.author} · {format.moment(version.at)}
          {version.position === null ? '' : ` · ${t('history.position', { position: format.number(version.position) })}`}
        </Text>
        {version.importedFrom === null ? null : <Text size="sm">{t('history.imported', { file: version.importedFrom })}</Text>}
        {version.reason ? <Text size="sm">{t('history.reason', { reason: version.reason })}</Text> : null}
        {version.proposedBy ? (
          <Text size="sm">
            {t('history.proposedBy', {
              author: version.proposedBy.author,
              clinic: version.proposedBy.clinic,
              at: format.moment(version.proposedBy.at),
            })}
          </Text>
        ) : null}
        {version.dispute ? (
          <Text size="sm" c="var(--mantine-color-error)">
            {disputeWords(t, version.dispute).sentence}
          </Text>
        ) : null}
        {version.difference.length > 0 ? (
          <DifferenceTable difference={version.difference} before={t('history.before')} after={t('history.after')} />
        ) : (
          <Text size="sm" c="dimmed">
            {version.version === 1 ? t('history.first') : t('history.same')}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('history.document')} <Code>{version.document.slice(0, 16)}…</Code>
        </Text>
      </Stack>
    </Paper>
  );
}
