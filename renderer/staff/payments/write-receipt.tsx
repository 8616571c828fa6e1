import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Group, Input, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { amountTyped, exactAmount } from '../../../shared/encoding/exact-money.ts';
import { PAYMENT_MEANS, type PaymentLine, type PaymentMeans } from '../../../shared/payments/payment.ts';
import type { PaymentPartsFragment } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/draft-notice.tsx';
import { FormEnd } from '../../parts/form-end.tsx';
import { quietly } from '../../parts/quietly.ts';
import { Loading } from '../../parts/states.tsx';
import { useFormDraft } from '../../parts/use-draft.ts';
import { useFormat } from '../../parts/use-format.ts';
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

/** What was paid, line by line; the sum is made here and again where the receipt is written. */
export function WriteReceipt({ patient, currency: usual, onClose, onWritten }: WriteReceiptProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [start] = useState(() => ({ means: 'CASH' as PaymentMeans, currency: usual, lines: FIRST_LINE }));
  const draft = useFormDraft({ patient, kind: 'RECEIPT', key: 'new' }, start);
  const { means, currency, lines } = draft.form;
  const [write, { loading, error }] = useMutation(writePaymentReceipt, { refetchQueries: [paymentReceipts] });
  const amounts = lines.map(({ amount }) => (/^[A-Z]{3}$/.test(currency) ? amountTyped(amount, currency) : undefined));
  const sum = amounts.every((amount) => amount !== undefined && amount > 0n)
    ? amounts.reduce((total: bigint, amount) => total + (amount ?? 0n), 0n)
    : undefined;
  const isWhole = sum !== undefined && lines.every(({ what }) => what.trim() !== '');
  const change = (key: number, part: Partial<PaymentLine>): void =>
    draft.change({ lines: lines.map((line) => (line.key === key ? { ...line, ...part } : line)) });

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
              error={amount !== '' && !amounts[at] ? t('payments.noAmount') : undefined}
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
                onClick={() => draft.change({ lines: lines.filter((line) => line.key !== key) })}
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
            onClick={() =>
              draft.change({ lines: [...lines, { key: Math.max(...lines.map(({ key }) => key)) + 1, what: '', amount: '' }] })
            }
          >
            {t('payments.addLine')}
          </Button>
        </Group>
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
        <FormEnd error={error} onClose={onClose}>
          <Button type="submit" loading={loading} disabled={!isWhole}>
            {t('payments.writeAction')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}
