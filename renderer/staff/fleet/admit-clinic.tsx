import { useQuery } from '@apollo/client/react';
import { Code, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { regionPolicy } from '../sync/policy-documents.ts';
import { admissionRequests } from '../sync/region-documents.ts';
import { BeforeAfter, type CeremonyProps } from './ceremony-parts.tsx';

const LIVE_MS = 10_000;

/** A clinic comes in by the word of the witness clinics. Their administrators approve on their own desks; here it is followed. */
export function AdmitClinic({ fleet, guide }: CeremonyProps) {
  const { t } = useTranslation();
  const { data: policy } = useQuery(regionPolicy, { pollInterval: LIVE_MS });
  const clinics = fleet.clinics.map(({ name }) => name);
  const { data } = useQuery(admissionRequests, { pollInterval: LIVE_MS });
  const waiting = data?.admissionRequests ?? [];
  const requests = <Requests />;
  return guide({
    act: (
      <>
        {requests}
        <BeforeAfter before={clinics} after={[...clinics, ...waiting.map(({ name }) => `+ ${name}`)]} />
        {policy ? (
          <Text size="sm">
            {t('ceremonies.admit.approvals', {
              count: policy.regionPolicy.approvalsNeeded,
              names: policy.regionPolicy.witnesses.map(({ name }) => name).join(', '),
            })}
          </Text>
        ) : null}
      </>
    ),
    standing: requests,
  });
}

function Requests() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useQuery(admissionRequests, { pollInterval: LIVE_MS });
  if (!data) return error ? <ErrorNotice error={error} /> : <Loading rows={2} label={t('ceremonies.admit.looking')} />;
  const requests = data.admissionRequests;
  if (requests.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('ceremonies.admit.nobody')}
      </Text>
    );
  return (
    <Table aria-label={t('ceremonies.admit.waiting')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('ceremonies.admit.waiting')}</Table.Th>
          <Table.Th scope="col">{t('ceremonies.admit.fingerprint')}</Table.Th>
          <Table.Th scope="col">{t('ceremonies.admit.since')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {requests.map(({ chain, name, fingerprint, receivedAt }) => (
          <Table.Tr key={chain}>
            <Table.Td>{name}</Table.Td>
            <Table.Td>
              <Code>{fingerprint}</Code>
            </Table.Td>
            <Table.Td>{format.ago(receivedAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
