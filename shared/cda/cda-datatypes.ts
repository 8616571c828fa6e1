/** Data types of CDA R2 (II, CD, PQ, TS, IVL, EN, AD, TEL) as those of FHIR R4. */
import { type Json, present } from '../hl7/hl7-datatypes.ts';
import { momentOf, type ZoneOf } from '../hl7/hl7-text.ts';
import { Failure } from '../outcome/failure.ts';
import { absentReason, CONTACT_USES, NAME_USES, systemOf, TERMINOLOGY } from './cda-codes.ts';
import { all, at, attribute, elementsIn, plainText, type XmlElement } from './cda-xml.ts';

export interface CdaOptions {
  readonly zone: ZoneOf;
  /** A logical id, the same for the same text: up to 64 letters and digits. */
  readonly name: (text: string) => string;
  /** Whether this is a code of UCUM. */
  readonly knowsUnit: (unit: string) => boolean;
}

/** What data types need of the document that they stand in. */
export interface CdaReading extends CdaOptions {
  /** Parts of the narrative by their ID. */
  readonly parts: ReadonlyMap<string, XmlElement>;
}

/** The library's types do not know it yet; what it is given is written as it is. */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };
const DECIMAL = /^([+-]?)0*(\d{0,100})(?:\.(\d{0,100}))?$/;

const nullFlavor = (element: XmlElement | undefined): string => attribute(element, 'nullFlavor');

/** Whether an element says anything else than that something is not known. */
export const isSaid = (element: XmlElement | undefined): element is XmlElement =>
  element !== undefined && nullFlavor(element) === '';

export const coded = (system: string, code: string): Json => ({ coding: [{ system: `${TERMINOLOGY}${system}`, code }] });

/** II. An identifier without an extension is its root alone. */
export function identifierOf(element: XmlElement): (Json & { value: string }) | undefined {
  const [root, extension] = [attribute(element, 'root'), attribute(element, 'extension')];
  const system = systemOf(root);
  if (nullFlavor(element) !== '' || (extension === '' && system === '')) return undefined;
  const value = extension || (system.startsWith('urn:') ? system : `urn:oid:${root}`);
  const isAlone = extension === '';
  const assigner = attribute(element, 'assigningAuthorityName');
  return present({
    system: isAlone ? 'urn:ietf:rfc:3986' : system,
    value,
    assigner: assigner ? { display: assigner } : undefined,
  }) as Json & { value: string };
}

export const identifiersOf = (element: XmlElement): (Json & { value: string })[] =>
  all(element, 'id').flatMap((each) => identifierOf(each) ?? []);

/** CD, CE, CV, CS with their translations. A code that is not known keeps its words; without any it is undefined. */
export function concept(element: XmlElement | undefined, reading: CdaReading): Json | undefined {
  if (!element) return undefined;
  const coding = [element, ...all(element, 'translation')].flatMap((each) => codingOf(each) ?? []);
  const text = referred(at(element, 'originalText'), reading) || attribute(element, 'displayName');
  return present({ coding, text });
}

export function codingOf(element: XmlElement | undefined): Json | undefined {
  const code = attribute(element, 'code');
  if (code === '' || nullFlavor(element) !== '') return undefined;
  const version = attribute(element, 'codeSystemVersion');
  return present({
    system: systemOf(attribute(element, 'codeSystem')),
    version,
    code,
    display: attribute(element, 'displayName'),
  });
}

/** ED: its own words, or those of the narrative that it refers to. */
export function referred(element: XmlElement | undefined, { parts }: Pick<CdaReading, 'parts'>): string {
  if (!element) return '';
  const own = plainText(element);
  if (own !== '') return own;
  const id = attribute(at(element, 'reference'), 'value').replace(/^#/, '');
  return plainText(parts.get(id));
}

/** TS; '' where none is said. @throws {Failure} `hl7.moment`. */
export const moment = (element: XmlElement | undefined, { zone }: Pick<CdaReading, 'zone'>): string =>
  momentOf(attribute(element, 'value'), zone);

/** IVL_TS, or a TS, which is where it begins. */
export function period(element: XmlElement | undefined, reading: Pick<CdaReading, 'zone'>): { start: string; end: string } {
  const single = moment(element, reading);
  return single
    ? { start: single, end: '' }
    : { start: moment(at(element, 'low'), reading), end: moment(at(element, 'high'), reading) };
}

/** A `dateTime` where one moment is said, a `Period` where two are. @param name `effective`, `performed` … */
export function whenOf(name: string, element: XmlElement | undefined, reading: Pick<CdaReading, 'zone'>): Json {
  const { start, end } = period(element, reading);
  if (start !== '' && end === '') return { [`${name}DateTime`]: start };
  const both = present({ start, end });
  return both ? { [`${name}Period`]: both } : {};
}

/** A number as it is written, its zeros at the end included. @throws {Failure} `cda.number`. */
export function exactNumber(written: string): unknown {
  const [whole, sign, digits = '', rest] = DECIMAL.exec(written) ?? [];
  if (whole === undefined || !/\d/.test(written)) throw new Failure('cda.number', `“${written.slice(0, 40)}” is no number.`);
  return rawJSON(`${sign === '-' ? '-' : ''}${digits || '0'}${rest ? `.${rest}` : ''}`);
}

/** PQ, INT and REAL. A unit that UCUM does not have stays words. @throws {Failure} `cda.number`. */
export function quantity(element: XmlElement | undefined, { knowsUnit }: Pick<CdaReading, 'knowsUnit'>): Json | undefined {
  const written = attribute(element, 'value');
  if (written === '' || nullFlavor(element) !== '') return undefined;
  const unit = attribute(element, 'unit');
  const isCode = unit !== '' && unit !== '1' && knowsUnit(unit);
  const said = unit === '1' ? '' : unit;
  return present({
    value: exactNumber(written),
    unit: said,
    ...(isCode && { system: 'http://unitsofmeasure.org', code: unit }),
  });
}

/** The value of an observation, by its type; one that says nothing is not known. @throws {Failure} `cda.value-type`, `cda.number`, `cda.boolean`, `hl7.moment`. */
export function observedValue(element: XmlElement | undefined, reading: CdaReading): Json {
  if (!element) return {};
  const type = attribute(element, 'type').replace(/^.*:/, '');
  if (nullFlavor(element) !== '') {
    // “Other than these codes” often comes with what it is, in words.
    const words = type === 'CD' || type === 'CE' ? concept(element, reading) : undefined;
    return words
      ? { valueCodeableConcept: words }
      : { dataAbsentReason: coded('data-absent-reason', absentReason(nullFlavor(element))) };
  }
  return present(valueOfType(type, element, reading)) ?? { dataAbsentReason: coded('data-absent-reason', 'unknown') };
}

function valueOfType(type: string, element: XmlElement, reading: CdaReading): Json {
  switch (type) {
    case 'PQ':
    case 'REAL':
    case 'INT':
      return { valueQuantity: quantity(element, reading) };
    case 'IVL_PQ':
    case 'IVL_INT':
    case 'IVL_REAL':
      return interval(element, reading);
    case 'CD':
    case 'CE':
    case 'CV':
    case 'CS':
    case 'CO':
      return { valueCodeableConcept: concept(element, reading) };
    case 'ST':
    case 'ED':
      return { valueString: referred(element, reading) || undefined };
    case 'BL':
      return { valueBoolean: booleanIn(attribute(element, 'value')) };
    case 'TS':
      return { valueDateTime: moment(element, reading) };
    case 'IVL_TS':
      return { valuePeriod: present(period(element, reading)) };
    case 'RTO':
    case 'RTO_PQ_PQ':
      return {
        valueRatio: present({
          numerator: quantity(at(element, 'numerator'), reading),
          denominator: quantity(at(element, 'denominator'), reading),
        }),
      };
    default:
      throw new Failure(
        'cda.value-type',
        `A value of type ${type.slice(0, 40) || '(none)'} is not taken in. The document itself is kept.`,
      );
  }
}

/** BL. @throws {Failure} `cda.boolean`. */
function booleanIn(written: string): boolean | undefined {
  if (written === '') return undefined;
  if (written === 'true' || written === 'false') return written === 'true';
  throw new Failure('cda.boolean', `“${written.slice(0, 40)}” is neither true nor false.`);
}

/** One bound is a number with a comparator; two are a range; a middle alone is a number. */
function interval(element: XmlElement, reading: CdaReading): Json {
  const [low, high] = [at(element, 'low'), at(element, 'high')];
  const [from, to] = [quantity(low, reading), quantity(high, reading)];
  if (from && to) return { valueRange: { low: from, high: to } };
  const isInclusive = attribute(from ? low : high, 'inclusive') !== 'false';
  if (from) return { valueQuantity: { ...from, comparator: isInclusive ? '>=' : '>' } };
  if (to) return { valueQuantity: { ...to, comparator: isInclusive ? '<=' : '<' } };
  return { valueQuantity: quantity(at(element, 'center'), reading) };
}

/** PN and EN. */
export function humanName(element: XmlElement | undefined): (Json & { text: string }) | undefined {
  if (!isSaid(element)) return undefined;
  const parts = (name: string): string[] => all(element, name).filter(isSaid).map(plainText).filter(Boolean);
  const [prefix, given, family, suffix] = [parts('prefix'), parts('given'), parts('family'), parts('suffix')];
  const text = [...prefix, ...given, ...family, ...suffix].join(' ') || plainText(element);
  if (text === '') return undefined;
  const use = NAME_USES[attribute(element, 'use').split(' ')[0] ?? ''];
  return { ...present({ use, family: family.join(' '), given, prefix, suffix }), text };
}

/** AD. */
export function address(element: XmlElement): Json | undefined {
  if (!isSaid(element)) return undefined;
  const part = (...names: string[]): string =>
    elementsIn(element)
      .filter((each) => names.includes(each.name) && isSaid(each))
      .map(plainText)
      .join(' ');
  return present({
    line: elementsIn(element)
      .filter((each) => /^(?:streetAddressLine|streetName|houseNumber|additionalLocator)$/.test(each.name) && isSaid(each))
      .map(plainText)
      .filter(Boolean),
    city: part('city'),
    state: part('state'),
    postalCode: part('postalCode'),
    country: part('country'),
  });
}

/** TEL: an address with its scheme. */
export function contactPoint(element: XmlElement): Json | undefined {
  const written = attribute(element, 'value');
  if (written === '' || nullFlavor(element) !== '') return undefined;
  const [, scheme = 'tel', value = ''] = /^(?:(tel|fax|mailto|https?):)?(.*)$/is.exec(written) ?? [];
  const kind = scheme.toLowerCase();
  const system = kind === 'mailto' ? 'email' : kind === 'fax' ? 'fax' : kind.startsWith('http') ? 'url' : 'phone';
  const use = CONTACT_USES[attribute(element, 'use').split(' ')[0] ?? ''];
  return present({ system, value: system === 'url' ? written : value.trim(), use });
}

/** Who is named in a role: a person, else an organization, as words. */
export function namedIn(role: XmlElement | undefined): Json | undefined {
  const person = elementsIn(role).find(({ name }) => /^(?:assignedPerson|playingEntity|playingDevice)$/.test(name));
  const display =
    humanName(at(person, 'name'))?.text ??
    (plainText(at(role, 'representedOrganization', 'name')) ||
      plainText(at(role, 'representedCustodianOrganization', 'name')) ||
      plainText(at(role, 'assignedAuthoringDevice', 'softwareName')));
  return display ? { display } : undefined;
}
