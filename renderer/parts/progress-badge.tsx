import { Group, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCircleCheck, IconDeviceDesktopCheck, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export type Reached = 'SAVED' | 'ACCEPTED' | 'WITNESSED';

const icons = { SAVED: IconDeviceDesktopCheck, ACCEPTED: IconCircleCheck, WITNESSED: IconShieldCheck };
/** Words beside the icon stay quiet: most rows of a chart say the same, and what is wrong must stand out. */
const tints = { SAVED: 'dimmed', ACCEPTED: 'blue-light-color', WITNESSED: 'green-light-color' };

interface ProgressBadgeProps {
  readonly reached: Reached;
  /** The words are for who hears or points at it: where every row would say them. */
  readonly iconOnly?: boolean;
}

/** How far an act has got: saved here, accepted by hub, witnessed. Icon and words, never colour alone. */
export function ProgressBadge({ reached, iconOnly = false }: ProgressBadgeProps) {
  const { t } = useTranslation();
  const Icon = icons[reached];
  return (
    <Tooltip label={t(`progress.explained.${reached}`)} multiline maw={280}>
      <Group component="span" display="inline-flex" style={{ verticalAlign: 'middle' }} gap={4} wrap="nowrap">
        <Icon size={14} aria-hidden color={`var(--mantine-color-${tints[reached]})`} />
        {iconOnly ? (
          <VisuallyHidden>{t(`progress.${reached}`)}</VisuallyHidden>
        ) : (
          <Text span size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {t(`progress.${reached}`)}
          </Text>
        )}
      </Group>
    </Tooltip>
  );
}

const steps: readonly Reached[] = ['SAVED', 'ACCEPTED', 'WITNESSED'];

/** All three steps, with those that were reached filled in. */
export function ProgressSteps({ reached }: { reached: Reached }) {
  const { t } = useTranslation();
  const far = steps.indexOf(reached);
  return (
    <Group gap="xs" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
      {steps.map((step, index) => {
        const Icon = icons[step];
        const done = index <= far;
        return (
          <Group key={step} gap={4} component="li">
            <Icon size={16} aria-hidden stroke={done ? 2 : 1} />
            <Text size="sm" fw={done ? 600 : 400} c={done ? undefined : 'dimmed'}>
              {t(`progress.${step}`)}
              {done ? '' : ` (${t('progress.notYet')})`}
            </Text>
          </Group>
        );
      })}
    </Group>
  );
}
