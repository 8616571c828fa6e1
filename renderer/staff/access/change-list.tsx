import { useQuery } from '@apollo/client/react';
import { Group, Text } from '@mantine/core';
import { IconArrowRight, IconHistory } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AdminChangesQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { roleWord } from '../ledger/roles.ts';
import { adminChanges } from './access-documents.ts';

type Change = AdminChangesQuery['adminChanges'][number];

/** Of a person or a computer; what is about anything else says it in words. */
const KEY = /^[0-9a-f]{64}$/;
/** When something ends, as a program wrote it. */
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Who changed what in this clinic and its region: each with the old and the new value, as the ledger has it. */
export function ChangeList() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useQuery(adminChanges, { fetchPolicy: 'cache-and-network' });
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={6} />;
  if (data.adminChanges.length === 0)
    return <Empty icon={<IconHistory aria-hidden />} title={t('access.changes.none')} text={t('access.changes.noneHint')} />;
  const names = new Map(data.staffMembers.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id.slice(0, 12);
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('access.changes.explained')}
      </Text>
      <RowTable
        label={t('access.tabs.changes')}
        rows={data.adminChanges}
        rowKey={({ id }) => id}
        total={data.adminChanges.length}
        columns={[
          { key: 'at', label: t('access.at'), width: 180, cell: ({ at }) => format.moment(at) },
          {
            key: 'who',
            label: t('access.who'),
            cell: ({ author, clinic, own }) => (
              <>
                <Text size="sm">{own ? nameOf(author) : clinic}</Text>
                {own ? null : (
                  <Text size="xs" c="dimmed">
                    {author.slice(0, 12)}
                  </Text>
                )}
              </>
            ),
          },
          {
            key: 'what',
            label: t('access.changes.what'),
            cell: ({ what, subject }) => (
              <>
                <Text size="sm">{t(`access.changes.kinds.${what}`)}</Text>
                {subject === '' ? null : (
                  <Text size="xs" c="dimmed">
                    {KEY.test(subject) ? nameOf(subject) : subject}
                  </Text>
                )}
              </>
            ),
          },
          { key: 'values', label: t('access.changes.values'), cell: (change) => <Values change={change} nameOf={nameOf} /> },
          {
            key: 'position',
            label: t('access.changes.place'),
            width: 110,
            numeric: true,
            cell: ({ position }) => (position == null ? t('progress.SAVED') : format.number(position)),
          },
        ]}
      />
    </>
  );
}

function Values({ change: { what, before, after }, nameOf }: { change: Change; nameOf: (id: string) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = (values: readonly string[]): string => {
    if (values.length === 0) return t('access.changes.nothing');
    const [first = '', second] = values;
    if (what === 'COVER' && second !== undefined)
      return t('access.changes.cover', { name: nameOf(first), until: format.moment(Number(second)) });
    if (what === 'RETENTION') return t('access.changes.years', { jurisdiction: first, count: Number(second) });
    if (what === 'CLINIC_HOST' && (first === 'serves' || first === 'follows'))
      return t(`access.changes.${first}`, { address: second });
    if (what === 'WAITING_ACTS')
      return t('access.changes.acts', { count: values.length, kinds: format.list([...new Set(values)]) });
    return format.list(
      values.map((value) => (MOMENT.test(value) ? format.moment(Date.parse(value)) : valueWord(t, what, value))),
    );
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed">
        {words(before)}
      </Text>
      <IconArrowRight size={14} aria-label={t('access.changes.becomes')} style={{ flexShrink: 0 }} />
      <Text size="sm">{words(after)}</Text>
    </Group>
  );
}

const GROUNDS = {
  'legal-claim': 'LEGAL_CLAIM',
  'legal-obligation': 'LEGAL_OBLIGATION',
  'public-health': 'PUBLIC_HEALTH',
  'archive-or-research': 'ARCHIVE_OR_RESEARCH',
} as const;
const isGround = (value: string): value is keyof typeof GROUNDS => Object.hasOwn(GROUNDS, value);

function valueWord(t: TFunction, what: Change['what'], value: string): string {
  if (value === 'revoked') return t('access.changes.revoked');
  if (what === 'PERSON') return roleWord(t, value);
  if (what === 'DEVICE' && (value === 'workstation' || value === 'kiosk' || value === 'gateway'))
    return t(`access.changes.devices.${value}`);
  if (what === 'HOLD' && isGround(value)) return t(`erasure.hold.ground.${GROUNDS[value]}`);
  if (what === 'FACADE' && (value === 'nobody' || value === 'computer' || value === 'network'))
    return t(`access.changes.facades.${value}`);
  return value;
}
