import type { Resolvers, PaymentReceipt as ShownReceipt } from '../graphql/generated/vault.ts';
import type { PaymentReceipt, Payments } from './payments.ts';

interface PaymentsRequest {
  readonly payments: Payments;
}

export const paymentsResolvers: Resolvers<PaymentsRequest> = {
  Query: {
    paymentReceipts: async (_, { patient }, { payments }) => (await payments.of(patient)).map(shown),
  },
  Mutation: {
    writePaymentReceipt: async (_, { input: { patient, ...payment } }, { payments }) =>
      shown(await payments.write(patient, payment)),
    voidPaymentReceipt: async (_, { patient, receipt, revision, reason }, { payments }) =>
      shown(await payments.void(patient, receipt, revision, reason)),
    notePaymentPrint: async (_, { patient, receipt }, { payments }) => {
      await payments.notePrint(patient, receipt);
      return true;
    },
  },
};

function shown({ id, entry, facts: { voided, ...facts } }: PaymentReceipt): ShownReceipt {
  return { id, revision: entry.document, ...facts, lines: [...facts.lines], voided: voided ?? null };
}
