import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Alert, Badge, Button, Code, FileButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertOctagon, IconAnchor, IconDownload, IconFileCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegionAnchorsQuery } from '../../generated/graphql.ts';
import { download } from '../../parts/fields/download.ts';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { Command } from './ceremony-parts.tsx';
import { keepRegionAnchor, regionAnchorFile, regionAnchors } from './fleet-documents.ts';

type Anchors = RegionAnchorsQuery['regionAnchors'];
type Standing = Anchors['ours'][number]['standing'];

const COLORS: Readonly<Record<Standing, string>> = { HOLDS: 'lagoon', BROKEN: 'red', AHEAD: 'orange', UNKNOWN: 'gray' };
/** What of an id or a root is shown at once; the whole of it is in the file. */
const DIGITS = 16;

/** How this region and others are bound to each other's ledgers, checked by this desk. */
export function HubAnchors() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(regionAnchors, { fetchPolicy: 'cache-and-network' });
  const anchors = data?.regionAnchors;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('fleet.anchors.section')}>
      <Stack gap="md">
        <Title order={2}>{t('fleet.anchors.section')}</Title>
        <Text size="sm" c="dimmed" maw="75ch">
          {t('fleet.anchors.what')}
        </Text>
        {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
        {anchors ? (
          <>
            <Ours anchors={anchors} onTaken={() => quietly(refetch())} />
            <Others others={anchors.others} />
          </>
        ) : null}
        {!anchors && !error ? <Loading rows={3} /> : null}
      </Stack>
    </Paper>
  );
}

function Ours({ anchors: { ours, size, command }, onTaken }: { anchors: Anchors; onTaken: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const [keep, { loading, error }] = useMutation(keepRegionAnchor);
  const take = async (chosen: File | null): Promise<void> => {
    if (!chosen) return;
    // A refusal is shown below.
    const answer = await keep({ variables: { file: await chosen.text() } }).catch(() => undefined);
    const kept = answer?.data?.keepRegionAnchor;
    if (!kept) return;
    // What does not hold says so in the list.
    if (kept.standing === 'HOLDS') announce(t('fleet.anchors.taken', { size: format.number(kept.size) }));
    onTaken();
  };
  const button = (
    <FileButton
      accept="application/json,.json"
      onChange={(chosen) => void take(chosen)}
      inputProps={{ 'aria-label': t('fleet.anchors.take') }}
    >
      {(props) => (
        <Button {...props} loading={loading} variant="default" leftSection={<IconFileCheck size={16} aria-hidden />}>
          {t('fleet.anchors.take')}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={3}>{t('fleet.anchors.ours')}</Title>
        {ours.length > 0 ? button : null}
      </Group>
      {error ? <ErrorNotice error={error} /> : null}
      {ours.length === 0 ? (
        <>
          <Empty icon={<IconAnchor aria-hidden />} title={t('fleet.anchors.none')} text={t('fleet.anchors.noneHint')}>
            {button}
          </Empty>
          <Text size="sm" fw={600}>
            {t('fleet.anchors.command')}
          </Text>
          <Command>{command}</Command>
        </>
      ) : (
        <OurTable ours={ours} size={size} />
      )}
    </Stack>
  );
}

function OurTable({ ours, size }: { ours: Anchors['ours']; size: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const has = (standing: Standing): boolean => ours.some((each) => each.standing === standing);
  return (
    <>
      {has('BROKEN') ? (
        <Alert color="red" icon={<IconAlertOctagon aria-hidden />} title={t('fleet.anchors.brokenTitle')}>
          {t('fleet.anchors.broken')}
        </Alert>
      ) : null}
      <RowTable
        label={t('fleet.anchors.ours')}
        rows={ours}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'parent',
            label: t('fleet.anchors.parent'),
            cell: ({ parent, parentName }) => <Named name={parentName} id={parent} />,
          },
          {
            key: 'bound',
            label: t('fleet.anchors.bound'),
            cell: (each) => (
              <>
                {t('fleet.anchors.blocks', { size: format.number(each.size) })}
                <Text size="xs" c="dimmed">
                  {t('fleet.anchors.since', {
                    count: Math.max(0, size - each.size),
                    number: format.number(Math.max(0, size - each.size)),
                  })}
                </Text>
              </>
            ),
          },
          { key: 'root', label: t('fleet.anchors.root'), cell: ({ root }) => <Digits of={root} /> },
          { key: 'when', label: t('fleet.anchors.when'), cell: ({ time }) => format.moment(time) },
          {
            key: 'standing',
            label: t('fleet.anchors.standing'),
            cell: ({ standing, witnessed }) => (
              <Group gap={4}>
                <Badge color={COLORS[standing]}>{t(`fleet.anchors.stands.${standing}`)}</Badge>
                {witnessed ? null : <Badge color="orange">{t('fleet.anchors.notFinal')}</Badge>}
              </Group>
            ),
          },
          {
            key: 'file',
            label: '',
            cell: ({ id, parentName }) => <SaveButton id={id} of={parentName} />,
          },
        ]}
      />
      {has('AHEAD') ? <Text size="sm">{t('fleet.anchors.ahead')}</Text> : null}
      {has('UNKNOWN') ? <Text size="sm">{t('fleet.anchors.unknown')}</Text> : null}
      <Text size="xs" c="dimmed">
        {t('fleet.anchors.compare')}
      </Text>
    </>
  );
}

function Others({ others }: { others: Anchors['others'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="sm">
      <Title order={3}>{t('fleet.anchors.others')}</Title>
      {others.length === 0 ? (
        <Text size="sm">{t('fleet.anchors.noOthers')}</Text>
      ) : (
        <RowTable
          label={t('fleet.anchors.others')}
          rows={others}
          rowKey={({ region, by }) => `${region} ${by}`}
          columns={[
            { key: 'region', label: t('fleet.anchors.region'), cell: ({ region }) => <Digits of={region} /> },
            { key: 'by', label: t('fleet.anchors.by'), cell: ({ by }) => by },
            {
              key: 'bound',
              label: t('fleet.anchors.bound'),
              cell: ({ size }) => t('fleet.anchors.blocks', { size: format.number(size) }),
            },
            { key: 'root', label: t('fleet.anchors.root'), cell: ({ root }) => <Digits of={root} /> },
            {
              key: 'when',
              label: t('fleet.anchors.when'),
              cell: ({ time }) => (time === null ? t('fleet.anchors.waits') : format.moment(time)),
            },
            {
              key: 'standing',
              label: t('fleet.anchors.standing'),
              cell: ({ witnessed }) => (
                <Badge color={witnessed ? 'lagoon' : 'orange'}>
                  {t(witnessed ? 'fleet.anchors.final' : 'fleet.anchors.open')}
                </Badge>
              ),
            },
            {
              key: 'file',
              label: '',
              cell: ({ id, region, time }) => (time === null ? null : <SaveButton id={id} of={region.slice(0, DIGITS)} />),
            },
          ]}
        />
      )}
    </Stack>
  );
}

function Named({ name, id }: { name: string; id: string }) {
  return (
    <>
      {name}{' '}
      <Text size="xs" c="dimmed" component="span">
        <Digits of={id} />
      </Text>
    </>
  );
}

const Digits = ({ of }: { of: string }) => <Code title={of}>{of.slice(0, DIGITS)}…</Code>;

function SaveButton({ id, of }: { id: string; of: string }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setError(null);
    try {
      const { data } = await client.query({ query: regionAnchorFile, variables: { id }, fetchPolicy: 'network-only' });
      if (data) download('ANCHOR.json', data.regionAnchorFile);
    } catch (refused) {
      setError(refused);
    }
  };
  return (
    <>
      {error ? <ErrorNotice error={error} /> : null}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        aria-label={`${t('fleet.anchors.save')}: ${of}`}
        onClick={() => void save()}
      >
        {t('fleet.anchors.save')}
      </Button>
    </>
  );
}
