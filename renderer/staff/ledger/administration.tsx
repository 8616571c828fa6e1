import { useQuery } from '@apollo/client/react';
import { Alert, Code, Drawer, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSignature } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import type { AdministrationQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { type Format, useFormat } from '../../parts/words/use-format.ts';
import { shortId, valueWord } from './act-words.ts';

const administration = graphql(`
  query Administration {
    administration {
      forkedAt
      acts {
        id
        number
        kind
        subject
        clinic
        version
        before
        after
        reason
        time
        author
        by
      }
    }
  }
`);

type Act = AdministrationQuery['administration']['acts'][number];
const KINDS = [
  'QUARANTINE',
  'REBASELINE',
  'CERTIFICATE',
  'ADMINISTRATOR',
  'INVITATION',
  'HUB_KEY',
  'RESTORATION',
  'RING',
  'RELEASE',
  'WITNESSES',
  'RULES',
  'HUB_KEY_TAKEN',
  'NEWER',
] as const satisfies ReadonlyArray<Act['kind']>;

const LIVE_MS = 15_000;

/** What administrators of the hub and the quorum of its clinics did, as the ledger here has it: each with old and new value. */
export function Administration() {
  const { t } = useTranslation();
  const format = useFormat();
  const [kind, setKind] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const { data, error, refetch } = useQuery(administration, { pollInterval: LIVE_MS, fetchPolicy: 'cache-and-network' });
  if (error && !data) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={6} />;
  const { acts, forkedAt } = data.administration;
  if (acts.length === 0)
    return <Empty icon={<IconSignature aria-hidden />} title={t('fleet.noActs')} text={t('fleet.noActsHint')} />;
  const shown = acts
    .filter((act) => kind === null || act.kind === kind)
    .filter((act) => textOf(t, format, act).includes(words.trim().toLowerCase()));
  return (
    <Stack gap="sm">
      {forkedAt === null ? null : (
        <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('administration.forked', { number: forkedAt })}>
          {t('administration.forkedExplained')}
        </Alert>
      )}
      <Group align="flex-end">
        <Select
          label={t('administration.kind')}
          placeholder={t('administration.every')}
          data={KINDS.filter((each) => acts.some((act) => act.kind === each)).map((value) => ({
            value,
            label: t(`fleet.kindOfAct.${value}`),
          }))}
          value={kind}
          onChange={setKind}
          clearable
          w={260}
        />
        <TextInput
          label={t('administration.find')}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
          w={260}
        />
        <Text size="sm" c="dimmed" role="status" pb={8}>
          {t('administration.count', { shown: format.number(shown.length), of: format.number(acts.length) })}
        </Text>
      </Group>
      <ActTable acts={shown} />
      <Text size="xs" c="dimmed">
        {t('administration.checkedHere')}
      </Text>
    </Stack>
  );
}

/** The same beside another screen. */
export function AdministrationDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={1080}
      title={t('administration.title')}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      {opened ? <Administration /> : null}
    </Drawer>
  );
}

function ActTable({ acts }: { acts: readonly Act[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <RowTable
      label={t('administration.title')}
      rows={acts}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'number',
          label: t('fleet.number'),
          width: 60,
          numeric: true,
          cell: ({ number }) => (number === null ? '–' : format.number(number)),
        },
        { key: 'time', label: t('fleet.time'), width: 170, cell: ({ time }) => format.moment(time) },
        {
          key: 'kind',
          label: t('fleet.act'),
          width: 200,
          cell: ({ kind, clinic, version, subject, by }) => (
            <>
              <Text size="sm">{t(`fleet.kindOfAct.${kind}`)}</Text>
              <Text size="xs" c="dimmed">
                {(clinic ?? version) ? `${clinic ?? version} · ` : ''}
                {by === 'QUORUM' ? '' : shortId(subject)}
              </Text>
            </>
          ),
        },
        { key: 'before', label: t('administration.before'), cell: (act) => <Values lines={values(t, format, act).before} /> },
        { key: 'after', label: t('administration.after'), cell: (act) => <Values lines={values(t, format, act).after} /> },
        {
          key: 'reason',
          label: t('fleet.reason'),
          width: 130,
          cell: ({ reason }) => (reason ? t(`fleet.reasons.${reason}`) : '–'),
        },
        {
          key: 'author',
          label: t('fleet.author'),
          width: 150,
          cell: ({ by, author }) =>
            by === 'ADMINISTRATOR' ? (
              <Code>{shortId(author)}</Code>
            ) : (
              t(by === 'MACHINE' ? 'fleet.atMachine' : 'administration.quorum')
            ),
        },
      ]}
    />
  );
}

function Values({ lines }: { lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <Text key={line} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {line}
        </Text>
      ))}
    </>
  );
}

function values(t: TFunction, format: Format, { kind, before, after }: Act): { before: string[]; after: string[] } {
  const word = (value: string): string => {
    if (kind === 'WITNESSES' || kind === 'RULES') return value;
    if (kind === 'HUB_KEY_TAKEN') return value.slice(0, 16);
    return valueWord(t, format, kind, Number(value));
  };
  return { before: before.map(word), after: after.map(word) };
}

/** Everything of an act that a person may look for, in small letters. */
function textOf(t: TFunction, format: Format, act: Act): string {
  const { before, after } = values(t, format, act);
  const reason = act.reason ? t(`fleet.reasons.${act.reason}`) : '';
  return [
    t(`fleet.kindOfAct.${act.kind}`),
    act.clinic ?? '',
    act.version ?? '',
    act.subject,
    act.author,
    reason,
    ...before,
    ...after,
  ]
    .join(' ')
    .toLowerCase();
}
