import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ErasurePartsFragment } from '../../generated/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { retainedWord } from './erasure-words.ts';

/** Why records are kept, by name, with when each reason ends. */
export function RetainedList({ retained }: { retained: ErasurePartsFragment['retained'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <List size="sm">
      {retained.map((each) => (
        <List.Item key={`${each.ground} ${each.basis}`}>{retainedWord(t, format, each)}</List.Item>
      ))}
    </List>
  );
}
