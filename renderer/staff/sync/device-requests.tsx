import { useMutation, useQuery } from '@apollo/client/react';
import { Box, Button, Code, Group, Modal, Paper, Select, Stack, Text, Title } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceRequestsQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { roles, roleWord } from '../ledger/roles.ts';
import { admitDevice, deviceRequests, refuseDevice } from './region-documents.ts';

type Request = DeviceRequestsQuery['deviceRequests'][number];

/** Computers that hold this clinic's invitation and wait at its door: somebody here lets each in, or not. */
export function DeviceRequests({ onAdmitted }: { onAdmitted: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked, setAsked] = useState<Request | null>(null);
  const { data, error, refetch } = useQuery(deviceRequests, { pollInterval: 5_000 });
  const requests = data?.deviceRequests ?? [];
  if (error)
    return (
      <Box mb="md">
        <ErrorNotice error={error} onRetry={() => quietly(refetch())} />
      </Box>
    );
  if (requests.length === 0) return null;
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-label={t('devices.requests')}>
      <Stack gap="sm">
        <Title order={3}>{t('devices.requests')}</Title>
        {requests.map((request) => (
          <Group key={request.device} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={600}>{nameOf(t, request)}</Text>
              <Text size="sm" c="dimmed">
                {format.moment(request.receivedAt)} · <Code>{request.device.slice(0, 16)}</Code>
              </Text>
            </div>
            <Button onClick={() => setAsked(request)}>{t('devices.decide')}</Button>
          </Group>
        ))}
      </Stack>
      {asked ? (
        <Decide
          request={asked}
          onClose={() => {
            setAsked(null);
            quietly(refetch());
            onAdmitted();
          }}
        />
      ) : null}
    </Paper>
  );
}

const nameOf = (t: TFunction, { kind, staffName }: Request): string => (kind === 'kiosk' ? t('devices.kind.kiosk') : staffName);

function Decide({ request, onClose }: { request: Request; onClose: () => void }) {
  const { t } = useTranslation();
  const [role, setRole] = useState<string | null>(null);
  const [admit, admitting] = useMutation(admitDevice);
  const [refuse, refusing] = useMutation(refuseDevice);
  const { device } = request;
  const isKiosk = request.kind === 'kiosk';
  const name = nameOf(t, request);
  const error = admitting.error ?? refusing.error;
  const act = async (done: Promise<unknown>): Promise<void> => {
    // A refusal is shown below.
    if (await done.catch(() => undefined)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('devices.decideOf', { name })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t(isKiosk ? 'devices.kioskExplained' : 'devices.decideExplained')}</Text>
        {isKiosk ? null : (
          <Select
            label={t('devices.roleOf', { name })}
            data={roles.map((value) => ({ value, label: roleWord(t, value) }))}
            value={role}
            onChange={setRole}
            required
          />
        )}
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button
            variant="default"
            color="red"
            loading={refusing.loading}
            onClick={() => void act(refuse({ variables: { device } }))}
          >
            {t('devices.refuse')}
          </Button>
          <Button
            loading={admitting.loading}
            disabled={role === null && !isKiosk}
            onClick={() => void act(admit({ variables: { device, role: role ?? '' } }))}
          >
            {t('devices.admit')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
