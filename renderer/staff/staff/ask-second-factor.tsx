import { useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from '../desk.module.css';
import { SecondFactor } from './second-factor.tsx';
import { ownSecondFactor } from './staff-documents.ts';

/** Above every screen from the sign-in on: who has no second factor on this desk is asked to set one up, and may put it off until the next. */
export function AskSecondFactor() {
  const { t } = useTranslation();
  const { data } = useQuery(ownSecondFactor, { fetchPolicy: 'cache-and-network' });
  const [isLater, setIsLater] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const own = data?.secondFactor;
  const isAsked = own && !own.hasTimeCode && own.passkeys.length === 0 && !isLater;
  return (
    <>
      {isAsked ? (
        <div role="status" className={styles.asking}>
          <Group gap="sm" justify="space-between" className={styles.bar}>
            <Group gap="xs" wrap="nowrap">
              <IconKey size={18} className={styles.mark} aria-hidden />
              <div>
                <Text size="sm" fw={600}>
                  {t('secondFactor.ask')}
                </Text>
                <Text size="sm">{t('secondFactor.askWhy')}</Text>
              </div>
            </Group>
            <Group gap="xs" wrap="nowrap" className={styles.mark}>
              <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
                {t('secondFactor.askNow')}
              </Button>
              <Button size="compact-sm" variant="subtle" onClick={() => setIsLater(true)}>
                {t('secondFactor.askLater')}
              </Button>
            </Group>
          </Group>
        </div>
      ) : null}
      {isOpen ? <SecondFactor onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
