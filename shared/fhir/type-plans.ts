/**
 * The R4 type definitions, laid out for a single pass over a value: for each type, what each JSON name may hold. A plan
 * is made when its type is first met and kept.
 */
import { getDataType, type InternalSchemaElement, type InternalTypeSchema, parseFhirPath } from '@medplum/core';
import type { FhirDefinitions } from './definitions.ts';
import { type PrimitiveForm, primitiveForm } from './primitives.ts';

/** One of HL7's rules, read once. */
export type Rule = ReturnType<typeof parseFhirPath>;

export interface PropertyPlan {
  readonly name: string;
  /** FHIR type of one value: `string`, `Quantity`, `Resource`, `PatientContact` … */
  readonly type: string;
  /** The same as the definitions name it, which have no `id` for a resource's. */
  readonly declared: string;
  readonly array: boolean;
  /** The name of the choice (`value[x]`) of which only one may be present. */
  readonly choice: string | undefined;
  readonly form: PrimitiveForm | undefined;
  /** True where a whole resource stands: contained, Bundle entries, outcomes, parameters. */
  readonly holdsResource: boolean;
  /** Members of the required binding: plain codes for `code`, `system|code` for concepts. */
  readonly codes: ReadonlySet<string> | undefined;
  /** Types a reference may point to; undefined when any may. */
  readonly targets: ReadonlySet<string> | undefined;
  /** What HL7 demands of a value in this place. */
  readonly rules: readonly Rule[];
}

export interface TypePlan {
  readonly name: string;
  readonly properties: ReadonlyMap<string, PropertyPlan>;
  /** One entry for each element that must be there: the JSON names of which one must be present. */
  readonly required: readonly { readonly label: string; readonly names: readonly string[] }[];
  /** What HL7 demands of a resource of this type as a whole. */
  readonly rules: readonly Rule[];
}

export type PlanOf = (type: string) => TypePlan;

/** The library leaves out the first four; the others speak of contained resources alone, and whoever holds one is the library's. */
const SKIPPED = new Set(['ele-1', 'dom-3', 'org-1', 'sdf-19', 'dom-2', 'dom-4', 'dom-5']);
const parsed = new Map<string, Rule>();
const PROFILE = 'http://hl7.org/fhir/StructureDefinition/';

/** Plans by type name, made on demand from the indexed definitions. */
export function typePlans(definitions: FhirDefinitions): PlanOf {
  const plans = new Map<string, TypePlan>();
  return (type) => {
    let plan = plans.get(type);
    if (plan === undefined) {
      plan = makePlan(type, getDataType(type), definitions);
      plans.set(type, plan);
    }
    return plan;
  };
}

function makePlan(type: string, schema: InternalTypeSchema, definitions: FhirDefinitions): TypePlan {
  const properties = new Map<string, PropertyPlan>();
  const required: { label: string; names: string[] }[] = [];
  const isResource = definitions.resourceTypes.has(type);
  for (const [key, element] of Object.entries(schema.elements)) {
    if (key.includes('.')) continue;
    const choice = key.endsWith('[x]') ? key : undefined;
    const names: string[] = [];
    const rules = rulesOf(element.constraints);
    for (const { code, targetProfile } of element.type) {
      const name = choice === undefined ? key : key.slice(0, -3) + code.charAt(0).toUpperCase() + code.slice(1);
      const valueType = isResource && key === 'id' ? 'id' : code;
      properties.set(name, {
        name,
        type: valueType,
        declared: code,
        array: element.isArray === true,
        choice,
        form: primitiveForm(valueType),
        holdsResource: code === 'Resource' || definitions.resourceTypes.has(code),
        codes: boundCodes(element, valueType, definitions),
        targets: valueType === 'Reference' ? targetTypes(targetProfile) : undefined,
        rules,
      });
      names.push(name, `_${name}`);
    }
    if (element.min > 0) required.push({ label: key, names });
  }
  return { name: type, properties, required, rules: rulesOf(schema.constraints) };
}

/** Those whose breach is an error. */
function rulesOf(constraints: InternalSchemaElement['constraints'] = []): Rule[] {
  return constraints.flatMap(({ key, severity, expression }) =>
    severity === 'error' && !SKIPPED.has(key) ? [parsedOnce(expression)] : [],
  );
}

function parsedOnce(expression: string): Rule {
  const rule = parsed.get(expression) ?? parseFhirPath(expression);
  parsed.set(expression, rule);
  return rule;
}

function boundCodes(element: InternalSchemaElement, type: string, definitions: FhirDefinitions): ReadonlySet<string> | undefined {
  if (element.binding?.strength !== 'required' || element.binding.valueSet === undefined) return undefined;
  const members = definitions.members(element.binding.valueSet);
  if (members === undefined) return undefined;
  if (type === 'CodeableConcept' || type === 'Coding') return members;
  if (type !== 'code') return undefined;
  return new Set(Array.from(members, (member) => member.slice(member.indexOf('|') + 1)));
}

function targetTypes(profiles: readonly string[] | undefined): ReadonlySet<string> | undefined {
  if (profiles === undefined || profiles.length === 0) return undefined;
  const targets = new Set<string>();
  for (const profile of profiles) {
    if (!profile.startsWith(PROFILE) || profile === `${PROFILE}Resource`) return undefined;
    targets.add(profile.slice(PROFILE.length));
  }
  return targets;
}
