/** Columns that each list of records has, whatever it lists. */
import type { TFunction } from 'i18next';
import type { ItemPartsFragment } from '../../generated/graphql.ts';
import type { Column } from '../../parts/row-table.tsx';
import type { Format } from '../../parts/words/use-format.ts';

type ItemColumn = Column<ItemPartsFragment>;

export const dateColumn = (t: TFunction, format: Format): ItemColumn => ({
  key: 'date',
  label: t('item.date'),
  width: 190,
  cell: ({ date }) => format.recorded(date) || '–',
});

export const statusColumn = (t: TFunction): ItemColumn => ({
  key: 'status',
  label: t('item.status'),
  width: 120,
  cell: ({ status }) => (status ? t(`state.${status as 'active'}`, { defaultValue: status }) : '–'),
});

export const authorColumn = (t: TFunction): ItemColumn => ({
  key: 'author',
  label: t('item.author'),
  width: 170,
  cell: ({ author }) => author,
});
