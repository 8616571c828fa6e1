/**
 * Provisions: rules of a consent or a restriction in the pattern of FHIR R4 Consent.provision. What a provision names must all
 * hold (one of each list); a rule inside another is an exception to it. The order of rules side by side means nothing: a denial
 * among them wins. A type that is missing is never a permit.
 */
import type { FiledCategory, RecordCategory } from '../fhir/patient-compartment.ts';
import type { JsonObject } from '../fhir/strict-json.ts';
import type { Purpose } from './purpose.ts';
import { deniedWith } from './security-label.ts';

/** FHIR consentaction: read; change, or propose a change; pass on. */
export const VERBS = ['access', 'correct', 'disclose'] as const;
export type Verb = (typeof VERBS)[number];

/** Whom a rule names: a clinic (chain id) or a person (staff id) in hexadecimal, a role, or somebody unknown to the region. */
export interface Party {
  readonly kind: 'clinic' | 'person' | 'role' | 'foreign';
  readonly id: string;
  /** Of somebody unknown to the region, as their own system writes it. For people to read; decides nothing. */
  readonly name?: string;
}

/** Milliseconds since 1970; `ends` 0 = open end. */
export interface TimeFrame {
  readonly starts: number;
  readonly ends: number;
}

export interface Provision {
  /** Undefined: the rule says none. It then denies what it names. */
  readonly type: 'permit' | 'deny' | undefined;
  /** When the rule is in force. */
  readonly period?: TimeFrame;
  /** Who asks. */
  readonly readers?: readonly Party[];
  readonly purposes?: readonly Purpose[];
  readonly verbs?: readonly Verb[];
  /** Only for an access in an emergency that is logged as such ("break-glass"). */
  readonly emergencyOnly?: boolean;
  readonly categories?: readonly RecordCategory[];
  /** HL7 security label codes, such as SEX, PSY, R. */
  readonly labels?: readonly string[];
  /** Who wrote the record. */
  readonly authors?: readonly Party[];
  /** References as records write them: `Encounter/…`. */
  readonly encounters?: readonly string[];
  /** `system|code` of what the record is about. */
  readonly codes?: readonly string[];
  /** Record ids, hexadecimal. */
  readonly records?: readonly string[];
  /** When what the record tells of happened. */
  readonly dataPeriod?: TimeFrame;
  /** FHIR elements with which the rule says more than this program can enforce: a permit with them permits nothing, a denial denies without them. */
  readonly beyond?: JsonObject;
  readonly provisions: readonly Provision[];
}

/** One record as rules see it. */
export interface RecordFacts {
  /** Hexadecimal. */
  readonly record: string;
  readonly labels: readonly string[];
  /** Staff id and chain id of who wrote it, hexadecimal. */
  readonly author: string;
  readonly authorClinic: string;
  /** Milliseconds. */
  readonly written: number;
  readonly encounter: string | undefined;
  /** `system|code`, '' for none. */
  readonly code: string;
  /** Milliseconds; undefined when the record does not say. */
  readonly happened: number | undefined;
}

export interface Facts {
  readonly clinic: string;
  readonly person: string;
  readonly role: string;
  readonly purpose: Purpose;
  readonly verb: Verb;
  readonly isEmergency: boolean;
  readonly category: FiledCategory;
  /** Undefined asks about the category: whether any record of it could be open. */
  readonly record: RecordFacts | undefined;
  /** Milliseconds: the later of the local clock and the newest witnessed checkpoint. */
  readonly time: number;
}

/** What a rule says of a question, and which one: its place from the top, `provision.1.0`. */
interface Ruling {
  readonly effect: 'permit' | 'deny';
  readonly place: string;
}

/** What a tree of rules says of a record, or of the category; undefined when it does not reach it. */
type BoundRule = (record: RecordFacts | undefined) => Ruling | undefined;

/**
 * A tree of rules for one question about whatever record: who, when and what for are settled, and what it says of records is left, as
 * one function that is quickly asked of many. Undefined when the tree reaches no record. Asked about a category, what a rule says of
 * single records may hold or not: it counts for a permit and not for a denial, so that the answer is open when some record could be.
 */
export function boundTo(facts: Omit<Facts, 'record'>, rule: Provision, place = 'provision'): BoundRule | undefined {
  if (!reachesQuestion(rule, facts)) return undefined;
  const test = recordTest(rule);
  const own: Ruling = { effect: rule.type === 'permit' ? 'permit' : 'deny', place };
  const inner = rule.provisions.flatMap((each, at) => boundTo(facts, each, `${place}.${at}`) ?? []);
  if (inner.length === 0) return test ? (record) => (holds(test, record, own) ? own : undefined) : () => own;
  return (record) => {
    if (test && record && !test(record)) return undefined;
    const mayHold = test !== undefined && record === undefined;
    let permit: Ruling | undefined;
    for (const each of inner) {
      const ruling = each(record);
      if (ruling?.effect === 'deny') return mayHold ? undefined : ruling;
      permit ??= ruling;
    }
    return permit ?? (own.effect === 'deny' && mayHold ? undefined : own);
  };
}

type RecordTest = (record: RecordFacts) => boolean;

const holds = (test: RecordTest, record: RecordFacts | undefined, { effect }: Ruling): boolean =>
  record ? test(record) : effect === 'permit';

function reachesQuestion(rule: Provision, facts: Omit<Facts, 'record'>): boolean {
  const permits = rule.type === 'permit';
  // What cannot be told decides for the stricter side.
  if (permits && rule.beyond) return false;
  if (rule.period && !within(rule.period, facts.time)) return false;
  if (rule.purposes && !rule.purposes.includes(facts.purpose)) return false;
  if (rule.verbs && !rule.verbs.includes(facts.verb)) return false;
  if (rule.emergencyOnly && !facts.isEmergency) return false;
  if (rule.categories && !rule.categories.some((category) => category === facts.category)) return false;
  return !rule.readers || names(rule.readers, [facts.clinic, facts.person, facts.role], !permits);
}

/** What a rule says of single records, as one question that is quickly asked of many. */
function recordTest(rule: Provision): RecordTest | undefined {
  const permits = rule.type === 'permit';
  const { labels, authors, encounters, codes, records, dataPeriod } = rule;
  const tests: RecordTest[] = [];
  const reached = labels && (permits ? labels : deniedWith(labels));
  if (reached) tests.push((record) => record.labels.some((label) => reached.includes(label)));
  if (authors) tests.push(({ authorClinic, author }) => names(authors, [authorClinic, author], !permits));
  if (encounters) tests.push(({ encounter }) => encounter !== undefined && encounters.includes(encounter));
  if (codes) tests.push(({ code }) => codes.includes(code));
  if (records) tests.push(({ record }) => records.includes(record));
  if (dataPeriod) tests.push(({ happened }) => (happened === undefined ? !permits : within(dataPeriod, happened)));
  const [only] = tests;
  return tests.length < 2 ? only : (record) => tests.every((test) => test(record));
}

const within = ({ starts, ends }: TimeFrame, time: number): boolean => time >= starts && (ends === 0 || time < ends);

const names = (parties: readonly Party[], ids: readonly string[], foreign: boolean): boolean =>
  parties.some(({ kind, id }) => (kind === 'foreign' ? foreign : ids.includes(id)));

/** The next time after `time` at which a period in these rules begins or ends: until then a ruling stays as it is. */
export function standsUntil(provisions: Iterable<Provision>, time: number): number {
  let until = Number.POSITIVE_INFINITY;
  for (const { period, provisions: inner } of provisions) {
    for (const edge of period ? [period.starts, period.ends] : []) if (edge > time && edge < until) until = edge;
    until = Math.min(until, standsUntil(inner, time));
  }
  return until;
}
