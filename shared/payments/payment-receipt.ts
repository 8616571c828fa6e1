/**
 * A receipt of money as FHIR R4 has it: an Invoice that is balanced, and cancelled when it does not count any more. Of it these parts
 * are used: identifier, status, cancelledReason, subject, date, participant, lineItem, totalGross, paymentTerms (how it was paid).
 * http://hl7.org/fhir/R4/invoice.html
 */
import { isResource } from '../fhir/fhir-resource.ts';
import { decimalAt } from '../fhir/json-cursor.ts';
import { withMember } from '../fhir/json-edit.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { type CheckedPayment, PAYMENT_MEANS } from './payment.ts';

export interface PaymentFacts extends CheckedPayment {
  readonly number: string;
  /** FHIR instant. */
  readonly paidAt: string;
  readonly takenBy: string;
  /** Why it does not count any more; undefined while it does. */
  readonly voided: string | undefined;
}

interface Cashier {
  /** Staff id, hexadecimal. */
  readonly id: string;
  readonly name: string;
}

const NUMBER_SYSTEM = 'urn:careledger:payment-receipt';
const STAFF_SYSTEM = 'urn:careledger:staff';
/** JSON's number by its exact digits; the library's types do not know it yet. */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

interface Writing {
  readonly id: string;
  /** Patient id. */
  readonly patient: string;
  readonly number: string;
  readonly by: Cashier;
  /** FHIR instant. */
  readonly at: string;
}

/** The exact text of the Invoice: amounts keep their digits. */
export function writeReceipt({ id, patient, number, by, at }: Writing, payment: CheckedPayment): string {
  const { means, currency, lines, total } = payment;
  const money = (amount: string) => ({ value: rawJSON(amount), currency });
  return JSON.stringify({
    resourceType: 'Invoice',
    id,
    identifier: [{ system: NUMBER_SYSTEM, value: number }],
    status: 'balanced',
    subject: { reference: `Patient/${patient}` },
    date: at,
    participant: [{ actor: { type: 'Practitioner', identifier: { system: STAFF_SYSTEM, value: by.id }, display: by.name } }],
    lineItem: lines.map(({ what, amount }, at) => ({
      sequence: at + 1,
      chargeItemCodeableConcept: { text: what },
      priceComponent: [{ type: 'base', amount: money(amount) }],
    })),
    totalGross: money(total),
    paymentTerms: means,
  });
}

/** The same Invoice, cancelled; every other byte stays. */
export const voidReceipt = (text: string, reason: string): string =>
  withMember(withMember(text, 'status', '"cancelled"'), 'cancelledReason', JSON.stringify(reason));

/** Undefined for an Invoice that is no receipt of this program: another one's, or one that somebody has changed beyond it. */
export function readReceipt(text: string): PaymentFacts | undefined {
  const invoice: unknown = JSON.parse(text);
  if (!isResource(invoice) || invoice.resourceType !== 'Invoice' || invoice.status === 'entered-in-error') return undefined;
  const number = objects(invoice.identifier).find(({ system }) => system === NUMBER_SYSTEM)?.value;
  const means = PAYMENT_MEANS.find((known) => known === invoice.paymentTerms);
  const currency = isJsonObject(invoice.totalGross) ? wordOf(invoice.totalGross.currency) : '';
  const total = decimalAt(text, 'totalGross.value');
  if (typeof number !== 'string' || !means || total === undefined) return undefined;
  const lines = objects(invoice.lineItem).map(({ chargeItemCodeableConcept: said }, at) => ({
    what: isJsonObject(said) ? wordOf(said.text) : '',
    amount: decimalAt(text, `lineItem[${at}].priceComponent[0].amount.value`) ?? '',
  }));
  const [cashier] = objects(invoice.participant);
  return {
    number,
    means,
    currency,
    total,
    lines,
    paidAt: wordOf(invoice.date),
    takenBy: isJsonObject(cashier?.actor) ? wordOf(cashier.actor.display) : '',
    voided: invoice.status === 'cancelled' ? wordOf(invoice.cancelledReason) : undefined,
  };
}

const objects = (value: JsonValue | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : []);
const wordOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
