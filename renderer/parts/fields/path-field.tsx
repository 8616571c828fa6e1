import { Button, Group, TextInput } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFilePicker } from './file-picker.ts';

interface PathFieldProps {
  readonly label: string;
  readonly value: string;
  readonly folders: boolean;
  readonly onChange: (path: string) => void;
}

/** A place on this computer: chosen in the system's dialog where there is one, or typed. */
export function PathField({ label, value, folders, onChange }: PathFieldProps) {
  const { t } = useTranslation();
  const picker = useFilePicker();
  const choose = async (): Promise<void> => {
    const [path] = (await picker?.choose(folders)) ?? [];
    if (path) onChange(path);
  };
  return (
    <Group align="flex-end" gap="xs" style={{ flexGrow: 1 }}>
      <TextInput
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        style={{ flexGrow: 1 }}
        spellCheck={false}
        required
      />
      {picker ? (
        <Button variant="default" leftSection={<IconFolder size={16} aria-hidden />} onClick={() => void choose()}>
          {t('backups.choose')}
        </Button>
      ) : null}
    </Group>
  );
}
