import { Button, FileButton, Flex, Group, Paper, Text } from '@mantine/core';
import { IconFileImport, IconFiles, IconFolder } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFilePicker } from '../../../parts/fields/file-picker.ts';
import styles from './import-screen.module.css';
import { chosenFiles, droppedFiles, type PickedFile } from './read-files.ts';

interface ImportTargetProps {
  readonly isBusy: boolean;
  /** While there is a report to read, it has the room. */
  readonly isSmall: boolean;
  /** Files that the page reads itself. */
  readonly onFiles: (files: PickedFile[]) => void;
  /** Files and folders that the service reads; only where there is a picker of the system. */
  readonly onPaths: (paths: string[]) => Promise<void>;
  readonly children: ReactNode;
}

/** Where files and folders to import are chosen, or dropped. */
export function ImportTarget({ isBusy, isSmall, onFiles, onPaths, children }: ImportTargetProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setOver(false);
    onFiles(await droppedFiles(event.dataTransfer));
  };
  return (
    <Paper
      withBorder
      p={isSmall ? 'sm' : 'xl'}
      className={styles.target}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <Flex direction={isSmall ? 'row' : 'column'} align="center" justify="center" wrap="wrap" gap="sm">
        <IconFileImport size={isSmall ? 20 : 32} aria-hidden />
        <Text size={isSmall ? 'sm' : 'md'}>{t('import.drop')}</Text>
        <Group gap="xs">
          <ChooseButtons isBusy={isBusy} onFiles={onFiles} onPaths={onPaths} />
        </Group>
        {isSmall ? null : (
          <Text size="sm" c="dimmed">
            {t('import.kinds')}
          </Text>
        )}
        {children}
      </Flex>
    </Paper>
  );
}

/** Files or a folder: by the system's picker, where there is one, or by the browser's. */
function ChooseButtons({ isBusy, onFiles, onPaths }: Pick<ImportTargetProps, 'isBusy' | 'onFiles' | 'onPaths'>) {
  const { t } = useTranslation();
  const picker = useFilePicker();
  const files = { leftSection: <IconFiles size={16} aria-hidden />, disabled: isBusy, children: t('import.files') };
  const folder = { leftSection: <IconFolder size={16} aria-hidden />, disabled: isBusy, children: t('import.folder') };
  if (picker) {
    const choose = async (folders: boolean): Promise<void> => onPaths(await picker.choose(folders));
    return (
      <>
        <Button {...files} onClick={() => void choose(false)} />
        <Button {...folder} variant="default" onClick={() => void choose(true)} />
      </>
    );
  }
  return (
    <>
      <FileButton
        multiple
        accept=".json,.ndjson,.jsonl,.hl7,.xml,.csv"
        onChange={(files) => files.length > 0 && onFiles(chosenFiles(files))}
      >
        {(props) => <Button {...props} {...files} />}
      </FileButton>
      <FolderButton onFiles={onFiles}>{(open) => <Button {...folder} variant="default" onClick={open} />}</FolderButton>
    </>
  );
}

interface FolderButtonProps {
  readonly onFiles: (files: PickedFile[]) => void;
  readonly children: (open: () => void) => ReactNode;
}

/** Mantine's `FileButton` for a whole folder, which it knows nothing of. */
function FolderButton({ onFiles, children }: FolderButtonProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      {children(() => input.current?.click())}
      <input
        ref={(element) => {
          input.current = element;
          // React knows no property for it.
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label={t('import.folder')}
        onChange={(event) => {
          onFiles(chosenFiles(event.currentTarget.files ?? []));
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
