import { useMutation, useQuery } from '@apollo/client/react';
import { Alert, Button, Group, Paper, Radio, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconShieldExclamation } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differenceOf } from '../../../../shared/records/difference.ts';
import type { ConflictNowQuery } from '../../../generated/graphql.ts';
import { quietly } from '../../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../../parts/states.tsx';
import { type Format, useFormat } from '../../../parts/words/use-format.ts';
import { elementWord, pathWords, valueWords } from '../forms/resource-fields.ts';
import { useOpenedChart } from '../use-opened-chart.ts';
import { conflictNow, declineProposal, settleConflict } from './conflict-documents.ts';

type Detail = ConflictNowQuery['conflict'];
type Element = Detail['elements'][number];
type Side = 'current' | 'late';

interface SettleConflictProps {
  readonly patient: string;
  readonly conflict: string;
  readonly onDone: () => void;
}

/** Two versions side by side, with a choice for each element that differs. Opening it opens the chart. */
export function SettleConflict({ patient, conflict, onDone }: SettleConflictProps) {
  const opening = useOpenedChart(patient, 'TREAT');
  const { data, error, refetch } = useQuery(conflictNow, {
    variables: { patient, id: conflict },
    skip: opening.state !== 'open',
    fetchPolicy: 'network-only',
  });
  if (opening.state === 'refused') return <ErrorNotice error={opening.error} onRetry={opening.again} />;
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={8} />;
  return <Choices key={`${data.conflict.current?.version ?? 0}`} patient={patient} detail={data.conflict} onDone={onDone} />;
}

/** Nothing is proposed where both changed it, or where a wrong choice endangers the patient. */
const proposed = ({ changedBy, safety }: Element): Side | null =>
  safety || changedBy === 'BOTH' ? null : changedBy === 'LATE' ? 'late' : 'current';

type Chosen = Readonly<Record<string, Side | null>>;

/** Settling and declining; each ends with whether it was done, and a refusal is in `error`. */
function useSettling(patient: string, detail: Detail) {
  const [settle, settling] = useMutation(settleConflict);
  const [decline, declining] = useMutation(declineProposal);
  return {
    settling: settling.loading,
    declining: declining.loading,
    error: settling.error ?? declining.error,
    settle: async (fromLate: string[], reason: string): Promise<boolean> => {
      const input = { patient, conflict: detail.id, basedOn: detail.current?.version ?? 0, fromLate, reason };
      return (await settle({ variables: { input } }).catch(() => undefined)) !== undefined;
    },
    decline: async (reason: string): Promise<boolean> =>
      (await decline({ variables: { patient, id: detail.id, reason } }).catch(() => undefined)) !== undefined,
  };
}

function Choices({ patient, detail, onDone }: { patient: string; detail: Detail; onDone: () => void }) {
  const { t } = useTranslation();
  // A new record has no other side to choose: it is taken over or declined.
  const isNew = detail.current === null;
  const [chosen, setChosen] = useState<Chosen>(() =>
    Object.fromEntries(detail.elements.map((each) => [each.element, isNew ? 'late' : detail.whole ? null : proposed(each)])),
  );
  const [reason, setReason] = useState('');
  const acts = useSettling(patient, detail);
  const { proposedBy } = detail;
  const fromLate = detail.elements.map(({ element }) => element).filter((element) => chosen[element] === 'late');
  const hasReason = reason.trim() !== '';
  const isComplete = detail.elements.every(({ element }) => chosen[element]) && hasReason;
  const takesNothing = proposedBy !== null && fromLate.length === 0;
  const choose = (element: string, side: Side): void => {
    if (detail.whole) setChosen(Object.fromEntries(detail.elements.map((each) => [each.element, side])));
    else setChosen({ ...chosen, [element]: side });
  };
  const doneBy = async (act: Promise<boolean>): Promise<void> => {
    if (await act) onDone();
  };
  return (
    <Stack gap="md">
      <BothSides detail={detail} />
      {isNew ? <NewRecord elements={detail.elements} /> : null}
      {(isNew ? [] : detail.elements).map((each) => (
        <ElementChoice
          key={each.element}
          element={each}
          isProposal={Boolean(proposedBy)}
          chosen={chosen[each.element] ?? null}
          onChoose={(side) => choose(each.element, side)}
        />
      ))}
      <TextInput
        label={t('conflicts.reason')}
        description={t(proposedBy ? 'proposals.reasonHint' : 'conflicts.reasonHint', { clinic: proposedBy ?? '' })}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        maxLength={500}
      />
      {acts.error ? <ErrorNotice error={acts.error} /> : null}
      <Group justify="flex-end">
        {isComplete ? null : <WhatIsMissing isNew={isNew} isProposal={Boolean(proposedBy)} />}
        {proposedBy ? (
          <Button
            variant="default"
            loading={acts.declining}
            disabled={!hasReason}
            onClick={() => void doneBy(acts.decline(reason.trim()))}
          >
            {t('proposals.decline')}
          </Button>
        ) : null}
        <Button
          loading={acts.settling}
          disabled={!isComplete || takesNothing}
          onClick={() => void doneBy(acts.settle(fromLate, reason.trim()))}
        >
          {t(proposedBy ? 'proposals.takeOver' : 'conflicts.settle')}
        </Button>
      </Group>
    </Stack>
  );
}

function WhatIsMissing({ isNew, isProposal }: { isNew: boolean; isProposal: boolean }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed">
      {t(isNew ? 'proposals.incompleteNew' : isProposal ? 'proposals.incomplete' : 'conflicts.incomplete')}
    </Text>
  );
}

/** Whose versions these are, and what to beware of. */
function BothSides({ detail }: { detail: Detail }) {
  const { t } = useTranslation();
  const { title, current, late, proposedBy, elements, whole } = detail;
  return (
    <>
      <Text fw={600}>{title}</Text>
      <SimpleGrid cols={2}>
        {current ? <SideHead title={t('conflicts.current')} side={current} /> : <Text size="sm">{t('proposals.new')}</Text>}
        <SideHead title={proposedBy ? t('proposals.by', { clinic: proposedBy }) : t('conflicts.late')} side={late} />
      </SimpleGrid>
      {current && elements.some(({ safety }) => safety) ? (
        <Alert color="orange" icon={<IconShieldExclamation aria-hidden />} title={t('conflicts.safety')}>
          {t('conflicts.safetyExplained')}
        </Alert>
      ) : null}
      {whole ? <Alert>{t(current ? 'conflicts.whole' : 'proposals.newWhole')}</Alert> : null}
    </>
  );
}

function SideHead({ title, side }: { title: string; side: Detail['late'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {t('history.version', { version: side.version })} · {side.author} · {format.moment(side.at)}
      </Text>
      {side.reason ? <Text size="sm">{t('history.reason', { reason: side.reason })}</Text> : null}
    </div>
  );
}

/** What a proposed new record says; whose it is stands above. */
function NewRecord({ elements }: { elements: readonly Element[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = elements.filter(({ element, late }) => late != null && element !== 'patient' && element !== 'subject');
  return (
    <Paper withBorder p="md">
      <Table>
        <Table.Tbody>
          {said.map(({ element, late }) => (
            <Table.Tr key={element}>
              <Table.Th scope="row" w="30%">
                {elementWord(t, element)}
              </Table.Th>
              <Table.Td style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {linesOf(t, format, element, late ?? '')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

interface ElementChoiceProps {
  readonly element: Element;
  readonly isProposal: boolean;
  readonly chosen: Side | null;
  readonly onChoose: (side: Side) => void;
}

function ElementChoice({ element, isProposal, chosen, onChoose }: ElementChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sides = [
    ['current', element.current],
    ['late', element.late],
  ] as const;
  return (
    <Paper withBorder p="md">
      <Radio.Group
        label={elementWord(t, element.element)}
        description={t(isProposal ? `proposals.changedBy.${element.changedBy}` : `conflicts.changedBy.${element.changedBy}`)}
        value={chosen}
        onChange={(value) => onChoose(value as Side)}
      >
        <SimpleGrid cols={2} mt="xs">
          {sides.map(([side, text]) => (
            <Radio
              key={side}
              value={side}
              label={
                <Text component="span" size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                  {text == null ? t('history.nothing') : linesOf(t, format, element.element, text)}
                </Text>
              }
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
    </Paper>
  );
}

/** What an element says, a line for each simple value; the addresses of code systems are left out where something else is said. */
function linesOf(t: TFunction, format: Format, element: string, text: string): string {
  const values = differenceOf('{}', `{"here":${text}}`);
  const said = values.filter(({ path }) => !/\.system$/.test(path));
  return (said.length > 0 ? said : values)
    .map(({ path, after }) => {
      const place = path
        .slice('here'.length)
        .replace(/^\[0\]/, '')
        .replace(/^\./, '')
        .replace(`${element}.`, '');
      const value = valueWords(t, format, path.replace('here', element), after ?? '');
      return place === '' || said.length === 1 ? value : `${pathWords(t, place)}: ${value}`;
    })
    .join('\n');
}
