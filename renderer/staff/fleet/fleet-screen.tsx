import { useQuery } from '@apollo/client/react';
import { Alert, Button, Code, CopyButton, List, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FleetQuery } from '../../generated/graphql.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { Administration } from '../ledger/administration.tsx';
import { Ceremonies } from './ceremonies.tsx';
import { ClinicList } from './clinic-list.tsx';
import { ClinicPage } from './clinic-page.tsx';
import { DeviceTable } from './device-table.tsx';
import { fleetBoard, ownId } from './fleet-documents.ts';
import { isUrgent } from './fleet-words.ts';
import { HubClock } from './hub-clock.tsx';
import { HubLedger } from './hub-ledger.tsx';
import { HubTroubles } from './hub-troubles.tsx';
import { ReleaseList } from './release-list.tsx';

export type Fleet = FleetQuery['fleet'];

const LIVE_MS = 5_000;
/** The hub's word to everybody when its database does not answer it. */
const STORE_AWAY = 'hub.store-away';

/** The fleet of the region, live; one clinic of it when the place names one. */
export function FleetScreen() {
  const { place } = useNavigation();
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(fleetBoard, { pollInterval: LIVE_MS, fetchPolicy: 'cache-and-network' });
  const fleet = data?.fleet;
  const clinic = fleet?.clinics.find(({ chain }) => chain === place.subject);
  if (fleet && clinic) return <ClinicPage key={clinic.chain} fleet={fleet} clinic={clinic} onActed={() => quietly(refetch())} />;
  if (error && refusalOf(error).code === 'hub.no-administrator') return <NotNamed onRetry={() => quietly(refetch())} />;
  const isStoreAway = error !== undefined && refusalOf(error).code === STORE_AWAY;
  return (
    <Board fleet={fleet} onActed={() => quietly(refetch())}>
      {isStoreAway ? (
        <HubTroubles troubles={[{ store: 'DATABASE', code: STORE_AWAY, process: undefined, since: undefined }]} />
      ) : null}
      {error && !isStoreAway ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {fleet && !isStoreAway ? <HubTroubles troubles={fleet.troubles} /> : null}
      {fleet ? <HubClock fleet={fleet} /> : null}
      {!fleet && !error ? <Loading rows={8} label={t('fleet.asking')} /> : null}
    </Board>
  );
}

const VIEWS = ['devices', 'clinics', 'updates', 'ledger', 'ceremonies', 'acts'] as const;
const VIEW_LABELS = {
  devices: 'fleet.devices',
  clinics: 'fleet.clinics',
  updates: 'fleet.updates.title',
  ledger: 'fleet.ledger.title',
  ceremonies: 'ceremonies.title',
  acts: 'fleet.acts',
} as const;
type View = (typeof VIEWS)[number];

function Board({ fleet, onActed, children }: { fleet: Fleet | undefined; onActed: () => void; children: React.ReactNode }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('devices');
  return (
    <Page
      title={t('screens.fleet')}
      note={fleet ? <Standing fleet={fleet} /> : undefined}
      actions={
        <SegmentedControl
          aria-label={t('fleet.view')}
          value={view}
          onChange={(chosen) => setView(chosen as View)}
          data={VIEWS.map((value) => ({ value, label: t(VIEW_LABELS[value]) }))}
        />
      }
    >
      {children}
      {fleet && view === 'devices' ? <DeviceTable devices={fleet.devices} now={fleet.now} /> : null}
      {fleet && view === 'clinics' ? <ClinicList fleet={fleet} /> : null}
      {fleet && view === 'updates' ? <ReleaseList fleet={fleet} onActed={onActed} /> : null}
      {fleet && view === 'ledger' ? <HubLedger /> : null}
      {fleet && view === 'ceremonies' ? <Ceremonies fleet={fleet} onActed={onActed} /> : null}
      {view === 'acts' ? (
        <Administration />
      ) : (
        <Text size="xs" c="dimmed">
          {t('fleet.hubsWord')}
        </Text>
      )}
    </Page>
  );
}

/** How the fleet stands, in one line that a screen reader hears when it changes. */
function Standing({ fleet }: { fleet: Fleet }) {
  const { t } = useTranslation();
  const format = useFormat();
  const helpless = fleet.devices.filter(({ needs }) => needs.some(isUrgent)).length;
  const held = fleet.clinics.filter(({ quarantined }) => quarantined).length;
  return (
    <Text size="sm" role="status">
      {[
        t('fleet.countHelp', { count: helpless }),
        t('fleet.countDevices', { count: fleet.devices.length }),
        t('fleet.countClinics', { count: fleet.clinics.length }),
        ...(held > 0 ? [t('fleet.countHeld', { count: held })] : []),
        t('fleet.blocks', { blocks: format.number(fleet.size) }),
      ].join(' · ')}
    </Text>
  );
}

/** Who has the role and whom the hub does not know yet: what to give whoever runs its machine. */
function NotNamed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(ownId);
  const id = data?.me.id ?? '';
  return (
    <Page title={t('screens.fleet')}>
      <Alert color="lagoon" icon={<IconUserShield aria-hidden />} title={t('fleet.notNamed')}>
        <Stack gap="sm" align="flex-start">
          <Text size="sm">{t('fleet.notNamedExplained')}</Text>
          <List type="ordered" size="sm" spacing="xs">
            <List.Item>
              {t('fleet.stepId')}
              <Code block mt={4} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                {id}
              </Code>
            </List.Item>
            <List.Item>
              {t('fleet.stepCommand')}
              <Code block mt={4} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                {`careledger hub administrator --data DIR --add ${id}`}
              </Code>
            </List.Item>
            <List.Item>{data?.me.hasSecondFactor ? t('fleet.stepFactorDone') : t('fleet.stepFactor')}</List.Item>
          </List>
          <CopyButton value={id}>
            {({ copied, copy }) => (
              <Button.Group>
                <Button variant="default" onClick={copy} disabled={id === ''}>
                  {t(copied ? 'fleet.copied' : 'fleet.copyId')}
                </Button>
                <Button onClick={onRetry}>{t('states.retry')}</Button>
              </Button.Group>
            )}
          </CopyButton>
        </Stack>
      </Alert>
    </Page>
  );
}
