/** Which references a search may follow from a type, to bring along what they lead to or to choose by it (R4 search.html#include, #chaining). */
import { type Filter, filterOf, isDirectoryType, malformed, parametersOf, servedTypes } from './search-parameters.ts';

/** A parameter whose references an answer may follow. */
interface Link {
  readonly name: string;
  readonly paths: readonly string[];
  /** What it leads to; any type where none is listed. */
  readonly targets: readonly string[];
}

const link = (name: string, paths: string[], ...targets: string[]): Link => ({ name, paths, targets });
const STAFF = ['Practitioner', 'PractitionerRole', 'Organization'];
const MEDICATION_LINK = link('medication', ['medicationReference'], 'Medication');

const LINKS: Readonly<Record<string, readonly Link[]>> = {
  CarePlan: [link('goal', ['goal'], 'Goal'), link('condition', ['addresses'], 'Condition')],
  Condition: [link('asserter', ['asserter'], ...STAFF)],
  DiagnosticReport: [link('result', ['result'], 'Observation'), link('performer', ['performer'], ...STAFF)],
  DocumentReference: [link('author', ['author'], ...STAFF), link('custodian', ['custodian'], 'Organization')],
  Encounter: [
    link('diagnosis', ['diagnosis.condition'], 'Condition'),
    link('location', ['location.location'], 'Location'),
    link('participant', ['participant.individual'], ...STAFF),
    link('service-provider', ['serviceProvider'], 'Organization'),
  ],
  Immunization: [link('location', ['location'], 'Location'), link('performer', ['performer.actor'], ...STAFF)],
  MedicationAdministration: [MEDICATION_LINK],
  MedicationDispense: [MEDICATION_LINK, link('prescription', ['authorizingPrescription'], 'MedicationRequest')],
  MedicationRequest: [MEDICATION_LINK, link('requester', ['requester'], ...STAFF)],
  MedicationStatement: [MEDICATION_LINK],
  Observation: [
    link('derived-from', ['derivedFrom'], 'Observation'),
    link('has-member', ['hasMember'], 'Observation'),
    link('performer', ['performer'], ...STAFF),
  ],
  Patient: [
    link('general-practitioner', ['generalPractitioner'], ...STAFF),
    link('organization', ['managingOrganization'], 'Organization'),
  ],
  PractitionerRole: [
    link('location', ['location'], 'Location'),
    link('organization', ['organization'], 'Organization'),
    link('practitioner', ['practitioner'], 'Practitioner'),
  ],
  Procedure: [link('performer', ['performer.actor'], ...STAFF)],
  ServiceRequest: [link('performer', ['performer'], ...STAFF), link('requester', ['requester'], ...STAFF)],
};

/** What `_include` and `_revinclude` may follow from resources of a type. */
export function linksOf(type: string): readonly Link[] {
  const whose =
    type === 'Patient' || isDirectoryType(type)
      ? []
      : ['patient', 'subject'].map((name) => link(name, ['subject', 'patient'], 'Patient'));
  const visit = parametersOf(type).some(({ name }) => name === 'encounter')
    ? [link('encounter', ['encounter'], 'Encounter')]
    : [];
  return [...whose, ...visit, ...(Object.hasOwn(LINKS, type) ? (LINKS[type] as readonly Link[]) : [])];
}

/** What is to come along with what is found. */
export interface Include {
  /** Whose references are followed: those of what was found, or those that lead to it. */
  readonly isReverse: boolean;
  /** The type that has the references. */
  readonly source: string;
  readonly link: Link;
  /** Of this type alone; '' for any. */
  readonly target: string;
}

/** `Observation:encounter` or `Observation:performer:Practitioner`; undefined for what is not followed here. */
export function includeOf(name: string, value: string, type: string): Include | undefined {
  const [source = '', parameter = '', target = '', ...more] = value.split(':');
  const isReverse = name === '_revinclude';
  const followed = servedTypes.includes(source) ? linksOf(source).find((each) => each.name === parameter) : undefined;
  const leads =
    followed &&
    (followed.targets.length === 0 || followed.targets.includes(isReverse ? type : target || (followed.targets[0] as string)));
  if (!followed || !leads || more.length > 0 || (isReverse ? isDirectoryType(type) : source !== type)) return undefined;
  return { isReverse, source, link: followed, target };
}

/** What a reference has to lead to: `encounter.class=AMB`, `performer:Practitioner.name=frey`. */
export interface Chain {
  readonly link: Link;
  /** Types that it may lead to, with what one of them has to be. */
  readonly targets: ReadonlyMap<string, Filter>;
}

/**
 * Undefined for a name that is no chain.
 * @throws {Failure} `fhir-api.parameter-malformed`: a chain that is not followed would find something else than is meant.
 */
export function chainOf(type: string, name: string, value: string): Chain | undefined {
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const [first = '', target = ''] = name.slice(0, dot).split(':');
  const chained = name.slice(dot + 1);
  const link = linksOf(type).find((each) => each.name === first);
  const types = link?.targets.filter((each) => target === '' || each === target) ?? [];
  const targets = types.flatMap((each): [string, Filter][] => {
    const parameter = parametersOf(each).find((one) => one.name === chained.split(':', 1)[0]);
    return parameter ? [[each, filterOf(parameter, chained, value)]] : [];
  });
  if (link && targets.length > 0) return { link, targets: new Map(targets) };
  const followed = linksOf(type).map((each) => each.name);
  throw malformed(
    name,
    `a search for ${type} can name what these lead to, and nothing behind it: ${followed.join(', ') || 'none'}`,
  );
}

/** What in the same chart has to lead to what is found: `_has:Observation:encounter:code=718-7` (R4 search.html#has). */
export interface ReverseChain {
  /** The type that has the references. */
  readonly source: string;
  readonly link: Link;
  /** What one of them has to be. */
  readonly filter: Filter;
}

/**
 * Undefined for a name that is none.
 * @throws {Failure} `fhir-api.parameter-malformed`: one that is not followed would find something else than is meant.
 */
export function reverseChainOf(type: string, name: string, value: string): ReverseChain | undefined {
  const [has, source = '', by = '', ...rest] = name.split(':');
  if (has !== '_has') return undefined;
  if (type === 'Patient' || isDirectoryType(type))
    throw malformed(name, `it looks into one chart. Whom or what of ${type} many charts name, each chart is asked, or an export`);
  const chained = rest.join(':');
  const link = servedTypes.includes(source) ? linksOf(source).find((each) => each.name === by) : undefined;
  const leads = link && (link.targets.length === 0 || link.targets.includes(type));
  const parameter = leads ? parametersOf(source).find((each) => each.name === rest[0]) : undefined;
  if (link && parameter) return { source, link, filter: filterOf(parameter, chained, value) };
  throw malformed(
    name,
    `it is written _has:Type:reference:parameter, in one step, where _revinclude follows Type:reference to ${type}`,
  );
}
