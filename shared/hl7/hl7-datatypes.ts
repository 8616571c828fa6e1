/** Data types of HL7 version 2 (CX, XPN, XTN, XAD, CWE) as those of FHIR R4. */
import type { Hl7Segment } from '@medplum/core';
import { codeSystem, NAME_USES } from './hl7-codes.ts';
import { component, repetitions } from './hl7-text.ts';

/** What becomes JSON. Fields that say nothing are left out by `present`. */
export interface Json {
  [field: string]: unknown;
}

/** Without fields that are undefined, '' or an empty list; undefined when nothing is left. */
export function present(fields: Json): Json | undefined {
  const kept = Object.entries(fields).filter(([, value]) => {
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** All repetitions of a field by `read`, those that say nothing left out. */
export function each<T>(segment: Hl7Segment, field: number, read: (repetition: number) => T | undefined): T[] {
  return Array.from({ length: repetitions(segment, field) }, (_, at) => read(at)).filter((value) => value !== undefined);
}

export interface Identifier extends Json {
  readonly value: string;
}

/** CX and EI: the assigning authority is a system only when it is unique in the world. */
export function identifierOf(segment: Hl7Segment, field: number, repetition = 0): Identifier | undefined {
  const value = component(segment, field, 1, repetition);
  if (value === '') return undefined;
  const isOrder = segment.name === 'OBR';
  const [namespace, universal, kind] = isOrder
    ? [2, 3, 4].map((part) => component(segment, field, part, repetition))
    : [0, 1, 2].map((subpart) => component(segment, field, 4, repetition, subpart));
  const code = isOrder ? '' : component(segment, field, 5, repetition);
  const type = code ? { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }] } : undefined;
  const system = kind === 'ISO' ? `urn:oid:${universal}` : kind === 'UUID' ? `urn:uuid:${universal?.toLowerCase()}` : undefined;
  const assigner = namespace ? { display: namespace } : undefined;
  return present({ type, system, value, assigner }) as Identifier;
}

/** XPN, or XCN whose name begins with the component `first`. */
export function personName(segment: Hl7Segment, field: number, first = 1, repetition = 0): (Json & { text: string }) | undefined {
  const part = (at: number): string => component(segment, field, first + at, repetition);
  const [family, given, further, suffix, prefix] = [0, 1, 2, 3, 4].map(part) as [string, string, string, string, string];
  const text = [prefix, given, further, family, suffix].filter(Boolean).join(' ');
  if (text === '') return undefined;
  const name = present({
    use: first === 1 ? NAME_USES[part(6)] : undefined,
    family,
    given: [given, ...further.split(' ')].filter(Boolean),
    prefix: prefix ? [prefix] : undefined,
    suffix: suffix ? [suffix] : undefined,
  });
  return { ...name, text };
}

/** XTN: a number or address of telecommunication. */
export function contactPoint(segment: Hl7Segment, field: number, use: string, repetition: number): Json | undefined {
  const kind = component(segment, field, 3, repetition);
  const email = component(segment, field, 4, repetition);
  if (kind === 'Internet' || kind === 'X.400') return email ? { system: 'email', value: email, use } : undefined;
  const parts = [5, 6, 7].map((part) => component(segment, field, part, repetition)).filter(Boolean);
  const value = component(segment, field, 12, repetition) || component(segment, field, 1, repetition) || parts.join(' ');
  if (value === '') return undefined;
  return { system: kind === 'FX' ? 'fax' : 'phone', value, use: kind === 'CP' ? 'mobile' : use };
}

/** XAD. */
export function address(segment: Hl7Segment, field: number, repetition: number): Json | undefined {
  const part = (at: number): string => component(segment, field, at, repetition);
  return present({
    line: [part(1), part(2)].filter(Boolean),
    city: part(3),
    state: part(4),
    postalCode: part(5),
    country: part(6),
  });
}

/** CWE, CE, CNE: up to two codings and a text. */
export function concept(segment: Hl7Segment, field: number, repetition = 0): Json | undefined {
  const coding = [1, 4].flatMap((first) => {
    const [code, display, system] = [0, 1, 2].map((at) => component(segment, field, first + at, repetition));
    const shown = present({ system: codeSystem(system ?? ''), code, display });
    return code && shown ? [shown] : [];
  });
  const text = component(segment, field, 9, repetition) || component(segment, field, 2, repetition);
  return present({ coding, text });
}
