/**
 * Judges one FHIR R4 resource. Our own pass comes first: it is quick, stops at nothing, and knows the required codes, the
 * forms of primitive values, the choices and the narratives. What it passes goes to @medplum/core, which knows HL7's
 * invariants, unless they hold for certain (./invariants.ts). Errors refuse a resource; warnings are kept beside it.
 */
import { OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import type { FhirDefinitions } from './definitions.ts';
import { invariantsHold } from './invariants.ts';
import { type ExactNumbers, pathText } from './json-scanner.ts';
import { isActiveAddress, narrativeFault } from './narrative.ts';
import { fitsForm, type PrimitiveForm } from './primitives.ts';
import { parseReference } from './references.ts';
import { isJsonObject, type JsonObject, type JsonValue, MAX_DEPTH } from './strict-json.ts';
import { type PlanOf, type PropertyPlan, type TypePlan, typePlans } from './type-plans.ts';

export interface Issue {
  /** `fhir.bad-code`, stable. */
  readonly code: string;
  /** Where: `Patient.name[0].family`. */
  readonly path: string;
  /** A sentence without any value of the record. */
  readonly message: string;
}

export interface CheckResult {
  readonly errors: readonly Issue[];
  readonly warnings: readonly Issue[];
}

/** `exactNumbers` comes from the strict reader; without it `1.0` passes for the integer 1. */
export type CheckResource = (value: unknown, exactNumbers?: ExactNumbers) => CheckResult;

const MOST_ISSUES = 50;
const LARGEST_ATTACHMENT = 16 * 1024 * 1024;
const NOTHING: ExactNumbers = new Map();

/** A checker over the definitions; its plans are made type by type and kept. */
export function resourceChecker(definitions: FhirDefinitions): CheckResource {
  const planOf = typePlans(definitions);
  return (value, exactNumbers = NOTHING) => {
    const pass = new Pass(definitions, planOf, exactNumbers);
    pass.resource(value);
    if (pass.errors.length === 0 && !invariantsHold(value as JsonObject, planOf, LARGEST_ATTACHMENT))
      askLibrary(value as Resource, pass);
    return { errors: pass.errors, warnings: pass.warnings };
  };
}

/** The library's errors become ours. Its warnings are dropped: they doubt every urn:uuid, and the first pass has its own. */
function askLibrary(resource: Resource, pass: Pass): void {
  try {
    validateResource(resource, { base64BinaryMaxBytes: LARGEST_ATTACHMENT });
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) {
      // The library stumbled; the first pass stands, and one odd resource must not stop an import.
      pass.add({
        code: 'fhir.invariant-unchecked',
        path: resource.resourceType,
        message: 'HL7’s rules could not be worked out here.',
      });
      return;
    }
    for (const issue of error.outcome.issue ?? []) {
      // The library refuses white space in base64, which R4 allows; our own form has already judged it.
      if (issue.severity === 'error' && issue.details?.text !== 'Invalid base64Binary format') pass.add(libraryIssue(issue));
    }
  }
}

function libraryIssue(issue: OperationOutcomeIssue): Issue {
  const message = issue.details?.text ?? 'The validator refused this place.';
  const path = issue.expression?.[0] ?? '';
  if (issue.code === 'processing')
    return { code: 'fhir.invariant-unchecked', path, message: 'One of HL7’s rules could not be worked out here.' };
  return {
    code: issue.code === 'invariant' || message.startsWith('Constraint ') ? 'fhir.invariant' : 'fhir.structure',
    path,
    message,
  };
}

class Pass {
  readonly errors: Issue[] = [];
  readonly warnings: Issue[] = [];
  readonly #definitions: FhirDefinitions;
  readonly #planOf: PlanOf;
  readonly #exactNumbers: ExactNumbers;
  readonly #trail: (string | number)[] = [];
  #rootType = '';
  #depth = 0;
  /** The resource under way whose contained resources a local reference may name. */
  #holder: JsonObject | undefined;

  constructor(definitions: FhirDefinitions, planOf: PlanOf, exactNumbers: ExactNumbers) {
    this.#definitions = definitions;
    this.#planOf = planOf;
    this.#exactNumbers = exactNumbers;
  }

  add(issue: Issue): void {
    const list = issue.code === 'fhir.invariant-unchecked' ? this.warnings : this.errors;
    if (list.length < MOST_ISSUES) list.push(issue);
  }

  #here(): string {
    return pathText(this.#rootType === '' ? this.#trail : [this.#rootType, ...this.#trail]);
  }

  #error(code: string, message: string): void {
    if (this.errors.length < MOST_ISSUES) this.errors.push({ code: `fhir.${code}`, path: this.#here(), message });
  }

  #warn(code: string, message: string): void {
    if (this.warnings.length < MOST_ISSUES) this.warnings.push({ code: `fhir.${code}`, path: this.#here(), message });
  }

  #errorAt(step: string, code: string, message: string): void {
    this.#trail.push(step);
    this.#error(code, message);
    this.#trail.pop();
  }

  resource(value: unknown): void {
    const type = isJsonObject(value) ? value.resourceType : undefined;
    if (!isJsonObject(value)) this.#error('wrong-type', 'A resource is an object.');
    else if (typeof type !== 'string') {
      this.#error('no-resource-type', 'There is no resourceType: this is not a FHIR resource.');
    } else if (!this.#definitions.resourceTypes.has(type)) {
      this.#errorAt('resourceType', 'unknown-type', 'FHIR R4 has no such resource type.');
    } else {
      if (this.#trail.length === 0) this.#rootType = type;
      const outer = this.#holder;
      if (this.#trail.at(-2) !== 'contained') this.#holder = value;
      if (this.#depth < MAX_DEPTH) this.#object(value, this.#planOf(type), true);
      else this.#error('too-deep', 'Values lie inside each other too deep.');
      this.#holder = outer;
    }
  }

  #object(value: JsonObject, plan: TypePlan, isResource: boolean): void {
    this.#depth++;
    let choices: Map<string, string> | undefined;
    let empty = true;
    for (const key of Object.keys(value)) {
      if (isResource && key === 'resourceType') continue;
      empty = false;
      const extended = key.startsWith('_');
      const property = plan.properties.get(extended ? key.slice(1) : key);
      this.#trail.push(key);
      if (property === undefined || (extended && property.form === undefined)) {
        this.#error('unknown-property', `FHIR R4 does not define this name for ${plan.name}.`);
      } else {
        if (property.choice !== undefined) {
          choices ??= new Map();
          const other = choices.get(property.choice);
          if (other !== undefined && other !== property.name)
            this.#error('choice', `Only one form of ${property.choice} may be present.`);
          choices.set(property.choice, property.name);
        }
        this.#property(value[key] as JsonValue, property, extended, extended ? undefined : value[`_${key}`]);
      }
      this.#trail.pop();
    }
    if (empty && !isResource) this.#error('empty', 'FHIR allows no empty object.');
    for (const { label, names } of plan.required) {
      if (!names.some((name) => value[name] !== undefined))
        this.#errorAt(label, 'missing', 'This element is required and missing.');
    }
    this.#typeRules(value, plan.name);
    this.#depth--;
  }

  #property(value: JsonValue, property: PropertyPlan, extended: boolean, partner: JsonValue | undefined): void {
    if (!property.array) {
      if (Array.isArray(value)) this.#error('not-a-list', 'One value belongs here, not a list.');
      else this.#one(value, property, extended);
    } else if (!Array.isArray(value)) this.#error('list-wanted', 'This element repeats, so a list belongs here.');
    else if (value.length === 0) this.#error('empty', 'FHIR allows no empty list.');
    else this.#items(value, property, extended, partner);
  }

  #items(values: readonly JsonValue[], property: PropertyPlan, extended: boolean, partner: JsonValue | undefined): void {
    for (let index = 0; index < values.length; index++) {
      const item = values[index] as JsonValue;
      this.#trail.push(index);
      if (item !== null) this.#one(item, property, extended);
      else if (!extended && !(Array.isArray(partner) && isJsonObject(partner[index]))) {
        this.#error('null', 'Null may only hold the place of a value that has an extension beside it.');
      }
      this.#trail.pop();
    }
  }

  #one(value: JsonValue, property: PropertyPlan, extended: boolean): void {
    if (property.form !== undefined && !extended) this.#primitive(value, property.form, property);
    else if (!isJsonObject(value)) this.#error('wrong-type', 'An object belongs here.');
    else if (property.holdsResource) this.resource(value);
    else if (this.#depth >= MAX_DEPTH) this.#error('too-deep', 'Values lie inside each other too deep.');
    else if (extended) this.#object(value, this.#planOf('Element'), false);
    else {
      this.#object(value, this.#planOf(property.type), false);
      if (property.type === 'Reference') this.#reference(value, property.targets);
      else if (property.codes !== undefined) this.#concept(value, property);
    }
  }

  #primitive(value: JsonValue, form: PrimitiveForm, property: PropertyPlan): void {
    const literal = form.whole && this.#exactNumbers.size > 0 ? this.#exactNumbers.get(pathText(this.#trail)) : undefined;
    if (!fitsForm(form, value, literal)) {
      this.#error(typeof value === form.json ? 'bad-value' : 'wrong-type', `FHIR wants ${form.wanted} here (${property.type}).`);
    } else if (property.codes !== undefined && !property.codes.has(value as string)) {
      this.#error('bad-code', `The code is not one of those that FHIR requires here${listed(property.codes)}.`);
    } else if (property.type === 'xhtml') this.#narrative(value as string);
    else if ((property.type === 'uri' || property.type === 'url') && isActiveAddress(value as string)) {
      this.#error('active-content', 'This address would run something when it is opened.');
    }
  }

  #narrative(div: string): void {
    const fault = narrativeFault(div);
    if (fault?.active) this.#error('active-content', `A narrative may not hold active content; this one holds ${fault.what}.`);
    else if (fault !== undefined) this.#warn('narrative', `The narrative holds ${fault.what}.`);
    if (!/^\s*<(?:[A-Za-z][A-Za-z0-9]*:)?div[\s>/]/.test(div)) this.#warn('narrative', 'A narrative is one div element.');
  }

  /** A required binding of a concept: one of its codings is a member. */
  #concept(value: JsonObject, property: PropertyPlan): void {
    const codings = property.type === 'Coding' ? [value] : Array.isArray(value.coding) ? value.coding : [];
    const codes = property.codes as ReadonlySet<string>;
    if (codings.some((coding) => isJsonObject(coding) && codes.has(`${coding.system}|${coding.code}`))) return;
    if (codings.length === 0) this.#warn('uncoded', 'FHIR requires a code here, not words alone.');
    else this.#error('bad-code', 'None of the codings is one of those that FHIR requires here.');
  }

  #reference(value: JsonObject, targets: ReadonlySet<string> | undefined): void {
    if (typeof value.reference !== 'string') return;
    const { kind, type, id } = parseReference(value.reference);
    if (kind === 'contained') this.#local(id ?? '');
    else if (kind === 'other') this.#warn('reference-form', 'This reference has none of the forms that FHIR knows.');
    else if (type !== undefined && !this.#definitions.resourceTypes.has(type)) {
      if (kind !== 'absolute') this.#warn('reference-target', 'This reference names a resource type that FHIR R4 does not have.');
    } else if (type !== undefined && targets !== undefined && !targets.has(type)) {
      this.#warn('reference-target', `A ${type} may not be referred to here; only ${[...targets].join(', ')}.`);
    }
  }

  #local(id: string): void {
    const contained = this.#holder?.contained;
    if (id === '' || (Array.isArray(contained) && contained.some((inner) => isJsonObject(inner) && inner.id === id))) return;
    this.#warn('reference-contained', 'This local reference names no contained resource.');
  }

  /** Rules that the library skips or misjudges. */
  #typeRules(value: JsonObject, type: string): void {
    if (type === 'Period') {
      if (typeof value.start !== 'string' || typeof value.end !== 'string') return;
      const order = startsBeforeEnd(value.start, value.end);
      if (order === 'no') this.#error('period-reversed', 'The period ends before it starts (per-1).');
      else if (order === 'perhaps')
        this.#warn('period-unclear', 'The start is too coarse to say that it comes before the end (per-1).');
    } else if (type === 'Bundle') this.#bundle(value);
  }

  #bundle(value: JsonObject): void {
    const relations = new Set<string>();
    for (const link of Array.isArray(value.link) ? value.link : []) {
      if (!isJsonObject(link) || typeof link.relation !== 'string') continue;
      if (relations.has(link.relation)) this.#errorAt('link', 'bundle-link', 'A Bundle has each link relation once.');
      relations.add(link.relation);
    }
    const entries = Array.isArray(value.entry) ? value.entry : [];
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index];
      if (isJsonObject(entry) && typeof entry.fullUrl === 'string' && !isFullUrl(entry.fullUrl)) {
        this.#errorAt(`entry[${index}].fullUrl`, 'bundle-full-url', 'A fullUrl is an absolute address or a urn:uuid.');
      }
    }
  }
}

/** True for what Bundle.entry.fullUrl may be (R4 bundle.html, section 2.36.4). */
export function isFullUrl(url: string): boolean {
  return /^(?:urn:(?:uuid|oid):|[A-Za-z][A-Za-z0-9+.-]*:\/\/)\S/.test(url);
}

/** Compares two dateTimes as exactly as the coarser one allows; a coarse end reaches to the end of its day, month or year. */
function startsBeforeEnd(start: string, end: string): 'yes' | 'no' | 'perhaps' {
  if (start.length > 10 && end.length > 10) return Date.parse(start) > Date.parse(end) ? 'no' : 'yes';
  const common = Math.min(start.length, end.length, 10);
  const from = start.slice(0, common);
  const to = end.slice(0, common);
  if (from !== to) return from < to ? 'yes' : 'no';
  return start.length < end.length ? 'perhaps' : 'yes';
}

function listed(codes: ReadonlySet<string>): string {
  return codes.size > 12 ? '' : `: ${[...codes].join(', ')}`;
}
