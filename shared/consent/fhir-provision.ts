/**
 * Rules as FHIR R4 says them (http://hl7.org/fhir/R4/consent-definitions.html#Consent.provision), read and written without loss. What
 * cannot be enforced here stays in `beyond`: a permit with it permits nothing, a denial denies more. A list with one member that is
 * not understood goes there as a whole.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../fhir/strict-json.ts';
import { Failure } from '../outcome/failure.ts';
import { CATEGORY_SYSTEM, isCategory } from './category.ts';
import { type Party, type Provision, type TimeFrame, VERBS } from './provision.ts';
import { PURPOSE_SYSTEM, PURPOSES } from './purpose.ts';
import { CONFIDENTIALITY_SYSTEM, labelSystem, SENSITIVITY_SYSTEM } from './security-label.ts';

export const CHAIN_SYSTEM = 'urn:careledger:chain';
export const STAFF_SYSTEM = 'urn:careledger:staff';
const ROLE_SYSTEM = 'urn:careledger:role';
const RECORD_SYSTEM = 'urn:careledger:record';
const ACTION_SYSTEM = 'http://terminology.hl7.org/CodeSystem/consentaction';
const PARTICIPATION_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
/** Break the glass: only for an access in an emergency that is logged as one. */
const BREAK_THE_GLASS = 'BTG';

const PARTY_SYSTEMS: Readonly<Record<string, Party['kind']>> = {
  [CHAIN_SYSTEM]: 'clinic',
  [STAFF_SYSTEM]: 'person',
  [ROLE_SYSTEM]: 'role',
};
/** Who receives, and who wrote or keeps what is received. */
const READER_ROLES: ReadonlySet<string> = new Set(['IRCP', 'PRCP']);
const AUTHOR_ROLES: ReadonlySet<string> = new Set(['AUT', 'CST']);
const DEEPEST = 8;
const MOST_RULES = 200;

type Part = Partial<Omit<Provision, 'type' | 'provisions' | 'beyond'>>;

/** How each element is understood; undefined: not, or not in full. */
const ELEMENTS: Readonly<Record<string, (value: JsonValue) => Part | undefined>> = {
  period: (value) => named('period', frameOf(value)),
  dataPeriod: (value) => named('dataPeriod', frameOf(value)),
  actor: actorsOf,
  action: (value) =>
    named(
      'verbs',
      eachOf(value, (concept) => VERBS.find((verb) => verb === onlyCode(concept, ACTION_SYSTEM))),
    ),
  securityLabel: labelsOf,
  purpose: purposesOf,
  code: (value) => named('codes', eachOf(value, codeOf)),
  data: dataOf,
};

/**
 * Reads a rule and those inside it. @param notes gets the place of each element that is kept and not enforced
 * @throws {Failure} `consent.rule-refused` for a type that FHIR does not have, a modifier, or more than is read.
 */
export function readProvision(value: JsonValue | undefined, notes: string[], place = 'provision', depth = 0): Provision {
  if (!isJsonObject(value)) throw refused(`${place} is no object`);
  if (depth > DEEPEST || notes.length > MOST_RULES) throw refused(`${place} has rules inside rules beyond what is read`);
  const { type, provision = [], id: _, ...elements } = value;
  if (type !== undefined && type !== 'permit' && type !== 'deny') throw refused(`${place}.type is neither permit nor deny`);
  if (type === undefined) notes.push(`${place}.type`);
  if (Object.hasOwn(elements, 'modifierExtension')) throw refused(`${place}.modifierExtension changes what the rule means`);
  if (!Array.isArray(provision) || provision.length > MOST_RULES) throw refused(`${place}.provision is no list that can be read`);
  let read: Part = {};
  const beyond: Array<readonly [string, JsonValue]> = [];
  for (const [name, element] of Object.entries(elements)) {
    const part = element !== undefined && Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name]?.(element) : undefined;
    // What two elements say of the same thing would have to hold both ways: the second is not understood.
    if (part && Object.keys(part).every((key) => !Object.hasOwn(read, key))) read = { ...read, ...part };
    else {
      beyond.push([name, element as JsonValue]);
      notes.push(`${place}.${name}`);
    }
  }
  return {
    type,
    ...read,
    // By entries: an element that is called `__proto__` is kept as well, and is nobody's prototype.
    ...(beyond.length > 0 ? { beyond: Object.fromEntries(beyond) } : {}),
    provisions: provision.map((inner, at) => readProvision(inner, notes, `${place}.${at}`, depth + 1)),
  };
}

/** The rule as FHIR; `readProvision` reads the same rule from it. */
export function writeProvision(rule: Provision): JsonObject {
  const { type, period, readers, authors, verbs, categories, labels, purposes, emergencyOnly, codes, dataPeriod } = rule;
  const { encounters = [], records = [] } = rule;
  const actor = [...(readers ?? []).map((party) => actorFor('IRCP', party)), ...(authors ?? []).map((p) => actorFor('AUT', p))];
  const label = [
    ...(categories ?? []).map((code) => ({ system: CATEGORY_SYSTEM, code })),
    ...(labels ?? []).map((code) => ({ system: labelSystem(code), code })),
  ];
  const reason = emergencyOnly ? [BREAK_THE_GLASS] : (purposes ?? []);
  const data = [
    ...encounters.map((reference) => ({ meaning: 'related', reference: { reference } })),
    ...records.map((value) => ({ meaning: 'instance', reference: { identifier: { system: RECORD_SYSTEM, value } } })),
  ];
  return {
    ...(type ? { type } : {}),
    ...(period ? { period: writeFrame(period) } : {}),
    ...filled('actor', actor),
    ...filled(
      'action',
      (verbs ?? []).map((code) => concept(ACTION_SYSTEM, code)),
    ),
    ...filled('securityLabel', label),
    ...filled(
      'purpose',
      reason.map((code) => ({ system: PURPOSE_SYSTEM, code })),
    ),
    ...filled(
      'code',
      (codes ?? []).map((each) => concept(each.slice(0, each.lastIndexOf('|')), each.slice(each.lastIndexOf('|') + 1))),
    ),
    ...(dataPeriod ? { dataPeriod: writeFrame(dataPeriod) } : {}),
    ...filled('data', data),
    ...rule.beyond,
    ...filled('provision', rule.provisions.map(writeProvision)),
  };
}

const named = <K extends keyof Part>(key: K, value: Part[K]): Part | undefined =>
  value ? ({ [key]: value } as Part) : undefined;
const filled = (name: string, list: readonly JsonValue[]): JsonObject => (list.length > 0 ? { [name]: [...list] } : {});
const concept = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] });

/** All members understood, or undefined. */
function eachOf<T>(value: JsonValue, read: (member: JsonValue) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const members = value.map(read);
  return members.includes(undefined) ? undefined : (members as T[]);
}

/** The one code of a concept in this system, when it has nothing else. */
function onlyCode(value: JsonValue, system: string): string | undefined {
  const codings = isJsonObject(value) && Array.isArray(value.coding) ? value.coding : [];
  const [coding] = codings;
  if (codings.length !== 1 || !isJsonObject(coding) || coding.system !== system) return undefined;
  return typeof coding.code === 'string' ? coding.code : undefined;
}

function codeOf(value: JsonValue): string | undefined {
  const codings = isJsonObject(value) && Array.isArray(value.coding) ? value.coding : [];
  const [coding] = codings;
  if (codings.length !== 1 || !isJsonObject(coding)) return undefined;
  return typeof coding.system === 'string' && typeof coding.code === 'string' ? `${coding.system}|${coding.code}` : undefined;
}

function labelsOf(value: JsonValue): Part | undefined {
  const categories = eachOf(value, (coding) => {
    const isOurs = isJsonObject(coding) && coding.system === CATEGORY_SYSTEM && typeof coding.code === 'string';
    return isOurs && isCategory(coding.code as string) ? (coding.code as Provision['categories'] & string) : undefined;
  });
  if (categories) return { categories } as Part;
  const labels = eachOf(value, (coding) => {
    if (!isJsonObject(coding) || typeof coding.code !== 'string') return undefined;
    return coding.system === SENSITIVITY_SYSTEM || coding.system === CONFIDENTIALITY_SYSTEM ? coding.code : undefined;
  });
  return named('labels', labels);
}

function purposesOf(value: JsonValue): Part | undefined {
  const codes = eachOf(value, (coding) =>
    isJsonObject(coding) && coding.system === PURPOSE_SYSTEM && typeof coding.code === 'string' ? coding.code : undefined,
  );
  if (codes?.length === 1 && codes[0] === BREAK_THE_GLASS) return { emergencyOnly: true };
  const purposes = codes?.map((code) => PURPOSES.find((known) => known === code));
  return purposes?.includes(undefined) ? undefined : named('purposes', purposes as Provision['purposes'] & object);
}

function actorsOf(value: JsonValue): Part | undefined {
  const actors = eachOf(value, (actor) => {
    if (!isJsonObject(actor) || !isJsonObject(actor.role)) return undefined;
    const role = onlyCode(actor.role, PARTICIPATION_SYSTEM) ?? '';
    const party = partyOf(actor.reference);
    return party && (READER_ROLES.has(role) || AUTHOR_ROLES.has(role)) ? { role, party } : undefined;
  });
  if (!actors) return undefined;
  const readers = actors.filter(({ role }) => READER_ROLES.has(role)).map(({ party }) => party);
  const authors = actors.filter(({ role }) => AUTHOR_ROLES.has(role)).map(({ party }) => party);
  return { ...(readers.length > 0 ? { readers } : {}), ...(authors.length > 0 ? { authors } : {}) };
}

function partyOf(value: JsonValue | undefined): Party | undefined {
  if (!isJsonObject(value)) return undefined;
  const { identifier, reference, display } = value;
  if (isJsonObject(identifier) && typeof identifier.value === 'string') {
    const kind = PARTY_SYSTEMS[String(identifier.system)];
    if (kind) return { kind, id: identifier.value };
  }
  if (typeof reference !== 'string') return undefined;
  return { kind: 'foreign', id: reference, ...(typeof display === 'string' && display !== '' && { name: display }) };
}

const IDENTIFIED: Readonly<Record<Exclude<Party['kind'], 'foreign'>, string>> = {
  clinic: CHAIN_SYSTEM,
  person: STAFF_SYSTEM,
  role: ROLE_SYSTEM,
};

function actorFor(role: string, { kind, id, name }: Party): JsonObject {
  const reference: JsonObject =
    kind === 'foreign'
      ? { reference: id, ...(name && { display: name }) }
      : { identifier: { system: IDENTIFIED[kind], value: id } };
  return { role: concept(PARTICIPATION_SYSTEM, role), reference };
}

function dataOf(value: JsonValue): Part | undefined {
  const places = eachOf(value, (data) => {
    if (!isJsonObject(data) || !isJsonObject(data.reference)) return undefined;
    const { reference, identifier } = data.reference;
    if (data.meaning === 'related' && typeof reference === 'string' && reference.startsWith('Encounter/'))
      return { encounter: reference };
    const isRecord = isJsonObject(identifier) && identifier.system === RECORD_SYSTEM && typeof identifier.value === 'string';
    return data.meaning === 'instance' && isRecord ? { record: String(identifier.value) } : undefined;
  });
  if (!places) return undefined;
  const encounters = places.flatMap(({ encounter }) => encounter ?? []);
  const records = places.flatMap(({ record }) => record ?? []);
  // One of the list is enough, so what is named in two ways cannot be told apart from both at once.
  if (encounters.length > 0 && records.length > 0) return undefined;
  return encounters.length > 0 ? { encounters } : { records };
}

/** A FHIR Period; an end that is no moment is inclusive, as FHIR has it. */
function frameOf(value: JsonValue): TimeFrame | undefined {
  if (!isJsonObject(value)) return undefined;
  const [starts, ends] = [momentOf(value.start, 'begin'), momentOf(value.end, 'end')];
  return starts === undefined || ends === undefined ? undefined : { starts, ends };
}

const isOnCalendar = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day;
};

/** Milliseconds; 0 for none; undefined for what is no FHIR dateTime: that has a zone where it has a time. */
function momentOf(value: JsonValue | undefined, edge: 'begin' | 'end'): number | undefined {
  if (value === undefined) return 0;
  const parts = typeof value === 'string' ? /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(T.+)?$/.exec(value) : null;
  if (!parts) return undefined;
  const [, year, month, day, time] = parts;
  const [y, m, d] = [Number(year), month === undefined ? 0 : Number(month) - 1, day === undefined ? 1 : Number(day)];
  // A day that no calendar has would roll on into the next month, and a permit with it.
  if (!isOnCalendar(y, m, d)) return undefined;
  if (time !== undefined) {
    const moment = /^T\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/.test(time) ? Date.parse(value as string) : Number.NaN;
    return Number.isNaN(moment) ? undefined : moment;
  }
  const on = edge === 'end' ? 1 : 0;
  if (month === undefined) return Date.UTC(y + on, 0, 1);
  return day === undefined ? Date.UTC(y, m + on, 1) : Date.UTC(y, m, d + on);
}

const writeFrame = ({ starts, ends }: TimeFrame): JsonObject => ({
  ...(starts === 0 ? {} : { start: new Date(starts).toISOString() }),
  ...(ends === 0 ? {} : { end: new Date(ends).toISOString() }),
});

function refused(what: string): Failure {
  return new Failure(
    'consent.rule-refused',
    `This Consent cannot be kept as it is meant: ${what}. Record what the patient wants by hand.`,
    { details: { what } },
  );
}
