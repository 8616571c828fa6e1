/**
 * Two versions of a resource that grew from one: compared and merged element by element. An element is taken whole from one
 * side, so that a value never gets the unit of another; its text stays as it was written.
 */
import { membersOf, rootOf } from '../fhir/json-cursor.ts';
import { differenceOf } from './difference.ts';
import { isSafetyElement } from './safety-facts.ts';

export interface ElementDifference {
  /** A top-level element: `valueQuantity`; choices are one element: `value[x]`. */
  readonly element: string;
  /** JSON text of each side; undefined where the element is absent. */
  readonly base: string | undefined;
  readonly current: string | undefined;
  readonly late: string | undefined;
  /** Which side changed it since the version that both grew from; `both` also when that version is not known. */
  readonly changedBy: 'current' | 'late' | 'both';
  /** Whether a wrong choice endangers the patient: a person must choose, nothing is proposed. */
  readonly safety: boolean;
}

/** Elements whose name carries the type of their value (FHIR R4, 2.6.1.5): one at most may be there. */
const CHOICE =
  /^(abatement|asNeeded|content|deceased|diagnosis|dose|effective|entity|item|location|medication|multipleBirth|occurrence|onset|performed|product|rate|serviced|timing|value)[A-Z]/;
/** What identifies the record is the same on both sides and never chosen. */
const FIXED: ReadonlySet<string> = new Set(['resourceType', 'id']);

/** The members of each element: `birthDate` with its `_birthDate`, the variants of a choice. */
type Elements = Map<string, Array<{ readonly name: string; readonly text: string }>>;

/** @param base the version that both grew from. All are JSON texts that were accepted when they were written. */
export function compareVersions(base: string | undefined, current: string, late: string): ElementDifference[] {
  const sides = { base: base === undefined ? undefined : elementsOf(base), current: elementsOf(current), late: elementsOf(late) };
  const resourceType = sides.current.get('resourceType')?.[0]?.text.slice(1, -1) ?? '';
  const names = new Set([...sides.current.keys(), ...sides.late.keys()]);
  const differences: ElementDifference[] = [];
  for (const element of names) {
    const [ours, theirs] = [textOf(sides.current, element), textOf(sides.late, element)];
    if (FIXED.has(element) || same(ours, theirs)) continue;
    const before = sides.base && textOf(sides.base, element);
    const changedBy = !sides.base ? 'both' : same(before, ours) ? 'late' : same(before, theirs) ? 'current' : 'both';
    const safety = isSafetyElement(resourceType, element);
    differences.push({ element, base: before, current: ours, late: theirs, changedBy, safety });
  }
  return differences;
}

/** The current version with the elements named taken from the late one, as text. */
export function mergeVersions(current: string, late: string, fromLate: ReadonlySet<string>): string {
  const ours = elementsOf(current);
  const theirs = elementsOf(late);
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  const members = names.flatMap((element) => (fromLate.has(element) ? theirs : ours).get(element) ?? []);
  return `{${members.map(({ name, text }) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function elementsOf(text: string): Elements {
  const elements: Elements = new Map();
  for (const { name, start, end } of membersOf(text, rootOf(text).start)) {
    const plain = name.startsWith('_') ? name.slice(1) : name;
    const choice = CHOICE.exec(plain)?.[1];
    const element = choice === undefined ? plain : `${choice}[x]`;
    const members = elements.get(element) ?? [];
    members.push({ name, text: text.slice(start, end) });
    elements.set(element, members);
  }
  return elements;
}

/** The text of an element; where it has several members, or is a choice, as an object of them. */
function textOf(elements: Elements, element: string): string | undefined {
  const members = elements.get(element);
  const [only] = members ?? [];
  if (!members || !only) return undefined;
  if (members.length === 1 && only.name === element) return only.text;
  return `{${members.map(({ name, text }) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

function same(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one === other || differenceOf(`{"element":${one}}`, `{"element":${other}}`).length === 0;
}
