/** What a template of the clinic puts into a form: texts and switches, by the name of the field. */
export type TemplateFields = Readonly<Record<string, string | boolean>>;

/** A template's fields as the vault has them; whatever is no text and no switch is left out. */
export function fieldsOf(json: string): TemplateFields {
  const value = JSON.parse(json) as Record<string, unknown>;
  const plain = Object.entries(value).filter(([, each]) => typeof each === 'string' || typeof each === 'boolean');
  return Object.fromEntries(plain) as TemplateFields;
}

/** The fields of a form that a template may fill. */
export function templatedIn(form: object, names: readonly string[]): TemplateFields {
  return fieldsOf(JSON.stringify(Object.fromEntries(Object.entries(form).filter(([name]) => names.includes(name)))));
}

/** The empty fields with what a template says of them; a field that the form has no longer, or of another kind, is left out. */
export function filledBy(empty: TemplateFields, template: TemplateFields): TemplateFields {
  const known = Object.entries(template).filter(([name, value]) => typeof empty[name] === typeof value);
  return { ...empty, ...Object.fromEntries(known) };
}

export const isSame = (one: TemplateFields, other: TemplateFields): boolean =>
  Object.keys(one).every((name) => one[name] === other[name]);
