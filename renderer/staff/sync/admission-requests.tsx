import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Code, Group, Modal, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdmissionRequestsQuery } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { refusalOf } from '../../parts/words/service-error.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { admissionRequests, approveAdmission } from './region-documents.ts';

type Request = AdmissionRequestsQuery['admissionRequests'][number];

/** Clinics at the region's door; the fingerprint is compared over another channel before one is let in. */
export function AdmissionRequests() {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked, setAsked] = useState<Request | null>(null);
  const { data, error, refetch } = useQuery(admissionRequests, { pollInterval: 30_000 });
  const requests = data?.admissionRequests ?? [];
  // That the hub is out of reach stands above.
  if (error)
    return refusalOf(error).code === 'sync.hub-unreachable' ? null : (
      <ErrorNotice error={error} onRetry={() => quietly(refetch())} />
    );
  if (requests.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('sync.requests')}>
      <Stack gap="sm">
        <Title order={2}>{t('sync.requests')}</Title>
        {requests.map((request) => (
          <Group key={request.chain} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={600}>
                {request.name} · {t(`clinicKind.${request.kind}`)}
              </Text>
              <Text size="sm" c="dimmed">
                {format.moment(request.receivedAt)} · <Code>{request.fingerprint}</Code>
              </Text>
            </div>
            <Button onClick={() => setAsked(request)}>{t('sync.approve')}</Button>
          </Group>
        ))}
      </Stack>
      {asked ? (
        <Approve
          request={asked}
          onClose={() => {
            setAsked(null);
            quietly(refetch());
          }}
        />
      ) : null}
    </Paper>
  );
}

function Approve({ request, onClose }: { request: Request; onClose: () => void }) {
  const { t } = useTranslation();
  const [approve, { loading, error }] = useMutation(approveAdmission);
  const confirm = async (): Promise<void> => {
    // The refusal is shown below.
    const done = await approve({ variables: { chain: request.chain } }).catch(() => undefined);
    if (done) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sync.approveOf', { name: request.name })}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('sync.approveExplained')}</Text>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {request.fingerprint}
        </Code>
        <FormEnd error={error} onClose={onClose}>
          <Button loading={loading} onClick={() => void confirm()}>
            {t('sync.approveAction')}
          </Button>
        </FormEnd>
      </Stack>
    </Modal>
  );
}
