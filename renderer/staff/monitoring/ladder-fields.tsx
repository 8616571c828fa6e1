import { ActionIcon, Button, Group, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { spanWords } from './monitoring-parts.tsx';

const AFTER = [5, 10, 15, 30, 45, 60, 90, 120, 240, 480, 720, 1440];
const REPEATS = [5, 10, 15, 30, 60, 120, 240];
const MOST_STEPS = 5;

/** As the form keeps it: minutes as text. */
export interface StepForm {
  readonly after: string;
  readonly tell: readonly string[];
}

interface LadderFieldsProps {
  readonly steps: readonly StepForm[];
  /** '' for never. */
  readonly repeat: string;
  readonly people: ReadonlyArray<{ readonly value: string; readonly label: string }>;
  readonly onChange: (change: { readonly steps?: readonly StepForm[]; readonly repeat?: string }) => void;
}

/** Who is told when nobody acknowledges, step by step, and how often again. */
export function LadderFields({ steps, repeat, people, onChange }: LadderFieldsProps) {
  const { t } = useTranslation();
  const replaced = (at: number, change: Partial<StepForm>): void =>
    onChange({ steps: steps.map((step, place) => (place === at ? { ...step, ...change } : step)) });
  const later = (minutes: number): string => String(AFTER.find((each) => each > minutes) ?? AFTER.at(-1));
  return (
    <Stack gap="xs" component="fieldset" style={{ border: 0, padding: 0, margin: 0 }}>
      <Text component="legend" size="sm" fw={600}>
        {t('monitoring.ladder')}
      </Text>
      {steps.map(({ after, tell }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the ladder
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          <Select
            label={t('monitoring.stepAfter', { step: at + 1 })}
            data={AFTER.map((minutes) => ({ value: String(minutes), label: spanWords(t, minutes) }))}
            value={after}
            onChange={(value) => replaced(at, { after: value ?? after })}
            allowDeselect={false}
            w={150}
          />
          <MultiSelect
            label={t('monitoring.stepTell', { step: at + 1 })}
            data={[...people]}
            value={[...tell]}
            onChange={(value) => replaced(at, { tell: value })}
            flex={1}
          />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t('monitoring.stepRemove', { step: at + 1 })}
            disabled={steps.length === 1}
            onClick={() => onChange({ steps: steps.filter((_, place) => place !== at) })}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group gap="md" align="flex-end">
        <Button
          variant="subtle"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={steps.length >= MOST_STEPS}
          onClick={() => onChange({ steps: [...steps, { after: later(Number(steps.at(-1)?.after ?? 0)), tell: [] }] })}
        >
          {t('monitoring.stepAdd')}
        </Button>
        <Select
          label={t('monitoring.repeat')}
          data={[
            { value: '', label: t('monitoring.repeatNever') },
            ...REPEATS.map((minutes) => ({
              value: String(minutes),
              label: t('monitoring.every', { span: spanWords(t, minutes) }),
            })),
          ]}
          value={repeat}
          onChange={(value) => onChange({ repeat: value ?? '' })}
          allowDeselect={false}
          w={220}
        />
      </Group>
    </Stack>
  );
}
