import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

const WARNING_SECONDS = 30;
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

interface IdleLockProps {
  readonly minutes: number;
  /** A video visit is held: who listens to a patient need not touch the mouse. */
  readonly held: boolean;
  readonly onLock: () => void;
}

/** Locks after so many minutes without a sign of life, and says so half a minute before. */
export function IdleLock({ minutes, held, onLock }: IdleLockProps) {
  const { t } = useTranslation();
  const [left, setLeft] = useState<number | null>(null);
  const lastSign = useRef(Date.now());
  const lock = useRef(onLock);
  lock.current = onLock;

  useEffect(() => {
    if (minutes <= 0 || held) return;
    lastSign.current = Date.now();
    const sign = (): void => {
      lastSign.current = Date.now();
    };
    const look = setInterval(() => {
      const remaining = Math.ceil((lastSign.current + minutes * 60_000 - Date.now()) / 1000);
      setLeft(remaining <= WARNING_SECONDS ? Math.max(0, remaining) : null);
      if (remaining > 0) return;
      clearInterval(look);
      lock.current();
    }, 1000);
    for (const name of SIGNS_OF_LIFE) window.addEventListener(name, sign, { passive: true });
    return () => {
      clearInterval(look);
      for (const name of SIGNS_OF_LIFE) window.removeEventListener(name, sign);
    };
  }, [minutes, held]);

  return (
    <Modal
      opened={left !== null}
      onClose={() => setLeft(null)}
      title={t('idle.title')}
      withCloseButton={false}
      role="alertdialog"
    >
      <Text>{t('idle.text', { count: left ?? 0 })}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onLock}>
          {t('idle.lockNow')}
        </Button>
        <Button data-autofocus onClick={() => setLeft(null)}>
          {t('idle.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
