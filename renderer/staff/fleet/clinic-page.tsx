import { Alert, Button, Code, DataList, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LAST_RING } from '../../../shared/fleet/rings.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { Page } from '../../parts/page.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { shortId } from '../ledger/act-words.ts';
import { ActList } from './act-list.tsx';
import { DeviceTable, Needs } from './device-table.tsx';
import type { Fleet } from './fleet-screen.tsx';
import { alarmWords, type FleetDevice, problemWord } from './fleet-words.ts';
import { HubActDialog, type WantedHubAct } from './hub-act.tsx';
import { HubTroubles } from './hub-troubles.tsx';

interface ClinicPageProps {
  readonly fleet: Fleet;
  readonly clinic: Fleet['clinics'][number];
  readonly onActed: () => void;
}

interface Asked {
  readonly wanted: WantedHubAct;
  readonly subject: string;
  readonly name: string;
  readonly before: number;
}

/** One clinic: how it stands, what its devices need in words, and what an administrator can do about it alone. */
export function ClinicPage({ fleet, clinic, onActed }: ClinicPageProps) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const { chain, name, quarantined } = clinic;
  const devices = fleet.devices.filter((device) => device.chain === chain);
  const about = new Set([chain, ...devices.map(({ device }) => device)]);
  const ask = (wanted: WantedHubAct, before: number): void => setAsked({ wanted, subject: chain, name, before });
  const shown = devices.find(({ device }) => device === chosen);
  return (
    <Page
      title={name}
      note={
        <>
          {t('fleet.chain')} <Code>{chain}</Code>
        </>
      }
      actions={
        <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={() => go('fleet')}>
          {t('screens.fleet')}
        </Button>
      }
    >
      <HubTroubles troubles={fleet.troubles} />
      {quarantined ? (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('fleet.inQuarantine')}>
          {t('fleet.inQuarantineExplained')}
        </Alert>
      ) : null}
      <ClinicActs clinic={clinic} onAsk={ask} />
      <DeviceTable
        devices={devices}
        now={fleet.now}
        ofClinic
        onOpen={({ device }) => setChosen(device === chosen ? null : device)}
      />
      {shown ? (
        <DeviceCard
          device={shown}
          onAsk={(wanted) => setAsked({ wanted, subject: shown.device, name: shortId(shown.device), before: Number(shown.cut) })}
        />
      ) : (
        <Text size="xs" c="dimmed">
          {t('fleet.openDevice')}
        </Text>
      )}
      <Title order={2}>{t('fleet.actsHere')}</Title>
      <ActList acts={fleet.acts.filter(({ subject }) => about.has(subject))} fleet={fleet} />
      {asked ? <HubActDialog {...asked} onClose={() => setAsked(null)} onActed={onActed} /> : null}
    </Page>
  );
}

interface ClinicActsProps {
  readonly clinic: ClinicPageProps['clinic'];
  /** `before`: how it stands with what is asked for. */
  readonly onAsk: (wanted: WantedHubAct, before: number) => void;
}

function ClinicActs({ clinic: { quarantined, rebaseline, ring }, onAsk }: ClinicActsProps) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {quarantined ? (
        <Button onClick={() => onAsk('release', 1)}>{t('fleet.acting.release.action')}</Button>
      ) : (
        <Button variant="default" onClick={() => onAsk('quarantine', 0)}>
          {t('fleet.acting.quarantine.action')}
        </Button>
      )}
      <Button variant="default" onClick={() => onAsk('rebaseline', rebaseline)}>
        {t('fleet.acting.rebaseline.action')}
      </Button>
      {ring === null ? null : (
        <Button variant="default" onClick={() => onAsk('ring', ring % LAST_RING)}>
          {t('fleet.acting.ring.action')}
        </Button>
      )}
    </Group>
  );
}

/** One device, with what each of its needs means and what to do. */
function DeviceCard({ device, onAsk }: { device: FleetDevice; onAsk: (wanted: WantedHubAct) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { report, cut, revoked } = device;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('fleet.device')}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Code style={{ overflowWrap: 'anywhere' }}>{device.device}</Code>
          {revoked ? null : (
            <Button variant="default" size="compact-sm" onClick={() => onAsk(cut ? 'answer' : 'cut')}>
              {t(`fleet.acting.${cut ? 'answer' : 'cut'}.action`)}
            </Button>
          )}
        </Group>
        <Needs device={device} />
        {device.needs.length > 0 ? (
          <List size="sm" spacing={4}>
            {device.needs.map((need) => (
              <List.Item key={need}>
                {need === 'ALARM' ? `${alarmWords(t, report?.alarms ?? [])}. ` : ''}
                {need === 'PROBLEM' ? `${t('fleet.itSaid', { problem: problemWord(t, report?.problem ?? 'other') })} ` : ''}
                {t(`fleet.todo.${need}`)}
              </List.Item>
            ))}
          </List>
        ) : null}
        {report ? (
          <DataList labelWidth="260px" gap={4}>
            <Fact label={t('fleet.waitingActs')} value={format.number(report.events)} />
            <Fact label={t('fleet.waitingDocuments')} value={format.number(report.documents)} />
            <Fact label={t('fleet.audited')} value={format.number(report.audited)} />
            <Fact label={t('fleet.witnessed')} value={format.number(report.witnessed)} />
            <Fact label={t('fleet.epoch')} value={`${report.epoch} · ${format.number(report.height)}`} />
          </DataList>
        ) : null}
      </Stack>
    </Paper>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue style={{ overflowWrap: 'anywhere' }}>{value}</DataList.ItemValue>
    </DataList.Item>
  );
}
