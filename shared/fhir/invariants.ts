/**
 * HL7's rules over what a resource holds, by the library's own FHIRPath. The library visits every element that a type could have; this
 * visits those that are there, at a fifth of the cost. It only ever says "nothing to find here": whatever it does not know for certain
 * goes to the library, whose verdict and words then count.
 */
import { evalFhirPathTyped, isValidCalendarDate, type TypedValue, toTypedValue, validationRegexes } from '@medplum/core';
import { isJsonObject, type JsonObject, type JsonValue } from './strict-json.ts';
import type { PlanOf, PropertyPlan, Rule } from './type-plans.ts';

const LONGEST_TEXT = 1024 * 1024;
const UCUM = { type: 'string', value: 'http://unitsofmeasure.org' };

/** The resource under way, as HL7's rules name it. */
type Variables = Record<string, TypedValue>;

/**
 * True when @medplum/core's `validateResource` would find no error in a resource that the first pass has let through.
 * @param largestAttachment in bytes, as the library is told
 */
export function invariantsHold(resource: JsonObject, planOf: PlanOf, largestAttachment: number): boolean {
  const root = toTypedValue(resource);
  const variables = { '%context': root, '%ucum': UCUM, '%resource': root, '%rootResource': root };
  const { rules } = planOf(resource.resourceType as string);
  try {
    return allTrue(rules, root, variables) && objectPasses(resource, resource.resourceType as string, variables);
  } catch {
    return false; // a rule that cannot be worked out: the library says what it makes of it
  }

  function objectPasses(object: JsonObject, type: string, variables: Variables): boolean {
    const { properties } = planOf(type);
    for (const key of Object.keys(object)) {
      if (key === 'resourceType' && object === resource) continue;
      const property = properties.get(key);
      // Resources within and extensions of primitive values (`_birthDate`) are rare, and change what a rule sees.
      if (property === undefined || property.holdsResource) return false;
      const held = object[key] as JsonValue;
      for (const value of Array.isArray(held) ? held : [held]) if (!valuePasses(value, property, variables)) return false;
    }
    return true;
  }

  function valuePasses(value: JsonValue, property: PropertyPlan, variables: Variables): boolean {
    const { declared, rules } = property;
    if (rules.length > 0 && !allTrue(rules, { type: declared, value }, variables)) return false;
    if (property.form === undefined) return isJsonObject(value) && objectPasses(value, declared, variables);
    if (declared === 'base64Binary') return (value as string).length <= largestAttachment;
    return typeof value === 'string' ? textPasses(value, declared) : value !== null;
  }
}

function allTrue(rules: readonly Rule[], value: TypedValue, variables: Variables): boolean {
  if (rules.length === 0) return true;
  const context = { ...variables, '%context': value };
  return rules.every((rule) => {
    const found = evalFhirPathTyped(rule, [value], context);
    return found.length === 1 && found[0]?.value === true;
  });
}

function textPasses(text: string, type: string): boolean {
  if (text.length > LONGEST_TEXT || !/\S/.test(text)) return false;
  const form = validationRegexes[type];
  if (form !== undefined && !form.test(text)) return false;
  return (type !== 'date' && type !== 'dateTime' && type !== 'instant') || isValidCalendarDate(text);
}
