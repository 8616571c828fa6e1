import { Badge, Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPackage } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LAST_RING, WITHDRAWN } from '../../../shared/fleet/rings.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { offerWord } from '../ledger/act-words.ts';
import type { Fleet } from './fleet-screen.tsx';
import { HubActDialog } from './hub-act.tsx';

interface ReleaseListProps {
  readonly fleet: Fleet;
  readonly onActed: () => void;
}
type Release = Fleet['releases'][number];

/** Releases of the program that the hub has: how far each is offered, how many computers run it, and which clinics come when. */
export function ReleaseList({ fleet, onActed }: ReleaseListProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ wanted: 'offer' | 'withdraw'; release: Release } | null>(null);
  const columns = useColumns(fleet, (wanted, release) => setAsked({ wanted, release }));
  if (fleet.releases.length === 0)
    return <Empty icon={<IconPackage aria-hidden />} title={t('fleet.updates.none')} text={t('fleet.updates.noneHint')} />;
  return (
    <Stack gap="lg">
      <RowTable label={t('fleet.updates.title')} rows={fleet.releases} rowKey={({ id }) => id} columns={columns} />
      <Rings fleet={fleet} />
      {asked ? (
        <HubActDialog
          wanted={asked.wanted}
          subject={asked.release.id}
          name={asked.release.version}
          before={asked.release.offered}
          onClose={() => setAsked(null)}
          onActed={onActed}
        />
      ) : null}
    </Stack>
  );
}

type Ask = (wanted: 'offer' | 'withdraw', release: Release) => void;

function useColumns(fleet: Fleet, onAsk: Ask): readonly Column<Release>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const devices = fleet.devices.filter(({ revoked, cut }) => !revoked && !cut);
  const running = (version: string): number => devices.filter(({ report }) => report?.version === version).length;
  const waiting = (version: string): number => devices.filter(({ offered }) => offered === version).length;
  return [
    {
      key: 'version',
      label: t('fleet.updates.release'),
      width: 140,
      cell: ({ version }) => (
        <Text size="sm" fw={600}>
          {version}
        </Text>
      ),
    },
    { key: 'offered', label: t('fleet.updates.offered'), cell: (release) => <Offer release={release} /> },
    {
      key: 'running',
      label: t('fleet.updates.running'),
      width: 130,
      numeric: true,
      cell: ({ version }) => format.number(running(version)),
    },
    {
      key: 'waiting',
      label: t('fleet.updates.waiting'),
      width: 130,
      numeric: true,
      cell: ({ version }) => format.number(waiting(version)),
    },
    {
      key: 'acts',
      label: t('fleet.updates.acts'),
      width: 280,
      cell: (release) => <ReleaseActs release={release} onAsk={onAsk} />,
    },
  ];
}

function ReleaseActs({ release, onAsk }: { release: Release; onAsk: Ask }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button size="compact-sm" variant="default" onClick={() => onAsk('offer', release)}>
        {t('fleet.acting.offer.action')}
      </Button>
      {release.offered === WITHDRAWN ? null : (
        <Button size="compact-sm" variant="default" onClick={() => onAsk('withdraw', release)}>
          {t('fleet.acting.withdraw.action')}
        </Button>
      )}
    </Group>
  );
}

function Offer({ release: { offered } }: { release: Release }) {
  const { t } = useTranslation();
  if (offered === WITHDRAWN) return <Badge color="orange">{offerWord(t, offered)}</Badge>;
  return <Badge color={offered === 0 ? 'gray' : 'lagoon'}>{offerWord(t, offered)}</Badge>;
}

/** Which clinics come first. A clinic's own page puts it into another ring. */
function Rings({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: LAST_RING }}>
      {Array.from({ length: LAST_RING }, (_, at) => at + 1).map((ring) => {
        const names = fleet.clinics.filter((clinic) => clinic.ring === ring).map(({ name }) => name);
        return (
          <div key={ring}>
            <Text size="sm" fw={600}>
              {t('fleet.updates.ring', { number: ring })}
            </Text>
            <Text size="sm">{names.length > 0 ? names.join(', ') : t('fleet.updates.nobody')}</Text>
          </div>
        );
      })}
    </SimpleGrid>
  );
}
