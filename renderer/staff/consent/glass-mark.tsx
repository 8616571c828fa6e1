import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/words/use-format.ts';
import { brokenGlass, endGlass } from './glass-documents.ts';
import styles from './glass-mark.module.css';

/** Over a chart as long as its glass is broken: for how long yet, who was asked, and the way to end it. */
export function GlassMark({ patient, onOver }: { patient: string; onOver: () => void }) {
  const { data, refetch } = useQuery(brokenGlass, { variables: { patient }, fetchPolicy: 'network-only' });
  const broken = data?.brokenGlass;
  const [end, { loading }] = useMutation(endGlass, { variables: { patient } });
  if (!broken) return null;
  const over = (): void => {
    onOver();
    // It shows on the chart itself when the vault does not answer.
    refetch().catch(() => undefined);
  };
  return (
    <Mark
      {...broken}
      isEnding={loading}
      onEnd={() => {
        end().then(over, over);
      }}
      onOver={over}
    />
  );
}

interface MarkProps {
  readonly ends: number;
  readonly askedOf: string | null;
  readonly isAnswered: boolean;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
  readonly onOver: () => void;
}

function Mark({ ends, askedOf, isAnswered, isEnding, onEnd, onOver }: MarkProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutesUntil(ends, onOver);
  return (
    <div className={styles.mark} role="status">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs" wrap="nowrap">
          <IconAlertTriangle size={18} aria-hidden />
          <div>
            <Text size="sm" fw={600}>
              {t('glass.isBroken', { until: format.moment(ends), count: minutes })}
            </Text>
            {askedOf === null ? null : (
              <Text size="sm">
                {isAnswered ? t('glass.answered', { clinic: askedOf }) : t('glass.notAnswered', { clinic: askedOf })}
              </Text>
            )}
          </div>
        </Group>
        <Button size="compact-sm" variant="default" loading={isEnding} onClick={onEnd}>
          {t('glass.end')}
        </Button>
      </Group>
    </div>
  );
}

/** Whole minutes that are left, the last one counted; says once that there are none. */
function useMinutesUntil(ends: number, onOver: () => void): number {
  const [left, setLeft] = useState(() => ends - Date.now());
  useEffect(() => {
    const tick = setInterval(() => setLeft(ends - Date.now()), 5_000);
    return () => clearInterval(tick);
  }, [ends]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when nothing is left
  useEffect(() => {
    if (left <= 0) onOver();
  }, [left <= 0]);
  return Math.max(0, Math.ceil(left / 60_000));
}
