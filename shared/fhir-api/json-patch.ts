/**
 * JSON Patch (RFC 6902) on the text of a resource. The operations are the library's; numbers pass through them as they are written, so that
 * `1.500` stays `1.500`, and a `test` compares them so: FHIR's decimals are no others with the same value.
 */
import { applyPatch, type Operation, Pointer } from 'rfc6902';
import { isJsonObject, type JsonValue, readStrictJson } from '../fhir/strict-json.ts';
import { Failure } from '../outcome/failure.ts';

const MOST_OPERATIONS = 1_000;
/** Characters that all copies of a patch have together: a copy of a copy of the whole would grow without end. */
const MOST_COPIED = 1024 * 1024;
/** No text of FHIR has this character: behind it stands a number as it was written. */
const NUMBER = '\u0000';
/** The library's types do not know these yet. */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };
type Reviver = (this: unknown, key: string, value: unknown, context: { source: string }) => unknown;

/**
 * @param text a resource that the strict reader has accepted @param patch as it came
 * @throws {Failure} `fhir.json-…`, `fhir-api.patch`, `fhir-api.patch-test`.
 */
export function patched(text: string, patch: string): string {
  const { value } = readStrictJson(patch, { fhir: false });
  const operations = Array.isArray(value) ? value.map((each, index) => operationIn(each, index)) : [];
  if (operations.length === 0 || operations.length > MOST_OPERATIONS)
    throw new Failure('fhir-api.patch', `A JSON Patch is a list of 1 to ${MOST_OPERATIONS} operations.`);
  // An operation may put something in the place of the whole: it is held by one name.
  const holder = { resource: withTexts(text) };
  const inHolder = (withTexts(patch) as Operation[]).map((each) => ({
    ...each,
    path: `/resource${each.path}`,
    ...('from' in each && { from: `/resource${each.from}` }),
  }));
  let copied = 0;
  for (const [index, operation] of inHolder.entries()) {
    if (![operation.path, ...('from' in operation ? [operation.from] : [])].every((place) => isPlaceIn(holder, place ?? '')))
      throw refusedAt(index, 'fhir-api.patch', 'in a list a place is its number, or “-” for its end');
    if (operation.op === 'copy') copied += lengthAt(holder, operation.from);
    if (copied > MOST_COPIED) throw refusedAt(index, 'fhir-api.patch', 'this patch copies too much');
    const [problem] = applyPatch(holder, [operation as Operation]);
    if (problem)
      throw refusedAt(
        index,
        operation.op === 'test' ? 'fhir-api.patch-test' : 'fhir-api.patch',
        `${operation.op} finds no such place or value`,
      );
  }
  const made: unknown = holder.resource;
  if (typeof made !== 'object' || made === null || Array.isArray(made))
    throw new Failure('fhir-api.patch', 'What this patch would leave is no resource. Nothing was changed.');
  return JSON.stringify(made, (_, each) => (isNumber(each) ? rawJSON(each.slice(1)) : each));
}

/** RFC 6901, section 4: the library would take “length” of a list as well. */
function isPlaceIn(holder: object, pointer: string): boolean {
  const { parent, key } = Pointer.fromJSON(pointer).evaluate(holder) as { parent: unknown; key: string };
  return !Array.isArray(parent) || /^(?:0|[1-9]\d*|-)$/.test(key);
}

const lengthAt = (holder: object, pointer: string): number =>
  JSON.stringify(Pointer.fromJSON(pointer).get(holder) ?? null).length;

const isNumber = (value: unknown): value is string => typeof value === 'string' && value.startsWith(NUMBER);

/** JSON whose numbers are texts. */
function withTexts(text: string): unknown {
  const revive: Reviver = (_, value, { source }) => {
    if (typeof value === 'number') return NUMBER + source;
    if (isNumber(value)) throw new Failure('fhir-api.patch', 'A text in here begins with a character that FHIR does not have.');
    return value;
  };
  return JSON.parse(text, revive as Parameters<typeof JSON.parse>[1]);
}

function operationIn(value: JsonValue, index: number): JsonValue {
  if (!isJsonObject(value)) throw refusedAt(index, 'fhir-api.patch', 'it is no object');
  const { op, path, from } = value;
  if (typeof op !== 'string' || !/^(?:add|remove|replace|move|copy|test)$/.test(op))
    throw refusedAt(index, 'fhir-api.patch', '“op” is one of add, remove, replace, move, copy and test');
  if (!isPointer(path) || ((op === 'move' || op === 'copy') && !isPointer(from)))
    throw refusedAt(
      index,
      'fhir-api.patch',
      '“path”, and “from” where something is moved, are JSON Pointers, such as /name/0/family',
    );
  if (/^(?:add|replace|test)$/.test(op) && !Object.hasOwn(value, 'value'))
    throw refusedAt(index, 'fhir-api.patch', `${op} needs a value`);
  return value;
}

const isPointer = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' &&
  /^(?:\/(?:[^~/]|~[01])*)*$/.test(value) &&
  !/(?:^|\/)(?:__proto__|constructor|prototype)(?:\/|$)/.test(value);

function refusedAt(index: number, code: string, why: string): Failure {
  return new Failure(code, `Operation ${index + 1} of this patch cannot be done: ${why}. Nothing was changed.`);
}
