/** Whether a resource is what a search asks for (R4 search.html): tokens, words, dates with their exactness, quantities, references. */
import { foldText } from '../fhir/patient-summary.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { type Filter, malformed, type SearchParameter } from './search-parameters.ts';

type Test = (element: JsonValue) => boolean;

/** A filter as a test of resources. @throws {Failure} `fhir-api.parameter-malformed`. */
export function matcherOf({ parameter, modifier, values }: Filter): (resource: JsonObject) => boolean {
  const elements = (resource: JsonObject): JsonValue[] =>
    parameter.paths.flatMap((path) => elementsAt(resource, path.split('.')));
  if (modifier === 'missing') return (resource) => values.includes(String(elements(resource).length === 0));
  const tests = values.map((value) => testOf(parameter, value, modifier));
  const matches = (resource: JsonObject): boolean => elements(resource).some((element) => tests.some((test) => test(element)));
  return modifier === 'not' ? (resource) => !matches(resource) : matches;
}

function testOf(parameter: SearchParameter, value: string, modifier: Filter['modifier']): Test {
  switch (parameter.kind) {
    case 'token':
      return tokenTest(unescaped(value));
    case 'string':
      return stringTest(unescaped(value), modifier);
    case 'quantity':
      return quantityTest(parameter.name, value);
    case 'date':
      return dateTest(parameter.name, value);
    case 'reference':
      return referenceTest(value);
  }
}

const unescaped = (value: string): string => value.replaceAll(/\\([\\,|$])/g, '$1');

/** Every element at a path, through lists. */
export function elementsAt(value: JsonValue | undefined, path: readonly string[]): JsonValue[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((each) => elementsAt(each, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  return isJsonObject(value) && Object.hasOwn(value, name) ? elementsAt(value[name], rest) : [];
}

/** `code`, `system|code`, `|code` (of no system) and `system|`. */
function tokenTest(value: string): Test {
  const bar = value.indexOf('|');
  const system = bar < 0 ? undefined : value.slice(0, bar);
  const code = value.slice(bar + 1);
  const fits = (its: JsonValue | undefined, itsSystem: JsonValue | undefined): boolean =>
    (code === '' ? typeof its === 'string' : its === code) && (system === undefined || (itsSystem ?? '') === system);
  return (element) => {
    // A plain code has its system by the element it stands in.
    if (!isJsonObject(element)) return String(element) === code;
    if (Array.isArray(element.coding))
      return element.coding.some((coding) => isJsonObject(coding) && fits(coding.code, coding.system));
    return fits(element.code ?? element.value, element.system);
  };
}

/** The beginning of a text, without regard to case and accents; of a name, of any part of it. `contains`: anywhere in it; `exact`: letter by letter. */
function stringTest(value: string, modifier: Filter['modifier']): Test {
  const wanted = foldText(value);
  const fits = (text: JsonValue | undefined): boolean => {
    if (typeof text !== 'string') return false;
    if (modifier === 'exact') return text === value;
    return modifier === 'contains' ? foldText(text).includes(wanted) : foldText(text).startsWith(wanted);
  };
  return (element) => {
    if (!isJsonObject(element)) return fits(element);
    return ['text', 'family', 'given'].some((part) => elementsAt(element[part], []).some(fits));
  };
}

const QUANTITY = /^(eq|ne|gt|lt|ge|le)?([+-]?\d{1,15}(?:\.(\d{1,15}))?)(?:\|([^|]*)\|([^|]*))?$/;

/** `5.4`, `gt5.4|http://unitsofmeasure.org|mg`, `5.4||mg` (any system, code or unit). A number means as much as its digits say. */
function quantityTest(name: string, value: string): Test {
  const [, prefix = 'eq', number, decimals = '', system = '', code = ''] = QUANTITY.exec(value) ?? [];
  if (number === undefined) throw malformed(name, 'it is written like 5.4, gt5.4||mg or 5.4|http://unitsofmeasure.org|mg');
  const asked = Number(number);
  const half = 0.5 * 10 ** -decimals.length;
  const equals = (its: number): boolean => its >= asked - half && its < asked + half;
  const compares: Readonly<Record<string, (its: number) => boolean>> = {
    eq: equals,
    ne: (its) => !equals(its),
    gt: (its) => its > asked,
    lt: (its) => its < asked,
    ge: (its) => its >= asked,
    le: (its) => its <= asked,
  };
  const compare = compares[prefix] as (its: number) => boolean;
  return (element) =>
    isJsonObject(element) &&
    typeof element.value === 'number' &&
    compare(element.value) &&
    (system === '' || element.system === system) &&
    (code === '' || element.code === code || (system === '' && element.unit === code));
}

/** `Encounter/1`, `1`, or an address that ends so. */
function referenceTest(value: string): Test {
  const wanted = value.split('/').slice(-2).join('/');
  return (element) => {
    if (!isJsonObject(element) || typeof element.reference !== 'string') return false;
    const named = element.reference.replace(/\/_history\/.*$/, '');
    return named === value || named.endsWith(`/${wanted}`) || named === wanted;
  };
}

/** Milliseconds: from `from`, up to, not including, `until`. */
interface Span {
  readonly from: number;
  readonly until: number;
}

const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const MINUTE = 60_000;

type Clock = readonly [hour: number, minute: number, second: number];

/**
 * The span that a date of FHIR stands for, as exact as it was written; without a zone it is of this computer's, as FHIR has it
 * (http://hl7.org/fhir/R4/search.html#date).
 */
export function spanOf(text: string): Span | undefined {
  const [, year, month, day, hour, minute, second, fraction, zone] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const y = Number(year);
  const m = Number(month ?? 1) - 1;
  const d = Number(day ?? 1);
  const clock: Clock = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  const from = zone === undefined ? here(y, m, d, clock) : Date.UTC(y, m, d, ...clock) - offsetOf(zone);
  if (Number.isNaN(from)) return undefined;
  if (month === undefined) return { from, until: here(y + 1, 0, 1) };
  if (day === undefined) return { from, until: here(y, m + 1, 1) };
  if (hour === undefined) return { from, until: here(y, m, d + 1) };
  if (second === undefined) return { from, until: from + MINUTE };
  if (fraction === undefined) return { from, until: from + 1_000 };
  const exact = from + Math.floor(Number(`0.${fraction}`) * 1_000);
  return { from: exact, until: exact + 1 };
}

/** By this computer's clock; years below 100 are those of the first century. */
function here(year: number, month: number, day: number, [hour, minute, second]: Clock = [0, 0, 0]): number {
  return new Date(2000, 0, 1, hour, minute, second).setFullYear(year, month, day);
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE;
}

type Compare = (its: Span, asked: Span) => boolean;

const within: Compare = (its, asked) => its.from >= asked.from && its.until <= asked.until;
const COMPARE: Readonly<Record<string, Compare>> = {
  eq: within,
  ne: (its, asked) => !within(its, asked),
  gt: (its, asked) => its.until > asked.until,
  lt: (its, asked) => its.from < asked.from,
  ge: (its, asked) => its.until > asked.until || within(its, asked),
  le: (its, asked) => its.from < asked.from || within(its, asked),
  sa: (its, asked) => its.from >= asked.until,
  eb: (its, asked) => its.until <= asked.from,
};

function dateTest(name: string, value: string): Test {
  const [, prefix = 'eq', date = ''] = /^([a-z]{2})?(.*)$/s.exec(value) ?? [];
  const compare = Object.hasOwn(COMPARE, prefix) ? COMPARE[prefix] : undefined;
  // In an address a plus that was not written %2B is a blank: of a date it can only be its zone's.
  const asked = spanOf(date.replace(' ', '+'));
  if (!compare || !asked)
    throw malformed(
      name,
      'it is a date such as 2026-01-05, ge2026-01 or 2026-01-05T08:00:00%2B01:00, before it eq, ne, gt, lt, ge, le, sa or eb',
    );
  return (element) => {
    const its = typeof element === 'string' ? spanOf(element) : periodOf(element);
    return its !== undefined && compare(its, asked);
  };
}

/** A Period; a side that is left out is open. */
function periodOf(element: JsonValue): Span | undefined {
  if (!isJsonObject(element)) return undefined;
  const side = (name: string): Span | undefined => {
    const text = element[name];
    return typeof text === 'string' ? spanOf(text) : undefined;
  };
  const [start, end] = [side('start'), side('end')];
  if (!start && !end) return undefined;
  return { from: start?.from ?? Number.NEGATIVE_INFINITY, until: end?.until ?? Number.POSITIVE_INFINITY };
}
