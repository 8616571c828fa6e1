import type { TFunction } from 'i18next';
import type { ComponentType } from 'react';
import { isJsonObject, type JsonObject, type JsonValue, readStrictJson } from '../../../../shared/fhir/strict-json.ts';
import type { ItemPartsFragment } from '../../../generated/graphql.ts';
import type { CodedText } from '../coded-text.tsx';
import { type ExactObject, withMembers } from '../exact-json.ts';

/** What a form may compare its record with: what counts now in the chart, without the record itself. */
export type ChartFacts = Readonly<Record<'allergies' | 'medications' | 'vitals' | 'orders', readonly ItemPartsFragment[]>>;

/** The record's place in the chart. */
interface FormPlace {
  readonly amending: boolean;
  readonly facts: ChartFacts;
}

export interface FieldsProps<Form> extends FormPlace {
  readonly form: Form;
  readonly change: (change: Partial<Form>) => void;
}

/** One kind of record that can be written by a form. */
export interface FormDefinition<Form extends object, Written extends string | readonly string[] = string | readonly string[]> {
  /** The form of a record that does not exist yet. */
  readonly empty: () => Form;
  /** The form of a record as it stands. */
  readonly read: (resource: string) => Form;
  /** What is still missing or wrong, in words; undefined when the form can be written. */
  readonly wrong: (form: Form, t: TFunction, place: FormPlace) => string | undefined;
  /** FHIR R4 JSON of the form, of each of its records where it makes several. */
  readonly write: (form: Form, patient: string, facts: ChartFacts) => Written;
  /** The record's own text with what the form changed against `before`. */
  readonly amend: (form: Form, before: Form, resource: string) => string;
  /** The order that what is written answers, by its record: it is completed along with it. */
  readonly answers?: (form: Form) => string;
  /** The fields that a template of the clinic may fill: what is measured or was given today is none of them. */
  readonly templated?: readonly (keyof Form & string)[];
  readonly Fields: ComponentType<FieldsProps<Form>>;
}

/** A form whose record is never amended as such: each of its records has a form of its own. */
export const neverAmended = { read: onlyNew, amend: onlyNew };

function onlyNew(): never {
  throw new Error('This form only adds records.');
}

/** The value at a path such as `code.coding[0].code` in a resource's text. */
export class ResourceReader {
  readonly #root: JsonValue;
  readonly #exact: ReadonlyMap<string, string>;

  constructor(resource: string) {
    const { value, exactNumbers } = readStrictJson(resource, { fhir: false });
    this.#root = value;
    this.#exact = exactNumbers;
  }

  /** Text, or a number's own digits; '' where there is none. */
  text(path: string): string {
    const value = this.#at(path);
    if (typeof value === 'number') return this.#exact.get(path) ?? String(value);
    return typeof value === 'string' ? value : '';
  }

  has(path: string): boolean {
    return this.#at(path) !== undefined;
  }

  /** Words of a concept: its own text, else the first coding's. */
  concept(path: string): string {
    return this.text(`${path}.text`) || this.text(`${path}.coding[0].display`) || this.text(`${path}.coding[0].code`);
  }

  #at(path: string): JsonValue | undefined {
    const steps = path.match(/[^.[\]]+/g) ?? [];
    return steps.reduce<JsonValue | undefined>((node, step) => {
      if (Array.isArray(node)) return node[Number(step)];
      return node !== undefined && isJsonObject(node) ? (node as JsonObject)[step] : undefined;
    }, this.#root);
  }
}

/** The names of the fields that differ. */
export function changedFields<Form extends object>(form: Form, before: Form): Set<keyof Form> {
  const names = Object.keys(form) as (keyof Form)[];
  return new Set(names.filter((name) => form[name] !== before[name]));
}

/**
 * The resource with what the form changed. `members`: what of the resource each field stands for; that of `words` is written when words,
 * code or system of the name changed, as they are one member.
 */
export function amendedNamed<Form extends CodedText>(
  resource: string,
  form: Form,
  before: Form,
  members: { readonly [Field in keyof Form]?: ExactObject },
): string {
  const changed = changedFields(form, before);
  if (changed.has('code') || changed.has('system')) changed.add('words');
  const written = (Object.keys(members) as (keyof Form)[]).filter((field) => changed.has(field));
  return withMembers(resource, Object.assign({}, ...written.map((field) => members[field])));
}

/** The change of `list[0].text` (a note, a dosage): the text alone where there is one, else the list; further entries stay. */
export function firstText(resource: string, list: string, typed: string): ExactObject {
  const reader = new ResourceReader(resource);
  const text = typed.trim();
  if (text !== '') return reader.has(`${list}[0].text`) ? { [`${list}[0].text`]: text } : { [list]: [{ text }] };
  return reader.has(`${list}[1]`) ? {} : { [list]: undefined };
}
