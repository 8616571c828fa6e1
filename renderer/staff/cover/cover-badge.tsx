import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './cover-badge.module.css';

/** For which colleague somebody is looked after; the whole of the name, in as many lines as it takes. */
export function CoverBadge({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <Badge color="blue" classNames={styles}>
      {t('cover.for', { name })}
    </Badge>
  );
}
