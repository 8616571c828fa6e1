import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Code, CopyButton, Group, Modal, Select, Stack, Text, Title } from '@mantine/core';
import { IconCopy, IconDeviceDesktopPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegionMembersQuery } from '../../generated/graphql.ts';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { DeviceCopies } from './device-copies.tsx';
import { DeviceRequests } from './device-requests.tsx';
import { inviteDevice, regionMembers } from './region-documents.ts';
import { RevokeDevice } from './revoke-device.tsx';

type Device = RegionMembersQuery['devices'][number];

/** This clinic's devices; for who `decides`, the invitation for one more, and those that wait at the door. */
export function Devices({ decides }: { decides: boolean }) {
  const { t } = useTranslation();
  const [inviting, setInviting] = useState(false);
  const [revoking, setRevoking] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(regionMembers);
  const columns = useDeviceColumns(decides && (data?.devices.some(isShutOutable) ?? false) ? setRevoking : undefined);
  return (
    <section aria-label={t('devices.title')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('devices.title')}</Title>
        {decides ? (
          <Button
            variant="default"
            leftSection={<IconDeviceDesktopPlus size={16} aria-hidden />}
            onClick={() => setInviting(true)}
          >
            {t('devices.invite')}
          </Button>
        ) : null}
      </Group>
      {decides ? <DeviceRequests onAdmitted={() => quietly(refetch())} /> : null}
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {decides
        ? data?.devices.map((device) => <DeviceCopies key={device.id} device={device} onRetired={() => quietly(refetch())} />)
        : null}
      {!data && !error ? <Loading rows={2} /> : null}
      {data ? <RowTable label={t('devices.title')} rows={data.devices} rowKey={({ id }) => id} columns={columns} /> : null}
      {inviting ? <Invite onClose={() => setInviting(false)} /> : null}
      {revoking ? (
        <RevokeDevice
          device={revoking}
          onClose={() => {
            setRevoking(null);
            quietly(refetch());
          }}
        />
      ) : null}
    </section>
  );
}

const isShutOutable = ({ own, revoked }: Device): boolean => !own && !revoked;

/** @param onRevoke left out where nobody can be shut out */
function useDeviceColumns(onRevoke: ((device: string) => void) | undefined): readonly Column<Device>[] {
  const { t } = useTranslation();
  const columns: readonly Column<Device>[] = [
    {
      key: 'id',
      label: t('devices.id'),
      cell: ({ id, own }) => (
        <Group gap="xs">
          <Code>{id.slice(0, 16)}</Code>
          {own ? <Badge>{t('devices.this')}</Badge> : null}
        </Group>
      ),
    },
    { key: 'kind', label: t('sync.kind'), cell: ({ kind }) => deviceWord(t, kind) },
    {
      key: 'state',
      label: t('item.status'),
      cell: ({ revoked }) => (revoked ? t('devices.revoked') : t('devices.enrolled')),
    },
  ];
  if (!onRevoke) return columns;
  const shutOut: Column<Device> = {
    key: 'revoke',
    label: t('devices.revoke'),
    cell: (device) =>
      isShutOutable(device) ? (
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => onRevoke(device.id)}>
          {t('devices.revokeAction')}
        </Button>
      ) : null,
  };
  return [...columns, shutOut];
}

const deviceKinds = ['workstation', 'kiosk', 'gateway'] as const;

function deviceWord(t: TFunction, kind: string): string {
  const known = deviceKinds.find((name) => name === kind);
  return known ? t(`devices.kind.${known}`) : kind;
}

function Invite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<string>('workstation');
  const [invite, { data, loading, error }] = useMutation(inviteDevice);
  return (
    <Modal opened onClose={onClose} title={t('devices.invite')} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('devices.inviteExplained')}</Text>
        <Select
          label={t('devices.kindOf')}
          data={deviceKinds.map((value) => ({ value, label: t(`devices.kind.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(value ?? 'workstation')}
          allowDeselect={false}
        />
        {error ? <ErrorNotice error={error} /> : null}
        {data ? (
          <>
            <ExactText label={t('devices.invitation')} text={data.inviteDevice} />
            <CopyButton value={data.inviteDevice}>
              {({ copied, copy }) => (
                <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
                  {copied ? t('actions.copied') : t('actions.copy')}
                </Button>
              )}
            </CopyButton>
          </>
        ) : (
          <Group justify="flex-end">
            {/* A refusal is shown above. */}
            <Button loading={loading} onClick={() => void invite({ variables: { kind } }).catch(() => undefined)}>
              {t('devices.makeInvitation')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
