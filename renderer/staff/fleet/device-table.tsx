import { Badge, Code, Group, Text } from '@mantine/core';
import { IconDevices } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { heightLeft } from '../../parts/height-left.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { Empty } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { shortId } from '../ledger/act-words.ts';
import { alarmWords, type FleetDevice, NEED_COLORS, problemWord, skewWord } from './fleet-words.ts';

interface DeviceTableProps {
  readonly devices: readonly FleetDevice[];
  /** The hub's clock. */
  readonly now: number;
  /** Of one clinic: its name is not said again. */
  readonly ofClinic?: boolean;
  readonly onOpen?: (device: FleetDevice) => void;
}

/** Devices with what the hub knows of them, who needs help first. */
export function DeviceTable({ devices, now, ofClinic = false, onOpen }: DeviceTableProps) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const columns = useColumns(now, ofClinic);
  if (devices.length === 0)
    return <Empty icon={<IconDevices aria-hidden />} title={t('fleet.noDevices')} text={t('fleet.noDevicesHint')} />;
  return (
    <RowTable
      label={t('fleet.devices')}
      columns={columns}
      rows={devices}
      rowKey={({ device }) => device}
      onOpen={onOpen ?? (({ chain }) => go('fleet', chain))}
      height={ofClinic ? 'none' : heightLeft(150)}
    />
  );
}

/** A badge that says all of it, in two lines when it must. */
const WHOLE = { label: { whiteSpace: 'normal', lineHeight: 1.5 } } as const;

/** What a device needs, as badges; nothing where all is well. */
export function Needs({ device }: { device: FleetDevice }) {
  const { t } = useTranslation();
  if (device.revoked) return <Badge color="gray">{t('fleet.revoked')}</Badge>;
  if (device.cut) return <Badge color="gray">{t('fleet.cut')}</Badge>;
  if (device.needs.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('fleet.well')}
      </Text>
    );
  return (
    <Group gap={4}>
      {device.needs.map((need) => (
        <Badge key={need} color={NEED_COLORS[need]} variant="light" h="auto" styles={WHOLE}>
          {need === 'ALARM' && device.report
            ? alarmWords(t, device.report.alarms)
            : need === 'PROBLEM' && device.report
              ? problemWord(t, device.report.problem)
              : t(`fleet.need.${need}`)}
        </Badge>
      ))}
    </Group>
  );
}

function useColumns(now: number, ofClinic: boolean): readonly Column<FleetDevice>[] {
  const { t } = useTranslation();
  const format = useFormat();
  // The hub's clock and this desk's may differ: distances are the hub's.
  const ago = (time: number | null | undefined): string =>
    time == null ? t('fleet.never') : format.ago(Date.now() - (now - time));
  return [
    { key: 'needs', label: t('fleet.needs'), cell: (device) => <Needs device={device} /> },
    {
      key: 'device',
      label: t(ofClinic ? 'fleet.device' : 'fleet.clinicAndDevice'),
      width: 185,
      cell: (device) => <WhichDevice device={device} namesClinic={!ofClinic} />,
    },
    { key: 'heard', label: t('fleet.heard'), width: 105, cell: ({ reportedAt }) => <Small>{ago(reportedAt)}</Small> },
    {
      key: 'lag',
      label: t('fleet.lag'),
      width: 80,
      numeric: true,
      cell: ({ report }) => <Small>{report ? format.number(report.lag) : '–'}</Small>,
    },
    {
      key: 'waiting',
      label: t('fleet.waiting'),
      width: 90,
      numeric: true,
      cell: ({ report }) => <Small>{report ? format.number(report.events + report.documents) : '–'}</Small>,
    },
    {
      key: 'last',
      label: t('fleet.lastBlock'),
      width: 125,
      numeric: true,
      cell: ({ lastPosition, lastTime }) =>
        lastPosition == null ? (
          <Small>–</Small>
        ) : (
          <>
            <Small>{format.number(lastPosition)}</Small>
            <Aside>{ago(lastTime)}</Aside>
          </>
        ),
    },
    {
      key: 'version',
      label: t('fleet.versionEpoch'),
      width: 105,
      cell: (device) => <RunningVersion device={device} />,
    },
    {
      key: 'clock',
      label: t('fleet.clock'),
      width: 100,
      cell: ({ report }) => <Small>{report ? (skewWord(t, report.skew) ?? t('fleet.clockRight')) : '–'}</Small>,
    },
    {
      key: 'proof',
      label: t('fleet.proof'),
      width: 105,
      cell: ({ report }) => <Small>{report ? ago(report.witnessedAt) : '–'}</Small>,
    },
  ];
}

const Small = ({ children }: { children: React.ReactNode }) => <Text size="sm">{children}</Text>;

const Aside = ({ children }: { children: React.ReactNode }) => (
  <Text size="xs" c="dimmed">
    {children}
  </Text>
);

function WhichDevice({ device: { clinic, device, kind }, namesClinic }: { device: FleetDevice; namesClinic: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {namesClinic ? (
        <Text size="sm" fw={600}>
          {clinic}
        </Text>
      ) : null}
      <Aside>
        {kindWord(t, kind)} · <Code>{shortId(device)}</Code>
      </Aside>
    </>
  );
}

/** The version that it runs, the one that it is offered, and the epoch of its chain. */
function RunningVersion({ device: { report, offered } }: { device: FleetDevice }) {
  const { t } = useTranslation();
  if (!report) return <Small>–</Small>;
  return (
    <>
      <Small>{report.version}</Small>
      {offered ? <Aside>{t('fleet.offered', { version: offered })}</Aside> : null}
      <Aside>
        <Code>{report.epoch.slice(0, 6)}</Code>
      </Aside>
    </>
  );
}

function kindWord(t: TFunction, kind: string): string {
  return t(kind === 'kiosk' ? 'fleet.kind.kiosk' : kind === 'gateway' ? 'fleet.kind.gateway' : 'fleet.kind.workstation');
}
