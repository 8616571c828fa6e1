/** Writing FHIR JSON whose decimals are the digits that a person typed: `1.500` stays `1.500`. */
import { membersOf, rootOf, sliceAt } from '../../../shared/fhir/json-cursor.ts';
import { isJsonObject, type JsonValue, readStrictJson } from '../../../shared/fhir/strict-json.ts';

/** A number by its literal. */
export class Decimal {
  readonly literal: string;

  constructor(literal: string) {
    this.literal = literal;
  }
}

type ExactValue = string | boolean | Decimal | readonly ExactValue[] | ExactObject;
export interface ExactObject {
  readonly [name: string]: ExactValue | undefined;
}

/** FHIR R4 decimal. */
const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** FHIR R4, 2.24.0.1: programs need not keep more digits than these. Longer ones are a key that was held down. */
const MOST_DIGITS = 18;

/** What was typed as a decimal, a comma read as its point; undefined when it is none, or none that every program can keep. */
export function decimalTyped(typed: string): Decimal | undefined {
  const literal = typed.trim().replace(',', '.').replace(/^\+/, '');
  const digits = literal.replace(/\D/g, '').length;
  const isKept = digits <= MOST_DIGITS && Math.abs(Number(literal)) < 10 ** MOST_DIGITS;
  return DECIMAL.test(literal) && isKept ? new Decimal(literal) : undefined;
}

/** JSON text of a value; members that are undefined are left out. */
export function exactJson(value: ExactValue, indent = ''): string {
  if (value instanceof Decimal) return value.literal;
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) return `[\n${value.map((item) => inner + exactJson(item, inner)).join(',\n')}\n${indent}]`;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [`${inner}${JSON.stringify(name)}: ${exactJson(member, inner)}`],
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/** What stands at a path of a FHIR resource, to be written into another one with the digits that it has; undefined where nothing does. */
export function exactAt(resource: string, path: string): ExactValue | undefined {
  const slice = sliceAt(resource, path);
  if (!slice) return undefined;
  const { value, exactNumbers } = readStrictJson(resource.slice(slice.start, slice.end), { fhir: false });
  return exactOf(value, '', exactNumbers);
}

function exactOf(value: JsonValue | undefined, path: string, numbers: ReadonlyMap<string, string>): ExactValue | undefined {
  if (typeof value === 'number') return new Decimal(numbers.get(path) ?? String(value));
  if (Array.isArray(value))
    return value.flatMap((item, at) => {
      const exact = exactOf(item, `${path}[${at}]`, numbers);
      return exact === undefined ? [] : [exact];
    });
  if (!isJsonObject(value)) return value ?? undefined;
  const members = Object.entries(value).map(([name, member]) => {
    return [name, exactOf(member, path === '' ? name : `${path}.${name}`, numbers)] as const;
  });
  return Object.fromEntries(members);
}

const isList = (value: ExactValue): value is readonly ExactValue[] => Array.isArray(value);

/**
 * `text`, a JSON object, with these members at its top replaced, added, or (undefined) taken out; a path such as
 * `note[0].text` can be replaced where it exists. Every other byte stays: an amendment changes nothing that nobody touched.
 */
export function withMembers(text: string, changes: ExactObject): string {
  return Object.entries(changes).reduce((before, [name, value]) => {
    const slice = sliceAt(before, name);
    if (value === undefined) return slice ? withoutMember(before, name) : before;
    if (slice) return before.slice(0, slice.start) + exactJson(value, '  ') + before.slice(slice.end);
    const root = rootOf(before);
    const body = before.slice(0, root.end - 1).trimEnd();
    const separator = body.endsWith('{') ? '' : ',';
    return `${body}${separator}\n  ${JSON.stringify(name)}: ${exactJson(value, '  ')}\n}${before.slice(root.end)}`;
  }, text);
}

/** As `withMembers`, of the object that stands under `name`; without one there it is written. */
export function withinMember(text: string, name: string, changes: ExactObject): string {
  const slice = sliceAt(text, name);
  if (!slice) return withMembers(text, { [name]: changes });
  return text.slice(0, slice.start) + withMembers(text.slice(slice.start, slice.end), changes) + text.slice(slice.end);
}

function withoutMember(text: string, name: string): string {
  const root = rootOf(text);
  const kept = [...membersOf(text, root.start)].filter((member) => member.name !== name);
  const members = kept.map((member) => `  ${JSON.stringify(member.name)}: ${text.slice(member.start, member.end)}`);
  return `{\n${members.join(',\n')}\n}`;
}
