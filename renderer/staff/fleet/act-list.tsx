import { Code, Text } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HubActPartsFragment } from '../../generated/graphql.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { Empty } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { shortId, valueWord } from '../ledger/act-words.ts';
import type { Fleet } from './fleet-screen.tsx';

interface ActListProps {
  readonly acts: readonly HubActPartsFragment[];
  readonly fleet: Fleet;
}

/** Acts of administrators, the newest first: each signed, with the value before and after. */
export function ActList({ acts, fleet }: ActListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (acts.length === 0)
    return <Empty icon={<IconSignature aria-hidden />} title={t('fleet.noActs')} text={t('fleet.noActsHint')} />;
  const nameOf = (subject: string): string | undefined =>
    fleet.clinics.find(({ chain }) => chain === subject)?.name ?? fleet.devices.find(({ device }) => device === subject)?.clinic;
  return (
    <RowTable
      label={t('fleet.acts')}
      rows={acts}
      rowKey={({ sequence }) => String(sequence)}
      columns={[
        { key: 'sequence', label: t('fleet.number'), width: 80, numeric: true, cell: ({ sequence }) => format.number(sequence) },
        { key: 'time', label: t('fleet.time'), width: 180, cell: ({ time }) => format.moment(time) },
        { key: 'kind', label: t('fleet.act'), width: 190, cell: ({ kind }) => t(`fleet.kindOfAct.${kind}`) },
        {
          key: 'subject',
          label: t('fleet.about'),
          cell: ({ subject }) => (
            <>
              <Text size="sm">{nameOf(subject) ?? ''}</Text>
              <Code>{shortId(subject)}</Code>
            </>
          ),
        },
        {
          key: 'value',
          label: t('fleet.beforeAfter'),
          cell: ({ kind, before, after }) => (
            <Text size="sm">
              {valueWord(t, format, kind, before)} → {valueWord(t, format, kind, after)}
            </Text>
          ),
        },
        { key: 'reason', label: t('fleet.reason'), width: 150, cell: ({ reason }) => t(`fleet.reasons.${reason}`) },
        {
          key: 'author',
          label: t('fleet.author'),
          width: 150,
          cell: ({ author, atMachine }) => (atMachine ? t('fleet.atMachine') : <Code>{shortId(author)}</Code>),
        },
      ]}
    />
  );
}
