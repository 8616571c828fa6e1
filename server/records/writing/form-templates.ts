/** What the forms of charts may begin with, as an administrator of this clinic made it. Sealed rows, the same on each desk. */
import { fromUtf8, utf8 } from '../../../shared/encoding/bytes.ts';
import { isJsonObject, readStrictJson } from '../../../shared/fhir/strict-json.ts';
import { Failure } from '../../../shared/outcome/failure.ts';
import type { VaultRow } from '../../sync/gateway.ts';
import { NO_TAG } from '../../sync/vault-context/sealed-rows.ts';
import { settingChange } from '../../sync/vault-context/setting-change.ts';
import type { VaultContext } from '../../sync/vault-context/vault-context.ts';
import { everyRow } from '../../sync/vault-context/vault-rows.store.ts';

const KIND = 'form-template';
/** Templates of notes as versions before had them: the four texts, by name. They are shown until one of the same name takes their place. */
const NOTE_KIND = 'note-template';
const NOTE_FORM = 'SOAP';
const LONGEST_NAME = 80;
/** Characters of all fields. */
const LONGEST_FIELDS = 20_000;
const FORM = /^[A-Z][A-Z_]{1,29}$/;

export interface FormTemplate {
  /** Of the form, as the page names it: `SOAP`, `PRESCRIPTION`. */
  readonly kind: string;
  readonly name: string;
  /** JSON object of texts and switches by the name of the field. */
  readonly fields: string;
}

export class FormTemplates {
  readonly #context: VaultContext;

  constructor(context: VaultContext) {
    this.#context = context;
  }

  /** Of one form, by name. */
  async list(kind: string): Promise<FormTemplate[]> {
    const found: FormTemplate[] = [];
    for await (const page of everyRow(this.#context.reader, KIND))
      for (const row of page) found.push(JSON.parse(fromUtf8(this.#context.rows.open(KIND, row))) as FormTemplate);
    const known = found.filter((each) => each.kind === kind);
    const older = kind === NOTE_FORM ? await this.#olderNotes(new Set(known.map(({ name }) => name))) : [];
    return [...known, ...older].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async #olderNotes(replaced: ReadonlySet<string>): Promise<FormTemplate[]> {
    const found: FormTemplate[] = [];
    for await (const page of everyRow(this.#context.reader, NOTE_KIND))
      for (const row of page) {
        const { name, ...texts } = JSON.parse(fromUtf8(this.#context.rows.open(NOTE_KIND, row))) as { name: string };
        if (!replaced.has(name)) found.push({ kind: NOTE_FORM, name, fields: JSON.stringify(texts) });
      }
    return found;
  }

  /** Takes away an older one of this name; nothing where there is none. */
  #withoutOlder({ kind, name }: Pick<FormTemplate, 'kind' | 'name'>): VaultRow[] {
    if (kind !== NOTE_FORM) return [];
    return [{ kind: NOTE_KIND, key: this.#context.rows.name(NOTE_KIND, utf8(name)), tag: NO_TAG, sealed: null }];
  }

  /** Durable when it resolves; takes the place of one of the same name. @throws {Failure} `records.template`. */
  async save(template: FormTemplate): Promise<FormTemplate[]> {
    const checked = checkedTemplate(template);
    const row = this.#context.rows.seal(KIND, this.#key(checked), NO_TAG, utf8(JSON.stringify(checked)));
    const said = await this.#said(checked, checked);
    await this.#context.gateway.commit({ ...said, rows: [...said.rows, row, ...this.#withoutOlder(checked)] });
    this.#context.notify({ topics: ['form-templates'] });
    return this.list(checked.kind);
  }

  /** What began with it stays as it is. */
  async remove(kind: string, name: string): Promise<FormTemplate[]> {
    const row = { kind: KIND, key: this.#key({ kind, name }), tag: NO_TAG, sealed: null };
    const said = await this.#said({ kind, name }, undefined);
    await this.#context.gateway.commit({ ...said, rows: [...said.rows, row, ...this.#withoutOlder({ kind, name })] });
    this.#context.notify({ topics: ['form-templates'] });
    return this.list(kind);
  }

  async #said({ kind, name }: Pick<FormTemplate, 'kind' | 'name'>, next: FormTemplate | undefined) {
    const before = (await this.list(kind)).find((each) => each.name === name);
    const [old, after] = [before, next].map((each) => (each ? wordsOf(each) : [])) as [string[], string[]];
    return settingChange(this.#context, { setting: 'form-template', subject: `${kind}: ${name}`, before: old, after });
  }

  #key({ kind, name }: Pick<FormTemplate, 'kind' | 'name'>): Uint8Array {
    return this.#context.rows.name(KIND, utf8(`${kind}\n${name}`));
  }
}

const wordsOf = ({ fields }: FormTemplate): string[] =>
  Object.values(JSON.parse(fields) as Record<string, string | boolean>)
    .filter((each) => each !== '')
    .map(String);

function checkedTemplate({ kind, name, fields }: FormTemplate): FormTemplate {
  const called = name.trim();
  const isNamed = called !== '' && called.length <= LONGEST_NAME && !/\p{Cc}/u.test(called) && called.isWellFormed();
  if (FORM.test(kind) && isNamed && isFilled(fields)) return { kind, name: called, fields };
  throw new Failure('records.template', 'A template has a short name on one line, and something in one field of its form.');
}

/** Texts and switches, and something in one of them. */
function isFilled(fields: string): boolean {
  if (fields.length > LONGEST_FIELDS || !fields.isWellFormed()) return false;
  const { value } = readStrictJson(fields, { fhir: false });
  const values = isJsonObject(value) ? Object.values(value) : [];
  const isPlain = values.every((each) => typeof each === 'string' || typeof each === 'boolean');
  return isPlain && values.some((each) => typeof each === 'string' && each.trim() !== '');
}
