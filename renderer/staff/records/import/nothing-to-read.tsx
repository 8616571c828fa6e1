import { Alert, Text } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PickedFile } from './read-files.ts';

const PACKED = /\.(zip|gz|tgz|tar|7z|rar)$/i;
const NAMED = 3;

/** That nothing of what was chosen is of a kind that is read, and what would be. */
export function NothingToRead({ files }: { files: readonly PickedFile[] }) {
  const { t } = useTranslation();
  const names = files.slice(0, NAMED).map(({ path }) => path);
  const named = [...names, ...(files.length > NAMED ? ['…'] : [])].join(', ');
  return (
    <Alert color="orange" role="alert" icon={<IconFileOff size={20} aria-hidden />} title={t('import.none.title')}>
      <Text size="sm">{files.length === 0 ? t('import.none.empty') : t('import.none.otherKinds', { names: named })}</Text>
      {files.some(({ path }) => PACKED.test(path)) ? <Text size="sm">{t('import.none.packed')}</Text> : null}
      <Text size="sm">{t('import.kinds')}</Text>
    </Alert>
  );
}
