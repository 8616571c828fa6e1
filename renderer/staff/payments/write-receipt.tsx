import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Group, Input, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { amountTyped, exactAmount } from '../../../shared/encoding/exact-money.ts';
import { PAYMENT_MEANS, type PaymentLine, type PaymentMeans } from '../../../shared/payments/payment.ts';
import type { PaymentPartsFragment } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { useFormDraft } from '../../parts/drafts/use-draft.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { moneyWords } from './money-words.ts';
import { paymentReceipts, writePaymentReceipt } from './payment-documents.ts';

interface WriteReceiptProps {
  readonly patient: string;
  /** That of the patient's last receipt. */
  readonly currency: string;
  readonly onClose: () => void;
  readonly onWritten: (receipt: PaymentPartsFragment) => void;
}

interface TypedLine extends PaymentLine {
  readonly key: number;
}

const FIRST_LINE: readonly TypedLine[] = [{ key: 0, what: '', amount: '' }];

/** Undefined while what was typed is no amount. */
const amountOf = (amount: string, currency: string): bigint | undefined =>
  /^[A-Z]{3}$/.test(currency) ? amountTyped(amount, currency) : undefined;

/** Undefined while some line has no amount that somebody could pay. */
function sumOf(lines: readonly PaymentLine[], currency: string): bigint | undefined {
  let sum = 0n;
  for (const { amount } of lines) {
    const paid = amountOf(amount, currency);
    if (paid === undefined || paid <= 0n) return undefined;
    sum += paid;
  }
  return sum;
}

/** What was paid, line by line; the sum is made here and again where the receipt is written. */
export function WriteReceipt({ patient, currency: usual, onClose, onWritten }: WriteReceiptProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [start] = useState(() => ({ means: 'CASH' as PaymentMeans, currency: usual, lines: FIRST_LINE }));
  const draft = useFormDraft({ patient, kind: 'RECEIPT', key: 'new' }, start);
  const { means, currency, lines } = draft.form;
  const [write, { loading, error }] = useMutation(writePaymentReceipt, { refetchQueries: [paymentReceipts] });
  const sum = sumOf(lines, currency);
  const isWhole = sum !== undefined && lines.every(({ what }) => what.trim() !== '');

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const input = { patient, means, currency, lines: lines.map(({ what, amount }) => ({ what, amount })) };
    // The refusal is shown below.
    const written = await write({ variables: { input } }).catch(() => undefined);
    if (!written?.data) return;
    await draft.discard().catch(() => undefined);
    onWritten(written.data.writePaymentReceipt);
  };
  if (!draft.ready) return <Loading rows={3} />;

  return (
    <form onSubmit={(event) => quietly(submit(event))}>
      <Stack gap="md" maw={640}>
        <DraftNotice {...draft} />
        <ReceiptLines lines={lines} currency={currency} onChange={(changed) => draft.change({ lines: changed })} />
        <Group align="flex-end">
          <Input.Wrapper label={t('payments.means')} labelElement="div">
            <SegmentedControl
              display="flex"
              aria-label={t('payments.means')}
              value={means}
              onChange={(value) => draft.change({ means: value })}
              data={PAYMENT_MEANS.map((value) => ({ value, label: t(`payments.by.${value}`) }))}
            />
          </Input.Wrapper>
          <TextInput
            w={110}
            label={t('payments.currency')}
            value={currency}
            onChange={(event) => draft.change({ currency: event.currentTarget.value.toUpperCase() })}
            maxLength={3}
            required
          />
          <Text fw={600} role="status" pb={6}>
            {t('payments.sum', { sum: sum === undefined ? '–' : moneyWords(format, exactAmount(sum, currency), currency) })}
          </Text>
        </Group>
        <FormEnd isKept error={error} onClose={onClose}>
          <Button type="submit" loading={loading} disabled={!isWhole}>
            {t('payments.writeAction')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}

interface ReceiptLinesProps {
  readonly lines: readonly TypedLine[];
  readonly currency: string;
  readonly onChange: (lines: readonly TypedLine[]) => void;
}

function ReceiptLines({ lines, currency, onChange }: ReceiptLinesProps) {
  const { t } = useTranslation();
  const change = (key: number, part: Partial<PaymentLine>): void =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const next = Math.max(...lines.map(({ key }) => key)) + 1;
  return (
    <>
      {lines.map(({ key, what, amount }, at) => (
        <Group key={key} align="flex-start" gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            label={t('payments.what')}
            value={what}
            onChange={(event) => change(key, { what: event.currentTarget.value })}
            maxLength={200}
            required
            data-autofocus={at === 0 || undefined}
          />
          <TextInput
            w={140}
            label={t('payments.amount', { currency })}
            value={amount}
            onChange={(event) => change(key, { amount: event.currentTarget.value })}
            error={amount !== '' && !amountOf(amount, currency) ? t('payments.noAmount') : undefined}
            inputMode="decimal"
            required
          />
          {lines.length > 1 ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              mt={25}
              aria-label={t('payments.removeLine', { line: at + 1 })}
              onClick={() => onChange(lines.filter((line) => line.key !== key))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          ) : null}
        </Group>
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...lines, { key: next, what: '', amount: '' }])}
        >
          {t('payments.addLine')}
        </Button>
      </Group>
    </>
  );
}
