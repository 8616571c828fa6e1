/** What changed between two versions of a resource, place by place; numbers compare and show as they were written. */
import { decimalAt } from '../fhir/json-cursor.ts';
import { isJsonObject, type JsonValue, readStrictJson } from '../fhir/strict-json.ts';

interface FieldDifference {
  /** `name[0].family`. */
  readonly path: string;
  /** The value as text; undefined where there was none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** More places than a person reads; the rest is one line that says so. */
const MOST_PLACES = 500;

/** @param before and `after`: JSON texts that were accepted when they were written. */
export function differenceOf(before: string, after: string): FieldDifference[] {
  const left = leavesOf(before);
  const right = leavesOf(after);
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  const changed = paths.filter((path) => left.get(path) !== right.get(path));
  return changed.slice(0, MOST_PLACES).map((path) => ({ path, before: left.get(path), after: right.get(path) }));
}

/** Every simple value of the text by its path. Lists are compared by place: FHIR's order has a meaning. */
function leavesOf(text: string): Map<string, string> {
  const { value, exactNumbers } = readStrictJson(text, { maxLength: text.length, fhir: false });
  const leaves = new Map<string, string>();
  const walk = (here: JsonValue | undefined, path: string): void => {
    if (Array.isArray(here)) for (const [index, item] of here.entries()) walk(item, `${path}[${index}]`);
    else if (isJsonObject(here))
      for (const [name, member] of Object.entries(here)) walk(member, path === '' ? name : `${path}.${name}`);
    else if (typeof here === 'number') leaves.set(path, exactNumbers.get(path) ?? decimalAt(text, path) ?? String(here));
    else leaves.set(path, String(here));
  };
  walk(value, '');
  return leaves;
}
