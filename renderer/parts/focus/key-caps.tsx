import { Group, Kbd } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Keys as they stand on the keyboard. @param keys as a `Shortcut` has them */
export function KeyCaps({ keys }: { keys: string }) {
  const { t } = useTranslation();
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {keys.split(/[ +]/).map((key) => (
        <Kbd key={key}>{key === 'mod' ? t('keys.mod') : key}</Kbd>
      ))}
    </Group>
  );
}
