import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { quietly } from '../quietly.ts';
import { ErrorNotice } from '../states.tsx';
import { Paper, type PaperBlock, type PaperSize } from './paper.tsx';
import styles from './paper-sheet.module.css';

interface PaperSheetProps {
  readonly size: PaperSize;
  readonly blocks: readonly PaperBlock[];
  readonly foot: string;
  /** Whether there is something to print. */
  readonly isReady: boolean;
  /** Leaves the line in the access log; when it is refused nothing is printed. Undefined for what says nothing of a chart. */
  readonly note?: () => Promise<unknown>;
  readonly children?: ReactNode;
}

/** What is chosen on the left, the paper on the right. */
export function PaperSheet({ size, blocks, foot, isReady, note, children }: PaperSheetProps) {
  const { t } = useTranslation();
  const [noting, setNoting] = useState(false);
  const [isCut, setIsCut] = useState(false);
  const [refused, setRefused] = useState<unknown>(undefined);
  const print = async (): Promise<void> => {
    setNoting(true);
    setRefused(undefined);
    try {
      await note?.();
      window.print();
    } catch (error) {
      setRefused(error);
    } finally {
      setNoting(false);
    }
  };
  return (
    <div className={styles.columns}>
      <Stack gap="md">
        {children}
        {isCut ? (
          <Alert color="red" role="alert">
            {t('paper.cut')}
          </Alert>
        ) : null}
        {refused ? <ErrorNotice error={refused} /> : null}
        <Button
          leftSection={<IconPrinter size={16} aria-hidden />}
          loading={noting}
          disabled={!isReady || isCut}
          onClick={() => quietly(print())}
        >
          {t('print.action')}
        </Button>
        <Text size="xs" c="dimmed">
          {note ? `${t('print.logged')} ` : null}
          {t('print.asShown')}
        </Text>
      </Stack>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={styles.sheet} tabIndex={0} aria-label={t('print.preview')}>
        <Paper size={size} blocks={blocks} foot={foot} onCut={setIsCut} />
      </section>
    </div>
  );
}
