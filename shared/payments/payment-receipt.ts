/**
 * A receipt of money as FHIR R4 has it: an Invoice that is balanced, and cancelled when it does not count any more. Of it these parts
 * are used: identifier, status, cancelledReason, subject, date, participant, lineItem, totalGross, paymentTerms (how it was paid).
 * http://hl7.org/fhir/R4/invoice.html
 */
import { amountTyped, exactAmount } from '../encoding/exact-money.ts';
import { isResource } from '../fhir/import-source.ts';
import { decimalAt } from '../fhir/json-cursor.ts';
import { withMember } from '../fhir/json-edit.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { Failure } from '../outcome/failure.ts';

export const PAYMENT_MEANS = ['CASH', 'CARD', 'TRANSFER'] as const;
export type PaymentMeans = (typeof PAYMENT_MEANS)[number];

/** `amount` with the digits as typed, or as they stand in the record. */
export interface PaymentLine {
  readonly what: string;
  readonly amount: string;
}

/** What was paid, as somebody says it. */
export interface Payment {
  readonly means: PaymentMeans;
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly PaymentLine[];
}

/** A payment whose amounts have all digits of their currency, with their sum. */
interface CheckedPayment extends Payment {
  readonly total: string;
}

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
const MOST_LINES = 30;
const LONGEST_WORDS = 200;

/** JSON's number by its exact digits; the library's types do not know it yet. */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

/** @throws {Failure} `payments.receipt` by the name of the field. */
export function checkedPayment({ means, currency, lines }: Payment): CheckedPayment {
  if (!/^[A-Z]{3}$/.test(currency)) throw wrong('currency');
  if (lines.length === 0 || lines.length > MOST_LINES) throw wrong('lines');
  let sum = 0n;
  const checked = lines.map(({ what, amount }) => {
    const counted = amountTyped(amount, currency);
    if (counted === undefined || counted === 0n) throw wrong('amount');
    sum += counted;
    return { what: checkedWords(what, 'what'), amount: exactAmount(counted, currency) };
  });
  return { means, currency, lines: checked, total: exactAmount(sum, currency) };
}

/** @throws {Failure} `payments.receipt`: who takes a receipt back says why. */
export const checkedReason = (reason: string): string => checkedWords(reason, 'reason');

function checkedWords(words: string, field: string): string {
  const trimmed = words.trim();
  if (trimmed !== '' && trimmed.length <= LONGEST_WORDS && !/\p{Cc}/u.test(trimmed) && trimmed.isWellFormed()) return trimmed;
  throw wrong(field);
}

function wrong(field: string): Failure {
  const message = `The receipt cannot be written like this: look at "${field}". It is missing, malformed, or too long.`;
  return new Failure('payments.receipt', message, { details: { field } });
}

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
