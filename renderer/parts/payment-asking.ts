import { createContext, useContext } from 'react';

/** Whose receipts are to be shown. */
export interface PaymentsOf {
  readonly id: string;
  readonly name: string;
}

const PaymentAskingContext = createContext<(patient: PaymentsOf) => void>(() => undefined);

export const PaymentAskingProvider = PaymentAskingContext.Provider;

/** Opens a patient's receipts of money over whatever screen is looked at. */
export function usePaymentAsking(): (patient: PaymentsOf) => void {
  return useContext(PaymentAskingContext);
}
