import { useQuery } from '@apollo/client/react';
import { Alert, Button, Collapse, Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessCompletenessQuery } from '../../generated/graphql.ts';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { accessCompleteness } from './access-documents.ts';
import { ReceiptSection } from './receipt-section.tsx';

type Device = AccessCompletenessQuery['accessCompleteness'][number];

/** How a person knows that no line is missing: counters of each device, and what the ledger says of them. */
export function CompletenessCard({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(accessCompleteness, { variables: { patient }, fetchPolicy: 'cache-and-network' });
  const [opened, setOpened] = useState(false);
  const details = useId();
  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data) return null;
  const all = data.accessCompleteness;
  const isAltered = all.some(({ altered }) => altered);
  const isMissing = all.some(({ missing }) => missing.length > 0);
  const anchored = all.reduce((sum, { lines, waiting }) => sum + lines - waiting, 0);
  const waiting = all.reduce((sum, device) => sum + device.waiting, 0);
  const [color, icon, title] = isAltered
    ? ['red', <IconAlertTriangle key="altered" aria-hidden />, t('access.altered')]
    : isMissing
      ? ['orange', <IconClock key="missing" aria-hidden />, t('access.incomplete')]
      : ['green', <IconCircleCheck key="complete" aria-hidden />, t('access.complete')];
  return (
    <Alert color={color} icon={icon} p="sm" role={isAltered ? 'alert' : 'status'}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">
            <Text span fw={600}>
              {title}
            </Text>{' '}
            {[
              anchored > 0 ? t('access.anchoredLines', { count: anchored }) : '',
              waiting > 0 ? t('access.waiting', { count: waiting }) : '',
            ].join(' ')}
          </Text>
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ flexShrink: 0 }}
            aria-expanded={opened}
            aria-controls={details}
            onClick={() => setOpened(!opened)}
          >
            {t('access.howComplete')}
          </Button>
        </Group>
        {isAltered ? <Text size="sm">{t('access.alteredExplained')}</Text> : null}
        <Collapse expanded={opened} id={details}>
          <Stack gap="xs">
            <Text size="sm">{t('access.howCompleteExplained')}</Text>
            <DeviceTable all={all} />
            <ReceiptSection patient={patient} />
          </Stack>
        </Collapse>
      </Stack>
    </Alert>
  );
}

function DeviceTable({ all }: { all: readonly Device[] }) {
  const { t } = useTranslation();
  return (
    <Table aria-label={t('access.howComplete')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('access.device')}</Table.Th>
          <Table.Th scope="col">{t('access.linesHere')}</Table.Th>
          <Table.Th scope="col">{t('access.countedByLedger')}</Table.Th>
          <Table.Th scope="col">{t('access.missing')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {all.map((device, index) => (
          <Table.Tr key={device.device}>
            <Table.Td>
              <Text size="sm">{index === 0 ? t('access.thisComputer') : device.clinic}</Text>
              <Text size="xs" c="dimmed" title={device.device}>
                {device.device.slice(0, 12)}
              </Text>
            </Table.Td>
            <Table.Td>{device.everyLine ? device.lines : t('access.ofThisPatient', { count: device.lines })}</Table.Td>
            <Table.Td>{device.anchored}</Table.Td>
            <Table.Td>{missingWords(t, device)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function missingWords(t: TFunction, { missing, altered }: Device): string {
  const ranges = missing.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
  if (ranges !== '') return t('access.owes', { ranges });
  return altered ? t('access.alteredHere') : t('access.nothingMissing');
}
