import { useQuery } from '@apollo/client/react';
import { Alert, Badge, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconEye } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql } from '../../generated/gql.ts';
import type { AccessLogQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/use-format.ts';

const accessLog = graphql(`
  query AccessLog($patient: ID!, $after: String) {
    accessLog(patient: $patient, first: 50, after: $after) {
      edges {
        cursor
        node {
          id
          who
          role
          clinic
          own
          action
          purpose
          at
          sequence
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
      completeness {
        device
        clinic
        lines
        anchored
        complete
      }
    }
  }
`);

type Completeness = AccessLogQuery['accessLog']['completeness'][number];

/** Who opened these records, here and elsewhere, when and why; and whether a line is missing. */
export function AccessPanel({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, loading, error, refetch, fetchMore } = useQuery(accessLog, { variables: { patient } });
  const log = data?.accessLog;
  const endCursor = log?.pageInfo.hasNextPage ? log.pageInfo.endCursor : null;
  const more = useCallback(() => {
    if (!loading) fetchMore({ variables: { after: endCursor } }).catch(() => undefined);
  }, [loading, fetchMore, endCursor]);

  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!log) return <Loading rows={8} />;
  if (log.edges.length === 0)
    return <Empty icon={<IconEye aria-hidden />} title={t('access.none')} text={t('access.noneHint')} />;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('access.explained')}
      </Text>
      <RowTable
        label={t('section.ACCESS')}
        rows={log.edges.map(({ node }) => node)}
        rowKey={({ id }) => id}
        total={log.totalCount}
        {...(endCursor === null ? {} : { onMore: more })}
        columns={[
          { key: 'at', label: t('access.at'), width: 180, cell: ({ at }) => format.moment(at) },
          {
            key: 'who',
            label: t('access.who'),
            cell: ({ who, role }) => (
              <>
                <Text size="sm" fw={500}>
                  {who}
                </Text>
                <Text size="xs" c="dimmed">
                  {role}
                </Text>
              </>
            ),
          },
          {
            key: 'clinic',
            label: t('access.clinic'),
            cell: ({ clinic, own }) => (
              <Group gap="xs">
                {clinic}
                {own ? null : <Badge color="violet">{t('access.elsewhere')}</Badge>}
              </Group>
            ),
          },
          { key: 'action', label: t('access.action'), cell: ({ action }) => actionWord(t, action) },
          { key: 'purpose', label: t('access.purpose'), cell: ({ purpose }) => t(`purpose.${purpose}`) },
        ]}
      />
      <CompletenessNote all={log.completeness} />
    </Stack>
  );
}

/** The ledger counts each device's lines: one that was removed shows here. */
function CompletenessNote({ all }: { all: readonly Completeness[] }) {
  const { t } = useTranslation();
  if (all.length === 0) return null;
  const broken = all.filter(({ complete }) => !complete);
  if (broken.length === 0) {
    const anchored = all.reduce((sum, device) => sum + device.anchored, 0);
    const waiting = all.reduce((sum, device) => sum + device.lines - device.anchored, 0);
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t('access.complete')}>
        {[t('access.completeExplained', { count: anchored }), waiting > 0 ? t('access.waiting', { count: waiting }) : ''].join(
          ' ',
        )}
      </Alert>
    );
  }
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t('access.incomplete')} role="alert">
      {broken.map(({ device, clinic, lines, anchored }) => (
        <Text key={device} size="sm">
          {t('access.incompleteAt', { clinic, device: device.slice(0, 12), lines, anchored })}
        </Text>
      ))}
    </Alert>
  );
}

const actions = ['open', 'consents', 'access-log'] as const;

/** What was done, in the person's language; an act that this program does not know stands as it is. */
function actionWord(t: TFunction, action: string): string {
  const known = actions.find((name) => name === action);
  return known ? t(`access.actions.${known}`) : action;
}
