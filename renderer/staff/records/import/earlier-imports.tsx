import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportPartsFragment } from '../../../generated/graphql.ts';
import { RowTable } from '../../../parts/row-table.tsx';
import { useFormat } from '../../../parts/words/use-format.ts';

/** Imports of before: one that was interrupted can be opened and resumed. */
export function EarlierImports({
  jobs,
  onShow,
}: {
  jobs: readonly ImportPartsFragment[];
  onShow: (job: ImportPartsFragment) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (jobs.length === 0) return null;
  return (
    <>
      <Title order={2}>{t('import.earlier')}</Title>
      <RowTable
        label={t('import.earlier')}
        rows={jobs}
        rowKey={({ id }) => id}
        onOpen={onShow}
        columns={[
          { key: 'startedAt', label: t('import.startedAt'), cell: ({ startedAt }) => format.moment(startedAt) },
          { key: 'desk', label: t('import.desk'), cell: ({ here }) => t(here ? 'import.deskHere' : 'import.deskOther') },
          { key: 'state', label: t('item.status'), cell: ({ state }) => t(`import.state.${state}`) },
          { key: 'accepted', label: t('import.accepted'), numeric: true, cell: ({ accepted }) => format.number(accepted) },
          {
            key: 'present',
            label: t('import.alreadyPresent'),
            numeric: true,
            cell: ({ alreadyPresent }) => format.number(alreadyPresent),
          },
          { key: 'refused', label: t('import.refused'), numeric: true, cell: ({ refusedCount }) => format.number(refusedCount) },
        ]}
      />
    </>
  );
}
