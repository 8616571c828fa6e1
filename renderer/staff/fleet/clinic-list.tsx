import { Badge, Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigation } from '../../parts/navigation.tsx';
import { RowTable } from '../../parts/row-table.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { shortId } from '../ledger/act-words.ts';
import type { Fleet } from './fleet-screen.tsx';
import { isUrgent } from './fleet-words.ts';

/** Each clinic of the region, with how many of its devices need help. */
export function ClinicList({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const devicesOf = (chain: string) => fleet.devices.filter((device) => device.chain === chain && !device.revoked);
  return (
    <RowTable
      label={t('fleet.clinics')}
      rows={fleet.clinics}
      rowKey={({ chain }) => chain}
      onOpen={({ chain }) => go('fleet', chain)}
      columns={[
        {
          key: 'name',
          label: t('fleet.clinic'),
          cell: ({ name, chain }) => (
            <>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <Code>{shortId(chain)}</Code>
            </>
          ),
        },
        {
          key: 'standing',
          label: t('fleet.standing'),
          width: 260,
          cell: ({ quarantined }) =>
            quarantined ? <Badge color="orange">{t('fleet.need.QUARANTINED')}</Badge> : <Text size="sm">{t('fleet.taken')}</Text>,
        },
        {
          key: 'ring',
          label: t('fleet.ring'),
          width: 90,
          numeric: true,
          cell: ({ ring }) => <Text size="sm">{ring ?? '–'}</Text>,
        },
        {
          key: 'devices',
          label: t('fleet.devices'),
          width: 140,
          numeric: true,
          cell: ({ chain }) => format.number(devicesOf(chain).length),
        },
        {
          key: 'help',
          label: t('fleet.needHelp'),
          width: 160,
          numeric: true,
          cell: ({ chain }) => format.number(devicesOf(chain).filter(({ needs }) => needs.some(isUrgent)).length),
        },
      ]}
    />
  );
}
