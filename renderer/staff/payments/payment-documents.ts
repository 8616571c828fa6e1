/** What receipts of money ask of the vault. */
import { graphql } from '../../generated/gql.ts';

graphql(`
  fragment PaymentParts on PaymentReceipt {
    id
    revision
    number
    paidAt
    means
    currency
    lines {
      what
      amount
    }
    total
    takenBy
    voided
  }
`);

export const paymentReceipts = graphql(`
  query PaymentReceipts($patient: ID!) {
    paymentReceipts(patient: $patient) {
      ...PaymentParts
    }
  }
`);

export const writePaymentReceipt = graphql(`
  mutation WritePaymentReceipt($input: PaymentReceiptInput!) {
    writePaymentReceipt(input: $input) {
      ...PaymentParts
    }
  }
`);

export const voidPaymentReceipt = graphql(`
  mutation VoidPaymentReceipt($patient: ID!, $receipt: ID!, $revision: String!, $reason: String!) {
    voidPaymentReceipt(patient: $patient, receipt: $receipt, revision: $revision, reason: $reason) {
      ...PaymentParts
    }
  }
`);

export const notePaymentPrint = graphql(`
  mutation NotePaymentPrint($patient: ID!, $receipt: ID!) {
    notePaymentPrint(patient: $patient, receipt: $receipt)
  }
`);
