import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { medicationWarnings } from '../../../../shared/records/medication-warnings.ts';
import type { ItemPartsFragment, MedicationDecision, MedicationReconciliationQuery } from '../../../generated/graphql.ts';
import { useShortcut } from '../../../parts/focus/shortcuts.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';
import { plainTitle } from '../item-title.ts';
import styles from './medication-lines.module.css';

type Line = MedicationReconciliationQuery['medicationReconciliation']['lines'][number];

const decisions: readonly MedicationDecision[] = ['TAKE_OVER', 'KEEP', 'STOP', 'NOT_TAKEN'];
const KEYS: Readonly<Record<MedicationDecision, string>> = { TAKE_OVER: 't', KEEP: 'k', STOP: 's', NOT_TAKEN: 'x' };

interface MedicationLinesProps {
  readonly lines: readonly Line[];
  readonly chosen: ReadonlyMap<string, MedicationDecision>;
  readonly onDecide: (line: string, decision: MedicationDecision) => void;
}

/** A row for each medication: what the chart has, what came, and the decision; one key decides and goes to the next row. */
export function MedicationLines({ lines, chosen, onDecide }: MedicationLinesProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const [reached, setReached] = useState(0);
  const rowAt = (at: number): HTMLElement | undefined => body.current?.rows[Math.max(0, Math.min(at, lines.length - 1))];
  const decide = (decision: MedicationDecision): void => {
    const line = lines[reached];
    if (!line?.decisions.includes(decision)) return;
    onDecide(line.name, decision);
    rowAt(reached + 1)?.focus();
  };
  useShortcut(KEYS.TAKE_OVER, t('reconcile.decision.TAKE_OVER'), () => decide('TAKE_OVER'));
  useShortcut(KEYS.KEEP, t('reconcile.decision.KEEP'), () => decide('KEEP'));
  useShortcut(KEYS.STOP, t('reconcile.decision.STOP'), () => decide('STOP'));
  useShortcut(KEYS.NOT_TAKEN, t('reconcile.decision.NOT_TAKEN'), () => decide('NOT_TAKEN'));
  // The dialog gives the focus to its close button; the first medication is where one begins.
  useEffect(() => body.current?.rows[0]?.focus(), []);
  const walked = (event: KeyboardEvent<HTMLTableRowElement>, at: number): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.target !== event.currentTarget) return;
    event.preventDefault();
    rowAt(at + step)?.focus();
  };
  return (
    <Table aria-label={t('reconcile.title')} withTableBorder verticalSpacing="xs" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('reconcile.chart')}</Table.Th>
          <Table.Th scope="col">{t('reconcile.came')}</Table.Th>
          <Table.Th scope="col" w={420}>
            {t('reconcile.decide')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody ref={body}>
        {lines.map((line, at) => (
          <Table.Tr
            key={line.name}
            className={styles.line}
            tabIndex={at === reached ? 0 : -1}
            onFocus={() => setReached(at)}
            onKeyDown={(event) => walked(event, at)}
          >
            <Table.Td>
              <Side items={line.chart.map((item) => ({ item, from: '' }))} none={t('reconcile.notInChart')} />
            </Table.Td>
            <Table.Td>
              <Came line={line} lines={lines} />
            </Table.Td>
            <Table.Td>
              <Decisions line={line} chosen={chosen.get(line.name)} isReached={at === reached} onDecide={onDecide} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface DecisionsProps extends Pick<MedicationLinesProps, 'onDecide'> {
  readonly line: Line;
  readonly chosen: MedicationDecision | undefined;
  readonly isReached: boolean;
}

function Decisions({ line, chosen, isReached, onDecide }: DecisionsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} role="group" aria-label={t('reconcile.decide')}>
      {decisions.map((decision) =>
        line.decisions.includes(decision) ? (
          <Button
            key={decision}
            size="compact-sm"
            variant={chosen === decision ? 'filled' : 'default'}
            aria-pressed={chosen === decision}
            tabIndex={isReached ? 0 : -1}
            onClick={() => onDecide(line.name, decision)}
          >
            {t(`reconcile.decision.${decision}`)}
            <Text span size="xs" ml={6} className={styles.key} aria-hidden>
              {KEYS[decision].toUpperCase()}
            </Text>
          </Button>
        ) : null,
      )}
    </Group>
  );
}

/** What came, and which other line names the same substance: another strength or form is never decided unseen. */
function Came({ line, lines }: { line: Line; lines: readonly Line[] }) {
  const { t } = useTranslation();
  const named = itemOf(line);
  const others = lines.filter((each) => each !== line).flatMap((each) => itemOf(each) ?? []);
  const alike = named
    ? medicationWarnings(
        { words: named.title, system: named.codeSystem ?? '', code: named.code ?? '' },
        { allergies: [], medications: others },
      ).map(({ source }) => plainTitle(t, source.title))
    : [];
  return (
    <Stack gap={4}>
      <Side
        items={line.came.map(({ item, origin, from }) => ({ item, from: t(`reconcile.origin.${origin}`, { from }) }))}
        none={t('reconcile.didNotCome')}
      />
      {alike.length > 0 ? (
        <Text size="xs" fw={600}>
          {t('reconcile.alike', { titles: alike.join(', ') })}
        </Text>
      ) : null}
    </Stack>
  );
}

const itemOf = ({ chart, came }: Line): ItemPartsFragment | undefined => chart[0] ?? came[0]?.item;

interface SideProps {
  readonly items: readonly { readonly item: ItemPartsFragment; readonly from: string }[];
  readonly none: string;
}

function Side({ items, none }: SideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (items.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {none}
      </Text>
    );
  return (
    <Stack gap={6}>
      {items.map(({ item, from }) => (
        <div key={item.id}>
          <Text size="sm" fw={500}>
            {plainTitle(t, item.title)}
          </Text>
          <Text size="xs" c="dimmed">
            {[
              item.value,
              t(`state.${item.status as 'active'}`, { defaultValue: item.status ?? '' }),
              format.recorded(item.date),
              from,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
