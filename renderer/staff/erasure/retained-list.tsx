import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RetentionGround } from '../../generated/graphql.ts';
import { useFormat } from '../../parts/use-format.ts';

interface RetainedReason {
  readonly ground: RetentionGround;
  readonly article: string;
  readonly basis: string;
  readonly until: number | null;
}

/** Why records are kept, by name, with when each reason ends. */
export function RetainedList({ retained }: { retained: readonly RetainedReason[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <List size="sm">
      {retained.map(({ ground, article, basis, until }) => (
        <List.Item key={`${ground} ${basis}`}>
          {t(`erasure.retained.${ground}`, { article, basis })}{' '}
          {until === null ? t('erasure.untilLifted') : t('erasure.until', { date: format.day(until) })}
        </List.Item>
      ))}
    </List>
  );
}
