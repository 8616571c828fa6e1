import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { CoverPartsFragment } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { covers, withdrawCover } from './cover-documents.ts';
import { NameCover } from './name-cover.tsx';

const COLOURS = { NOW: 'green', TO_COME: 'blue', OVER: 'gray', WITHDRAWN: 'gray' } as const;

/** Who may be covered and may cover. */
export interface CoverChoice {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly revoked: boolean;
}

/** Who stands in for whom, and until when. */
export function CoverSection({ members }: { members: readonly CoverChoice[] }) {
  const { t } = useTranslation();
  const [past, setPast] = useState(false);
  const [naming, setNaming] = useState(false);
  const names = mayDo(useSignedIn().role, 'cover.write');
  const { data, error, refetch } = useQuery(covers, { variables: { past }, fetchPolicy: 'cache-and-network' });
  const [withdraw, ending] = useMutation(withdrawCover, { refetchQueries: [covers] });
  // The refusal is shown above the table.
  const end = (cover: string): void => quietly(withdraw({ variables: { cover } }).catch(() => undefined));
  const columns = useColumns(end, ending.loading);
  return (
    <Stack gap="sm" mt="xl">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('cover.title')}
        </Title>
        <Group gap="md">
          <Switch label={t('cover.past')} checked={past} onChange={(event) => setPast(event.currentTarget.checked)} />
          {names ? (
            <Button variant="default" leftSection={<IconArrowsExchange size={16} aria-hidden />} onClick={() => setNaming(true)}>
              {t('cover.name')}
            </Button>
          ) : null}
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {t('cover.note')}
      </Text>
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {ending.error ? <ErrorNotice error={ending.error} /> : null}
      {!data && !error ? <Loading rows={2} /> : null}
      {data && data.covers.length > 0 ? (
        <RowTable label={t('cover.title')} columns={columns} rows={data.covers} rowKey={({ id }) => id} />
      ) : null}
      {data?.covers.length === 0 ? <Empty title={t('cover.none')} text={t('cover.noneHint')} /> : null}
      {naming ? <NameCover members={members} onClose={() => setNaming(false)} /> : null}
    </Stack>
  );
}

function useColumns(end: (cover: string) => void, busy: boolean): readonly Column<CoverPartsFragment>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: 'covered', label: t('cover.covered'), cell: ({ covered }) => covered.name },
    { key: 'covering', label: t('cover.covering'), cell: ({ covering }) => covering.name },
    {
      key: 'time',
      label: t('cover.time'),
      cell: ({ from, until }) => `${format.moment(from)} – ${format.moment(until)}`,
    },
    {
      key: 'state',
      label: t('item.status'),
      width: 130,
      cell: ({ state }) => <Badge color={COLOURS[state]}>{t(`cover.state.${state}`)}</Badge>,
    },
    {
      key: 'act',
      label: t('staff.acts'),
      width: 140,
      cell: ({ id, endable }) =>
        endable ? (
          <Button size="compact-sm" variant="default" disabled={busy} onClick={() => end(id)}>
            {t('cover.end')}
          </Button>
        ) : (
          '–'
        ),
    },
  ];
}
