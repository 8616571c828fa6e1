import { Group, Kbd, Modal, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Shortcut, useShortcut, useShortcuts } from '../parts/shortcuts.tsx';

/** `?` shows every key that can be pressed on the screen behind. */
export function ShortcutMap() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<readonly Shortcut[] | null>(null);
  const all = useShortcuts();
  const palette: Shortcut = { keys: 'mod+k', label: t('shell.palette'), run: () => undefined };
  useShortcut('?', t('keys.map'), () => setShown([palette, ...all()]));

  return (
    <Modal
      opened={shown !== null}
      onClose={() => setShown(null)}
      title={t('keys.map')}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Table>
        <Table.Tbody>
          {shown?.map(({ keys, label }) => (
            <Table.Tr key={keys}>
              <Table.Td>{label}</Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end">
                  {keys.split(/[ +]/).map((key) => (
                    <Kbd key={key}>{key === 'mod' ? t('keys.mod') : key}</Kbd>
                  ))}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
