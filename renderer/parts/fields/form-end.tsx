import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../states.tsx';
import styles from './form-end.module.css';

interface FormEndProps {
  /** The refusal, if there was one. */
  readonly error?: unknown;
  readonly onClose: () => void;
  /** What is typed stays as a draft: the way back takes nothing away, and says so. */
  readonly isKept?: boolean;
  /** The button that does it. */
  readonly children: ReactNode;
}

/** The end of a dialog's form: why it was refused, the way back, and the button that does it. */
export function FormEnd({ error, onClose, isKept = false, children }: FormEndProps) {
  const { t } = useTranslation();
  return (
    <>
      {error ? <ErrorNotice error={error} /> : null}
      <Group justify="flex-end" className={styles.end}>
        <Button variant="default" onClick={onClose}>
          {t(isKept ? 'write.later' : 'actions.cancel')}
        </Button>
        {children}
      </Group>
    </>
  );
}
