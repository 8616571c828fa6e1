import { useQuery } from '@apollo/client/react';
import { Badge, Code, Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { regionMembers } from './region-documents.ts';

/** Who shares the ledger. */
export function RegionClinics() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(regionMembers);
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return <Loading rows={3} />;
  return (
    <section aria-label={t('sync.clinics')}>
      <Title order={2} mb="xs">
        {t('sync.clinics')}
      </Title>
      <RowTable
        label={t('sync.clinics')}
        rows={data.clinics}
        rowKey={({ chain }) => chain}
        columns={[
          {
            key: 'name',
            label: t('sync.clinic'),
            cell: ({ name, own }) => (
              <Group gap="xs">
                {name}
                {own ? <Badge>{t('sync.own')}</Badge> : null}
              </Group>
            ),
          },
          { key: 'kind', label: t('sync.kind'), cell: ({ kind }) => t(`clinicKind.${kind}`) },
          { key: 'chain', label: t('ledger.chain'), cell: ({ chain }) => <Code>{chain.slice(0, 16)}</Code> },
        ]}
      />
    </section>
  );
}
