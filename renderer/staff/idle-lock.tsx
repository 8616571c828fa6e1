import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IdleWatch } from './idle-watch.ts';

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

interface IdleLockProps {
  readonly minutes: number;
  /** A video visit is held: who listens to a patient need not touch the mouse. */
  readonly held: boolean;
  readonly onLock: () => void;
  /** Milliseconds. */
  readonly clock?: () => number;
}

/** Locks after so many minutes without a sign of life, and says so half a minute before. */
export function IdleLock({ minutes, held, onLock, clock = Date.now }: IdleLockProps) {
  const { t } = useTranslation();
  const [left, setLeft] = useState<number | null>(null);
  const lock = useRef(onLock);
  lock.current = onLock;

  useEffect(() => {
    if (minutes <= 0 || held) return;
    const watch = new IdleWatch({ minutes, clock, onLock: () => lock.current() });
    const sign = (): void => watch.sign();
    const look = setInterval(() => setLeft(watch.look()), 1000);
    for (const name of SIGNS_OF_LIFE) window.addEventListener(name, sign, { passive: true });
    return () => {
      clearInterval(look);
      setLeft(null);
      for (const name of SIGNS_OF_LIFE) window.removeEventListener(name, sign);
    };
  }, [minutes, held, clock]);

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
