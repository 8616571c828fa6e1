/** What cover shows: for whom one stands in, beside the day's visits, and who covers whom, among the staff. */
import { useQuery } from '@apollo/client/react';
import { Badge } from '@mantine/core';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import styles from './cover-badge.module.css';
import { covers } from './cover-documents.ts';

export const CoverSection = lazy(() => import('./cover-section.tsx').then((file) => ({ default: file.CoverSection })));

/** For whom who is signed in stands in now, by staff id. `until` in milliseconds. */
export function useCovered(): ReadonlyMap<string, { readonly name: string; readonly until: number }> {
  const covering = mayDo(useSignedIn().role, 'cover.write');
  const { data } = useQuery(covers, { variables: { past: false }, skip: !covering });
  const mine = data?.covers.filter(({ state, byMe }) => state === 'NOW' && byMe) ?? [];
  return new Map(mine.map(({ covered, until }) => [covered.id, { name: covered.name, until }]));
}

/** For which colleague somebody is looked after; the whole of the name, in as many lines as it takes. */
export function CoverBadge({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <Badge color="blue" classNames={styles}>
      {t('cover.for', { name })}
    </Badge>
  );
}
