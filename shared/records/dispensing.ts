/**
 * What is left of a prescription (FHIR R4 MedicationRequest) when what was handed over of it (MedicationDispense) is counted, and why a
 * further quantity is not handed over. Amounts are added by their digits: three times 0.1 is 0.3.
 */
import { dayHere } from '../encoding/wall-clock.ts';
import { decimalAt } from '../fhir/json-cursor.ts';
import { isJsonObject, type JsonObject, type JsonValue, readStrictJson } from '../fhir/strict-json.ts';

/** `value`: a decimal by its digits. `unit`: its UCUM code, else the unit as it is written, '' where none is. */
interface Amount {
  readonly value: string;
  readonly unit: string;
}

/** What a prescription lets be handed over. */
export interface Prescribed {
  readonly status: string;
  /** Whether it asks for something to be taken; a proposal, a plan or a prohibition does not. */
  readonly isOrder: boolean;
  /** Of one supply. */
  readonly amount: Amount | undefined;
  /** The first supply and its repeats. */
  readonly supplies: number;
  /** FHIR dates of the period in which it is handed over; '' where there is no limit. */
  readonly from: string;
  readonly until: string;
}

export interface HandedOver {
  /** Hexadecimal; '' for one that is not written yet. */
  readonly record: string;
  readonly status: string;
  readonly amount: Amount | undefined;
  /** FHIR dateTime, '' where it is not said. */
  readonly at: string;
  /** FHIR dateTime until which its lot may be used, '' where it is not said. */
  readonly expires: string;
}

/** Counted in the unit of the prescription. */
interface Supply {
  readonly unit: string;
  /** With all repeats; undefined, as `left`, where the prescription does not say how much. */
  readonly total: string | undefined;
  readonly handedOver: string;
  /** Never below 0. */
  readonly left: string | undefined;
  /** What was handed over beyond it: by two desks that could not hear each other, or elsewhere. */
  readonly over: string | undefined;
  /** Of these nobody can say how much it was, or only in another unit. */
  readonly uncounted: number;
}

export type DispenseRefusal =
  | { readonly reason: 'not-ordered' | 'no-quantity' }
  | { readonly reason: 'not-active'; readonly status: string }
  | { readonly reason: 'not-yet-valid' | 'no-longer-valid' | 'lot-expired'; readonly date: string }
  | { readonly reason: 'other-unit'; readonly unit: string }
  | { readonly reason: 'more-than-left'; readonly left: string; readonly unit: string };

const NOT_HANDED_OVER: ReadonlySet<string> = new Set(['preparation', 'on-hold', 'cancelled', 'declined', 'entered-in-error']);
const NO_ORDER: ReadonlySet<JsonValue | undefined> = new Set(['proposal', 'plan', 'option']);

/** Of the text of a MedicationRequest, which was checked. */
export function prescribedIn(text: string): Prescribed {
  const resource = objectOf(text);
  const supply = within(resource.dispenseRequest);
  const period = within(supply.validityPeriod);
  return {
    status: textOf(resource.status),
    isOrder: resource.doNotPerform !== true && !NO_ORDER.has(resource.intent),
    amount: amountOf(text, supply.quantity, 'dispenseRequest.quantity'),
    supplies: 1 + (isCount(supply.numberOfRepeatsAllowed) ? supply.numberOfRepeatsAllowed : 0),
    from: textOf(period.start),
    until: textOf(period.end),
  };
}

/** Of the text of a MedicationDispense, which was checked. @param record hexadecimal, '' while it is not written */
export function handedOverIn(record: string, text: string): HandedOver {
  const resource = objectOf(text);
  return {
    record,
    status: textOf(resource.status),
    amount: amountOf(text, resource.quantity, 'quantity'),
    at: textOf(resource.whenHandedOver),
    expires: textOf(within(lotOf(resource).batch).expirationDate),
  };
}

/** The references of a MedicationDispense to what it was prescribed by. */
export function prescriptionsOf(text: string): string[] {
  const { authorizingPrescription } = objectOf(text);
  const all = Array.isArray(authorizingPrescription) ? authorizingPrescription.filter(isJsonObject) : [];
  return all.flatMap(({ reference }) => (typeof reference === 'string' ? [reference] : []));
}

/** What is left, in whatever order it was handed over. */
export function supplyOf({ amount, supplies }: Prescribed, handed: readonly HandedOver[]): Supply {
  const given = handed.filter(counts);
  const unit = amount?.unit || (given.flatMap((each) => each.amount?.unit || []).sort()[0] ?? '');
  const counted = given.map((each) => inUnit(each.amount, unit));
  const sum = counted.reduce<bigint>((before, each) => before + (each ?? 0n), 0n);
  const one = inUnit(amount, unit);
  const total = one === undefined ? undefined : one * BigInt(supplies);
  return {
    unit,
    total: total === undefined ? undefined : written(total),
    handedOver: written(sum),
    left: total === undefined ? undefined : written(total > sum ? total - sum : 0n),
    over: total !== undefined && sum > total ? written(sum - total) : undefined,
    uncounted: counted.filter((each) => each === undefined).length,
  };
}

/**
 * Why `wanted` is not handed over of this prescription, the first reason of several. What is written down of a hand-over that was is
 * amended freely, unless more is said to have been handed over than before.
 * @param handed what was handed over so far; among it `wanted` as it stands, where it is being amended
 * @param today ISO day on which it is handed over, where `wanted` does not say
 */
export function refusedBecause(
  prescribed: Prescribed,
  handed: readonly HandedOver[],
  wanted: HandedOver,
  today: string,
): DispenseRefusal | undefined {
  const before = handed.find(({ record }) => wanted.record !== '' && record === wanted.record);
  if (!counts(wanted) || (before && !isMore(before, wanted))) return undefined;
  const { status, from, until, amount } = prescribed;
  if (!prescribed.isOrder) return { reason: 'not-ordered' };
  if (status !== 'active') return { reason: 'not-active', status };
  const day = dayHere(wanted.at) || today;
  if (from !== '' && isBefore(day, from)) return { reason: 'not-yet-valid', date: from };
  if (isAfter(day, until)) return { reason: 'no-longer-valid', date: until };
  if (isAfter(day, wanted.expires)) return { reason: 'lot-expired', date: wanted.expires };
  if (!amount) return undefined;
  const others = handed.filter((each) => each !== before);
  const { unit, left } = supplyOf(prescribed, others);
  if (left === undefined) return undefined;
  if (!inUnit(wanted.amount, wanted.amount?.unit ?? '')) return { reason: 'no-quantity' };
  const asked = inUnit(wanted.amount, unit);
  if (asked === undefined) return { reason: 'other-unit', unit };
  return asked > (amountIn(left) ?? 0n) ? { reason: 'more-than-left', left, unit } : undefined;
}

const counts = ({ status }: HandedOver): boolean => !NOT_HANDED_OVER.has(status);

/** Whether an amendment says that more was handed over, or of another unit, or no longer how much. */
function isMore(before: HandedOver, after: HandedOver): boolean {
  if (!counts(before)) return true;
  const was = inUnit(before.amount, after.amount?.unit ?? '');
  const is = inUnit(after.amount, after.amount?.unit ?? '');
  return is === undefined ? was !== undefined : was === undefined || is > was;
}

/** Both sides as exact as `limit`: a lot that may be used until 2027-01 may be on the 31st. */
const isAfter = (day: string, limit: string): boolean => limit !== '' && day.slice(0, dayHere(limit).length) > dayHere(limit);
const isBefore = (day: string, limit: string): boolean => day.slice(0, dayHere(limit).length) < dayHere(limit);

/** Digits behind the point that are counted. */
const PLACES = 12;
const DECIMAL = new RegExp(`^(\\d{1,18})(?:\\.(\\d{1,${PLACES}}))?$`);

/** In units of 10^-12; undefined for what is none, below 0 or written in another way. */
function amountIn(decimal: string): bigint | undefined {
  const [, whole, part = ''] = DECIMAL.exec(decimal) ?? [];
  return whole === undefined ? undefined : BigInt(whole + part.padEnd(PLACES, '0'));
}

function written(amount: bigint): string {
  const digits = String(amount).padStart(PLACES + 1, '0');
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`.replace(/\.?0+$/, '');
}

/** A quantity whose unit is not said is taken to be in the other's. */
function inUnit(amount: Amount | undefined, unit: string): bigint | undefined {
  const isSame = amount !== undefined && (amount.unit === unit || amount.unit === '' || unit === '');
  return isSame ? amountIn(amount.value) : undefined;
}

function amountOf(text: string, quantity: JsonValue | undefined, path: string): Amount | undefined {
  const { value, code, unit } = within(quantity);
  if (typeof value !== 'number') return undefined;
  return { value: decimalAt(text, `${path}.value`) ?? String(value), unit: textOf(code) || textOf(unit) };
}

/** The contained Medication that a dispense refers to: FHIR R4 writes the lot there. */
function lotOf({ medicationReference, contained }: JsonObject): JsonObject {
  const reference = textOf(within(medicationReference).reference);
  const inner = Array.isArray(contained) ? contained.filter(isJsonObject) : [];
  return inner.find(({ id }) => reference === `#${textOf(id)}`) ?? {};
}

const within = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
const isCount = (value: JsonValue | undefined): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

function objectOf(text: string): JsonObject {
  const { value } = readStrictJson(text, { fhir: false });
  return within(value);
}
