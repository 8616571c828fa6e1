import { Group, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Writing } from './forms/writing.ts';
import { OverTime } from './over-time.tsx';
import { SectionPanel } from './section-panel.tsx';

interface ResultsPanelProps {
  readonly patient: string;
  /** Another clinic keeps the chart. */
  readonly shared: boolean;
  readonly onOpen: (record: string) => void;
  readonly onWrite: (writing: Writing) => void;
}

/** Some results over time, drawn and as a table; below them every result and vital sign. */
export function ResultsPanel({ patient, shared, onOpen, onWrite }: ResultsPanelProps) {
  const { t } = useTranslation();
  const [section, setSection] = useState<'RESULT' | 'VITAL'>('VITAL');
  return (
    <Stack gap="lg">
      <OverTime patient={patient} onOpen={onOpen} />
      <Stack gap="xs">
        <Group>
          <SegmentedControl
            aria-label={t('results.which')}
            value={section}
            onChange={setSection}
            data={[
              { value: 'VITAL', label: t('section.VITAL') },
              { value: 'RESULT', label: t('results.laboratory') },
            ]}
          />
        </Group>
        <SectionPanel patient={patient} section={section} shared={shared} onOpen={onOpen} onWrite={onWrite} />
      </Stack>
    </Stack>
  );
}
