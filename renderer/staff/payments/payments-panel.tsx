import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconPlus, IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { PaymentPartsFragment } from '../../generated/graphql.ts';
import { printedPatient } from '../../parts/paper/printer-now.ts';
import { quietly } from '../../parts/quietly.ts';
import { useSignedIn } from '../../parts/signed-in.ts';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { moneyWords } from './money-words.ts';
import { paymentReceipts } from './payment-documents.ts';
import { PrintReceipt } from './print-receipt.tsx';
import { VoidReceipt } from './void-receipt.tsx';
import { WriteReceipt } from './write-receipt.tsx';

type Doing = { readonly what: 'WRITE' } | { readonly what: 'PRINT' | 'VOID'; readonly receipt: PaymentPartsFragment };

/** What a patient paid: the receipts, the newest first; one is written, printed, or made void. */
export function PaymentsPanel({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { role } = useSignedIn();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data, error, refetch } = useQuery(paymentReceipts, { variables: { patient }, fetchPolicy: 'cache-and-network' });
  const who = useQuery(printedPatient, { variables: { patient } }).data?.patient;
  if (error && !data) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!data || !who) return <Loading rows={3} />;
  const receipts = data.paymentReceipts;
  const writes = mayDo(role, 'payments.write') && !who.shared;
  const close = (): void => setDoing(null);
  if (doing?.what === 'WRITE')
    return (
      <WriteReceipt
        patient={patient}
        currency={receipts[0]?.currency ?? 'EUR'}
        onClose={close}
        onWritten={(receipt) => setDoing({ what: 'PRINT', receipt })}
      />
    );
  if (doing?.what === 'PRINT') return <PrintReceipt patient={who} receipt={doing.receipt} onClose={close} />;
  const write = writes ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDoing({ what: 'WRITE' })} data-autofocus>
      {t('payments.write')}
    </Button>
  ) : undefined;
  return (
    <Stack gap="md">
      {receipts.length === 0 ? (
        <Empty
          icon={<IconReceipt aria-hidden />}
          title={t('payments.none')}
          text={t(writes ? 'payments.noneHint' : 'payments.noneElsewhere')}
        >
          {write}
        </Empty>
      ) : (
        <ReceiptTable receipts={receipts} writes={writes} onDo={setDoing} />
      )}
      {receipts.length > 0 && write ? <Group justify="flex-end">{write}</Group> : null}
      {doing?.what === 'VOID' ? <VoidReceipt patient={patient} receipt={doing.receipt} onClose={close} /> : null}
    </Stack>
  );
}

interface ReceiptTableProps {
  readonly receipts: readonly PaymentPartsFragment[];
  readonly writes: boolean;
  readonly onDo: (doing: Doing) => void;
}

function ReceiptTable({ receipts, writes, onDo }: ReceiptTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table aria-label={t('payments.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('payments.number')}</Table.Th>
          <Table.Th>{t('payments.when')}</Table.Th>
          <Table.Th>{t('payments.for')}</Table.Th>
          <Table.Th ta="right">{t('payments.total')}</Table.Th>
          <Table.Th>{t('payments.takenBy')}</Table.Th>
          <Table.Th aria-label={t('payments.acts')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {receipts.map((receipt) => (
          <Table.Tr key={receipt.id}>
            <Table.Td>{receipt.number}</Table.Td>
            <Table.Td>{format.recorded(receipt.paidAt)}</Table.Td>
            <Table.Td>
              {receipt.lines.map(({ what }) => what).join(', ')}
              {receipt.voided === null ? null : (
                <Group gap="xs">
                  <Badge color="red" variant="light">
                    {t('payments.void')}
                  </Badge>
                  <Text size="xs">{receipt.voided}</Text>
                </Group>
              )}
            </Table.Td>
            <Table.Td ta="right" td={receipt.voided === null ? undefined : 'line-through'}>
              {moneyWords(format, receipt.total, receipt.currency)}
            </Table.Td>
            <Table.Td>{receipt.takenBy}</Table.Td>
            <Table.Td>
              <Group gap="xs" justify="flex-end" wrap="nowrap">
                <Button size="compact-sm" variant="default" onClick={() => onDo({ what: 'PRINT', receipt })}>
                  {t('payments.print')}
                </Button>
                {writes && receipt.voided === null ? (
                  <Button size="compact-sm" variant="subtle" color="red" onClick={() => onDo({ what: 'VOID', receipt })}>
                    {t('payments.makeVoid')}
                  </Button>
                ) : null}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
