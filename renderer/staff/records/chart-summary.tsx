import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartPartsFragment, ItemPartsFragment } from '../../generated/graphql.ts';
import { ProgressBadge } from '../../parts/progress-badge.tsx';
import { measuredWords } from '../../parts/words/measured-words.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import styles from './chart-summary.module.css';
import { DisagreementLines } from './disagreements.tsx';
import { useAllowedKinds } from './forms/use-allowed-kinds.ts';
import { WriteIcon } from './forms/write-icon.tsx';
import type { WriteKind, Writing } from './forms/writing.ts';
import { plainTitle } from './item-title.ts';

type Linked = 'PROBLEM' | 'ALLERGY' | 'MEDICATION' | 'ENCOUNTER' | 'RESULT' | 'PROCEDURE';

interface ChartSummaryProps {
  readonly chart: ChartPartsFragment;
  readonly onOpen: (record: string) => void;
  readonly onWrite: (writing: Writing) => void;
  readonly onSection: (section: Linked) => void;
}

/** The first look: what may hurt first, then what counts now. */
export function ChartSummary({ chart, onOpen, onWrite, onSection }: ChartSummaryProps) {
  const { t } = useTranslation();
  const { summary } = chart;
  const isAllowed = useAllowedKinds(chart.patient.shared);
  const add = (kind: WriteKind): ReactNode => (
    <Button
      key={kind}
      size="compact-xs"
      // The least that a finger hits: WCAG 2.5.8.
      mih={24}
      variant="subtle"
      leftSection={<WriteIcon kind={kind} size={13} />}
      onClick={() => onWrite({ kind })}
    >
      {t(`write.add.${kind}`)}
    </Button>
  );
  const part = (section: Linked, items: readonly ItemPartsFragment[], action?: ReactNode): ReactNode => (
    <SummaryPart section={section} items={items} action={action} onOpen={onOpen} onSection={onSection} />
  );
  return (
    <SimpleGrid type="container" cols={{ base: 1, '860px': 2 }} spacing="md">
      {/* Each column by itself: a short part leaves no hole beside a long one. */}
      <Stack gap="md">
        {part('ALLERGY', summary.allergies, add('ALLERGY'))}
        {part('PROBLEM', summary.problems, add('PROBLEM'))}
        {part('PROCEDURE', summary.orders, add('ORDER'))}
      </Stack>
      <Stack gap="md">
        {part(
          'MEDICATION',
          summary.medications,
          (['PRESCRIPTION', 'MEDICATION', 'RECONCILIATION'] as const).filter(isAllowed).map(add),
        )}
        {part('RESULT', summary.vitals, [add('VITALS'), add('OBSERVATION')])}
        {part('ENCOUNTER', summary.encounters)}
      </Stack>
    </SimpleGrid>
  );
}

interface SummaryPartProps {
  readonly section: Linked;
  readonly items: readonly ItemPartsFragment[];
  readonly action: ReactNode;
  readonly onOpen: (record: string) => void;
  readonly onSection: (section: Linked) => void;
}

function SummaryPart({ section, items, action, onOpen, onSection }: SummaryPartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper withBorder p="md" component="section" aria-label={t(`summary.${section}`)}>
      <Group justify="space-between" mb={6} gap="xs">
        <Title order={2} className={styles.title}>
          <UnstyledButton className={styles.heading} title={t('summary.all')} onClick={() => onSection(section)}>
            {t(`summary.${section}`)}
            <IconChevronRight size={16} aria-hidden />
          </UnstyledButton>
        </Title>
        <Group gap={2} justify="flex-end" ms="auto">
          {action}
        </Group>
      </Group>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(`summary.none.${section}`)}
        </Text>
      ) : (
        <Stack gap={0} component="ul" m={0} p={0} className={styles.items}>
          {items.map((item) => (
            <li key={item.id}>
              <UnstyledButton className={styles.item} disabled={item.proposedBy !== null} onClick={() => onOpen(item.id)}>
                <Group justify="space-between" wrap="nowrap" gap="sm">
                  <Said title={plainTitle(t, item.title)} value={item.value} unit={item.unit} />
                  <Text size="xs" c="dimmed" className={styles.date}>
                    {format.recorded(item.date)}
                  </Text>
                  {item.proposedBy ? (
                    <Badge color="violet">{t('proposals.by', { clinic: item.proposedBy })}</Badge>
                  ) : (
                    <ProgressBadge reached={item.progress} iconOnly />
                  )}
                </Group>
                <DisagreementLines said={item.disagreements} />
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      )}
    </Paper>
  );
}

/** A value longer than this is a sentence, such as a dosage, and stands below. */
const SHORT_VALUE = 16;
/** Of what is longer the rest stands in the record: it must not push from view what counts as much. */
const LINES = 4;

function Said({ title, value, unit }: Pick<ItemPartsFragment, 'title' | 'value' | 'unit'>) {
  const words = value ? measuredWords(value, unit) : '';
  const beside = words !== '' && words.length <= SHORT_VALUE;
  return (
    <div className={styles.said}>
      <Group gap="0 6px">
        <Text size="sm" lineClamp={LINES}>
          {title}
        </Text>
        {beside ? (
          <Text size="sm" fw={600} className={styles.date}>
            {words}
          </Text>
        ) : null}
      </Group>
      {words !== '' && !beside ? (
        <Text size="xs" c="dimmed" lineClamp={LINES}>
          {words}
        </Text>
      ) : null}
    </div>
  );
}
